import { and, eq, gt, sql } from 'drizzle-orm'
import { clients, messageSignals, outbox } from '../../db/schema/index.ts'
import type { Tx } from '../../db/write.ts'
import type { SettingsValues } from '../../shared/contract/settings.ts'
import type { HandoffTrigger, UnreadableKind } from '../../shared/taxonomy/conversation.ts'
import {
  type ConversationRecord,
  getConversation,
  isFresh,
  lastMessages,
  type MessageRecord,
  replyModeOf,
} from '../conversations/index.ts'
import {
  alertAgain,
  decideHandoff,
  handedBackAt,
  lastIntervention,
  noticeText,
  raiseHandoff,
  thresholdsFrom,
} from '../handoff/index.ts'
import { enqueueJob } from '../jobs/index.ts'
import { enqueueOutgoing } from '../outbox/index.ts'
import { quietEndsAt } from '../replies/index.ts'
import { readSignals, type Signals } from '../signals/index.ts'
import { languageFor } from './language.ts'

export interface TriageContext {
  readonly settings: SettingsValues
  readonly now: number
}

/**
 * What a client's new or changed words ask for, without a model: the crisis path, a person, a fixed line, or the job
 * that answers. `isNew`: false for words they changed after they had been answered.
 */
export const triageInbound = (
  tx: Tx,
  message: MessageRecord,
  { unreadable, isNew }: { unreadable: UnreadableKind | null; isNew: boolean },
  context: TriageContext,
): void => {
  const conversation = getConversation(tx.queries, message.conversationId)
  const signals = signalsOf(tx, message, context)
  if (!signals) return callAbout(tx, conversation, context, 'generation_failed', unreadWords)
  keepSignals(tx, message.seq, signals)
  if (callPerson(tx, conversation, message, signals, context)) return
  if (conversation.acceptance !== 'accepted' || conversation.owner !== 'ai') return
  if (replyModeOf(tx.queries, conversation, context.settings) === 'off') return
  if (unreadable !== null) return callAbout(tx, conversation, context, 'unreadable', unreadableWords[unreadable])
  if (!isNew) return
  if (signals.asksIfAi) sayWhatAnswers(tx, conversation, message, context)
  answerLater(tx, conversation, signals, context)
}

const unreadWords = 'This message could not be read here. Please look at it yourself.'
const unreadableWords = {
  voice: 'They sent a voice message, which the clone cannot listen to.',
  picture: 'They sent a picture, which the clone cannot see.',
  video: 'They sent a video, which the clone cannot watch.',
  file: 'They sent a file, which the clone cannot open.',
} satisfies Record<UnreadableKind, string>

const historyLength = 6

/** Null where reading failed: a message nobody could read is never refused, a person looks at it. */
const signalsOf = (tx: Tx, message: MessageRecord, { settings }: TriageContext): Signals | null => {
  const dealtWith = handedBackAt(tx.queries, message.conversationId)
  const around = lastMessages(tx.queries, message.conversationId, historyLength + 1).filter(
    (other) => other.seq > dealtWith && other.seq !== message.seq,
  )
  const history = around
    .filter((other) => other.seq < message.seq)
    .map(({ senderType, content }) => ({ from: senderType === 'client' ? 'client' : 'other', text: content }) as const)
  const read = (text: string): Signals => readSignals(text, history, { coachName: settings.coachName })
  try {
    const signals = read(message.content)
    const following = directlyAfter(message, around)
    if (following.length === 0) return signals
    const { crisis } = read([message.content, ...following].join('\n'))
    const reachesIn = crisis.evidence.some(({ start }) => start < message.content.length)
    return reachesIn ? { ...signals, crisis } : signals
  } catch {
    return null
  }
}

/** What the client had written after words they changed, before anybody else wrote: danger may show only in both. */
const directlyAfter = (message: MessageRecord, around: readonly MessageRecord[]): string[] => {
  const after = around.filter((other) => other.seq > message.seq)
  const next = after.findIndex((other) => other.senderType !== 'client')
  return after.slice(0, next === -1 ? after.length : next).map((other) => other.content)
}

const keepSignals = (tx: Tx, messageSeq: number, signals: Signals): void => {
  const row = {
    messageSeq,
    crisisSeverity: signals.crisis.severity,
    crisisKinds: JSON.stringify(signals.crisis.kinds),
    sentiment: signals.sentiment,
    urgency: signals.urgency,
    highStakes: signals.highStakes,
    requestsHuman: signals.requestsHuman,
    emotion: signals.emotion,
    situation: signals.situation,
  }
  tx.queries
    .insert(messageSignals)
    .values(row)
    .onConflictDoUpdate({ target: messageSignals.messageSeq, set: row })
    .run()
}

/** Calls the coach without telling the client, where the clone has the floor. */
const callAbout = (
  tx: Tx,
  conversation: ConversationRecord,
  { settings, now }: TriageContext,
  trigger: HandoffTrigger,
  reason: string,
): void => {
  if (conversation.owner !== 'ai' || conversation.acceptance !== 'accepted') return
  const decision = { lock: false, score: 0, parts: [], trigger, reason }
  raiseHandoff(tx, conversation, { decision, tellClient: false, coachName: settings.coachName }, now)
}

