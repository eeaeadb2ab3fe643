import { type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Queries } from '../../../db/sqlite.ts'
import { crisisSeverities } from '../../../shared/taxonomy/conversation.ts'
import { type Situation, situations } from '../../../shared/taxonomy/situations.ts'

/** Words of the coach as they stand in one message or past turn. */
export interface CoachWords {
  readonly id: string
  /** A message of the console, or a turn of a past conversation, which has no place in a thread. */
  readonly isMessage: boolean
  readonly text: string
  /** Milliseconds UTC; null where a past text has no date. */
  readonly at: number | null
}

/** One time the coach answered a client. */
export interface Case {
  /** What the client had said. */
  readonly moment: string
  readonly situation: Situation
  readonly words: readonly CoachWords[]
  readonly at: number | null
}

/** Read newest first, at most so many rows; what lies further back is reached by what was learned from it. */
const mostMessages = 1_000
const mostPastTurns = 1_000
const mostAnalyses = 10
const rowsPerAnalysis = 30

/** What arrived, stands, was said outside a crisis, and of which the coach did not undo what was learned. */
const maySpeak = (message: SQL): SQL => sql`(${message}.delivery_status IN ('sent','delivered','read')
  AND ${message}.removed_at IS NULL AND ${message}.content <> ''
  AND NOT EXISTS (SELECT 1 FROM handoffs h WHERE h.client_id = ${message}.client_id AND h.trigger = 'safety_crisis'
    AND ${message}.created_at >= h.created_at AND (h.ended_at IS NULL OR ${message}.created_at <= h.ended_at))
  AND NOT EXISTS (SELECT 1 FROM human_intervention_analyses a WHERE a.conversation_id = ${message}.conversation_id
    AND a.is_active = 0 AND ${message}.seq BETWEEN a.first_seq AND a.last_seq))`

const isCoachs = (message: SQL): SQL => sql`(${message}.sender_type = 'human_coach' OR (${message}.sender_type = 'ai'
  AND json_extract(${message}.metadata, '$.approved_by_coach') = 1))`

const messageRow = z.object({
  seq: z.int(),
  id: z.string(),
  thread: z.string(),
  from: z.enum(['client', 'coach', 'other']),
  text: z.string(),
  at: z.number().nullable(),
  situation: z.enum(situations).nullable(),
  crisis: z.enum(crisisSeverities).nullable(),
  isUsable: z.number().transform((value) => value === 1),
  isMessage: z.boolean(),
})
type Row = z.infer<typeof messageRow>

const columns = sql`m.seq, m.id, m.conversation_id AS thread,
  CASE WHEN m.sender_type = 'client' THEN 'client' WHEN ${isCoachs(sql`m`)} THEN 'coach' ELSE 'other' END AS "from",
  m.content AS text, m.sent_at AS at, s.situation, s.crisis_severity AS crisis,
  CASE WHEN m.sender_type = 'client' THEN m.removed_at IS NULL ELSE ${maySpeak(sql`m`)} END AS isUsable`

const rowsOf = (found: readonly unknown[], isMessage: boolean): Row[] =>
  found.map((row) => messageRow.parse({ ...Object(row), isMessage })).sort((a, b) => a.seq - b.seq)

const recentRows = (queries: Queries, clientId: string): Row[] =>
  rowsOf(
    queries.all(sql`SELECT ${columns}
      FROM (SELECT * FROM messages WHERE client_id = ${clientId} AND sender_type <> 'system'
        ORDER BY seq DESC LIMIT ${mostMessages}) m
      LEFT JOIN message_signals s ON s.message_seq = m.seq`),
    true,
  )

