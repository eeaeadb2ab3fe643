import { type SQL, sql } from 'drizzle-orm'
import type { Bucket } from './calendar.ts'

/** Leaves practice clients out unless they are asked for; `column` holds a client's id. */
export const isCounted = (column: SQL, withPractice: boolean): SQL =>
  withPractice ? sql`1` : sql`${column} NOT IN (SELECT id FROM clients WHERE is_practice = 1)`

/** An approved draft: the clone's words, sent by the coach. */
export const isApproved = sql`json_extract(m.metadata, '$.approved_by_coach') = 1`

/** A call for the coach; a second alarm in a crisis that goes on is no new handoff. */
export const isHandoff = sql`h.to_owner IN ('waiting','locked') AND NOT (h.from_owner = 'locked' AND h.to_owner = 'locked')`

/** A call the coach could acknowledge. */
export const isAlert = sql`h.to_owner IN ('waiting','locked')`

/**
 * Milliseconds until the coach acknowledged a call, or answered it by taking over or handing back; NULL where they did
 * neither, as when a crisis came on top of it.
 */
export const acknowledgedAfter = sql`max(0, coalesce(h.acknowledged_at, CASE WHEN h.ended_at IS NOT NULL AND
  (SELECT n.to_owner FROM handoffs n WHERE n.conversation_id = h.conversation_id AND n.seq > h.seq ORDER BY n.seq LIMIT 1)
    IN ('human','ai') THEN h.ended_at END) - h.created_at)`

/** Up to this normalised edit distance a draft counts as accepted. */
export const acceptedEditDistance = 0.2

export const isAcceptedDraft = sql`f.outcome <> 'discarded' AND coalesce(f.edit_distance, 0) <= ${acceptedEditDistance}`
export const isEditedDraft = sql`f.outcome <> 'discarded' AND f.edit_distance > ${acceptedEditDistance}`
export const isUneditedDraft = sql`f.outcome <> 'discarded' AND coalesce(f.edit_distance, 0) = 0`

/** The buckets as a table to join with. */
export const bucketTable = (buckets: readonly Bucket[]) => sql`bucket(start, from_at, to_at) AS MATERIALIZED (
  SELECT value ->> 0, value ->> 1, value ->> 2
  FROM json_each(${JSON.stringify(buckets.map(({ start, from, to }) => [start, from, to]))}))`
