import { sql } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Write } from '../../../db/write.ts'
import { createJobRunner, enqueueJob, type JobHandlers } from '../../../host/jobs/index.ts'
import { silentLog } from '../../../host/log/index.ts'
import { createFakeClock, type FakeClock } from '../../fakes/clock.ts'
import { type MemoryDatabase, openMemoryDatabase } from '../../fixtures/memoryDatabase.ts'

let database: MemoryDatabase
let write: Write
let clock: FakeClock

beforeEach(() => {
  database = openMemoryDatabase()
  write = database.write
  clock = createFakeClock(1_000_000)
})

const runner = (handlers: JobHandlers) =>
  createJobRunner({ write, queries: database.queries, clock, log: silentLog, handlers })
const enqueue = (
  more: { kind?: string; dedupeKey?: string; inMs?: number; payload?: unknown; maxAttempts?: number } = {},
) =>
  write((tx) => {
    const { kind = 'note', inMs = 0, payload = {}, ...rest } = more
    enqueueJob(tx, { kind, payload, runAt: clock.now() + inMs, ...rest }, clock.now())
  })
const states = () =>
  database.queries.all<{ state: string; attempts: number }>(sql`SELECT state, attempts FROM jobs ORDER BY seq`)
const settle = () => new Promise((resolve) => setTimeout(resolve, 0))

describe('jobs', () => {
  test('exist only if the transaction that needs them commits', () => {
    expect(() =>
      write((tx) => {
        enqueueJob(tx, { kind: 'note', payload: {}, runAt: 0 }, 0)
        throw new Error('no')
      }),
    ).toThrow('no')
    expect(states()).toEqual([])
  })

  test('run when they are due, not before', async () => {
    const ran: unknown[] = []
    const jobs = runner({ note: async ({ payload }) => void ran.push(payload) })
    enqueue({ inMs: 500, payload: 'later' })
    jobs.start()
    await clock.advance(499)
    expect(ran).toEqual([])
    await clock.advance(1)
    expect(ran).toEqual(['later'])
    expect(states()).toEqual([{ state: 'done', attempts: 1 }])
  })

  test('are not late by hours when the clock is moved back', async () => {
    const ran: unknown[] = []
    const jobs = runner({ note: async ({ payload }) => void ran.push(payload) })
    jobs.start()
    enqueue({ inMs: 100, payload: 'soon' })
    jobs.wake()
    clock.jumpTo(clock.now() - 3_600_000)
    jobs.wake()
    await settle()
    expect(ran).toEqual(['soon'])
  })

  test('with the same key are one job, moved to the later time', async () => {
    const ran: unknown[] = []
    const jobs = runner({ note: async ({ payload }) => void ran.push(payload) })
    jobs.start()
    enqueue({ dedupeKey: 'a', inMs: 100, payload: 1 })
    jobs.wake()
    await clock.advance(60)
    enqueue({ dedupeKey: 'a', inMs: 100, payload: 2 })
    jobs.wake()
    await clock.advance(99)
    expect(ran).toEqual([])
    await clock.advance(1)
    expect(ran).toEqual([2])
  })

  test('are tried a bounded number of times, further apart each time', async () => {
    let tries = 0
    const jobs = runner({
      note: async () => {
        tries += 1
        throw new Error('always')
      },
    })
    enqueue({ maxAttempts: 3 })
    jobs.start()
    for (let step = 0; step < 20; step += 1) await clock.advance(1_000)
    expect(tries).toBe(3)
    expect(states()).toEqual([{ state: 'failed', attempts: 3 }])
  })

  test('that a crash interrupted run again at the next start', async () => {
    const first = runner({ note: () => new Promise(() => undefined) })
    enqueue()
    first.start()
    await settle()
    expect(states()).toEqual([{ state: 'running', attempts: 1 }])
    const ran: unknown[] = []
    runner({ note: async ({ payload }) => void ran.push(payload) }).start()
    await settle()
    expect(ran).toHaveLength(1)
    expect(states()).toEqual([{ state: 'done', attempts: 2 }])
  })

  test('that crash the console every time are given up', async () => {
    enqueue({ maxAttempts: 2 })
    for (let start = 0; start < 4; start += 1) {
      runner({ note: () => new Promise(() => undefined) }).start()
      await settle()
    }
    expect(states()).toEqual([{ state: 'failed', attempts: 2 }])
  })

  test('interrupted while a newer one of the same key waits are settled by the newer one', async () => {
    const stuck = runner({ note: () => new Promise(() => undefined) })
    enqueue({ dedupeKey: 'a' })
    stuck.start()
    await settle()
    enqueue({ dedupeKey: 'a', payload: 'newer' })
    const ran: unknown[] = []
    runner({ note: async ({ payload }) => void ran.push(payload) }).start()
    await settle()
    expect(ran).toEqual(['newer'])
    expect(states().map((row) => row.state)).toEqual(['done', 'done'])
  })

  test('of one key that were interrupted together run again as one', async () => {
    const stuck = runner({ note: () => new Promise(() => undefined) })
    stuck.start()
    for (const payload of ['older', 'newer']) {
      enqueue({ dedupeKey: 'a', payload })
      stuck.wake()
      await settle()
    }
    expect(states().map((row) => row.state)).toEqual(['running', 'running'])
    const ran: unknown[] = []
    runner({ note: async ({ payload }) => void ran.push(payload) }).start()
    await settle()
    expect(ran).toEqual(['newer'])
    expect(states().map((row) => row.state)).toEqual(['done', 'done'])
  })

  test('of one key that fail while a newer one runs leave the work to the newer one', async () => {
    let failOlder: (error: Error) => void = () => undefined
    let attempts = 0
    const jobs = runner({
      note: ({ payload }) => {
        attempts += 1
        if (payload === 'older') {
          return new Promise((_resolve, reject) => {
            failOlder = reject
          })
        }
        return Promise.reject(new Error('the newer fails too'))
      },
    })
    jobs.start()
    enqueue({ dedupeKey: 'a', payload: 'older' })
    jobs.wake()
    await settle()
    enqueue({ dedupeKey: 'a', payload: 'newer', maxAttempts: 2 })
    jobs.wake()
    await settle()
    failOlder(new Error('late'))
    await settle()
    await clock.advance(5_000)
    expect(attempts).toBe(3)
    expect(states().map((row) => row.state)).toEqual(['failed', 'failed'])
  })

  test('are told to stop when the console drains, and are not counted as failed', async () => {
    let wasAborted = false
    const jobs = runner({
      note: ({ signal }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => {
            wasAborted = true
            reject(new Error('aborted'))
          })
        }),
    })
    enqueue()
    jobs.start()
    await settle()
    await jobs.drain(1_000)
    expect(wasAborted).toBe(true)
    expect(states()).toEqual([{ state: 'running', attempts: 1 }])
  })
})
