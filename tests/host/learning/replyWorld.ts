import { and, desc, eq } from 'drizzle-orm'
import { newId } from '../../../db/ids.ts'
import {
  agentExecutions,
  conversations,
  draftFeedback,
  drafts,
  messages,
  outbox,
  replyFeedback,
  replyOutcomes,
} from '../../../db/schema/index.ts'
import { getConversation } from '../../../host/conversations/index.ts'
import { handBack, takeOver } from '../../../host/handoff/index.ts'
import { receiveChange, receiveMessage, sendAsCoach, setFeedback } from '../../../host/inbox/index.ts'
import { forgetDraftDecision, readReactions, recomputeOutcomes } from '../../../host/learning/index.ts'
import { silentLog } from '../../../host/log/index.ts'
import { cancelSend, createDispatcher, settleTrouble } from '../../../host/outbox/index.ts'
import { computeConfidence } from '../../../host/replies/confidence.ts'
import { decideAnswer } from '../../../host/replies/decide.ts'
import { discardDraft, regenerate, restoreDraft, sendDraft } from '../../../host/replies/index.ts'
import { createSettings } from '../../../host/settings/index.ts'
import { readSignals } from '../../../host/signals/index.ts'
import type { SettingsValues } from '../../../shared/contract/settings.ts'
import type { ReplyMode } from '../../../shared/taxonomy/conversation.ts'
import { createFakeChannel } from '../../fakes/channel.ts'
import { createFakeClock } from '../../fakes/clock.ts'
import { openMemoryDatabase } from '../../fixtures/memoryDatabase.ts'

export type ReplyWorld = Awaited<ReturnType<typeof openReplyWorld>>

const things = [
  'the garden',
  'your sister',
  'this week',
  'the long walk',
  'a quiet hour',
  'your old plan',
  'the next call',
  'that letter',
  'the morning',
  'your friend at work',
  'the small room',
  'music',
  'a good meal',
  'the bicycle',
  'your notebook',
  'Sunday',
  'the other team',
  'rest',
  'the first step',
  'a clear no',
  'your mother',
  'the river',
  'the kitchen',
] as const
let asked = 0

/** Never what was said a while ago: a reply that repeats the last one is held back. */
export const anotherReply = (): string => {
  asked += 1
  return `And ${things[asked % things.length]}, how is it with ${things[(asked + 9) % things.length]}?`
}

