// A part of 0006: what became of a reply is kept in step by the database itself, so that no way of deciding is forgotten.

const columns = [
  'execution_id',
  'client_id',
  'conversation_id',
  'situation_type',
  'confidence',
  'raw_confidence',
  'model_confidence',
  'handoff_score',
  'draft_outcome',
  'edit_distance',
  'is_accepted',
  'should_have_handed_over',
  'is_self_sent',
  'is_found_helpful',
  'sent_seq',
  'created_at',
  'updated_at',
].join(', ')

const hasArrived = (message: string): string => `${message}.delivery_status IN ('sent','delivered','read')`

/** Brings the outcome of one run up to date; what was read of the client's reaction stands while the reply does. */
const refresh = (executionId: string): string => `
  DELETE FROM reply_outcomes WHERE execution_id = ${executionId}
    AND NOT EXISTS (SELECT 1 FROM reply_outcome_facts WHERE execution_id = ${executionId});
  INSERT INTO reply_outcomes (${columns}) SELECT ${columns} FROM reply_outcome_facts WHERE execution_id = ${executionId}
  ON CONFLICT (execution_id) DO UPDATE SET draft_outcome = excluded.draft_outcome, edit_distance = excluded.edit_distance,
    is_accepted = excluded.is_accepted, should_have_handed_over = excluded.should_have_handed_over,
    is_self_sent = excluded.is_self_sent, is_found_helpful = excluded.is_found_helpful, updated_at = excluded.updated_at,
    reaction = CASE WHEN sent_seq IS excluded.sent_seq THEN reaction END,
    is_reaction_due = CASE WHEN sent_seq IS excluded.sent_seq THEN is_reaction_due ELSE 1 END,
    sent_seq = excluded.sent_seq;`

const runOf = (message: string): string => `json_extract(${message}.metadata, '$.execution_id')`
const runOfMessage = (messageId: string): string => `(SELECT ${runOf('m')} FROM messages m WHERE m.id = ${messageId})`

/** Only the newest reply before a message can have been answered by it. */
const reactionDue = (message: string): string => `
  UPDATE reply_outcomes SET is_reaction_due = 1 WHERE is_reaction_due = 0 AND execution_id IN (
    SELECT execution_id FROM reply_outcomes INDEXED BY reply_outcomes_sent
    WHERE conversation_id = ${message}.conversation_id AND sent_seq < ${message}.seq ORDER BY sent_seq DESC LIMIT 1);`

const isOfClone = (message: string): string => `${message}.sender_type <> 'client' AND ${runOf(message)} IS NOT NULL`

export const outcomes = `
CREATE VIEW reply_outcome_facts AS
SELECT e.id AS execution_id, e.client_id, e.conversation_id,
  coalesce(json_extract(e.signals, '$.situation'), 'other') AS situation_type,
  e.confidence, coalesce(e.raw_confidence, e.confidence) AS raw_confidence,
  CASE WHEN json_extract(e.confidence_parts, '$[0].name') = 'The model''s own figure'
    THEN min(1.0, max(0.0, json_extract(e.confidence_parts, '$[0].points'))) END AS model_confidence,
  e.handoff_score, f.outcome AS draft_outcome, f.edit_distance,
  CASE
    WHEN f.outcome = 'discarded' THEN 0
    WHEN f.outcome IS NOT NULL THEN coalesce(f.edit_distance, 0) <= 0.2
    WHEN d.is_wished_otherwise THEN 0
    WHEN r.should_have_handed_over = 1 OR r.is_helpful = 0 THEN 0
  END AS is_accepted,
  coalesce(r.should_have_handed_over, 0) AS should_have_handed_over,
  f.outcome IS NULL AND coalesce(d.is_wished_otherwise, 0) = 0 AS is_self_sent,
  r.is_helpful AS is_found_helpful,
  CASE WHEN ${hasArrived('m')} THEN m.seq END AS sent_seq,
  e.created_at, max(e.created_at, coalesce(f.created_at, 0), coalesce(d.decided_at, 0), coalesce(m.created_at, 0)) AS updated_at
FROM agent_executions e
LEFT JOIN draft_feedback f ON f.execution_id = e.id
LEFT JOIN drafts d ON d.execution_id = e.id AND d.is_wished_otherwise = 1
LEFT JOIN messages m ON m.id = (
  SELECT o.message_id FROM outbox o WHERE o.execution_id = e.id AND o.message_id IS NOT NULL ORDER BY o.seq DESC LIMIT 1)
LEFT JOIN reply_feedback r ON r.message_id = m.id AND r.author = 'coach'
WHERE f.outcome IS NOT NULL OR d.is_wished_otherwise = 1 OR ${hasArrived('m')};

INSERT INTO reply_outcomes (${columns}) SELECT ${columns} FROM reply_outcome_facts;

CREATE TRIGGER outcomes_draft_decided AFTER INSERT ON draft_feedback BEGIN ${refresh('new.execution_id')} END;
CREATE TRIGGER outcomes_draft_changed AFTER UPDATE OF outcome, edit_distance ON draft_feedback BEGIN ${refresh('new.execution_id')} END;
CREATE TRIGGER outcomes_draft_restored AFTER DELETE ON draft_feedback BEGIN ${refresh('old.execution_id')} END;
CREATE TRIGGER outcomes_draft_wished AFTER UPDATE OF is_wished_otherwise ON drafts BEGIN ${refresh('new.execution_id')} END;
CREATE TRIGGER outcomes_reply_settled AFTER UPDATE OF delivery_status ON messages WHEN ${isOfClone('new')} BEGIN ${refresh(runOf('new'))} END;
CREATE TRIGGER outcomes_marked AFTER INSERT ON reply_feedback WHEN new.author = 'coach' BEGIN ${refresh(runOfMessage('new.message_id'))} END;
CREATE TRIGGER outcomes_mark_changed AFTER UPDATE ON reply_feedback WHEN new.author = 'coach' BEGIN ${refresh(runOfMessage('new.message_id'))} END;
CREATE TRIGGER outcomes_mark_gone AFTER DELETE ON reply_feedback WHEN old.author = 'coach' BEGIN ${refresh(runOfMessage('old.message_id'))} END;
CREATE TRIGGER outcomes_answered AFTER INSERT ON messages WHEN new.sender_type <> 'system' BEGIN ${reactionDue('new')} END;
CREATE TRIGGER outcomes_answer_changed AFTER UPDATE OF content, removed_at, delivery_status ON messages
WHEN new.sender_type <> 'system' AND (new.content IS NOT old.content OR new.removed_at IS NOT old.removed_at
  OR (${hasArrived('new')}) <> (${hasArrived('old')}))
BEGIN ${reactionDue('new')} END;
`
