import { and, eq, sql } from 'drizzle-orm'
import { egressLedger, messageParts, messages, outbox } from '../../db/schema/index.ts'
import type { Queries } from '../../db/sqlite.ts'
import type { Tx, Write } from '../../db/write.ts'
import { toProblem } from '../../shared/problem.ts'
import type { ReplyMode } from '../../shared/taxonomy/conversation.ts'
import type { Channel, SendResult } from '../channels/index.ts'
import { type Clock, within } from '../clock.ts'
import { getConversation, readMetadata } from '../conversations/index.ts'
import type { Log } from '../log/index.ts'
import { type Claim, claim, type NoteSending } from './claim.ts'
import { type NoteGivenBack, removeUnsent } from './giveBack.ts'
import { type OutboxRecord, reopenRun } from './queue.ts'

export interface Dispatcher {
  /** Looks for what is due; call after every commit that queued something. */
  pump(): void
  /** Settles what was being sent when the machine stopped: reconciled where the channel can tell, else unknown. Nothing is sent before. */
  recover(): Promise<void>
  /** Takes no new row and waits for those on their way, at most `ms`. */
  drain(ms: number): Promise<void>
}

interface Parts {
  readonly write: Write
  readonly queries: Queries
  readonly clock: Clock
  readonly log: Log
  /** Undefined where the channel is switched off; its rows wait. */
  readonly channelNamed: (name: string) => Channel | undefined
  readonly runningChannels: () => string[]
  readonly defaultReplyMode: () => ReplyMode
  readonly noteSending: NoteSending
  readonly noteGivenBack: NoteGivenBack
}

const atOnce = 4
/** A channel that takes longer may have delivered; it no longer holds back what follows. */
const longestSendMs = 60_000
const afterFailureMs = 5_000
const brokenSentence = 'The connection broke while this was being sent. It may have arrived.'
const slowSentence = 'The channel did not answer in time. This may have arrived.'
const crashSentence = 'The console stopped while this was being sent. It may have arrived.'

/** What could not be delivered for so long is the coach's to decide about. */
const longestWaitMs = 6 * 3_600_000
const leastPauseMs = 1_000
const waitsSince = (row: OutboxRecord): number => readMetadata(row.metadata).scheduled_for ?? row.createdAt
const waitedSentence = 'There was no connection for hours, so this was not sent.'

