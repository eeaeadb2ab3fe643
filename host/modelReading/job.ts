import { and, eq } from 'drizzle-orm'
import { jobs } from '../../db/schema/index.ts'
import type { Queries } from '../../db/sqlite.ts'
import type { Tx, Write } from '../../db/write.ts'
import type { ProblemCode } from '../../shared/contract/problems.ts'
import type { SettingsValues } from '../../shared/contract/settings.ts'
import { toProblem } from '../../shared/problem.ts'
import { costOf, type FormAnswer, type FormRequest, type Model } from '../ai/index.ts'
import type { Clock } from '../clock.ts'
import { enqueueJob, type JobHandlers } from '../jobs/index.ts'
import type { Log } from '../log/index.ts'

const betweenReadingsMs = 2_000
const budgetPauseMs = 3_600_000
const longestPauseMs = 3_600_000

/** Ways to fail that may be the fault of what was asked; it is asked again, smaller, and given up in the end. */
const faultsOfTheAsked: ReadonlySet<ProblemCode> = new Set([
  'MODEL_BAD_ANSWER',
  'MODEL_TOO_LARGE',
  'MODEL_TIMEOUT',
  'MODEL_BROKE_OFF',
])

export interface ModelReadingParts {
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

/** What a call of the model took, as it is kept beside what came of it. */
export interface Took {
  readonly model: string
  readonly promptTokens: number | null
  readonly completionTokens: number | null
  /** Millionths of a US dollar. */
  readonly costMicros: number | null
  readonly latencyMs: number
}

/** `unreached`: nobody answered, which is no fault of what was asked. */
export type NoAnswer = { readonly status: 'failed' | 'unreached'; readonly errorCode: string } & Partial<Took>

/** Asks the model once. Null where no answer of use came, after `close` was told why; throws where the signal ended it. */
export type AskModel = <Value>(
  request: FormRequest<Value> & { readonly signal: AbortSignal },
  id: string,
  close: (outcome: NoAnswer) => void,
) => Promise<{ value: Value; took: Took } | null>

interface Waiting<Candidate> {
  readonly candidate: Candidate
  /** When it may be read, milliseconds UTC. */
  readonly at: number
}

interface Reading<Candidate> {
  readonly kind: string
  /** The word for the log where no answer came. */
  readonly trouble: string
  /** What waits, of clients about whom the model may be asked: see `mayAskAbout`. */
  waiting(now: number): readonly Waiting<Candidate>[]
  /** Reads one of them, with at most one call. */
  read(candidate: Candidate, ask: AskModel, signal: AbortSignal): Promise<void>
}

/** Whether anything of a client may be given to a model: by their mark, and by whether the clone is to answer them. */
export const mayAskAbout = (
  { isSensitive, replyMode }: { isSensitive: boolean; replyMode: SettingsValues['defaultReplyMode'] | null },
  { isRemote, settings }: Pick<ModelReadingParts, 'isRemote' | 'settings'>,
): boolean => !(isSensitive && isRemote()) && (replyMode ?? settings().defaultReplyMode) !== 'off'

const queuedAt = (queries: Queries, kind: string): number | null =>
  queries
    .select({ runAt: jobs.runAt })
    .from(jobs)
    .where(and(eq(jobs.kind, kind), eq(jobs.dedupeKey, kind), eq(jobs.state, 'queued')))
    .get()?.runAt ?? null

/** Has a job of readings look no later than a time: one that is queued earlier stays. */
export const queueReading = (tx: Tx, kind: string, runAt: number, now: number): void => {
  const queued = queuedAt(tx.queries, kind)
  if (queued === null || queued > runAt) enqueueJob(tx, { kind, dedupeKey: kind, payload: {}, runAt }, now)
}

/**
 * A job in which a connected model reads what rules have read, one call at a time, what is due longest first. It looks
 * only where the coach lets a model read and the day's budget is not used, and leaves a server that fails alone for a
 * while.
 */
export const readingJob = <Candidate>(
  { write, clock, log, model, settings, isModelReady, isBudgetUsed }: ModelReadingParts,
  { kind, trouble, waiting, read }: Reading<Candidate>,
): JobHandlers => {
  let isBusy = false
  /** The server could not be asked; it is left alone for a while, whoever is next. */
  let pausedUntil = 0
  let unreached = 0

  const pause = (): void => {
    pausedUntil = clock.now() + Math.min(longestPauseMs, 60_000 * 4 ** unreached)
    unreached += 1
  }

  const tookOf = (answer: FormAnswer<unknown>): Took => ({
    model: answer.model,
    promptTokens: answer.promptTokens,
    completionTokens: answer.completionTokens,
    costMicros: costOf({ ...answer, statedUsd: answer.statedCostUsd }, settings()),
    latencyMs: answer.latencyMs,
  })

  const ask: AskModel = async (request, id, close) => {
    let answer: Awaited<ReturnType<typeof model.fillForm<ReturnType<typeof request.reader.parse>>>>
    try {
      answer = await model.fillForm(request)
    } catch (error) {
      const { code } = toProblem(error)
      const { aborted } = request.signal
      const isTheirs = !aborted && faultsOfTheAsked.has(code)
      close({ status: isTheirs ? 'failed' : 'unreached', errorCode: aborted ? 'INTERRUPTED' : code })
      if (aborted) throw error
      log('warn', trouble, { id, code })
      pause()
      return null
    }
    unreached = 0
    const { value } = answer
    const took = tookOf(answer)
    if (value !== null) return { value, took }
    log('warn', trouble, { id, code: 'MODEL_BAD_ANSWER' })
    close({ status: 'failed', errorCode: 'MODEL_BAD_ANSWER', ...took })
    return null
  }

  /** Reads at most once; answers with when to look again, null where nothing is left. */
  const lookOnce = async (signal: AbortSignal): Promise<number | null> => {
    const now = clock.now()
    if (!settings().refineMemory || !isModelReady()) return null
    if (now < pausedUntil) return pausedUntil
    const [next] = waiting(now).toSorted((a, b) => a.at - b.at)
    if (next === undefined) return null
    if (next.at > now) return next.at
    if (isBudgetUsed()) return now + budgetPauseMs
    await read(next.candidate, ask, signal)
    return Math.max(clock.now() + betweenReadingsMs, pausedUntil)
  }

  return {
    [kind]: async ({ signal }) => {
      // The one that is at it looks again by itself.
      if (isBusy) return
      isBusy = true
      try {
        const next = await lookOnce(signal)
        if (next !== null) write((tx) => queueReading(tx, kind, next, clock.now()))
      } finally {
        isBusy = false
      }
    },
  }
}
