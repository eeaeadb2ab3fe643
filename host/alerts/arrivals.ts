import { sql } from 'drizzle-orm'
import type { Queries } from '../../db/sqlite.ts'
import type { SettingsValues } from '../../shared/contract/settings.ts'
import type { Owner, ReplyMode } from '../../shared/taxonomy/conversation.ts'
import type { Clock } from '../clock.ts'
import { type Attention, shownName } from './words.ts'

interface Parts {
  readonly queries: Queries
  readonly clock: Clock
  readonly settings: () => Pick<SettingsValues, 'notifyAbout' | 'defaultReplyMode'>
}

export interface Arrivals {
  /** From here on; what is there already is no news. */
  begin(): void
  /**
   * What arrived since the last look that settings want the coach told of. Conversations in `called` have an alert of
   * their own. `nextAt`: when to look again at the latest, milliseconds UTC.
   */
  look(called: ReadonlySet<string>): { attentions: Attention[]; nextAt: number | null }
}

interface Need {
  readonly key: string
  readonly conversationId: string
  readonly kind: 'draft' | 'failed' | 'unknown' | 'hand_back' | 'request'
  readonly name: string
}

interface Written {
  readonly conversationId: string
  readonly owner: Owner
  readonly replyMode: ReplyMode | null
  readonly name: string
}

const lookEveryMs = 1_000
/** One notification a conversation in this time; the list shows the rest. */
const quietPerConversationMs = 60_000

export const createArrivals = ({ queries, clock, settings }: Parts): Arrivals => {
  let lookedAt: number | null = null
  let seenSeq = 0
  let seenNeeds: ReadonlySet<string> = new Set()
  const toldAt = new Map<string, number>()

  const isQuiet = (conversationId: string, now: number): boolean => {
    const at = toldAt.get(conversationId)
    return at !== undefined && at <= now && now - at < quietPerConversationMs
  }

  const newNeeds = (): Need[] => {
    const needs = readNeeds(queries)
    const fresh = needs.filter((need) => !seenNeeds.has(need.key))
    seenNeeds = new Set(needs.map((need) => need.key))
    return fresh
  }

  const newMessages = (): Written[] => {
    const since = seenSeq
    seenSeq = newestSeq(queries)
    return seenSeq === since ? [] : readWritten(queries, since)
  }

  const wantsToKnow = (written: Written): boolean => {
    const { notifyAbout, defaultReplyMode } = settings()
    if (notifyAbout === 'everything') return true
    return written.owner !== 'ai' || (written.replyMode ?? defaultReplyMode) === 'off'
  }

  const look: Arrivals['look'] = (called) => {
    const now = clock.now()
    if (lookedAt !== null && lookedAt <= now && now - lookedAt < lookEveryMs)
      return { attentions: [], nextAt: lookedAt + lookEveryMs }
    lookedAt = now
    for (const [conversationId] of toldAt) if (!isQuiet(conversationId, now)) toldAt.delete(conversationId)
    const [needs, written] = [newNeeds(), newMessages()]
    if (settings().notifyAbout === 'alerts') return { attentions: [], nextAt: null }
    const told = [
      ...needs.map((need) => ({ conversationId: need.conversationId, ...needWords(need) })),
      ...written
        .filter((one) => wantsToKnow(one) && !isQuiet(one.conversationId, now))
        .map((one) => ({ conversationId: one.conversationId, ...writtenWords(one) })),
    ].filter((one) => !called.has(one.conversationId))
    const onceEach = [...new Map(told.map((one) => [one.conversationId, one])).values()]
    for (const { conversationId } of onceEach) toldAt.set(conversationId, now)
    return { attentions: onceEach.map((one) => ({ ...one, level: 0, isCrisis: false })), nextAt: null }
  }

  return {
    begin: () => {
      seenSeq = newestSeq(queries)
      newNeeds()
    },
    look,
  }
}

const newestSeq = (queries: Queries): number =>
  queries.get<{ seq: number | null }>(sql`SELECT max(seq) AS seq FROM messages`)?.seq ?? 0

/** What waits for the coach besides alerts, each under a key of its own. */
const readNeeds = (queries: Queries): Need[] =>
  queries.all<Need>(sql`
    SELECT 'draft:' || d.id AS key, d.conversation_id AS conversationId, 'draft' AS kind, cl.name
      FROM drafts d INDEXED BY drafts_one_pending JOIN clients cl ON cl.id = d.client_id
      JOIN conversations c ON c.id = d.conversation_id WHERE d.state = 'pending' AND c.owner <> 'waiting'
    UNION ALL
    SELECT o.state || ':' || o.id, o.conversation_id, o.state, cl.name
      FROM outbox o INDEXED BY outbox_trouble JOIN clients cl ON cl.id = o.client_id WHERE o.state IN ('failed','unknown')
    UNION ALL
    SELECT 'hand_back:' || c.id || c.handback_asked_at, c.id, 'hand_back', cl.name
      FROM conversations c INDEXED BY conversations_owner JOIN clients cl ON cl.id = c.client_id
      WHERE c.owner = 'human' AND c.handback_asked_at IS NOT NULL
    UNION ALL
    SELECT 'request:' || c.id, c.id, 'request', cl.name
      FROM conversations c INDEXED BY conversations_requested JOIN clients cl ON cl.id = c.client_id
      WHERE c.acceptance = 'requested'`)

/** Accepted conversations in which the client wrote after a message. */
const readWritten = (queries: Queries, sinceSeq: number): Written[] =>
  queries.all<Written>(sql`
    SELECT DISTINCT c.id AS conversationId, c.owner, cl.reply_mode AS replyMode, cl.name
    FROM messages m JOIN conversations c ON c.id = m.conversation_id JOIN clients cl ON cl.id = c.client_id
    WHERE m.seq > ${sinceSeq} AND m.sender_type = 'client' AND c.acceptance = 'accepted'`)

const needWords = ({ kind, name }: Need): { title: string; body: string } => {
  const who = shownName(name)
  switch (kind) {
    case 'draft':
      return { title: `A draft for ${who} is ready`, body: 'Read it, then send, change or discard it.' }
    case 'failed':
      return { title: `A message to ${who} did not go out`, body: 'Open the conversation to decide what to do.' }
    case 'unknown':
      return { title: `A message to ${who} may not have arrived`, body: 'Open the conversation to decide what to do.' }
    case 'hand_back':
      return { title: `Hand ${who} back to the clone?`, body: 'You have been silent in this conversation for a while.' }
    case 'request':
      return { title: 'Someone new has written', body: 'They wait until you accept them.' }
  }
}

const writtenWords = ({ owner, name }: Written): { title: string; body: string } => ({
  title: `${shownName(name)} has written`,
  body: owner === 'ai' ? 'A new message is in the inbox.' : 'They wait for your answer.',
})
