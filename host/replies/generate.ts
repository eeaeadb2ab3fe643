import { and, eq, notInArray, sql } from 'drizzle-orm'
import { z } from 'zod'
import { newId } from '../../db/ids.ts'
import { agentExecutions, clients } from '../../db/schema/index.ts'
import type { Queries } from '../../db/sqlite.ts'
import type { Tx, Write } from '../../db/write.ts'
import type { SettingsValues } from '../../shared/contract/settings.ts'
import { Problem, toProblem } from '../../shared/problem.ts'
import type { Model, ReplyAnswer } from '../ai/index.ts'
import type { Clock } from '../clock.ts'
import { type ConversationRecord, getConversation, lastMessages } from '../conversations/index.ts'
import { handedBackAt } from '../handoff/index.ts'
import type { Job } from '../jobs/index.ts'
import type { Log } from '../log/index.ts'
import { readSignals, type Signals } from '../signals/index.ts'
import { computeConfidence } from './confidence.ts'
import { assembleContext } from './context.ts'
import { callAfterInterruptions, decideAnswer, decideWithoutAnswer } from './decide.ts'
import { isOpen } from './open.ts'
import type { Run } from './run.ts'

interface Parts {
  readonly write: Write
  readonly queries: Queries
  readonly clock: Clock
  readonly log: Log
  readonly model: Model
  readonly settings: () => SettingsValues
}

const replyPayload = z.object({ conversationId: z.string() })

/** Answers one client turn: thinks, decides, and hands the result to the outbox, to the coach as a draft, or to a person. */
export const createReplyMaker = ({ write, queries, clock, log, model, settings }: Parts) => {
  const begin = (conversationId: string): Run | undefined => {
    const conversation = getConversation(queries, conversationId)
    const values = settings()
    const isOurs = isOpen(queries, conversation, clock.now()) && modeOf(queries, conversation, values) !== 'off'
    if (!isOurs || hasRun(queries, conversation)) return undefined
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
          createdAt: clock.now(),
        })
        .run()
      tx.changed('conversation', conversationId)
    })
    return { executionId, conversation, signals, settings: values }
  }

  const think = async (run: Run, signal: AbortSignal): Promise<ReplyAnswer | Problem> => {
    try {
      const context = assembleContext(queries, run.conversation, run.settings, clock.now())
      write((tx) =>
        record(tx, run.executionId, {
          promptVersion: context.promptVersion,
          contextItems: JSON.stringify(context.items),
        }),
      )
      return await model.generateReply({
        system: context.system,
        messages: [...context.turns],
        clientId: run.conversation.clientId,
        executionId: run.executionId,
        signal,
      })
    } catch (error) {
      return toProblem(error)
    }
  }

  const answer = async (job: Job): Promise<void> => {
    const { conversationId } = replyPayload.parse(job.payload)
    const run = begin(conversationId)
    if (!run) return
    const began = clock.now()
    const thought = await think(run, job.signal)
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

  /** The run could not be decided about: it is closed so that the next try starts anew, or a person is called. */
  const giveUp = (run: Run, problem: Problem, isLast: boolean): void => {
    write((tx) => {
      const now = clock.now()
      if (isLast) decideWithoutAnswer(tx, run, problem, now)
      else record(tx, run.executionId, { status: 'failed', errorCode: problem.code, finishedAt: now })
    })
  }

  const decide = (run: Run, thought: ReplyAnswer | Problem, tookMs: number): void => {
    write((tx) => {
      const now = clock.now()
      if (thought instanceof Problem) {
        log('warn', 'reply_not_generated', { id: run.executionId, code: thought.code })
        record(tx, run.executionId, { model: settings().modelName || null, latencyMs: tookMs })
        decideWithoutAnswer(tx, run, thought, now)
        return
      }
      const confidence = computeConfidence(thought)
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
      })
      decideAnswer(tx, run, thought, confidence.value, modeOf(queries, run.conversation, settings()), now)
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
    if (!isOpen(queries, conversation, clock.now()) || modeOf(queries, conversation, values) === 'off') return
    callAfterInterruptions(tx, conversation, values.coachName, clock.now())
  }

  return { answer, closeInterrupted, callPerson }
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

const modeOf = (queries: Queries, conversation: ConversationRecord, settings: SettingsValues) =>
  queries.select({ mode: clients.replyMode }).from(clients).where(eq(clients.id, conversation.clientId)).get()?.mode ??
  settings.defaultReplyMode

/** The signals of a whole turn: every message since the last answer or handback, read together. */
const turnSignals = (queries: Queries, conversation: ConversationRecord, settings: SettingsValues): Signals => {
  const dealtWith = handedBackAt(queries, conversation.id)
  const recent = lastMessages(queries, conversation.id, 20).filter((message) => message.seq > dealtWith)
  const lastAnswer = recent.findLastIndex(({ senderType }) => senderType === 'ai' || senderType === 'human_coach')
  const turn = recent.slice(lastAnswer + 1).filter((message) => message.senderType === 'client')
  const before = recent.slice(0, lastAnswer + 1).slice(-6)
  return readSignals(
    turn.map((message) => message.content).join('\n'),
    before.map((message) => ({ from: message.senderType === 'client' ? 'client' : 'other', text: message.content })),
    { coachName: settings.coachName },
  )
}
