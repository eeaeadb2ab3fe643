import { newId } from '../../../db/ids.ts'
import type { memoryRefinements } from '../../../db/schema/index.ts'
import type { Queries } from '../../../db/sqlite.ts'
import type { Tx, Write } from '../../../db/write.ts'
import type { ProblemCode } from '../../../shared/contract/problems.ts'
import type { SettingsValues } from '../../../shared/contract/settings.ts'
import { toProblem } from '../../../shared/problem.ts'
import { costOf, type FormAnswer, type Model } from '../../ai/index.ts'
import type { Clock } from '../../clock.ts'
import { enqueueJob, type JobHandlers } from '../../jobs/index.ts'
import type { Log } from '../../log/index.ts'
import { lastChange, progressOf, readSlice, wantAllMemory, zoneOf } from '../remember/index.ts'
import { findingsAnswer, findingsForm } from './answer.ts'
import { type Batch, inWords, mostFailures, mostMessages, oldestReadMs, takeBatch } from './batch.ts'
import { judge } from './judge.ts'
import { keepFindings } from './keep.ts'
import { refine1 } from './prompt/refine-1.ts'
import {
  type Candidate,
  closeRefinement,
  openRefinement,
  queuedAt,
  reachedIn,
  waitingConversations,
} from './refinementStore.ts'

const kind = 'refine_memory'
/** A talk that has rested this long is read by the model in one piece. */
const quietMs = 30 * 60_000
const betweenBatchesMs = 2_000
const budgetPauseMs = 3_600_000
const longestPauseMs = 3_600_000
const afterFailureMs = (failures: number): number => 60_000 * 5 ** (failures - 1)
const slicesFirst = 4

/** Ways to fail that may be the fault of what was asked; the batch is asked again, smaller, and given up in the end. */
const batchProblems: ReadonlySet<ProblemCode> = new Set([
  'MODEL_BAD_ANSWER',
  'MODEL_TOO_LARGE',
  'MODEL_TIMEOUT',
  'MODEL_BROKE_OFF',
])

/** Has the model look for something to read; call it in the transaction in which there may be more. */
export const wantRefinement = (tx: Tx, now: number): void => queueBy(tx, now, now)

/** No later than a time: one that is queued earlier stays. */
const queueBy = (tx: Tx, runAt: number, now: number): void => {
  const queued = queuedAt(tx.queries, kind)
  if (queued === null || queued > runAt) enqueueJob(tx, { kind, dedupeKey: kind, payload: {}, runAt }, now)
}

interface Parts {
  readonly write: Write
  readonly queries: Queries
  readonly clock: Clock
  readonly log: Log
  readonly model: Pick<Model, 'fillForm'>
  readonly settings: () => SettingsValues
  readonly isModelReady: () => boolean
  /** The model is not on this machine. */
  readonly isRemote: () => boolean
  readonly isBudgetUsed: () => boolean
}

type Outcome = Partial<typeof memoryRefinements.$inferInsert>

/**
 * The job in which a connected model reads what rules have read, a batch of one client's messages a call and one call at
 * a time. What it finds is held against the messages; how far it came is committed together with it.
 */