export const createDispatcher = (parts: Parts): Dispatcher => {
  const { write, queries, clock, log, channelNamed, runningChannels, defaultReplyMode } = parts
  const onTheWay = new Map<string, Promise<void>>()
  // Until what was interrupted is settled, a send of this run would be taken for one of the last.
  let state: 'recovering' | 'open' | 'draining' = 'recovering'
  let cancelLater: () => void = () => undefined

  // A row from the future means that the clock was moved back: it was due when it was written, unless it was scheduled
  // or put off. What still waits holds back no fixed notice: a word for a client in danger least of all.
  const due = (now: number): { id: string; conversationId: string; channel: string }[] =>
    queries.all(sql`
      SELECT o.id AS id, o.conversation_id AS conversationId, c.channel AS channel
      FROM outbox o INDEXED BY outbox_due JOIN conversations c ON c.id = o.conversation_id
      WHERE o.state = 'queued' AND (o.send_after <= ${now}
          OR (o.created_at > ${now} AND o.attempts = 0 AND (o.author <> 'human' OR o.message_id IS NOT NULL))
          OR (o.attempts > 0 AND o.send_after > ${now + longestWaitMs}))
        AND c.channel IN (SELECT value FROM json_each(${JSON.stringify(runningChannels())}))
        AND NOT EXISTS (SELECT 1 FROM outbox earlier WHERE earlier.conversation_id = o.conversation_id
                        AND earlier.seq < o.seq AND (earlier.state = 'sending' OR (o.author <> 'notice' AND earlier.state = 'queued'
                          AND (earlier.author <> 'human' OR earlier.message_id IS NOT NULL))))
      ORDER BY (o.author = 'notice') DESC, o.seq LIMIT 32`)

  const pump = (): void => {
    if (state !== 'open') return
    // One moment for both questions: what becomes due between them would be asked about by neither.
    const now = clock.now()
    try {
      for (const { id, conversationId, channel: name } of due(now)) {
        if (onTheWay.size >= atOnce) return
        const channel = channelNamed(name)
        if (channel && !onTheWay.has(conversationId)) onTheWay.set(conversationId, start(id, conversationId, channel))
      }
      pumpAtNext(now)
    } catch (error) {
      pumpLater(error)
    }
  }

  const start = async (outboxId: string, conversationId: string, channel: Channel): Promise<void> => {
    // Never in the same breath: a row that cannot be claimed would be claimed again and again.
    await Promise.resolve()
    try {
      await sendOne(outboxId, channel)
      onTheWay.delete(conversationId)
      pump()
    } catch (error) {
      onTheWay.delete(conversationId)
      pumpLater(error)
    }
  }

  /** Looks again when the next row becomes due that waits for its time. */
  const pumpAtNext = (now: number): void => {
    const next = queries.get<{ at: number | null }>(
      sql`SELECT min(send_after) AS at FROM outbox INDEXED BY outbox_due WHERE state = 'queued' AND send_after > ${now}`,
    )
    cancelLater()
    if (next?.at) cancelLater = clock.after(Math.max(0, next.at - clock.now()), pump)
  }

  const pumpLater = (error: unknown): void => {
    log('error', 'outbox_not_written', { code: toProblem(error).code })
    cancelLater()
    cancelLater = clock.after(afterFailureMs, pump)
  }

  const sendOne = async (outboxId: string, channel: Channel): Promise<void> => {
    const claimed = write((tx) =>
      claim(tx, outboxId, {
        now: clock.now(),
        isPractice: channel.isPractice,
        defaultReplyMode: defaultReplyMode(),
        noteSending: parts.noteSending,
        noteGivenBack: parts.noteGivenBack,
      }),
    )
    if (claimed.outcome === 'gone') return
    const outgoing = {
      outboxId,
      chatId: claimed.conversation.externalChatId,
      text: claimed.row.text,
      isNotice: claimed.row.author === 'notice',
      ...(claimed.replyTo === null ? {} : { replyTo: claimed.replyTo }),
    }
    const sent = channel.send(outgoing).catch((): SendResult => ({ outcome: 'unknown', message: brokenSentence }))
    const result = (await within(clock, longestSendMs, sent)) ?? { outcome: 'unknown', message: slowSentence }
    while (state !== 'draining') {
      try {
        return settle(claimed, result)
      } catch (error) {
        // What the channel said is kept here until it can be written down.
        log('error', 'send_not_recorded', { id: outboxId, code: toProblem(error).code })
        await new Promise<void>((resolve) => clock.after(afterFailureMs, resolve))
      }
    }
    settle(claimed, result)
  }

  const settle = ({ row, appearsNow }: Sending, result: SendResult): void => {
    const now = clock.now()
    if (result.outcome !== 'later') return settleFor(row, result, now)
    if (now - waitsSince(row) > longestWaitMs)
      return settleFor(row, { outcome: 'failed', message: waitedSentence }, now)
    write((tx) => waitFor(tx, { row, appearsNow }, result, now))
  }

  const settleFor = (row: OutboxRecord, result: Exclude<SendResult, { outcome: 'later' }>, now: number): void => {
    write((tx) => {
      const settled = tx.queries
        .update(outbox)
        .set({ state: result.outcome, settledAt: now, error: result.outcome === 'sent' ? null : result.message })
        .where(and(eq(outbox.id, row.id), eq(outbox.state, 'sending')))
        .run()
      if (row.messageId && settled.changes > 0) {
        tx.queries
          .update(messages)
          .set({
            deliveryStatus: result.outcome,
            ...(result.outcome === 'sent'
              ? { externalId: result.externalId, costMicros: result.costMicros ?? null }
              : {}),
          })
          .where(eq(messages.id, row.messageId))
          .run()
        if (result.outcome === 'sent') {
          result.furtherIds?.forEach((externalId, index) => {
            tx.queries
              .insert(messageParts)
              .values({ messageId: row.messageId ?? '', position: index + 1, externalId })
              .run()
          })
        }
        tx.queries
          .update(egressLedger)
          .set({ status: result.outcome === 'sent' ? 'ok' : 'failed' })
          .where(and(eq(egressLedger.messageId, row.messageId), sql`status = 'pending'`))
          .run()
      }
      tx.changed('conversation', row.conversationId)
      tx.changed('inbox')
    })
    if (result.outcome !== 'sent') log('warn', 'send_not_confirmed', { id: row.id, state: result.outcome })
  }

  const recover = async (): Promise<void> => {
    const interrupted = queries.select().from(outbox).where(eq(outbox.state, 'sending')).all()
    for (const row of interrupted) {
      const conversation = getConversation(queries, row.conversationId)
      const channel = channelNamed(conversation.channel)
      const asked = channel?.reconcile?.({ outboxId: row.id, chatId: conversation.externalChatId, text: row.text })
      const unknown: SendResult = { outcome: 'unknown', message: crashSentence }
      settle({ row, appearsNow: false }, asked ? await asked.catch(() => unknown) : unknown)
    }
    if (state === 'recovering') state = 'open'
    if (interrupted.length > 0) log('warn', 'sends_interrupted', { count: interrupted.length })
  }

  const drain = async (ms: number): Promise<void> => {
    state = 'draining'
    cancelLater()
    await within(clock, ms, Promise.allSettled(onTheWay.values()))
  }

  return { pump, recover, drain }
}

type Sending = Pick<Extract<Claim, { outcome: 'go' }>, 'row' | 'appearsNow'>

/** Certainly not delivered: the row waits again, and is checked again before it goes. */
const waitFor = (
  tx: Tx,
  { row, appearsNow }: Sending,
  result: Extract<SendResult, { outcome: 'later' }>,
  now: number,
): void => {
  tx.changed('conversation', row.conversationId)
  const waiting = tx.queries
    .update(outbox)
    .set({
      state: 'queued',
      sendAfter: now + Math.min(longestWaitMs, Math.max(leastPauseMs, result.afterMs)),
      error: result.message,
    })
    .where(and(eq(outbox.id, row.id), eq(outbox.state, 'sending')))
    .run()
  if (waiting.changes === 0 || row.messageId === null) return
  tx.queries
    .update(egressLedger)
    .set({ status: 'failed', errorCode: 'LATER' })
    .where(and(eq(egressLedger.messageId, row.messageId), sql`status = 'pending'`))
    .run()
  if (!appearsNow) {
    tx.queries.update(messages).set({ deliveryStatus: 'queued' }).where(eq(messages.id, row.messageId)).run()
    return
  }
  // As before its claim, so that nothing takes the client for answered and every check is made again.
  removeUnsent(tx, row)
  if (row.author === 'ai' && row.executionId) reopenRun(tx, row.executionId)
}
