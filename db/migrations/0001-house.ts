/** The tables of the house: people, conversations, replies, handoffs, outbox, jobs, ledger, files, settings. */
export const house = `
CREATE TABLE settings (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL CHECK (json_valid(value)),
  updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE coaches (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE clients (
  id TEXT PRIMARY KEY,
  coach_id TEXT NOT NULL REFERENCES coaches(id),
  name TEXT NOT NULL,
  time_zone TEXT,
  region TEXT,
  reply_mode TEXT CHECK (reply_mode IN ('autopilot','drafts','off')),
  is_sensitive INTEGER NOT NULL DEFAULT 0 CHECK (is_sensitive IN (0,1)),
  is_practice INTEGER NOT NULL DEFAULT 0 CHECK (is_practice IN (0,1)),
  about TEXT NOT NULL DEFAULT '',
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX clients_coach ON clients(coach_id);

CREATE TABLE conversations (
  id TEXT PRIMARY KEY,
  client_id TEXT NOT NULL REFERENCES clients(id),
  channel TEXT NOT NULL,
  external_chat_id TEXT NOT NULL,
  owner TEXT NOT NULL DEFAULT 'ai' CHECK (owner IN ('ai','waiting','human','locked')),
  epoch INTEGER NOT NULL DEFAULT 0,
  unread_count INTEGER NOT NULL DEFAULT 0 CHECK (unread_count >= 0),
  last_seq INTEGER NOT NULL DEFAULT 0,
  last_client_seq INTEGER NOT NULL DEFAULT 0,
  last_message_id TEXT,
  last_message_at INTEGER NOT NULL,
  waiting_since INTEGER,
  created_at INTEGER NOT NULL,
  UNIQUE (channel, external_chat_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX conversations_client ON conversations(client_id);
CREATE INDEX conversations_recent ON conversations(last_seq DESC);
CREATE INDEX conversations_locked ON conversations(waiting_since) WHERE owner = 'locked';
CREATE INDEX conversations_unread ON conversations(last_seq DESC) WHERE unread_count > 0;

CREATE TABLE messages (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  conversation_id TEXT NOT NULL REFERENCES conversations(id),
  client_id TEXT NOT NULL REFERENCES clients(id),
  channel TEXT NOT NULL,
  external_id TEXT,
  sender_type TEXT NOT NULL CHECK (sender_type IN ('client','ai','human_coach','system')),
  sender_id TEXT NOT NULL,
  content TEXT NOT NULL,
  metadata TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(metadata)),
  delivery_status TEXT NOT NULL CHECK (delivery_status IN ('received','queued','sending','sent','delivered','read','failed','unknown')),
  sent_at INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  delivered_at INTEGER,
  read_at INTEGER,
  engaged_at INTEGER,
  cost_micros INTEGER
) STRICT;
CREATE INDEX messages_thread ON messages(conversation_id, seq);
CREATE INDEX messages_client ON messages(client_id, seq);
CREATE UNIQUE INDEX messages_external ON messages(conversation_id, sender_type, external_id) WHERE external_id IS NOT NULL;

CREATE TABLE files (
  id TEXT PRIMARY KEY,
  purpose TEXT NOT NULL CHECK (purpose IN ('attachment','original','page','temporary')),
  client_id TEXT REFERENCES clients(id),
  name TEXT NOT NULL,
  media_type TEXT NOT NULL,
  size INTEGER NOT NULL,
  key BLOB NOT NULL CHECK (length(key) = 32),
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX files_client ON files(client_id);

CREATE TABLE message_files (
  message_id TEXT NOT NULL REFERENCES messages(id),
  file_id TEXT NOT NULL REFERENCES files(id),
  position INTEGER NOT NULL,
  PRIMARY KEY (message_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX message_files_file ON message_files(file_id);

CREATE TABLE composer_texts (
  conversation_id TEXT PRIMARY KEY REFERENCES conversations(id),
  text TEXT NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE channel_cursors (
  channel TEXT PRIMARY KEY,
  cursor TEXT NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE channel_dedupe (
  channel TEXT NOT NULL,
  update_id TEXT NOT NULL,
  seen_at INTEGER NOT NULL,
  PRIMARY KEY (channel, update_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX channel_dedupe_age ON channel_dedupe(seen_at);

CREATE TABLE agent_executions (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  conversation_id TEXT NOT NULL REFERENCES conversations(id),
  client_id TEXT NOT NULL REFERENCES clients(id),
  epoch INTEGER NOT NULL,
  last_client_seq INTEGER NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('running','sent','draft','handoff','silent','superseded','refused','failed','no_model')),
  base_intent TEXT NOT NULL DEFAULT 'UNKNOWN',
  requires_response INTEGER CHECK (requires_response IN (0,1)),
  draft_reply TEXT,
  confidence REAL CHECK (confidence BETWEEN 0 AND 1),
  confidence_parts TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(confidence_parts)),
  context_items TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(context_items)),
  signals TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(signals)),
  prompt_version TEXT,
  model TEXT,
  prompt_tokens INTEGER,
  completion_tokens INTEGER,
  latency_ms INTEGER,
  error_code TEXT,
  error TEXT,
  created_at INTEGER NOT NULL,
  finished_at INTEGER
) STRICT;
CREATE INDEX agent_executions_conversation ON agent_executions(conversation_id, seq);
CREATE INDEX agent_executions_running ON agent_executions(seq) WHERE status = 'running';
CREATE INDEX agent_executions_epoch ON agent_executions(conversation_id, epoch);
CREATE INDEX agent_executions_client ON agent_executions(client_id);

CREATE TABLE drafts (
  id TEXT PRIMARY KEY,
  conversation_id TEXT NOT NULL REFERENCES conversations(id),
  client_id TEXT NOT NULL REFERENCES clients(id),
  execution_id TEXT NOT NULL REFERENCES agent_executions(id),
  text TEXT NOT NULL,
  last_client_seq INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('pending','queued','sent','discarded','superseded')),
  created_at INTEGER NOT NULL,
  decided_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX drafts_one_pending ON drafts(conversation_id) WHERE state = 'pending';
CREATE INDEX drafts_conversation ON drafts(conversation_id);
CREATE INDEX drafts_client ON drafts(client_id);
CREATE INDEX drafts_execution ON drafts(execution_id);

CREATE TABLE draft_feedback (
  id TEXT PRIMARY KEY,
  conversation_id TEXT NOT NULL REFERENCES conversations(id),
  client_id TEXT NOT NULL REFERENCES clients(id),
  execution_id TEXT NOT NULL REFERENCES agent_executions(id),
  outcome TEXT NOT NULL CHECK (outcome IN ('sent','edited','discarded')),
  original_draft TEXT NOT NULL,
  sent_version TEXT,
  edit_distance REAL CHECK (edit_distance BETWEEN 0 AND 1),
  analyzed INTEGER NOT NULL DEFAULT 0 CHECK (analyzed IN (0,1)),
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX draft_feedback_conversation ON draft_feedback(conversation_id);
CREATE INDEX draft_feedback_client ON draft_feedback(client_id);
CREATE INDEX draft_feedback_execution ON draft_feedback(execution_id);
CREATE INDEX draft_feedback_unanalyzed ON draft_feedback(created_at) WHERE analyzed = 0;

CREATE TABLE handoffs (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  conversation_id TEXT NOT NULL REFERENCES conversations(id),
  client_id TEXT NOT NULL REFERENCES clients(id),
  execution_id TEXT REFERENCES agent_executions(id),
  message_seq INTEGER NOT NULL,
  from_owner TEXT NOT NULL CHECK (from_owner IN ('ai','waiting','human','locked')),
  to_owner TEXT NOT NULL CHECK (to_owner IN ('ai','waiting','human','locked')),
  trigger TEXT NOT NULL,
  reason TEXT NOT NULL,
  score INTEGER,
  parts TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(parts)),
  ai_confidence_before REAL,
  ai_confidence_after REAL,
  human_duration_minutes REAL,
  messages_in_intervention INTEGER,
  acknowledged_at INTEGER,
  ended_at INTEGER,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX handoffs_conversation ON handoffs(conversation_id, seq);
CREATE INDEX handoffs_client ON handoffs(client_id);
CREATE INDEX handoffs_execution ON handoffs(execution_id);
CREATE INDEX handoffs_open ON handoffs(conversation_id) WHERE ended_at IS NULL;

CREATE TABLE outbox (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  conversation_id TEXT NOT NULL REFERENCES conversations(id),
  client_id TEXT NOT NULL REFERENCES clients(id),
  message_id TEXT REFERENCES messages(id),
  draft_id TEXT REFERENCES drafts(id),
  execution_id TEXT REFERENCES agent_executions(id),
  author TEXT NOT NULL CHECK (author IN ('ai','approved_draft','human','notice')),
  text TEXT NOT NULL,
  metadata TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(metadata)),
  expected_epoch INTEGER,
  expected_client_seq INTEGER,
  state TEXT NOT NULL CHECK (state IN ('queued','sending','sent','failed','unknown','discarded')),
  error_code TEXT,
  error TEXT,
  attempts INTEGER NOT NULL DEFAULT 0,
  send_after INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  settled_at INTEGER
) STRICT;
CREATE INDEX outbox_due ON outbox(send_after, seq) WHERE state = 'queued';
CREATE INDEX outbox_sending ON outbox(seq) WHERE state = 'sending';
CREATE INDEX outbox_open ON outbox(conversation_id, seq) WHERE state IN ('queued','sending');
CREATE INDEX outbox_notices ON outbox(conversation_id, json_extract(metadata, '$.notice')) WHERE json_extract(metadata, '$.notice') IS NOT NULL;
CREATE INDEX outbox_trouble ON outbox(conversation_id) WHERE state IN ('failed','unknown');
CREATE INDEX outbox_conversation ON outbox(conversation_id, seq);
CREATE INDEX outbox_client ON outbox(client_id);
CREATE INDEX outbox_message ON outbox(message_id);
CREATE INDEX outbox_draft ON outbox(draft_id);
CREATE INDEX outbox_execution ON outbox(execution_id);

CREATE TABLE jobs (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  dedupe_key TEXT,
  client_id TEXT REFERENCES clients(id),
  payload TEXT NOT NULL CHECK (json_valid(payload)),
  state TEXT NOT NULL CHECK (state IN ('queued','running','done','failed')),
  run_at INTEGER NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  max_attempts INTEGER NOT NULL CHECK (max_attempts > 0),
  lease_until INTEGER,
  error_code TEXT,
  created_at INTEGER NOT NULL,
  finished_at INTEGER
) STRICT;
CREATE INDEX jobs_due ON jobs(run_at, seq) WHERE state = 'queued';
CREATE INDEX jobs_running ON jobs(lease_until) WHERE state = 'running';
CREATE UNIQUE INDEX jobs_one_queued ON jobs(kind, dedupe_key) WHERE state = 'queued' AND dedupe_key IS NOT NULL;
CREATE INDEX jobs_key ON jobs(kind, dedupe_key);
CREATE INDEX jobs_client ON jobs(client_id);
CREATE INDEX jobs_finished ON jobs(finished_at) WHERE state IN ('done','failed');

CREATE TABLE egress_ledger (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  purpose TEXT NOT NULL CHECK (purpose IN ('reply','model_test','channel_send','sync')),
  destination TEXT NOT NULL,
  client_id TEXT REFERENCES clients(id),
  execution_id TEXT,
  message_id TEXT,
  bytes_out INTEGER NOT NULL,
  bytes_in INTEGER,
  payload TEXT,
  replaced_names INTEGER NOT NULL DEFAULT 0,
  status TEXT NOT NULL CHECK (status IN ('pending','ok','failed','blocked')),
  error_code TEXT,
  latency_ms INTEGER,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX egress_ledger_pending ON egress_ledger(message_id) WHERE status = 'pending';
CREATE INDEX egress_ledger_client ON egress_ledger(client_id, seq);
CREATE INDEX egress_ledger_age ON egress_ledger(created_at);
`