export const refineJobs = (parts: Parts): JobHandlers => {
  const { write, queries, clock, log, model, settings } = parts
  let isBusy = false
  /** The server could not be asked; it is left alone for a while, whoever is next. */
  let pausedUntil = 0
  let unreached = 0

  const isAllowed = ({ isSensitive, replyMode }: Candidate): boolean =>
    !(isSensitive && parts.isRemote()) && (replyMode ?? settings().defaultReplyMode) !== 'off'

  const dueAt = (candidate: Candidate): number => {
    const { failures, failedAt } = reachedIn(queries, candidate)
    const restsAt = candidate.waiting >= mostMessages ? 0 : candidate.lastMessageAt + quietMs
    return failures === 0 ? restsAt : Math.max(restsAt, failedAt + afterFailureMs(failures))
  }

  /** Reads at most one batch; answers with when to look again, null where nothing is left. */
  const lookOnce = async (signal: AbortSignal): Promise<number | null> => {
    const now = clock.now()
    if (!settings().refineMemory || !parts.isModelReady()) return null
    if (now < pausedUntil) return pausedUntil
    const waiting = waitingConversations(queries, now - oldestReadMs, mostMessages).filter(isAllowed)
    const [next] = waiting.map((candidate) => ({ candidate, at: dueAt(candidate) })).toSorted((a, b) => a.at - b.at)
    if (next === undefined) return null
    if (next.at > now) return next.at
    if (parts.isBudgetUsed()) return now + budgetPauseMs
    await readNext(next.candidate, signal)
    return Math.max(clock.now() + betweenBatchesMs, pausedUntil)
  }

  const readNext = async (candidate: Candidate, signal: AbortSignal): Promise<void> => {
    if (!catchUp(candidate)) return
    const opened = write((tx) => open(tx, candidate))
    if (opened === null) return
    const { id, batch } = opened
    const close = (outcome: Outcome): void =>
      write((tx) => closeRefinement(tx, { id, clientId: candidate.clientId }, { ...outcome, finishedAt: clock.now() }))
    let answer: FormAnswer<{ findings: unknown[] }>
    try {
      answer = await model.fillForm({
        system: refine1.text,
        message: inWords(batch.messages),
        form: findingsForm,
        reader: findingsAnswer,
        clientId: candidate.clientId,
        signal,
      })
    } catch (error) {
      const { code } = toProblem(error)
      const isTheirs = !signal.aborted && batchProblems.has(code)
      close({ status: isTheirs ? 'failed' : 'unreached', errorCode: signal.aborted ? 'INTERRUPTED' : code })
      if (signal.aborted) throw error
      log('warn', 'memory_not_refined', { id, code })
      pause()
      return
    }
    unreached = 0
    const took = usageOf(answer)
    const { value } = answer
    if (value === null) {
      log('warn', 'memory_not_refined', { id, code: 'MODEL_BAD_ANSWER' })
      close({ status: 'failed', errorCode: 'MODEL_BAD_ANSWER', ...took })
      return
    }
    write((tx) => {
      const outcome = settle(tx, candidate, batch, value.findings)
      closeRefinement(tx, { id, clientId: candidate.clientId }, { ...outcome, ...took, finishedAt: clock.now() })
    })
  }

  const pause = (): void => {
    pausedUntil = clock.now() + Math.min(longestPauseMs, 60_000 * 4 ** unreached)
    unreached += 1
  }

  /** Rules read first, also what was changed: what a model finds stands beside what they found. False where more is left. */
  const catchUp = ({ conversationId }: Candidate): boolean => {
    for (let slices = 0; slices < slicesFirst; slices += 1) {
      const { isMore } = write((tx) => readSlice(tx, conversationId, settings().sessionGapMinutes, clock.now()))
      if (!isMore) return true
    }
    return false
  }

  /** Null where nothing has to be asked: none of it may be given to a model, or it failed too often. */
  const open = (tx: Tx, thread: Candidate): { id: string; batch: Batch } | null => {
    const now = clock.now()
    const reached = reachedIn(tx.queries, thread)
    const rules = progressOf(tx.queries, thread)
    if (rules === undefined) return null
    const batch = takeBatch(tx.queries, thread, reached, rules, now)
    const isGivenUp = reached.failures >= mostFailures
    const isAsked = batch.messages.length > 0 && !isGivenUp
    const id = newId(now)
    const { clientId, conversationId } = thread
    openRefinement(tx, {
      id,
      clientId,
      conversationId,
      status: isAsked ? 'running' : isGivenUp ? 'skipped' : 'done',
      uptoSeq: batch.uptoSeq,
      changeSeq: batch.changeSeq,
      messageCount: batch.messages.length,
      promptVersion: refine1.version,
      createdAt: now,
      finishedAt: isAsked ? null : now,
    })
    return isAsked ? { id, batch } : null
  }

  const settle = (tx: Tx, candidate: Candidate, batch: Batch, claims: readonly unknown[]): Outcome => {
    const now = clock.now()
    const { conversationId, clientId } = candidate
    const thread = { conversationId, clientId }
    const gap = settings().sessionGapMinutes
    readSlice(tx, conversationId, gap, now)
    // A change that rules have yet to follow would take away again what is found now.
    const followed = progressOf(tx.queries, thread)?.changeSeq
    if (followed === undefined || followed < lastChange(tx.queries, clientId)) return { status: 'unreached' }
    const timeZone = zoneOf(candidate.timeZone)
    const judged = judge(claims, batch.messages, timeZone)
    const counts = keepFindings(tx, thread, batch.messages, judged, { timeZone, now })
    if (readSlice(tx, conversationId, gap, now).isMore) wantAllMemory(tx, now, 0)
    return {
      status: 'done',
      ...counts,
      rejected: Object.values(judged.rejections).reduce((sum, count) => sum + count, 0),
      rejections: JSON.stringify(judged.rejections),
    }
  }

  const usageOf = (answer: FormAnswer<unknown>): Outcome => ({
    model: answer.model,
    promptTokens: answer.promptTokens,
    completionTokens: answer.completionTokens,
    costMicros: costOf({ ...answer, statedUsd: answer.statedCostUsd }, settings()),
    latencyMs: answer.latencyMs,
  })

  return {
    [kind]: async ({ signal }) => {
      // The one that is at it looks again by itself.
      if (isBusy) return
      isBusy = true
      try {
        const next = await lookOnce(signal)
        if (next !== null) write((tx) => queueBy(tx, next, clock.now()))
      } finally {
        isBusy = false
      }
    },
  }
}