/** What needs no model: a safety crisis, or a plain request for a person. True when nobody but a person may answer. */
const callPerson = (
  tx: Tx,
  conversation: ConversationRecord,
  message: MessageRecord,
  signals: Signals,
  { settings, now }: TriageContext,
): boolean => {
  const decision = decideHandoff({ signals, confidence: null, generation: 'none' }, thresholdsFrom(settings))
  if (!decision.handOff || !decision.trigger) return false
  const raised = {
    decision: { ...decision, trigger: decision.trigger },
    tellClient: replyModeOf(tx.queries, conversation, settings) === 'autopilot',
    coachName: settings.coachName,
    language: languageFor(tx, conversation, message.content),
  }
  if (decision.lock) {
    const isInHand =
      conversation.owner === 'human' && lastIntervention(tx, conversation.id)?.trigger === 'safety_crisis'
    if (conversation.owner === 'locked') alertAgain(tx, conversation, decision, now)
    else if (!isInHand) raiseHandoff(tx, conversation, raised, now)
    return true
  }
  // A request that a person has dealt with is not made again by changing its words.
  if (message.seq <= handedBackAt(tx.queries, conversation.id)) return true
  if (conversation.owner === 'ai' && conversation.acceptance === 'accepted') raiseHandoff(tx, conversation, raised, now)
  return true
}

const repeatAfterMs = 10 * 60_000

/** Asked whether a person answers, the client hears the truth at once, in fixed words that no model can change. */
const sayWhatAnswers = (
  tx: Tx,
  conversation: ConversationRecord,
  message: MessageRecord,
  { settings, now }: TriageContext,
): void => {
  if (replyModeOf(tx.queries, conversation, settings) !== 'autopilot' || !isFresh(tx.queries, conversation, now)) return
  if (wasSaidSince(tx, conversation.id, 'ai_answer', now - repeatAfterMs)) return
  const language = languageFor(tx, conversation, message.content)
  const text = noticeText('ai_answer', { coachName: settings.coachName, region: null, language })
  enqueueOutgoing(
    tx,
    conversation,
    { author: 'notice', text, metadata: { notice: 'ai_answer' }, senderId: 'system' },
    now,
  )
}

const wasSaidSince = (tx: Tx, conversationId: string, notice: string, since: number): boolean =>
  tx.queries
    .select({ id: outbox.id })
    .from(outbox)
    .where(
      and(
        eq(outbox.conversationId, conversationId),
        eq(sql`json_extract(${outbox.metadata}, '$.notice')`, notice),
        gt(outbox.createdAt, since),
      ),
    )
    .get() !== undefined

const longestGatherMs = 60_000

const answerLater = (tx: Tx, conversation: ConversationRecord, signals: Signals, context: TriageContext): void => {
  const { settings, now } = context
  if (!isFresh(tx.queries, conversation, now)) {
    const reason = 'They wrote about a big decision while the console was away, and nobody has answered yet.'
    if (signals.highStakes) callAbout(tx, conversation, context, 'high_stakes_decision', reason)
    return
  }
  const burstBegan =
    conversation.lastClientSeq === conversation.lastSeq ? firstUnansweredAt(tx, conversation, now) : now
  const gathered = Math.max(now, Math.min(now + settings.gatherMs, burstBegan + longestGatherMs))
  const quietEnd = quietEndsAt(tx.queries, conversation, settings, now)
  if (quietEnd !== null) sayWhenAnswered(tx, conversation, quietEnd, context)
  enqueueJob(
    tx,
    {
      kind: 'reply',
      dedupeKey: conversation.id,
      clientId: conversation.clientId,
      payload: { conversationId: conversation.id },
      runAt: settings.quietWhat === 'wait' && quietEnd !== null ? quietEnd : gathered,
    },
    now,
  )
}

const onceANightMs = 12 * 3_600_000

/** Tells the client once a night that their answer comes later, where the coach wants that. */
const sayWhenAnswered = (
  tx: Tx,
  conversation: ConversationRecord,
  quietEnd: number,
  { settings, now }: TriageContext,
): void => {
  if (!settings.quietNotice || settings.quietWhat !== 'wait') return
  if (replyModeOf(tx.queries, conversation, settings) !== 'autopilot') return
  if (wasSaidSince(tx, conversation.id, 'out_of_hours', now - onceANightMs)) return
  const timeZone = tx.queries
    .select({ timeZone: clients.timeZone })
    .from(clients)
    .where(eq(clients.id, conversation.clientId))
    .get()?.timeZone
  const language = languageFor(tx, conversation, '')
  const until = new Intl.DateTimeFormat(language, {
    hour: '2-digit',
    minute: '2-digit',
    ...(timeZone ? { timeZone } : {}),
  }).format(quietEnd)
  const text = noticeText('out_of_hours', { coachName: settings.coachName, region: null, language, until })
  enqueueOutgoing(
    tx,
    conversation,
    { author: 'notice', text, metadata: { notice: 'out_of_hours' }, senderId: 'system' },
    now,
  )
}

/** When the burst the client is writing began: the first of their messages since anyone else's. */
const firstUnansweredAt = (tx: Tx, conversation: ConversationRecord, now: number): number => {
  const recent = lastMessages(tx.queries, conversation.id, 20)
  const before = recent.findLastIndex((message) => message.senderType !== 'client')
  return recent[before + 1]?.createdAt ?? now
}
