/** What is common to every item: where it comes from, what it stands for, and what the coach did with it. */
const item = `
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  client_id TEXT NOT NULL REFERENCES clients(id),
  item_key TEXT NOT NULL,
  slot TEXT NOT NULL,
  evidence_count INTEGER NOT NULL CHECK (evidence_count >= 0),
  first_said_at INTEGER NOT NULL,
  last_said_at INTEGER NOT NULL,
  is_active INTEGER NOT NULL DEFAULT 1 CHECK (is_active IN (0,1)),
  superseded_by TEXT,
  is_sensitive INTEGER NOT NULL DEFAULT 0 CHECK (is_sensitive IN (0,1)),
  sensitive_mark INTEGER CHECK (sensitive_mark IN (0,1)),
  pinned_at INTEGER,
  corrected_text TEXT,
  forgotten_at INTEGER,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL`

const itemIndexes = (table: string): string => `
CREATE UNIQUE INDEX ${table}_key ON ${table}(client_id, item_key);
CREATE INDEX ${table}_slot ON ${table}(client_id, slot);
CREATE INDEX ${table}_active ON ${table}(client_id, last_said_at DESC) WHERE is_active = 1 AND forgotten_at IS NULL;
CREATE INDEX ${table}_pinned ON ${table}(client_id) WHERE pinned_at IS NOT NULL;`

