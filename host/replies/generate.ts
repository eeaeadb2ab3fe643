import { and, eq, notInArray, sql } from 'drizzle-orm'
import { z } from 'zod'
import { newId } from '../../db/ids.ts'
import { agentExecutions, learnedUses } from '../../db/schema/index.ts'
import type { Queries } from '../../db/sqlite.ts'
import type { Tx, Write } from '../../db/write.ts'
import { contextItem } from '../../shared/contract/replies.ts'
import type { SettingsValues } from '../../shared/contract/settings.ts'
import { Problem, toProblem } from '../../shared/problem.ts'
import type { BaseIntent, ReplyMode } from '../../shared/taxonomy/conversation.ts'
import { costOf, type Model, type ReplyAnswer } from '../ai/index.ts'
import type { Clock } from '../clock.ts'
import {
  type ConversationRecord,
  getConversation,
  lastAnswerIn,
  lastMessages,
  replyModeOf,
} from '../conversations/index.ts'
import { handedBackAt } from '../handoff/index.ts'
import { enqueueJob, type Job } from '../jobs/index.ts'
import { type LearnedLine, provenIn } from '../learning/index.ts'
import type { Log } from '../log/index.ts'
import type { FoundMessage } from '../memory/index.ts'
import { languageOf, readSignals, type Signals } from '../signals/index.ts'
import { loadPromptCounter } from '../tokens/index.ts'
import { isBudgetUsed } from './budget.ts'
import { computeConfidence } from './confidence.ts'
import { assembleContext, oldestGiven, openWords } from './context.ts'
import { callAfterInterruptions, decideAnswer, decideWithoutAnswer } from './decide.ts'
import { hasUnreadable, isOpen } from './open.ts'
import { checkCitations, type FindPassages, type GivenPassage } from './passages.ts'
import { quietEndsAt } from './quiet.ts'
import type { Run } from './run.ts'

interface Parts {
  readonly write: Write
  readonly queries: Queries
  readonly clock: Clock
  readonly log: Log
  readonly model: Model
  readonly settings: () => SettingsValues
  /** Lets the client see that somebody writes; may do nothing. */
  readonly showTyping: (conversation: ConversationRecord) => void
  /** Looks in the coach's library. */
  readonly findPassages: FindPassages
  /** Looks in what this client said and was told before a message; never rejects, an empty answer is one. */
  readonly recall: (asked: {
    readonly clientId: string
    readonly text: string
    readonly beforeSeq: number | null
    readonly signal: AbortSignal
  }) => Promise<readonly FoundMessage[]>
  /** Told of the documents that an answer rests on, and of a question that the library could not help with. */
  readonly noteUse: (tx: Tx, documentIds: readonly string[], now: number) => void
  readonly noteGap: (tx: Tx, gap: { question: string; clientId: string }, now: number) => void
}

/** What was thought, and what it was thought from. */
interface Thought {
  readonly answer: ReplyAnswer | Problem
  readonly passages: readonly GivenPassage[]
  readonly learned: readonly LearnedLine[]
}

const replyPayload = z.object({ conversationId: z.string(), wish: z.string().optional() })
const typingEveryMs = 4_000

