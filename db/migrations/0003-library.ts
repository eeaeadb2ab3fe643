/** Tables of the coach's library: documents, their text and passages, spaces of vectors, and what was asked in vain. */
export const library = `
CREATE TABLE watched_folders (
  id TEXT PRIMARY KEY,
  path TEXT NOT NULL UNIQUE,
  checked_at INTEGER,
  problem TEXT,
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE ignored_files (
  path TEXT PRIMARY KEY,
  watched_folder_id TEXT NOT NULL REFERENCES watched_folders(id),
  modified_at INTEGER,
  bytes INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX ignored_files_folder ON ignored_files(watched_folder_id);

CREATE TABLE documents (
  id TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  file_name TEXT NOT NULL,
  folder TEXT NOT NULL DEFAULT '',
  kind TEXT NOT NULL CHECK (kind IN ('pdf','docx','pptx','epub','html','markdown','text','captions','audio','video')),
  watched_folder_id TEXT REFERENCES watched_folders(id),
  source_path TEXT,
  source_modified_at INTEGER,
  source_gone_at INTEGER,
  bytes INTEGER NOT NULL CHECK (bytes >= 0),
  content_hash TEXT NOT NULL,
  content_version INTEGER NOT NULL DEFAULT 0 CHECK (content_version >= 0),
  next_version INTEGER NOT NULL DEFAULT 1 CHECK (next_version >= content_version),
  attempts INTEGER NOT NULL DEFAULT 0,
  file_id TEXT REFERENCES files(id),
  client_id TEXT REFERENCES clients(id),
  state TEXT NOT NULL CHECK (state IN ('queued','reading','chunking','indexing','ready','failed','paused')),
  problem TEXT,
  problem_code TEXT,
  notes TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(notes)),
  pages INTEGER,
  page_labels TEXT CHECK (json_valid(page_labels)),
  passages INTEGER NOT NULL DEFAULT 0,
  last_used_at INTEGER,
  times_used INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX documents_title ON documents(title COLLATE NOCASE, id);
CREATE INDEX documents_hash ON documents(content_hash);
CREATE INDEX documents_state ON documents(state, updated_at);
CREATE INDEX documents_client ON documents(client_id) WHERE client_id IS NOT NULL;
CREATE UNIQUE INDEX documents_source ON documents(source_path) WHERE source_path IS NOT NULL;
CREATE INDEX documents_watched ON documents(watched_folder_id);
CREATE INDEX documents_file ON documents(file_id);
CREATE INDEX documents_served ON documents(content_version, client_id);

CREATE TABLE document_tags (
  tag TEXT NOT NULL,
  document_id TEXT NOT NULL REFERENCES documents(id),
  PRIMARY KEY (tag, document_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX document_tags_document ON document_tags(document_id);

CREATE TABLE document_texts (
  document_id TEXT NOT NULL REFERENCES documents(id),
  content_version INTEGER NOT NULL,
  read TEXT NOT NULL CHECK (json_valid(read)),
  PRIMARY KEY (document_id, content_version)
) STRICT, WITHOUT ROWID;

CREATE TABLE chunks (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  document_id TEXT NOT NULL REFERENCES documents(id),
  position INTEGER NOT NULL,
  content_version INTEGER NOT NULL,
  content_hash TEXT NOT NULL,
  title TEXT NOT NULL,
  heading_path TEXT NOT NULL DEFAULT '',
  text TEXT NOT NULL,
  tokens INTEGER NOT NULL,
  page_from INTEGER,
  page_to INTEGER,
  seconds INTEGER,
  char_from INTEGER NOT NULL,
  char_to INTEGER NOT NULL CHECK (char_to > char_from),
  indexed_at INTEGER
) STRICT;
CREATE INDEX chunks_document ON chunks(document_id, content_version, position);

CREATE VIRTUAL TABLE chunk_words USING fts5(
  title, heading_path, text, content = 'chunks', content_rowid = 'seq', tokenize = 'porter unicode61 remove_diacritics 2'
);
INSERT INTO chunk_words(chunk_words, rank) VALUES ('secure-delete', 1);
CREATE TRIGGER chunks_words_insert AFTER INSERT ON chunks BEGIN
  INSERT INTO chunk_words(rowid, title, heading_path, text) VALUES (new.seq, new.title, new.heading_path, new.text);
END;
CREATE TRIGGER chunks_words_delete AFTER DELETE ON chunks BEGIN
  INSERT INTO chunk_words(chunk_words, rowid, title, heading_path, text)
  VALUES ('delete', old.seq, old.title, old.heading_path, old.text);
END;
CREATE TRIGGER chunks_words_update AFTER UPDATE OF title, heading_path, text ON chunks BEGIN
  INSERT INTO chunk_words(chunk_words, rowid, title, heading_path, text)
  VALUES ('delete', old.seq, old.title, old.heading_path, old.text);
  INSERT INTO chunk_words(rowid, title, heading_path, text) VALUES (new.seq, new.title, new.heading_path, new.text);
END;

CREATE TABLE document_updates (
  id TEXT PRIMARY KEY,
  document_id TEXT NOT NULL REFERENCES documents(id),
  update_type TEXT NOT NULL CHECK (update_type IN ('full','incremental','manual')),
  status TEXT NOT NULL CHECK (status IN ('pending','processing','completed','failed')),
  chunks_updated INTEGER NOT NULL DEFAULT 0,
  chunks_total INTEGER NOT NULL DEFAULT 0,
  triggered_by TEXT NOT NULL CHECK (triggered_by IN ('automatic','manual')),
  problem TEXT,
  created_at INTEGER NOT NULL,
  finished_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX document_updates_document ON document_updates(document_id, created_at);

CREATE TABLE spaces (
  id TEXT PRIMARY KEY,
  model TEXT NOT NULL,
  dimensions INTEGER NOT NULL CHECK (dimensions BETWEEN 8 AND 8192),
  state TEXT NOT NULL CHECK (state IN ('building','active','retired')),
  threshold REAL,
  centre BLOB,
  centring INTEGER NOT NULL DEFAULT 0,
  problem TEXT,
  details TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(details)),
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX spaces_one ON spaces(state) WHERE state IN ('active','building');

CREATE TABLE chunk_vectors (
  space_id TEXT NOT NULL REFERENCES spaces(id),
  chunk_seq INTEGER NOT NULL REFERENCES chunks(seq),
  vector BLOB NOT NULL,
  PRIMARY KEY (space_id, chunk_seq)
) STRICT;
CREATE INDEX chunk_vectors_chunk ON chunk_vectors(chunk_seq);

CREATE TABLE chunk_bits (
  space_id TEXT NOT NULL,
  chunk_seq INTEGER NOT NULL,
  centring INTEGER NOT NULL,
  bits BLOB NOT NULL,
  PRIMARY KEY (space_id, chunk_seq, centring),
  FOREIGN KEY (space_id, chunk_seq) REFERENCES chunk_vectors(space_id, chunk_seq) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE concept_links (
  id TEXT PRIMARY KEY,
  term TEXT NOT NULL,
  other TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  UNIQUE (term, other)
) STRICT, WITHOUT ROWID;

CREATE TABLE search_gaps (
  id TEXT PRIMARY KEY,
  question TEXT NOT NULL,
  client_id TEXT REFERENCES clients(id),
  times INTEGER NOT NULL DEFAULT 1,
  asked_at INTEGER NOT NULL,
  dismissed_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX search_gaps_open ON search_gaps(asked_at) WHERE dismissed_at IS NULL;
CREATE INDEX search_gaps_client ON search_gaps(client_id);

CREATE TABLE egress_ledger_next (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  purpose TEXT NOT NULL CHECK (purpose IN ('reply','model_test','embedding','transcription','channel_send','channel_poll','channel_change','channel_alert','channel_setup','channel_file','sync')),
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
