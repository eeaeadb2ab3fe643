/** Pictures and signs that are newer than the tables of the full-text index, which would take them for letters. */
const signs = [
  [0x2066, 0x2069],
  [0x20ba, 0x20c1],
  [0x23f4, 0x23ff],
  [0x1f300, 0x1faff],
] as const
const separators = signs
  .flatMap(([first, last]) =>
    Array.from({ length: last - first + 1 }, (_, index) => String.fromCodePoint(first + index)),
  )
  .join('')

/** Tables of the live inbox: edits, requests, notes, canned replies, feedback, alerts, follow-ups, search in messages. */
export const liveInbox = `
ALTER TABLE messages ADD COLUMN edited_at INTEGER;
ALTER TABLE messages ADD COLUMN removed_at INTEGER;
ALTER TABLE messages ADD COLUMN reply_to TEXT;
ALTER TABLE messages ADD COLUMN unreadable TEXT CHECK (unreadable IN ('voice','picture','video','file'));

ALTER TABLE conversations ADD COLUMN acceptance TEXT NOT NULL DEFAULT 'accepted' CHECK (acceptance IN ('accepted','requested','declined'));
ALTER TABLE conversations ADD COLUMN snoozed_until INTEGER;
ALTER TABLE conversations ADD COLUMN done_at INTEGER;
ALTER TABLE conversations ADD COLUMN handle TEXT;
ALTER TABLE conversations ADD COLUMN is_reachable INTEGER NOT NULL DEFAULT 1 CHECK (is_reachable IN (0,1));
ALTER TABLE conversations ADD COLUMN handback_asked_at INTEGER;
CREATE INDEX conversations_requested ON conversations(last_seq DESC) WHERE acceptance = 'requested';
CREATE INDEX conversations_snoozed ON conversations(snoozed_until) WHERE snoozed_until IS NOT NULL;
CREATE INDEX conversations_done ON conversations(last_seq DESC) WHERE done_at IS NOT NULL;
CREATE INDEX conversations_owner ON conversations(owner, last_seq DESC);

CREATE TABLE message_versions (
  message_id TEXT NOT NULL REFERENCES messages(id),
  version INTEGER NOT NULL,
  content TEXT NOT NULL,
  replaced_at INTEGER NOT NULL,
  PRIMARY KEY (message_id, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE message_parts (
  message_id TEXT NOT NULL REFERENCES messages(id),
  position INTEGER NOT NULL,
  external_id TEXT NOT NULL,
  PRIMARY KEY (message_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE message_signals (
  message_seq INTEGER PRIMARY KEY REFERENCES messages(seq),
  crisis_severity TEXT NOT NULL CHECK (crisis_severity IN ('none','mention','concern','high','imminent')),
  crisis_kinds TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(crisis_kinds)),
  sentiment REAL NOT NULL CHECK (sentiment BETWEEN -1 AND 1),
  urgency REAL NOT NULL CHECK (urgency BETWEEN 0 AND 1),
  high_stakes INTEGER NOT NULL CHECK (high_stakes IN (0,1)),
  requests_human INTEGER NOT NULL CHECK (requests_human IN (0,1)),
  emotion TEXT NOT NULL,
  situation TEXT NOT NULL
) STRICT;

CREATE TABLE channel_gaps (
  id TEXT PRIMARY KEY,
  channel TEXT NOT NULL,
  from_at INTEGER NOT NULL,
  to_at INTEGER NOT NULL CHECK (to_at > from_at)
) STRICT, WITHOUT ROWID;
CREATE INDEX channel_gaps_channel ON channel_gaps(channel, to_at);

CREATE TABLE channel_memory (
  channel TEXT PRIMARY KEY,
  memory TEXT NOT NULL CHECK (json_valid(memory)),
  updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE notes (
  id TEXT PRIMARY KEY,
  client_id TEXT NOT NULL REFERENCES clients(id),
  text TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX notes_client ON notes(client_id, created_at);

CREATE TABLE canned_replies (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  text TEXT NOT NULL,
  times_used INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX canned_replies_name ON canned_replies(lower(name));

CREATE TABLE reply_feedback (
  message_id TEXT NOT NULL REFERENCES messages(id),
  author TEXT NOT NULL CHECK (author IN ('coach','client')),
  is_helpful INTEGER CHECK (is_helpful IN (0,1)),
  reason TEXT,
  should_have_handed_over INTEGER NOT NULL DEFAULT 0 CHECK (should_have_handed_over IN (0,1)),
  created_at INTEGER NOT NULL,
  PRIMARY KEY (message_id, author)
) STRICT, WITHOUT ROWID;
CREATE INDEX reply_feedback_handover ON reply_feedback(created_at) WHERE should_have_handed_over = 1;

CREATE TABLE alerts (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  handoff_id TEXT NOT NULL REFERENCES handoffs(id),
  level INTEGER NOT NULL CHECK (level >= 1),
  route TEXT NOT NULL CHECK (route IN ('console','own_device')),
  outcome TEXT NOT NULL CHECK (outcome IN ('raised','sent','failed','unknown')),
  detail TEXT NOT NULL DEFAULT '',
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX alerts_handoff ON alerts(handoff_id, seq);

CREATE TABLE follow_ups (
  id TEXT PRIMARY KEY,
  client_id TEXT NOT NULL REFERENCES clients(id),
  conversation_id TEXT NOT NULL REFERENCES conversations(id),
  handoff_id TEXT REFERENCES handoffs(id),
  reason TEXT NOT NULL,
  due_at INTEGER NOT NULL,
  done_at INTEGER,
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX follow_ups_open ON follow_ups(due_at) WHERE done_at IS NULL;
CREATE INDEX follow_ups_client ON follow_ups(client_id);
CREATE INDEX follow_ups_conversation ON follow_ups(conversation_id);
CREATE INDEX follow_ups_handoff ON follow_ups(handoff_id);

ALTER TABLE agent_executions ADD COLUMN cost_micros INTEGER;
ALTER TABLE agent_executions ADD COLUMN word_count INTEGER;
ALTER TABLE agent_executions ADD COLUMN hint TEXT;
ALTER TABLE agent_executions ADD COLUMN handoff_score INTEGER;
CREATE INDEX agent_executions_finished ON agent_executions(finished_at, status, client_id, cost_micros, prompt_tokens, completion_tokens) WHERE finished_at IS NOT NULL;
CREATE INDEX handoffs_created ON handoffs(created_at);
CREATE INDEX handoffs_unacknowledged ON handoffs(seq) WHERE ended_at IS NULL AND acknowledged_at IS NULL;
CREATE INDEX draft_feedback_created ON draft_feedback(created_at, outcome, edit_distance, client_id);
CREATE INDEX messages_answers ON messages(conversation_id, seq) WHERE sender_type IN ('ai','human_coach') AND delivery_status <> 'failed';
CREATE INDEX message_parts_external ON message_parts(external_id);
CREATE INDEX messages_by_author ON messages(sender_type, created_at);
CREATE INDEX messages_approved ON messages(created_at) WHERE sender_type = 'ai' AND json_extract(metadata, '$.approved_by_coach') = 1;
CREATE INDEX handoffs_crises ON handoffs(created_at) WHERE trigger = 'safety_crisis';

CREATE TABLE egress_ledger_next (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  purpose TEXT NOT NULL CHECK (purpose IN ('reply','model_test','channel_send','channel_poll','channel_change','channel_alert','channel_setup','channel_file','sync')),
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
INSERT INTO egress_ledger_next (seq, id, purpose, destination, client_id, execution_id, message_id, bytes_out, bytes_in, payload, replaced_names, status, error_code, latency_ms, created_at)
  SELECT seq, id, purpose, destination, client_id, execution_id, message_id, bytes_out, bytes_in, payload, replaced_names, status, error_code, latency_ms, created_at FROM egress_ledger;
DROP TABLE egress_ledger;
ALTER TABLE egress_ledger_next RENAME TO egress_ledger;
CREATE INDEX egress_ledger_pending ON egress_ledger(message_id) WHERE status = 'pending';
CREATE INDEX egress_ledger_client ON egress_ledger(client_id, seq);
CREATE INDEX egress_ledger_age ON egress_ledger(created_at);

CREATE VIRTUAL TABLE messages_fts USING fts5(content, client, content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 2 separators '${separators}'", prefix='1 2 3');
INSERT INTO messages_fts(rowid, content, client) SELECT seq, content, replace(client_id, '-', '') FROM messages;
CREATE TRIGGER messages_fts_insert AFTER INSERT ON messages BEGIN
  INSERT INTO messages_fts(rowid, content, client) VALUES (new.seq, new.content, replace(new.client_id, '-', ''));
END;
CREATE TRIGGER messages_fts_update AFTER UPDATE OF content, client_id ON messages BEGIN
  INSERT OR REPLACE INTO messages_fts(rowid, content, client) VALUES (new.seq, new.content, replace(new.client_id, '-', ''));
END;
CREATE TRIGGER messages_fts_delete AFTER DELETE ON messages BEGIN
  DELETE FROM messages_fts WHERE rowid = old.seq;
END;
`