/** Tables of memory: sessions and their roll-ups, insights, episodes, preferences, relationship, patterns, evidence. */
export const memory = `
ALTER TABLE clients ADD COLUMN former_names TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(former_names));

CREATE TABLE memory_progress (
  conversation_id TEXT PRIMARY KEY REFERENCES conversations(id),
  client_id TEXT NOT NULL REFERENCES clients(id),
  extracted_seq INTEGER NOT NULL DEFAULT 0,
  change_seq INTEGER NOT NULL DEFAULT 0,
  recipe TEXT NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX memory_progress_client ON memory_progress(client_id);

CREATE TABLE session_summaries (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  client_id TEXT NOT NULL REFERENCES clients(id),
  conversation_id TEXT NOT NULL REFERENCES conversations(id),
  first_seq INTEGER NOT NULL,
  last_seq INTEGER NOT NULL CHECK (last_seq >= first_seq),
  started_at INTEGER NOT NULL,
  ended_at INTEGER NOT NULL,
  last_sent_at INTEGER NOT NULL,
  local_date TEXT NOT NULL,
  summary TEXT NOT NULL DEFAULT '',
  topics TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(topics)),
  insights TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(insights)),
  action_items TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(action_items)),
  progress TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(progress)),
  challenges TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(challenges)),
  emotional_state TEXT NOT NULL DEFAULT 'neutral',
  sentiment REAL CHECK (sentiment BETWEEN -1 AND 1),
  user_motivation_level INTEGER CHECK (user_motivation_level BETWEEN 1 AND 10),
  message_count INTEGER NOT NULL DEFAULT 0 CHECK (message_count >= 0),
  client_message_count INTEGER NOT NULL DEFAULT 0 CHECK (client_message_count >= 0),
  activity TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(activity)),
  is_stale INTEGER NOT NULL DEFAULT 1 CHECK (is_stale IN (0,1)),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX session_summaries_start ON session_summaries(conversation_id, first_seq);
CREATE INDEX session_summaries_client ON session_summaries(client_id, started_at);
CREATE INDEX session_summaries_day ON session_summaries(client_id, local_date);
CREATE INDEX session_summaries_stale ON session_summaries(client_id, conversation_id, first_seq) WHERE is_stale = 1;

CREATE TABLE conversation_summaries (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  client_id TEXT NOT NULL REFERENCES clients(id),
  summary_period TEXT NOT NULL CHECK (summary_period IN ('daily','weekly','monthly')),
  start_date TEXT NOT NULL,
  end_date TEXT NOT NULL,
  key_topics TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(key_topics)),
  main_insights TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(main_insights)),
  user_progress TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(user_progress)),
  challenges_discussed TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(challenges_discussed)),
  commitments_made TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(commitments_made)),
  overall_sentiment TEXT NOT NULL CHECK (overall_sentiment IN ('positive','negative','mixed','neutral')),
  sentiment REAL CHECK (sentiment BETWEEN -1 AND 1),
  user_motivation_level INTEGER CHECK (user_motivation_level BETWEEN 1 AND 10),
  session_count INTEGER NOT NULL CHECK (session_count > 0),
  message_count INTEGER NOT NULL CHECK (message_count >= 0),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX conversation_summaries_period ON conversation_summaries(client_id, summary_period, start_date);

CREATE TABLE client_insights (${item},
  insight_type TEXT NOT NULL CHECK (insight_type IN ('goal','blocker','breakthrough','commitment','trigger')),
  content TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open','done','dropped')),
  state_at INTEGER,
  coach_state TEXT CHECK (coach_state IN ('open','done','dropped')),
  coach_state_at INTEGER CHECK ((coach_state IS NULL) = (coach_state_at IS NULL)),
  due_from INTEGER,
  due_to INTEGER CHECK (due_to >= due_from),
  due_text TEXT,
  effectiveness_score REAL CHECK (effectiveness_score BETWEEN 0 AND 1),
  confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1)
) STRICT;
${itemIndexes('client_insights')}
CREATE INDEX client_insights_due ON client_insights(client_id, due_to) WHERE due_to IS NOT NULL AND state = 'open' AND is_active = 1;

CREATE TABLE ai_episodic_memory (${item},
  memory_type TEXT NOT NULL CHECK (memory_type IN ('victory','struggle','insight','preference','relationship','context')),
  memory_description TEXT NOT NULL,
  original_timestamp INTEGER NOT NULL,
  source_type TEXT NOT NULL CHECK (source_type IN ('conversation','phone_call','sms','behavior')),
  source_id TEXT NOT NULL,
  strength REAL NOT NULL CHECK (strength BETWEEN 0 AND 1),
  last_reinforced_at INTEGER NOT NULL,
  times_referenced INTEGER NOT NULL DEFAULT 0 CHECK (times_referenced >= 0),
  last_referenced_at INTEGER,
  emotional_valence REAL NOT NULL CHECK (emotional_valence BETWEEN -1 AND 1),
  tags TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(tags)),
  expires_at INTEGER
) STRICT;
${itemIndexes('ai_episodic_memory')}

CREATE TABLE episode_vectors (
  episode_seq INTEGER PRIMARY KEY REFERENCES ai_episodic_memory(seq) ON DELETE CASCADE,
  client_id TEXT NOT NULL REFERENCES clients(id),
  space_id TEXT NOT NULL,
  vector BLOB
) STRICT;
CREATE INDEX episode_vectors_client ON episode_vectors(client_id, space_id);
CREATE TRIGGER episode_vectors_follow AFTER UPDATE ON ai_episodic_memory
  WHEN new.client_id <> old.client_id OR new.forgotten_at IS NOT NULL OR new.is_active = 0 OR new.is_sensitive = 1
    OR coalesce(new.corrected_text, new.memory_description) <> coalesce(old.corrected_text, old.memory_description)
BEGIN
  DELETE FROM episode_vectors WHERE episode_seq = old.seq;
END;

CREATE TABLE learned_user_preferences (${item},
  preference_category TEXT NOT NULL CHECK (preference_category IN ('communication_style','coaching_tone','timing','exercise','meal_types','other')),
  preference_key TEXT NOT NULL,
  preference_value TEXT NOT NULL,
  preference_text TEXT NOT NULL,
  confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
  learned_from TEXT NOT NULL CHECK (json_valid(learned_from)),
  last_confirmed_at INTEGER NOT NULL
) STRICT;
${itemIndexes('learned_user_preferences')}
CREATE UNIQUE INDEX learned_user_preferences_one ON learned_user_preferences(client_id, preference_category, preference_key)
  WHERE is_active = 1;

CREATE TABLE relationship_context (${item},
  aspect TEXT NOT NULL CHECK (aspect IN ('personality','progress','avoid')),
  content TEXT NOT NULL,
  confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1)
) STRICT;
${itemIndexes('relationship_context')}

CREATE TABLE memory_evidence (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  client_id TEXT NOT NULL REFERENCES clients(id),
  conversation_id TEXT NOT NULL REFERENCES conversations(id),
  message_seq INTEGER NOT NULL,
  message_id TEXT NOT NULL,
  layer TEXT NOT NULL CHECK (layer IN ('insight','episodic','preference','relationship')),
  kind TEXT NOT NULL,
  slot TEXT NOT NULL,
  item_key TEXT NOT NULL,
  stance TEXT NOT NULL CHECK (stance IN ('states','retracts')),
  reader TEXT NOT NULL CHECK (reader IN ('rules','model','coach')),
  start INTEGER NOT NULL CHECK (start >= 0),
  finish INTEGER NOT NULL CHECK (finish >= start),
  content TEXT NOT NULL,
  detail TEXT NOT NULL CHECK (json_valid(detail)),
  confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
  said_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX memory_evidence_once ON memory_evidence(client_id, message_seq, layer, item_key, start);
CREATE INDEX memory_evidence_slot ON memory_evidence(client_id, layer, slot, message_seq, start);
CREATE INDEX memory_evidence_item ON memory_evidence(client_id, layer, item_key);
CREATE INDEX memory_evidence_conversation ON memory_evidence(client_id, conversation_id, message_seq);
CREATE INDEX memory_evidence_victories ON memory_evidence(client_id, message_seq) WHERE layer = 'episodic' AND kind = 'victory';

CREATE TABLE memory_wishes (
  id TEXT PRIMARY KEY,
  client_id TEXT NOT NULL REFERENCES clients(id),
  words TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX memory_wishes_client ON memory_wishes(client_id, created_at);

CREATE TABLE commitment_check_ins (
  id TEXT PRIMARY KEY,
  client_id TEXT NOT NULL REFERENCES clients(id),
  item_key TEXT NOT NULL,
  said_at INTEGER NOT NULL,
  decision TEXT NOT NULL CHECK (decision IN ('scheduled','dismissed')),
  outbox_id TEXT,
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX commitment_check_ins_once ON commitment_check_ins(client_id, item_key, said_at);

CREATE TABLE user_interaction_patterns (
  client_id TEXT PRIMARY KEY REFERENCES clients(id),
  most_active_hours TEXT NOT NULL CHECK (json_valid(most_active_hours)),
  most_active_days TEXT NOT NULL CHECK (json_valid(most_active_days)),
  average_response_time_minutes INTEGER CHECK (average_response_time_minutes >= 0),
  preferred_communication_channel TEXT,
  most_engaging_message_types TEXT NOT NULL CHECK (json_valid(most_engaging_message_types)),
  least_engaging_message_types TEXT NOT NULL CHECK (json_valid(least_engaging_message_types)),
  best_call_times TEXT NOT NULL CHECK (json_valid(best_call_times)),
  message_count INTEGER NOT NULL CHECK (message_count >= 0),
  confidence_score REAL NOT NULL CHECK (confidence_score BETWEEN 0 AND 1),
  last_analyzed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE memory_refinements (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  client_id TEXT NOT NULL REFERENCES clients(id),
  conversation_id TEXT NOT NULL REFERENCES conversations(id),
  status TEXT NOT NULL CHECK (status IN ('running','done','failed','unreached','skipped')),
  upto_seq INTEGER NOT NULL,
  change_seq INTEGER NOT NULL,
  message_count INTEGER NOT NULL CHECK (message_count >= 0),
  kept INTEGER NOT NULL DEFAULT 0 CHECK (kept >= 0),
  known INTEGER NOT NULL DEFAULT 0 CHECK (known >= 0),
  rejected INTEGER NOT NULL DEFAULT 0 CHECK (rejected >= 0),
  rejections TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(rejections)),
  prompt_version TEXT NOT NULL,
  model TEXT,
  prompt_tokens INTEGER,
  completion_tokens INTEGER,
  cost_micros INTEGER,
  latency_ms INTEGER,
  error_code TEXT,
  created_at INTEGER NOT NULL,
  finished_at INTEGER
) STRICT;
CREATE INDEX memory_refinements_client ON memory_refinements(client_id, conversation_id, seq);
CREATE INDEX memory_refinements_finished ON memory_refinements(finished_at);

CREATE TABLE egress_ledger_next (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  purpose TEXT NOT NULL CHECK (purpose IN ('reply','model_test','embedding','transcription','memory','channel_send','channel_poll','channel_change','channel_alert','channel_setup','channel_file','sync')),
  destination TEXT NOT NULL,
  client_id TEXT REFERENCES clients(id),
  execution_id TEXT,
  message_id TEXT,
  bytes_out INTEGER NOT NULL,
  bytes_in INTEGER,
  calls INTEGER NOT NULL DEFAULT 1 CHECK (calls > 0),
  payload TEXT,
  replaced_names INTEGER NOT NULL DEFAULT 0,
  status TEXT NOT NULL CHECK (status IN ('pending','ok','failed','blocked')),
  error_code TEXT,
  latency_ms INTEGER,
  created_at INTEGER NOT NULL
) STRICT;
INSERT INTO egress_ledger_next SELECT * FROM egress_ledger;
DROP TABLE egress_ledger;
ALTER TABLE egress_ledger_next RENAME TO egress_ledger;
CREATE INDEX egress_ledger_pending ON egress_ledger(message_id) WHERE status = 'pending';
CREATE INDEX egress_ledger_client ON egress_ledger(client_id, seq);
CREATE INDEX egress_ledger_age ON egress_ledger(created_at);
`
