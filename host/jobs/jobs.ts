import { and, eq, gt, lt, or, sql } from 'drizzle-orm'
import { newId } from '../../db/ids.ts'
import { jobs } from '../../db/schema/index.ts'
import type { Queries } from '../../db/sqlite.ts'
import type { Tx, Write } from '../../db/write.ts'
import { toProblem } from '../../shared/problem.ts'
import type { Clock } from '../clock.ts'
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
  readonly signal: AbortSignal
}

export type JobHandlers = Readonly<Record<string, (job: Job) => Promise<void>>>

export interface JobRunner {
  start(): void
  /** Looks again; call after every commit that queued a job. */
  wake(): void
  /** Takes no new job, aborts the running ones and waits for them, at most `ms`. Unfinished jobs run again at the next start. */
  drain(ms: number): Promise<void>
}

const defaultAttempts = 3
const atOnce = 4
const leaseMs = 10 * 60_000
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
      set: { payload, runAt: job.runAt },
    })
    .run()
  tx.changed('jobs')
}

interface Parts {
  readonly write: Write
  readonly queries: Queries
  readonly clock: Clock
  readonly log: Log
  readonly handlers: JobHandlers
}

/** Runs due jobs of the handlers it is given, a few at once, each under a lease and with bounded attempts. */
export const createJobRunner = ({ write, queries, clock, log, handlers }: Parts): JobRunner => {
  const running = new Map<string, { abort: AbortController; finished: Promise<void> }>()
  let cancelTimer: () => void = () => undefined
  let state: 'idle' | 'started' | 'draining' = 'idle'

  const start = (): void => {
    write((tx) => requeue(tx, sql`1`))
    state = 'started'
    wake()
  }

  const requeue = (tx: Tx, condition: ReturnType<typeof sql>): void => {
    const failed = { state: 'failed', errorCode: 'INTERRUPTED', finishedAt: clock.now(), leaseUntil: null } as const
    tx.queries
      .update(jobs)
      .set(failed)
      .where(and(eq(jobs.state, 'running'), sql`attempts >= max_attempts`, condition))
      .run()
    // Where a newer job of the same key waits or was interrupted too, it does the older one's work.
    tx.queries.run(sql`
      UPDATE jobs SET state = 'done', finished_at = ${clock.now()} WHERE state = 'running' AND dedupe_key IS NOT NULL AND ${condition}
        AND EXISTS (SELECT 1 FROM jobs newer WHERE newer.kind = jobs.kind AND newer.dedupe_key = jobs.dedupe_key
                    AND (newer.state = 'queued' OR (newer.state = 'running' AND newer.seq > jobs.seq)))`)
    tx.queries
      .update(jobs)
      .set({ state: 'queued', leaseUntil: null })
      .where(and(eq(jobs.state, 'running'), condition))
      .run()
  }

  const wake = (): void => {
    if (state !== 'started') return
    cancelTimer()
    while (running.size < atOnce) {
      const job = claimDue()
      if (!job) break
      run(job)
    }
    const next = queries.get<{ at: number | null }>(
      sql`SELECT min(run_at) AS at FROM jobs INDEXED BY jobs_due WHERE state = 'queued'`,
    )
    if (next?.at && running.size < atOnce) cancelTimer = clock.after(Math.max(0, next.at - clock.now()), wake)
  }

  const claimDue = () => {
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

  const run = (job: typeof jobs.$inferSelect): void => {
    const abort = new AbortController()
    const finished = perform(job, abort.signal).finally(() => {
      running.delete(job.id)
      wake()
    })
    running.set(job.id, { abort, finished })
  }

  const perform = async (job: typeof jobs.$inferSelect, signal: AbortSignal): Promise<void> => {
    try {
      const handler = handlers[job.kind]
      if (!handler) throw new Error(`No handler for jobs of kind ${job.kind}.`)
      await handler({ id: job.id, payload: JSON.parse(job.payload), attempt: job.attempts, signal })
      finish(job.id, { state: 'done', errorCode: null, finishedAt: clock.now(), leaseUntil: null })
    } catch (error) {
      if (state === 'draining') return
      const { code } = toProblem(error)
      log('warn', 'job_failed', { id: job.id, kind: job.kind, code, attempt: job.attempts })
      const isLast = job.attempts >= job.maxAttempts || hasNewer(job)
      finish(
        job.id,
        isLast
          ? { state: 'failed', errorCode: code, finishedAt: clock.now(), leaseUntil: null }
          : { state: 'queued', errorCode: code, runAt: clock.now() + backoffMs(job.attempts), leaseUntil: null },
      )
    }
  }

  const hasNewer = (job: typeof jobs.$inferSelect): boolean =>
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

  const finish = (id: string, values: Partial<typeof jobs.$inferInsert>): void => {
    write((tx) => {
      tx.queries.update(jobs).set(values).where(eq(jobs.id, id)).run()
      tx.queries
        .delete(jobs)
        .where(and(eq(jobs.state, 'done'), lt(jobs.finishedAt, clock.now() - 7 * 24 * 3_600_000)))
        .run()
    })
  }

  const drain = async (ms: number): Promise<void> => {
    state = 'draining'
    cancelTimer()
    for (const { abort } of running.values()) abort.abort()
    const limit = new Promise<void>((resolve) => clock.after(ms, resolve))
    await Promise.race([Promise.allSettled([...running.values()].map((one) => one.finished)), limit])
  }

  return { start, wake, drain }
}
