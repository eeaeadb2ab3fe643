/** What was said to or by whom and then changed, taken back or moved: an index of messages follows it without reading them all. */
export const messageChanges = `
CREATE TABLE message_changes (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  client_id TEXT NOT NULL,
  message_seq INTEGER NOT NULL
) STRICT;
CREATE INDEX message_changes_client ON message_changes(client_id, seq, message_seq);
CREATE TRIGGER messages_changed AFTER UPDATE OF content, client_id, removed_at, delivery_status ON messages
WHEN new.content IS NOT old.content OR new.client_id IS NOT old.client_id OR new.removed_at IS NOT old.removed_at
  OR (new.delivery_status = 'failed') <> (old.delivery_status = 'failed')
BEGIN
  INSERT INTO message_changes(client_id, message_seq) VALUES (old.client_id, old.seq);
  INSERT INTO message_changes(client_id, message_seq) SELECT new.client_id, new.seq WHERE new.client_id <> old.client_id;
END;
CREATE TRIGGER messages_gone AFTER DELETE ON messages BEGIN
  INSERT INTO message_changes(client_id, message_seq) VALUES (old.client_id, old.seq);
END;
`