/** The talks around takeovers in the same situation, however long ago. */
const analysedRows = (queries: Queries, clientId: string, situation: Situation): Row[][] =>
  queries
    .all<{ thread: string; lastSeq: number }>(
      sql`SELECT conversation_id AS thread, last_seq AS lastSeq FROM human_intervention_analyses
        WHERE client_id = ${clientId} AND situation_type = ${situation} AND is_active = 1
        ORDER BY ended_at DESC LIMIT ${mostAnalyses}`,
    )
    .map(({ thread, lastSeq }) =>
      rowsOf(
        queries.all(sql`SELECT ${columns}
          FROM (SELECT * FROM messages WHERE conversation_id = ${thread} AND seq <= ${lastSeq} AND sender_type <> 'system'
            ORDER BY seq DESC LIMIT ${rowsPerAnalysis}) m
          LEFT JOIN message_signals s ON s.message_seq = m.seq`),
        true,
      ),
    )

const pastRows = (queries: Queries, clientId: string): Row[] =>
  rowsOf(
    queries.all(sql`SELECT row_number() OVER (ORDER BY p.order_at, p.seq) AS seq, 'past-' || p.seq AS id,
        p.import_id || '/' || p.thread AS thread, CASE p.author WHEN 'client' THEN 'client' ELSE 'coach' END AS "from",
        p.content AS text, p.sent_at AS at, p.situation_type AS situation, NULL AS crisis, p.content <> '' AS isUsable
      FROM (SELECT * FROM past_turns WHERE client_id = ${clientId} ORDER BY order_at DESC, seq DESC LIMIT ${mostPastTurns}) p
      JOIN past_imports i ON i.id = p.import_id WHERE i.state = 'done'`),
    false,
  )

const saysLittle: ReadonlySet<Situation> = new Set(['other', 'small_talk'])

/** Of a stretch of one thread, oldest first, what the coach answered to what. */
const casesIn = (rows: readonly Row[]): Case[] => {
  const found: { moment: Row[]; words: Row[] }[] = []
  let moment: Row[] = []
  let isAnswered = false
  for (const row of rows) {
    if (row.from === 'client') {
      if (isAnswered) moment = []
      isAnswered = false
      moment.push(row)
      continue
    }
    isAnswered = true
    if (row.from !== 'coach' || !row.isUsable || moment.length === 0) continue
    const open = found.at(-1)
    if (open?.moment === moment) open.words.push(row)
    else found.push({ moment, words: [row] })
  }
  return found.flatMap((one) => {
    const standing = one.moment.filter(({ isUsable }) => isUsable)
    // What was said to someone in danger is never said again by itself.
    if (standing.length === 0 || one.moment.some(({ crisis }) => crisis !== null && crisis !== 'none')) return []
    const named = [...standing, ...one.words].flatMap(({ situation }) => situation ?? [])
    return {
      moment: standing.map(({ text }) => text).join('\n'),
      situation: named.findLast((word) => !saysLittle.has(word)) ?? named.at(-1) ?? 'other',
      words: one.words.map(({ id, text, at, isMessage }) => ({ id, text, at, isMessage })),
      at: one.words.at(-1)?.at ?? null,
    }
  })
}

/** Times the coach answered this client, none twice. */
export const casesOf = (queries: Queries, clientId: string, situation: Situation): Case[] => {
  const stretches = [
    ...Map.groupBy(recentRows(queries, clientId), ({ thread }) => thread).values(),
    ...analysedRows(queries, clientId, situation),
    ...Map.groupBy(pastRows(queries, clientId), ({ thread }) => thread).values(),
  ]
  const cases = stretches.flatMap(casesIn)
  // Of the same case the longer stretch, which comes first, holds all of it.
  return [...new Map(cases.toReversed().map((one) => [one.words[0]?.id, one])).values()]
}

/** A turn of the coach to anybody, for what they say to many. */
const heardRow = z.object({
  /** A client where it is known who they are; else a chat of one import, which is one person. */
  clientId: z.string().nullable(),
  importId: z.string().nullable(),
  thread: z.number().nullable(),
  name: z.string().nullable(),
  text: z.string(),
  situation: z.enum(situations).nullable(),
})
export type HeardTurn = z.infer<typeof heardRow>

const mostHeard = 400
const mostApproved = 200

