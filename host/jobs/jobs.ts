import { and, eq, gt, or, sql } from 'drizzle-orm'
import { newId } from '../../db/ids.ts'
import { jobs } from '../../db/schema/index.ts'
import type { Queries } from '../../db/sqlite.ts'
import type { Tx, Write } from '../../db/write.ts'
import { type Problem, toProblem } from '../../shared/problem.ts'
import { type Clock, within } from '../clock.ts'
import type { Log } from '../log/index.ts'

export interface NewJob {
  readonly kind: string
  /** At most one queued job per kind and key; a later one moves it. */
  readonly dedupeKey?: string
  readonly clientId?: string
  readonly payload: unknown
  readonly runAt: number
  readonly maxAttempts?: number
}

export interface Job {
  readonly id: string
  readonly payload: unknown
  readonly attempt: number
  /** No further try follows this one. */
  readonly isLast: boolean
  readonly signal: AbortSignal
}

export type JobHandlers = Readonly<Record<string, (job: Job) => Promise<void>>>

export interface JobRunner {
  start(): void
  /** Looks again; call after every commit that queued a job. */
  wake(): void
  /** Stops what runs for one client and waits for it, at most `ms`; what was stopped waits to run again. */
  stopFor(clientId: string, ms: number): Promise<void>
  /** Takes no new job, aborts the running ones and waits for them, at most `ms`. Unfinished jobs run again at the next start. */
  drain(ms: number): Promise<void>
}

const defaultAttempts = 3
const atOnce = 4
/** How long one try may take before it is told to stop. */
const leaseMs = 10 * 60_000
const afterFailureMs = 5_000
const backoffMs = (attempt: number): number => Math.min(60_000, 1_000 * 2 ** attempt)

/** Enqueues a job in the transaction that makes it necessary. */
export const enqueueJob = (tx: Tx, job: NewJob, now: number): void => {
  const payload = JSON.stringify(job.payload)
  tx.queries
    .insert(jobs)
    .values({
      id: newId(now),
      kind: job.kind,
      dedupeKey: job.dedupeKey ?? null,
      clientId: job.clientId ?? null,
      payload,
      state: 'queued',
      runAt: job.runAt,
      maxAttempts: job.maxAttempts ?? defaultAttempts,
      createdAt: now,
    })
    .onConflictDoUpdate({
      target: [jobs.kind, jobs.dedupeKey],
      targetWhere: sql`state = 'queued' AND dedupe_key IS NOT NULL`,
      set: { payload, runAt: job.runAt, attempts: 0 },
    })
    .run()
  tx.changed('jobs')
}

type JobRecord = typeof jobs.$inferSelect

interface Parts {
  readonly write: Write
  readonly queries: Queries
  readonly clock: Clock
  readonly log: Log
  readonly handlers: JobHandlers
  /** Per kind, what must happen all the same when a job is given up because the console stopped during each try. */
  readonly whenGivenUp?: Readonly<Record<string, (tx: Tx, payload: unknown) => void>>
}

