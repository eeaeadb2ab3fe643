import { type SQL, sql } from 'drizzle-orm'
import { isUnansweredCrisis } from '../handoff/index.ts'

// Conditions on a row of conversations called `c`. The literals are those of the index messages_answers.

/** Nobody has answered the client's newest message yet. */
const isUnanswered = sql`(c.last_client_seq > 0 AND NOT EXISTS (SELECT 1 FROM messages a WHERE a.conversation_id = c.id
  AND a.seq > c.last_client_seq AND a.sender_type IN ('ai','human_coach') AND a.delivery_status <> 'failed'))`

/** The clone is about to answer by itself, or has decided that no answer is wanted. What the coach scheduled is neither. */
const isInHand = sql`(EXISTS (SELECT 1 FROM jobs j WHERE j.kind = 'reply' AND j.dedupe_key = c.id AND j.state IN ('queued','running'))
  OR EXISTS (SELECT 1 FROM outbox o WHERE o.conversation_id = c.id AND o.state IN ('queued','sending')
      AND NOT (o.author = 'human' AND o.message_id IS NULL))
  OR coalesce((SELECT CASE WHEN e.last_client_seq = c.last_client_seq THEN e.status END FROM agent_executions e
      WHERE e.conversation_id = c.id ORDER BY e.seq DESC LIMIT 1), '') IN ('running','silent'))`

const hasTrouble = sql`EXISTS (SELECT 1 FROM outbox o WHERE o.conversation_id = c.id AND o.state IN ('failed','unknown'))`

const hasDraft = sql`EXISTS (SELECT 1 FROM drafts d WHERE d.conversation_id = c.id AND d.state = 'pending')`

/** Put off by the coach until a time that lies ahead; `now` in milliseconds UTC. */
export const isSnoozed = (now: number): SQL => sql`coalesce(c.snoozed_until, 0) > ${now}`

/** Out of the everyday lists: not let in, put off or done. */
export const isAside = (now: number): SQL =>
  sql`(c.acceptance <> 'accepted' OR c.done_at IS NOT NULL OR ${isSnoozed(now)})`

/** A reminder that came due after the coach was done with the conversation, or never was done with it. */
const hasDueFollowUp = (now: number): SQL => sql`EXISTS (SELECT 1 FROM follow_ups f WHERE f.conversation_id = c.id
  AND f.done_at IS NULL AND f.due_at <= ${now} AND f.due_at > coalesce(c.done_at, 0))`

/** Taken over after a safety crisis, and nobody has written to the client since. */
const isOwed = sql`(c.owner = 'human' AND EXISTS (SELECT 1 FROM handoffs h WHERE h.conversation_id = c.id
  AND ${isUnansweredCrisis}))`

/**
 * A person has to act. Who is in danger always counts; who was declined never does otherwise; what was put off or done
 * counts again when the client waits for a person, a send is in trouble, or a reminder has come due since.
 */
export const needsMe = (now: number): SQL => sql`(c.owner = 'locked' OR ${isOwed} OR (c.acceptance <> 'declined' AND (
  c.owner = 'waiting'
  OR ${hasTrouble}
  OR (NOT ${isSnoozed(now)} AND ${hasDueFollowUp(now)})
  OR (NOT ${isSnoozed(now)} AND c.done_at IS NULL AND (
    c.acceptance = 'requested'
    OR c.handback_asked_at IS NOT NULL
    OR (c.owner = 'human' AND ${isUnanswered})
    OR (c.snoozed_until IS NOT NULL AND ${isUnanswered})
    OR (c.owner = 'ai' AND ${isUnanswered} AND NOT ${isInHand})
    OR ${hasDraft})))))`
