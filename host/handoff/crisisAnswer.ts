import { type SQL, sql } from 'drizzle-orm'

/** The newest alarm of the safety crisis that a row `h` of handoffs belongs to. */
const newestLock = sql`(SELECT max(l.seq) FROM handoffs l WHERE l.conversation_id = h.conversation_id AND l.to_owner = 'locked')`

/**
 * A condition on a row `h` of handoffs: it is an open safety crisis, and no word of a person has reached the client
 * since its newest alarm. What waits, failed or may not have arrived is no answer yet.
 */
export const isUnansweredCrisis: SQL = sql`(h.ended_at IS NULL AND h.trigger = 'safety_crisis' AND NOT EXISTS (
  SELECT 1 FROM messages a WHERE a.conversation_id = h.conversation_id
    AND a.seq > (SELECT l.message_seq FROM handoffs l WHERE l.seq = ${newestLock})
    AND (a.sender_type = 'human_coach' OR (a.sender_type = 'ai' AND json_extract(a.metadata, '$.approved_by_coach') = 1))
    AND a.delivery_status IN ('sent','delivered','read')))`