/** Answers one client turn: thinks, decides, and hands the result to the outbox, to the coach as a draft, or to a person. */
export const createReplyMaker = (parts: Parts) => {
  const { write, queries, clock, log, model, settings, showTyping } = parts

  const mayBegin = (conversation: ConversationRecord, values: SettingsValues, isAsked: boolean): boolean => {
    if (isAsked) return conversation.owner !== 'locked' && conversation.lastClientSeq > 0
    const isOurs = isOpen(queries, conversation, values, clock.now()) && !hasUnreadable(queries, conversation)
    return isOurs && modeNow(queries, conversation, values, clock.now()) !== 'off'
  }

  /** In quiet hours the answer waits until they end. */
  const waitForMorning = (conversation: ConversationRecord, values: SettingsValues): boolean => {
    const quietEnd = values.quietWhat === 'wait' ? quietEndsAt(queries, conversation, values, clock.now()) : null
    if (quietEnd === null) return false
    const { id: conversationId, clientId } = conversation
    write((tx) =>
      enqueueJob(
        tx,
        { kind: 'reply', dedupeKey: conversationId, clientId, payload: { conversationId }, runAt: quietEnd },
        clock.now(),
      ),
    )
    return true
  }

  const begin = (conversationId: string, wish: string | null): Run | undefined => {
    const conversation = getConversation(queries, conversationId)
    const values = settings()
    if (!mayBegin(conversation, values, wish !== null) || hasRun(queries, conversation)) return undefined
    if (wish === null && waitForMorning(conversation, values)) return undefined
    const signals = turnSignals(queries, conversation, values)
    const executionId = newId(clock.now())
    write((tx) => {
      tx.queries
        .insert(agentExecutions)
        .values({
          id: executionId,
          conversationId,
          clientId: conversation.clientId,
          epoch: conversation.epoch,
          lastClientSeq: conversation.lastClientSeq,
          status: 'running',
          signals: JSON.stringify(signals),
          hint: wish,
          createdAt: clock.now(),
        })
        .run()
      tx.changed('conversation', conversationId)
    })
    return { executionId, conversation, signals, settings: values, wish }
  }

  const think = async (run: Run, signal: AbortSignal): Promise<Thought> => {
    let passages: readonly GivenPassage[] = []
    let learned: readonly LearnedLine[] = []
    try {
      if (isBudgetUsed(queries, run.settings.dailyBudgetUsd, clock.now())) throw new Problem('BUDGET_USED')
      const text = openWords(queries, run.conversation)
      const asked = { clientId: run.conversation.clientId, text, signal }
      const [given, found, count] = await Promise.all([
        parts.findPassages(asked),
        parts.recall({ ...asked, beforeSeq: oldestGiven(queries, run.conversation) }),
        loadPromptCounter(),
      ])
      passages = given.passages
      const gathered = { wish: run.wish, passages, meaning: given.meaning, found, signals: run.signals, count }
      const context = assembleContext(queries, run.conversation, run.settings, gathered, clock.now())
      learned = context.learned
      write((tx) =>
        record(tx, run.executionId, {
          promptVersion: context.promptVersion,
          contextItems: JSON.stringify(context.items),
        }),
      )
      const uses = context.learned.map(({ kind, id }) => ({
        executionId: run.executionId,
        kind,
        itemId: id,
        clientId: run.conversation.clientId,
        createdAt: clock.now(),
      }))
      if (uses.length > 0) write((tx) => tx.queries.insert(learnedUses).values(uses).onConflictDoNothing().run())
      const answer = await model.generateReply({
        system: context.system,
        messages: [...context.turns],
        clientId: run.conversation.clientId,
        executionId: run.executionId,
        signal,
      })
      return { answer, passages, learned }
    } catch (error) {
      return { answer: toProblem(error), passages, learned }
    }
  }

  const answer = async (job: Job): Promise<void> => {
    const { conversationId, wish } = replyPayload.parse(job.payload)
    const run = begin(conversationId, wish ?? null)
    if (!run) return
    const began = clock.now()
    const stopTyping = typing(run)
    const thought = await think(run, job.signal).finally(stopTyping)
    // Stopping is not failing: the run is closed and the job runs again at the next start.
    if (job.signal.aborted) {
      write((tx) =>
        record(tx, run.executionId, { status: 'failed', errorCode: 'INTERRUPTED', finishedAt: clock.now() }),
      )
      throw new Error('Interrupted.')
    }
    try {
      decide(run, thought, clock.now() - began)
    } catch (error) {
      giveUp(run, toProblem(error), job.isLast)
      throw error
    }
  }

  const typing = (run: Run): (() => void) => {
    const isSeen =
      run.wish === null &&
      run.settings.showTyping &&
      modeNow(queries, run.conversation, run.settings, clock.now()) === 'autopilot'
    let cancel: () => void = () => undefined
    const show = (): void => {
      showTyping(run.conversation)
      cancel = clock.after(typingEveryMs, show)
    }
    if (isSeen) show()
    return () => cancel()
  }

  /** The run could not be decided about: it is closed so that the next try starts anew, or a person is called. */
  const giveUp = (run: Run, problem: Problem, isLast: boolean): void => {
    write((tx) => {
      const now = clock.now()
      if (isLast) decideWithoutAnswer(tx, run, problem, now)
      else record(tx, run.executionId, { status: 'failed', errorCode: problem.code, finishedAt: now })
    })
  }

  const decide = (run: Run, { answer: thought, passages, learned }: Thought, tookMs: number): void => {
    write((tx) => {
      const now = clock.now()
      if (thought instanceof Problem) {
        log('warn', 'reply_not_generated', { id: run.executionId, code: thought.code })
        record(tx, run.executionId, { model: settings().modelName || null, latencyMs: tookMs })
        decideWithoutAnswer(tx, run, thought, now)
        return
      }
      const { cited, invented } = checkCitations(thought.citations, passages)
      if (cited.size > 0) markCited(tx, run.executionId, cited)
      if (passages.length === 0 && asksForKnowledge.has(thought.baseIntent))
        parts.noteGap(tx, { question: openWords(queries, run.conversation), clientId: run.conversation.clientId }, now)
      const confidence = computeConfidence(thought, invented, provenIn(thought.reply, learned))
      record(tx, run.executionId, {
        draftReply: thought.reply,
        baseIntent: thought.baseIntent,
        requiresResponse: thought.requiresResponse,
        confidence: confidence.value,
        confidenceParts: JSON.stringify(confidence.parts),
        model: thought.model,
        promptTokens: thought.promptTokens,
        completionTokens: thought.completionTokens,
        latencyMs: thought.latencyMs,
        wordCount: thought.reply === '' ? 0 : thought.reply.split(/\s+/u).length,
        costMicros: costOf({ ...thought, statedUsd: thought.statedCostUsd }, settings()),
      })
      decideAnswer(tx, run, thought, confidence.value, modeNow(queries, run.conversation, settings(), now), now)
      const used = passages.filter(({ chunkId }) => cited.has(chunkId)).map(({ documentId }) => documentId)
      if (used.length > 0) parts.noteUse(tx, used, now)
    })
  }

  /** Runs a crash left open; their jobs run again, as runs of their own. */
  const closeInterrupted = (): void => {
    write((tx) =>
      tx.queries
        .update(agentExecutions)
        .set({ status: 'failed', errorCode: 'INTERRUPTED', finishedAt: clock.now() })
        .where(
          sql`status = 'running' AND NOT EXISTS
            (SELECT 1 FROM outbox o WHERE o.execution_id = ${agentExecutions.id} AND o.state IN ('queued','sending'))`,
        )
        .run(),
    )
  }

  /** The console stopped each time the clone thought about this; trying for ever could be why. */
  const callPerson = (tx: Tx, payload: unknown): void => {
    const conversation = getConversation(queries, replyPayload.parse(payload).conversationId)
    const values = settings()
    if (!mayBegin(conversation, values, false)) return
    callAfterInterruptions(tx, conversation, values.coachName, clock.now())
  }

  return { answer, closeInterrupted, callPerson }
}

