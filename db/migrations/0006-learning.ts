/** Tables of learning: analyses of interventions, approaches by client, the coach's style, rules, outcomes, imports. */
export const learning = `
CREATE TABLE human_intervention_analyses (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  handoff_id TEXT NOT NULL UNIQUE REFERENCES handoffs(id),
  message_id TEXT NOT NULL,
  client_id TEXT NOT NULL REFERENCES clients(id),
  conversation_id TEXT NOT NULL REFERENCES conversations(id),
  first_seq INTEGER NOT NULL,
  last_seq INTEGER NOT NULL CHECK (last_seq >= first_seq),
  situation_type TEXT NOT NULL,
  language TEXT NOT NULL,
  style_tone TEXT NOT NULL CHECK (style_tone IN ('empathetic','direct','analytical','playful','challenging')),
  style_pace TEXT NOT NULL CHECK (style_pace IN ('fast','measured','slow','deliberate')),
  style_formality TEXT NOT NULL CHECK (style_formality IN ('casual','professional','intimate')),
  style_energy TEXT NOT NULL CHECK (style_energy IN ('calm','energetic','urgent')),
  technique_type TEXT NOT NULL CHECK (technique_type IN ('question','reflection','reframe','challenge','story','silence','direct_advice','normalization','other')),
  framework_used TEXT,
  approach_description TEXT NOT NULL,
  structure TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(structure)),
  key_phrases TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(key_phrases)),
  opening_pattern TEXT NOT NULL DEFAULT '',
  closing_pattern TEXT NOT NULL DEFAULT '',
  emotional_intelligence TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(emotional_intelligence)),
  specific_advice TEXT NOT NULL DEFAULT '',
  metaphor_used TEXT,
  response_time_seconds REAL CHECK (response_time_seconds >= 0),
  intervention_duration_minutes REAL NOT NULL CHECK (intervention_duration_minutes >= 0),
  messages_exchanged INTEGER NOT NULL CHECK (messages_exchanged > 0),
  client_reaction TEXT CHECK (client_reaction IN ('positive','neutral','negative','transformative')),
  conversation_shift TEXT NOT NULL DEFAULT '',
  resolution_achieved INTEGER CHECK (resolution_achieved IN (0,1)),
  client_engagement TEXT CHECK (client_engagement IN ('high','medium','low')),
  follow_through_likely REAL CHECK (follow_through_likely BETWEEN 0 AND 1),
  applicable_to_similar INTEGER NOT NULL CHECK (applicable_to_similar IN (0,1)),
  transferable_to_others INTEGER NOT NULL CHECK (transferable_to_others IN (0,1)),
  confidence_score REAL NOT NULL CHECK (confidence_score BETWEEN 0 AND 1),
  replication_value REAL NOT NULL CHECK (replication_value BETWEEN 0 AND 1),
  why_effective TEXT NOT NULL DEFAULT '',
  reaction_seq INTEGER NOT NULL DEFAULT 0,
  local_view TEXT NOT NULL CHECK (json_valid(local_view)),
  model_view TEXT CHECK (json_valid(model_view)),
  disagreements TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(disagreements)),
  corrections TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(corrections)),
  is_active INTEGER NOT NULL DEFAULT 1 CHECK (is_active IN (0,1)),
  started_at INTEGER NOT NULL,
  ended_at INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX human_intervention_analyses_client ON human_intervention_analyses(client_id, situation_type);
CREATE INDEX human_intervention_analyses_conversation ON human_intervention_analyses(conversation_id, last_seq);
CREATE INDEX human_intervention_analyses_ended ON human_intervention_analyses(ended_at);

CREATE TABLE client_effective_approaches (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  client_id TEXT NOT NULL REFERENCES clients(id),
  situation_type TEXT NOT NULL,
  approach TEXT NOT NULL,
  structure TEXT NOT NULL CHECK (json_valid(structure)),
  examples TEXT NOT NULL CHECK (json_valid(examples)),
  alpha REAL NOT NULL CHECK (alpha > 0),
  beta REAL NOT NULL CHECK (beta > 0),
  effectiveness_score REAL NOT NULL CHECK (effectiveness_score BETWEEN 0 AND 1),
  times_validated INTEGER NOT NULL CHECK (times_validated >= 0),
  times_contradicted INTEGER NOT NULL CHECK (times_contradicted >= 0),
  source_intervention_id TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX client_effective_approaches_key ON client_effective_approaches(client_id, situation_type, approach);
CREATE INDEX client_effective_approaches_pattern ON client_effective_approaches(situation_type, approach);

CREATE TABLE coach_style_profiles (
  id TEXT PRIMARY KEY,
  style_signature TEXT NOT NULL CHECK (json_valid(style_signature)),
  preferred_techniques TEXT NOT NULL CHECK (json_valid(preferred_techniques)),
  frameworks TEXT NOT NULL CHECK (json_valid(frameworks)),
  situation_responses TEXT NOT NULL CHECK (json_valid(situation_responses)),
  signature_phrases TEXT NOT NULL CHECK (json_valid(signature_phrases)),
  drift TEXT NOT NULL CHECK (json_valid(drift)),
  total_interventions_analyzed INTEGER NOT NULL CHECK (total_interventions_analyzed >= 0),
  ai_confidence_trend TEXT NOT NULL CHECK (json_valid(ai_confidence_trend)),
  last_updated INTEGER NOT NULL
) STRICT;

CREATE TABLE learned_marks (
  kind TEXT NOT NULL CHECK (kind IN ('approach','style','phrase','rule','pattern')),
  item_key TEXT NOT NULL,
  client_id TEXT REFERENCES clients(id),
  mark TEXT NOT NULL CHECK (mark IN ('paused','undone')),
  created_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX learned_marks_key ON learned_marks(kind, item_key, coalesce(client_id, ''));

CREATE TABLE learned_rules (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  scope TEXT NOT NULL CHECK (scope IN ('client','situation','always')),
  client_id TEXT REFERENCES clients(id),
  situation_type TEXT,
  kind TEXT NOT NULL,
  detail TEXT NOT NULL DEFAULT '',
  origin TEXT NOT NULL CHECK (origin IN ('drafts','taught')),
  message_id TEXT,
  state TEXT NOT NULL CHECK (state IN ('proposed','live','paused','undone')),
  safety TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(safety)),
  times_seen INTEGER NOT NULL DEFAULT 0 CHECK (times_seen >= 0),
  times_against INTEGER NOT NULL DEFAULT 0 CHECK (times_against >= 0),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  CHECK ((scope = 'client') = (client_id IS NOT NULL)),
  CHECK ((scope = 'situation') = (situation_type IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX learned_rules_key ON learned_rules(scope, coalesce(client_id, ''), coalesce(situation_type, ''), kind, detail);

CREATE TABLE rule_evidence (
  rule_id TEXT NOT NULL REFERENCES learned_rules(id) ON DELETE CASCADE,
  feedback_id TEXT NOT NULL REFERENCES draft_feedback(id) ON DELETE CASCADE,
  PRIMARY KEY (rule_id, feedback_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX rule_evidence_feedback ON rule_evidence(feedback_id);

ALTER TABLE draft_feedback ADD COLUMN situation_type TEXT NOT NULL DEFAULT 'other';
ALTER TABLE draft_feedback ADD COLUMN change_kinds TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(change_kinds));
ALTER TABLE draft_feedback ADD COLUMN diff_summary TEXT NOT NULL DEFAULT '';
ALTER TABLE draft_feedback ADD COLUMN traits TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(traits));

CREATE TABLE reply_outcomes (
  execution_id TEXT PRIMARY KEY,
  client_id TEXT NOT NULL REFERENCES clients(id),
  conversation_id TEXT NOT NULL REFERENCES conversations(id),
  situation_type TEXT NOT NULL,
  confidence REAL CHECK (confidence BETWEEN 0 AND 1),
  model_confidence REAL CHECK (model_confidence BETWEEN 0 AND 1),
  handoff_score INTEGER,
  draft_outcome TEXT CHECK (draft_outcome IN ('sent','edited','discarded')),
  edit_distance REAL CHECK (edit_distance BETWEEN 0 AND 1),
  is_accepted INTEGER CHECK (is_accepted IN (0,1)),
  reaction TEXT CHECK (reaction IN ('positive','neutral','negative','transformative')),
  should_have_handed_over INTEGER NOT NULL DEFAULT 0 CHECK (should_have_handed_over IN (0,1)),
  sent_seq INTEGER,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX reply_outcomes_situation ON reply_outcomes(situation_type, created_at);
CREATE INDEX reply_outcomes_client ON reply_outcomes(client_id, created_at);
CREATE INDEX reply_outcomes_waiting ON reply_outcomes(conversation_id, sent_seq) WHERE reaction IS NULL AND sent_seq IS NOT NULL;

CREATE TABLE learned_uses (
  execution_id TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('approach','style','phrase','rule','pattern')),
  item_id TEXT NOT NULL,
  client_id TEXT NOT NULL REFERENCES clients(id),
  is_used INTEGER CHECK (is_used IN (0,1)),
  created_at INTEGER NOT NULL,
  PRIMARY KEY (execution_id, kind, item_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX learned_uses_item ON learned_uses(kind, item_id, created_at);
CREATE INDEX learned_uses_client ON learned_uses(client_id);

CREATE TABLE past_imports (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  format TEXT NOT NULL CHECK (format IN ('telegram','whatsapp','csv','transcript','writing')),
  content_hash TEXT NOT NULL UNIQUE,
  state TEXT NOT NULL CHECK (state IN ('adding','done','removing')),
  client_id TEXT REFERENCES clients(id),
  skipped TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(skipped)),
  first_at INTEGER,
  last_at INTEGER,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE past_turns (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  import_id TEXT NOT NULL REFERENCES past_imports(id) ON DELETE CASCADE,
  client_id TEXT REFERENCES clients(id),
  thread INTEGER NOT NULL,
  author TEXT NOT NULL CHECK (author IN ('client','human_coach')),
  content TEXT NOT NULL,
  sent_at INTEGER,
  order_at INTEGER NOT NULL,
  situation_type TEXT,
  view TEXT CHECK (json_valid(view))
) STRICT;
CREATE INDEX past_turns_import ON past_turns(import_id, thread, order_at, seq);
CREATE INDEX past_turns_coach ON past_turns(order_at, seq) WHERE author = 'human_coach';
CREATE INDEX past_turns_client ON past_turns(client_id);
`