/** Clients, a clone that answers what it is told to, a coach, and a channel; all of it runs in the production code. */
export const openReplyWorld = async (names: readonly string[] = ['Ann']) => {
  const database = openMemoryDatabase()
  const { write, queries } = database
  const clock = createFakeClock(Date.UTC(2026, 10, 2, 9))
  const far = createFakeChannel()
  const values = (): SettingsValues => ({ ...createSettings(queries, {}).values(), undoSendSeconds: 10 })
  for (const name of names) {
    database.addClient(name, name, { timeZone: 'UTC' })
    queries
      .insert(conversations)
      .values({ id: name, clientId: name, channel: 'fake', externalChatId: name, lastMessageAt: 1, createdAt: 1 })
      .run()
  }
  const dispatcher = createDispatcher({
    write,
    queries,
    clock,
    log: silentLog,
    channelNamed: () => far.channel,
    runningChannels: () => ['fake'],
    defaultReplyMode: () => 'autopilot',
    noteSending: () => undefined,
    noteGivenBack: forgetDraftDecision,
  })
  await dispatcher.recover()
  let updates = 0
  const context = () => ({
    channel: 'fake',
    isPractice: false,
    asksBeforeAccepting: false,
    settings: values(),
    now: clock.now(),
  })
  const nextUpdate = (): string => {
    updates += 1
    return `update-${updates}`
  }
  const newest = (name: string, senderType: 'client' | 'clone') =>
    queries
      .select()
      .from(messages)
      .where(eq(messages.conversationId, name))
      .orderBy(desc(messages.seq))
      .all()
      .find((one) => (senderType === 'client' ? one.senderType === 'client' : one.metadata.includes('"execution_id"')))
  const draftOf = (name: string, state: 'pending' | 'discarded') =>
    queries
      .select()
      .from(drafts)
      .where(and(eq(drafts.conversationId, name), eq(drafts.state, state)))
      .orderBy(desc(drafts.createdAt))
      .get()

  return {
    ...database,
    clock,
    far,
    newest,
    pass: (ms: number) => clock.advance(ms),
    pump: async () => {
      dispatcher.pump()
      await clock.advance(0)
    },
    writes: (name: string, text: string) => {
      const update = nextUpdate()
      const inbound = {
        updateId: update,
        chatId: name,
        externalId: update,
        senderName: name,
        text,
        sentAt: clock.now(),
      }
      write((tx) => receiveMessage(tx, inbound, () => [], context()))
    },
    rewrites: (name: string, text: string) => {
      const externalId = newest(name, 'client')?.externalId ?? ''
      const change = {
        kind: 'edit',
        updateId: nextUpdate(),
        chatId: name,
        externalId,
        text,
        editedAt: clock.now(),
      } as const
      write((tx) => receiveChange(tx, change, context()))
    },
    takesBack: (name: string) => {
      const externalIds = [newest(name, 'client')?.externalId ?? '']
      const change = {
        kind: 'removal',
        updateId: nextUpdate(),
        chatId: name,
        externalIds,
        removedAt: clock.now(),
      } as const
      write((tx) => receiveChange(tx, change, context()))
    },
    /** The clone has thought; what becomes of its answer is decided as always. Returns the run. */
    answers: (name: string, reply: string, confidence: number, mode: ReplyMode, wish: string | null = null): string => {
      const conversation = getConversation(queries, name)
      const signals = readSignals(newest(name, 'client')?.content ?? '')
      const run = { executionId: newId(clock.now()), conversation, signals, settings: values(), wish }
      const said = computeConfidence({ confidence, usedFallback: false })
      const answer = {
        reply,
        confidence,
        baseIntent: 'UNKNOWN' as const,
        requiresResponse: true,
        citations: [],
        usedFallback: false,
        model: 'stand-in',
        promptTokens: 1,
        completionTokens: 1,
        latencyMs: 1,
        statedCostUsd: null,
      }
      write((tx) => {
        tx.queries
          .insert(agentExecutions)
          .values({
            id: run.executionId,
            conversationId: name,
            clientId: conversation.clientId,
            epoch: conversation.epoch,
            lastClientSeq: conversation.lastClientSeq,
            status: 'running',
            signals: JSON.stringify(signals),
            draftReply: reply,
            hint: wish,
            confidence: said.value,
            rawConfidence: said.raw,
            confidenceParts: JSON.stringify(said.parts),
            createdAt: clock.now(),
          })
          .run()
        decideAnswer(tx, run, answer, said.value, mode, clock.now())
      })
      return run.executionId
    },
    sends: (name: string, text?: string) => {
      const draft = draftOf(name, 'pending')
      if (!draft) return
      const input = { draftId: draft.id, requestId: newId(clock.now()), evenIfClientWrote: true }
      write((tx) => sendDraft(tx, { ...input, text: text ?? draft.text }, values(), clock.now()))
    },
    discards: (name: string) => {
      const draft = draftOf(name, 'pending')
      if (draft) write((tx) => discardDraft(tx, draft.id, values(), clock.now()))
    },
    restores: (name: string) => {
      const draft = draftOf(name, 'discarded')
      if (draft && !draftOf(name, 'pending')) write((tx) => restoreDraft(tx, draft.id))
    },
    wishes: (name: string) => write((tx) => regenerate(tx, name, 'Shorter', clock.now())),
    undoesSend: (name: string) => {
      const row = queries
        .select()
        .from(outbox)
        .where(and(eq(outbox.conversationId, name), eq(outbox.state, 'queued'), eq(outbox.author, 'approved_draft')))
        .get()
      if (row) write((tx) => cancelSend(tx, row.id, forgetDraftDecision, clock.now()))
    },
    settlesTrouble: (name: string, word: 'arrived' | 'send_again' | 'drop') => {
      const row = queries
        .select()
        .from(outbox)
        .where(eq(outbox.conversationId, name))
        .all()
        .find(({ state, executionId }) => executionId !== null && (state === 'unknown' || state === 'failed'))
      if (row) write((tx) => settleTrouble(tx, row.id, word, clock.now()))
    },
    says: (name: string, text: string) =>
      write((tx) => sendAsCoach(tx, { conversationId: name, requestId: newId(clock.now()), text }, 0, clock.now())),
    marks: (name: string, opinion: { isHelpful?: boolean | null; shouldHaveHandedOver?: boolean }) => {
      const message = newest(name, 'clone')
      if (message) write((tx) => setFeedback(tx, { messageId: message.id, ...opinion }, clock.now()))
    },
    takesOver: (name: string) => write((tx) => takeOver(tx, name, clock.now())),
    handsBack: (name: string) => write((tx) => handBack(tx, name, clock.now(), true)),
    /** What the jobs do once the client paused. */
    readUp: () =>
      write((tx) => {
        while (readReactions(tx));
      }),
    outcomes: () => queries.select().from(replyOutcomes).orderBy(replyOutcomes.executionId).all(),
    recompute: (clientId?: string) => write((tx) => recomputeOutcomes(tx, clientId)),
    tables: () => ({
      runs: queries.select().from(agentExecutions).orderBy(agentExecutions.id).all(),
      drafts: queries.select().from(drafts).all(),
      feedback: queries.select().from(draftFeedback).all(),
      outbox: queries.select().from(outbox).orderBy(outbox.seq).all(),
      messages: queries.select().from(messages).orderBy(messages.seq).all(),
      marks: queries.select().from(replyFeedback).all(),
    }),
  }
}