/** What a library could have helped with; small talk and thanks leave no gap. */
const asksForKnowledge: ReadonlySet<BaseIntent> = new Set(['QUESTION', 'DECISION', 'STRUGGLE', 'RESISTANCE'])

const markCited = (tx: Tx, executionId: string, cited: ReadonlySet<string>): void => {
  const row = tx.queries
    .select({ items: agentExecutions.contextItems })
    .from(agentExecutions)
    .where(eq(agentExecutions.id, executionId))
    .get()
  const items = z.array(contextItem).parse(JSON.parse(row?.items ?? '[]'))
  const marked = items.map((item) =>
    item.kind === 'passage' && cited.has(item.id) ? { ...item, isCited: true } : item,
  )
  record(tx, executionId, { contextItems: JSON.stringify(marked) })
}

const record = (tx: Tx, executionId: string, values: Partial<typeof agentExecutions.$inferInsert>): void => {
  tx.queries.update(agentExecutions).set(values).where(eq(agentExecutions.id, executionId)).run()
}

/** One run an epoch: a second job for the same state of the conversation, as after two handbacks, finds it done. */
const hasRun = (queries: Queries, conversation: ConversationRecord): boolean =>
  queries
    .select({ id: agentExecutions.id })
    .from(agentExecutions)
    .where(
      and(
        eq(agentExecutions.conversationId, conversation.id),
        eq(agentExecutions.epoch, conversation.epoch),
        notInArray(agentExecutions.status, ['failed', 'superseded']),
      ),
    )
    .get() !== undefined

/** The client's mode, or the default one; in quiet hours the coach may want drafts instead of answers. */
const modeNow = (
  queries: Queries,
  conversation: ConversationRecord,
  settings: SettingsValues,
  now: number,
): ReplyMode => {
  const mode = replyModeOf(queries, conversation, settings)
  const isHeldBack = settings.quietWhat === 'drafts' && quietEndsAt(queries, conversation, settings, now) !== null
  return mode === 'autopilot' && isHeldBack ? 'drafts' : mode
}

/**
 * The signals of a whole turn: every message since the last answer or handback, read together. What the client took
 * back counts too: it is read on this machine only, and danger that was said was said.
 */
const turnSignals = (queries: Queries, conversation: ConversationRecord, settings: SettingsValues): Signals => {
  const dealtWith = handedBackAt(queries, conversation.id)
  const newest = lastMessages(queries, conversation.id, 20)
  const recent = newest.filter((message) => message.seq > dealtWith)
  const lastAnswer = lastAnswerIn(recent)
  const turn = recent.slice(lastAnswer + 1).filter((message) => message.senderType === 'client')
  const before = recent.slice(0, lastAnswer + 1).slice(-6)
  const signals = readSignals(
    turn.map((message) => message.content).join('\n'),
    before.map((message) => ({ from: message.senderType === 'client' ? 'client' : 'other', text: message.content })),
    { coachName: settings.coachName },
  )
  if (turn.length > 0) return signals
  // Handed back as it is: nothing is left to be read, and they still speak their language.
  const words = newest.filter((message) => message.senderType === 'client').map((message) => message.content)
  return { ...signals, language: languageOf(words.join('\n')) }
}