const situationBefore = sql`(SELECT s.situation FROM messages b JOIN message_signals s ON s.message_seq = b.seq
  WHERE b.conversation_id = m.conversation_id AND b.seq < m.seq AND b.sender_type = 'client'
  ORDER BY b.seq DESC LIMIT 1)`

/** What the coach last said, and to whom. Practice clients and those marked sensitive do not count. */
export const heardTurns = (queries: Queries): HeardTurn[] =>
  queries
    .all(
      sql`SELECT m.client_id AS clientId, NULL AS importId, NULL AS thread, c.name, m.content AS text,
          ${situationBefore} AS situation
        FROM (
          SELECT * FROM (SELECT * FROM messages INDEXED BY messages_by_author WHERE sender_type = 'human_coach'
            ORDER BY created_at DESC LIMIT ${mostHeard})
          UNION ALL
          SELECT * FROM (SELECT * FROM messages INDEXED BY messages_approved
            WHERE sender_type = 'ai' AND json_extract(metadata, '$.approved_by_coach') = 1
            ORDER BY created_at DESC LIMIT ${mostApproved})
        ) m JOIN clients c ON c.id = m.client_id
        WHERE c.is_practice = 0 AND c.is_sensitive = 0 AND ${maySpeak(sql`m`)}
      UNION ALL
      SELECT p.client_id, p.import_id, p.thread, c.name, p.content, p.situation_type
        FROM (SELECT * FROM past_turns WHERE author = 'human_coach' ORDER BY order_at DESC, seq DESC LIMIT ${mostPastTurns}) p
        JOIN past_imports i ON i.id = p.import_id LEFT JOIN clients c ON c.id = p.client_id
        WHERE i.state = 'done' AND i.format <> 'writing' AND coalesce(c.is_practice, 0) = 0 AND coalesce(c.is_sensitive, 0) = 0`,
    )
    .map((row) => heardRow.parse(row))

const mostWritings = 300
const mostCanned = 200

/** What the coach wrote for nobody in particular. */
export const writtenForAll = (queries: Queries): { id: string; name: string; text: string; isCanned: boolean }[] => [
  ...queries
    .all<{ id: string; name: string; text: string }>(
      sql`SELECT id, name, text FROM canned_replies ORDER BY times_used DESC LIMIT ${mostCanned}`,
    )
    .map((row) => ({ ...row, isCanned: true })),
  ...queries
    .all<{ id: string; name: string; text: string }>(
      sql`SELECT 'past-' || p.seq AS id, i.name, p.content AS text FROM past_turns p JOIN past_imports i ON i.id = p.import_id
        WHERE i.state = 'done' AND i.format = 'writing' AND p.author = 'human_coach' AND p.client_id IS NULL AND i.client_id IS NULL
        ORDER BY p.seq DESC LIMIT ${mostWritings}`,
    )
    .map((row) => ({ ...row, isCanned: false })),
]

/** Names of all clients but one. */
export const otherNames = (queries: Queries, clientId: string): string[] =>
  queries.all<{ name: string }>(sql`SELECT name FROM clients WHERE id <> ${clientId}`).map(({ name }) => name)

const answersLookedAt = 20

/** The last answers to a client that the clone's words may repeat: the newest of anybody, then those of the clone. */
export const lastAnswers = (queries: Queries, clientId: string): { text: string; at: number; isNewest: boolean }[] => {
  const of = (senders: SQL, limit: number) =>
    queries.all<{ text: string; at: number }>(
      sql`SELECT m.content AS text, m.sent_at AS at
        FROM (SELECT * FROM messages WHERE client_id = ${clientId} ORDER BY seq DESC LIMIT ${mostMessages}) m
        WHERE m.sender_type IN ${senders} AND m.delivery_status <> 'failed' ORDER BY m.seq DESC LIMIT ${limit}`,
    )
  return [
    ...of(sql`('ai','human_coach')`, 1).map((one) => ({ ...one, isNewest: true })),
    ...of(sql`('ai')`, answersLookedAt).map((one) => ({ ...one, isNewest: false })),
  ]
}