/** Runs due jobs of the handlers it is given, a few at once, each under a lease and with bounded attempts. */
export const createJobRunner = ({ write, queries, clock, log, handlers, whenGivenUp = {} }: Parts): JobRunner => {
  const running = new Map<string, { clientId: string | null; abort: AbortController; finished: Promise<void> }>()
  let cancelTimer: () => void = () => undefined
  let state: 'idle' | 'started' | 'draining' = 'idle'

  const start = (): void => {
    write((tx) => {
      for (const { kind, payload } of takeUpInterrupted(tx, clock.now())) whenGivenUp[kind]?.(tx, JSON.parse(payload))
    })
    state = 'started'
    wake()
  }

  const wakeAfter = (ms: number): void => {
    cancelTimer()
    cancelTimer = clock.after(ms, wake)
  }

  const wake = (): void => {
    if (state !== 'started') return
    cancelTimer()
    try {
      for (let job = claimDue(); job; job = claimDue()) run(job)
      const next = queries.get<{ at: number | null }>(
        sql`SELECT min(run_at) AS at FROM jobs INDEXED BY jobs_due WHERE state = 'queued'`,
      )
      if (next?.at && running.size < atOnce) wakeAfter(Math.max(0, next.at - clock.now()))
    } catch (error) {
      log('error', 'jobs_not_read', { code: toProblem(error).code })
      wakeAfter(afterFailureMs)
    }
  }

  const claimDue = (): JobRecord | undefined => {
    if (running.size >= atOnce) return undefined
    const now = clock.now()
    // A job from the future means that the clock was moved back; better early than hours late.
    const due = queries.get<{ id: string }>(
      sql`SELECT id FROM jobs INDEXED BY jobs_due WHERE state = 'queued' AND (run_at <= ${now} OR created_at > ${now}) ORDER BY run_at, seq LIMIT 1`,
    )
    if (!due) return undefined
    return write((tx) =>
      tx.queries
        .update(jobs)
        .set({ state: 'running', leaseUntil: now + leaseMs, attempts: sql`${jobs.attempts} + 1` })
        .where(and(eq(jobs.id, due.id), eq(jobs.state, 'queued')))
        .returning()
        .get(),
    )
  }

  const run = (job: JobRecord): void => {
    const abort = new AbortController()
    const endLease = clock.after(leaseMs, () => abort.abort())
    const finished = perform(job, abort.signal).finally(() => {
      endLease()
      running.delete(job.id)
      wake()
    })
    running.set(job.id, { clientId: job.clientId, abort, finished })
  }

  /** Never rejects: what cannot be written down now is tried again until it can. */
  const perform = async (job: JobRecord, signal: AbortSignal): Promise<void> => {
    const failure = await attempt(job, signal)
    if (failure && state === 'draining') return
    while (state !== 'draining') {
      try {
        return finish(job, failure)
      } catch (error) {
        log('error', 'job_not_recorded', { id: job.id, kind: job.kind, code: toProblem(error).code })
        await new Promise<void>((resolve) => clock.after(afterFailureMs, resolve))
      }
    }
  }

  const attempt = async (job: JobRecord, signal: AbortSignal): Promise<Problem | null> => {
    try {
      const handler = handlers[job.kind]
      if (!handler) throw new Error(`No handler for jobs of kind ${job.kind}.`)
      const isLast = job.attempts >= job.maxAttempts
      await handler({ id: job.id, payload: JSON.parse(job.payload), attempt: job.attempts, isLast, signal })
      return null
    } catch (error) {
      return toProblem(error)
    }
  }

  const finish = (job: JobRecord, failure: Problem | null): void => {
    const now = clock.now()
    const end = (values: Partial<typeof jobs.$inferInsert>): void => {
      write((tx) =>
        tx.queries
          .update(jobs)
          .set({ leaseUntil: null, ...values })
          .where(eq(jobs.id, job.id))
          .run(),
      )
    }
    if (!failure) return end({ state: 'done', errorCode: null, finishedAt: now })
    log('warn', 'job_failed', { id: job.id, kind: job.kind, code: failure.code, attempt: job.attempts })
    if (job.attempts >= job.maxAttempts || hasNewer(queries, job)) {
      return end({ state: 'failed', errorCode: failure.code, finishedAt: now })
    }
    end({ state: 'queued', errorCode: failure.code, runAt: now + backoffMs(job.attempts) })
  }

  const stopThese = async (these: { abort: AbortController; finished: Promise<void> }[], ms: number): Promise<void> => {
    for (const { abort } of these) abort.abort()
    await within(clock, ms, Promise.allSettled(these.map((one) => one.finished)))
  }

  const stopFor = (clientId: string, ms: number): Promise<void> =>
    stopThese(
      [...running.values()].filter((one) => one.clientId === clientId),
      ms,
    )

  const drain = (ms: number): Promise<void> => {
    state = 'draining'
    cancelTimer()
    return stopThese([...running.values()], ms)
  }

  return { start, wake, stopFor, drain }
}

/** At start: what was running when the console stopped waits again. Returns what is given up after too many tries. */
const takeUpInterrupted = (tx: Tx, now: number): { kind: string; payload: string }[] => {
  // Where a newer job of the same key waits or was interrupted too, it does the older one's work.
  tx.queries.run(sql`UPDATE jobs SET state = 'done', finished_at = ${now} WHERE state = 'running' AND dedupe_key IS NOT NULL
    AND EXISTS (SELECT 1 FROM jobs newer WHERE newer.kind = jobs.kind AND newer.dedupe_key = jobs.dedupe_key
                AND (newer.state = 'queued' OR (newer.state = 'running' AND newer.seq > jobs.seq)))`)
  const givenUp = tx.queries
    .update(jobs)
    .set({ state: 'failed', errorCode: 'INTERRUPTED', finishedAt: now, leaseUntil: null })
    .where(sql`state = 'running' AND attempts >= max_attempts`)
    .returning({ kind: jobs.kind, payload: jobs.payload })
    .all()
  tx.queries.run(sql`UPDATE jobs SET state = 'queued', lease_until = NULL WHERE state = 'running'`)
  return givenUp
}

const hasNewer = (queries: Queries, job: JobRecord): boolean =>
  job.dedupeKey !== null &&
  queries
    .select({ id: jobs.id })
    .from(jobs)
    .where(
      and(
        eq(jobs.kind, job.kind),
        eq(jobs.dedupeKey, job.dedupeKey),
        or(eq(jobs.state, 'queued'), and(eq(jobs.state, 'running'), gt(jobs.seq, job.seq))),
      ),
    )
    .get() !== undefined

/** Forgets jobs that ended before a time; what they did is recorded where it belongs. */
export const forgetEndedJobs = (tx: Tx, before: number): void => {
  tx.queries.run(sql`DELETE FROM jobs WHERE state IN ('done','failed') AND finished_at < ${before}`)
}
