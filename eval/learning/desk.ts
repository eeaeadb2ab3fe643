import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { and, asc, eq, inArray } from 'drizzle-orm'
import { migrate } from '../../db/migrate.ts'
import { openDatabase } from '../../db/open.ts'
import { clients, coaches, conversations, drafts, jobs, messages, outbox } from '../../db/schema/index.ts'
import { createWriter } from '../../db/write.ts'
import type { Model, ReplyRequest } from '../../host/ai/index.ts'
import { getConversation } from '../../host/conversations/index.ts'
import { handBack, takeOver } from '../../host/handoff/index.ts'
import { receiveMessage, sendAsCoach } from '../../host/inbox/index.ts'
import { forgetDraftDecision, learnJobs } from '../../host/learning/index.ts'
import { claim } from '../../host/outbox/claim.ts'
import { createReplyMaker, noteReplyUse, sendDraft } from '../../host/replies/index.ts'
import { createSettings } from '../../host/settings/index.ts'
import { Problem } from '../../shared/problem.ts'
import { clientsOfSimulation, type Moment } from './moments.ts'

const channel = 'practice'
const begins = Date.UTC(2026, 0, 5, 8)
const minute = 60_000
const betweenMoments = 90 * minute

/** Null: there is no model. */
export type Answering = ((request: ReplyRequest) => string) | null

/**
 * A coach's desk with the real database and the product's own code, driven step by step: messages come in, the clone
 * drafts, the coach sends, takes over and hands back, and what is learned is learned as its jobs would.
 */
export const openSimulatedDesk = (answering: Answering) => {
  const folder = mkdtempSync(join(tmpdir(), 'opencoach-eval-'))
  const { sqlite, queries, close } = openDatabase({ file: join(folder, 'opencoach.db'), key: randomBytes(32) })
  migrate(sqlite)
  // This is about what is learned, not about a power cut.
  sqlite.pragma('synchronous = OFF')
  const write = createWriter(sqlite, queries, () => undefined)
  const settings = { ...createSettings(queries, {}).values(), coachName: 'Robin', undoSendSeconds: 0 }
  queries.insert(coaches).values({ id: 'coach', name: 'Robin', createdAt: begins }).run()
  for (const { id, name } of clientsOfSimulation) {
    const made = { createdAt: begins, updatedAt: begins }
    queries
      .insert(clients)
      .values({ id, coachId: 'coach', name, timeZone: 'UTC', replyMode: 'drafts', ...made })
      .run()
    queries
      .insert(conversations)
      .values({ id, clientId: id, channel, externalChatId: id, lastMessageAt: begins, createdAt: begins })
      .run()
  }

  let now = begins
  let times = 0
  const later = (ms = minute): number => {
    now += ms
    return now
  }
  const nextName = (): string => {
    times += 1
    return `simulated-${times}`
  }
  const clock = { now: () => now, after: () => () => undefined }
  const model: Model = {
    generateReply: async (request) => {
      if (answering === null) throw new Problem('NO_MODEL')
      return {
        reply: answering(request),
        confidence: 0.85,
        baseIntent: 'STRUGGLE',
        requiresResponse: true,
        citations: [],
        usedFallback: false,
        model: 'stand-in',
        promptTokens: 0,
        completionTokens: 0,
        latencyMs: 0,
        statedCostUsd: null,
      }
    },
    fillForm: () => Promise.reject(new Problem('NO_MODEL')),
    test: () => Promise.reject(new Problem('NO_MODEL')),
  }
  const replies = createReplyMaker({
    write,
    queries,
    clock,
    log: () => undefined,
    model,
    settings: () => settings,
    showTyping: () => undefined,
    findPassages: async () => ({ passages: [], meaning: null }),
    recall: async () => [],
    noteUse: () => undefined,
    noteGap: () => undefined,
  })
  const learn = learnJobs({ write, queries, clock })

  const clientWrites = (clientId: string, text: string): void => {
    const inbound = { updateId: nextName(), chatId: clientId, externalId: nextName(), senderName: clientId, text }
    const context = { channel, isPractice: false, asksBeforeAccepting: false, settings, now: later() }
    write((tx) => receiveMessage(tx, { ...inbound, sentAt: now, from: 'client' }, () => [], context))
  }

  /** What is queued goes out, and arrives. */
  const deliver = (): void => {
    const queued = queries.select().from(outbox).where(eq(outbox.state, 'queued')).orderBy(asc(outbox.seq)).all()
    for (const { id } of queued)
      write((tx) => {
        const sending = { noteSending: noteReplyUse, noteGivenBack: forgetDraftDecision }
        const context = { now: later(1_000), isPractice: false, defaultReplyMode: settings.defaultReplyMode }
        const claimed = claim(tx, id, { ...context, ...sending })
        if (claimed.outcome === 'gone') return
        tx.queries.update(outbox).set({ state: 'sent', settledAt: now }).where(eq(outbox.id, id)).run()
        tx.queries
          .update(messages)
          .set({ deliveryStatus: 'sent' })
          .where(eq(messages.id, claimed.row.messageId ?? ''))
          .run()
      })
  }

  /** Does what was queued to be learned. */
  const learnWhatIsQueued = async (): Promise<void> => {
    const kinds = Object.keys(learn)
    for (;;) {
      const queued = and(inArray(jobs.kind, kinds), eq(jobs.state, 'queued'))
      const next = queries.select().from(jobs).where(queued).orderBy(asc(jobs.runAt)).get()
      if (next === undefined) return
      queries.delete(jobs).where(eq(jobs.id, next.id)).run()
      const job = { id: next.id, payload: JSON.parse(next.payload), attempt: 1, isLast: true }
      await learn[next.kind]?.({ ...job, signal: new AbortController().signal })
    }
  }

  const pendingDraft = (clientId: string) =>
    queries
      .select({ id: drafts.id, text: drafts.text })
      .from(drafts)
      .where(and(eq(drafts.conversationId, clientId), eq(drafts.state, 'pending')))
      .get() ?? null

  return {
    /** The client writes, and the clone drafts an answer; null where it leaves none. */
    draftFor: async ({ client, text }: Moment): Promise<{ id: string; text: string } | null> => {
      later(betweenMoments)
      clientWrites(client.id, text)
      if (getConversation(queries, client.id).owner !== 'ai') return null
      later(10_000)
      const signal = new AbortController().signal
      await replies.answer({ id: nextName(), payload: { conversationId: client.id }, attempt: 1, isLast: true, signal })
      return pendingDraft(client.id)
    },
    clientWrites: ({ client, text }: Moment): void => {
      later(betweenMoments)
      clientWrites(client.id, text)
    },
    /** The coach sends a draft as they changed it. */
    sendDraft: async (draftId: string, text: string): Promise<void> => {
      const sending = { draftId, requestId: nextName(), text, evenIfClientWrote: false }
      write((tx) => sendDraft(tx, sending, settings, later()))
      deliver()
      await learnWhatIsQueued()
    },
    /** The coach takes over, writes, reads what the client answers, and hands back. */
    intervene: async ({ client }: Moment, text: string, answer: string): Promise<void> => {
      write((tx) => takeOver(tx, client.id, later()))
      write((tx) => sendAsCoach(tx, { conversationId: client.id, requestId: nextName(), text }, 0, later()))
      deliver()
      clientWrites(client.id, answer)
      write((tx) => handBack(tx, client.id, later()))
      deliver()
      await learnWhatIsQueued()
    },
    queries,
    close: (): void => {
      close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
