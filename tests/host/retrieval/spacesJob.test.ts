import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { jobs } from '../../../db/schema/index.ts'
import { fillSpacesJob, wantVectors } from '../../../host/retrieval/spaces/job.ts'
import { Problem } from '../../../shared/problem.ts'
import { createFakeClock, type FakeClock } from '../../fakes/clock.ts'
import { type MemoryDatabase, openMemoryDatabase } from '../../fixtures/memoryDatabase.ts'

const start = 1_000_000
const minute = 60_000

let database: MemoryDatabase
let clock: FakeClock

beforeEach(() => {
  database = openMemoryDatabase()
  clock = createFakeClock(start)
})
afterEach(() => database.close())

const runWith = (fill: (signal: AbortSignal) => Promise<void>, signal = new AbortController().signal) =>
  fillSpacesJob({ write: database.write, clock, spaces: { fill } }).fill_spaces?.({
    id: 'job',
    payload: {},
    attempt: 1,
    isLast: false,
    signal,
  })

const queued = () => database.queries.select({ runAt: jobs.runAt }).from(jobs).all()

const untilAborted = (signal: AbortSignal): Promise<void> =>
  new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }))

describe('filling spaces in the background', () => {
  test('asks for itself once, however often it is wanted', () => {
    database.write((tx) => wantVectors(tx, start))
    database.write((tx) => wantVectors(tx, start + 5))
    expect(queued()).toEqual([{ runAt: start + 5 }])
  })

  test('that ends leaves nothing to do', async () => {
    await runWith(() => Promise.resolve())
    expect(queued()).toEqual([])
  })

  test('that takes long goes on in another job', async () => {
    const running = runWith(untilAborted)
    await clock.advance(8 * minute)
    await running
    expect(queued()).toEqual([{ runAt: start + 8 * minute }])
  })

  test('meets trouble that may pass again in ten minutes', async () => {
    await runWith(() => Promise.reject(new Problem('MODEL_UNREACHABLE')))
    expect(queued()).toEqual([{ runAt: start + 10 * minute }])
  })

  test('leaves trouble that stays to the coach', async () => {
    await runWith(() => Promise.reject(new Problem('MODEL_REFUSED_KEY')))
    expect(queued()).toEqual([])
  })

  test('hands on what nobody foresaw, and its own end when the console closes', async () => {
    await expect(runWith(() => Promise.reject(new Error('no such table')))).rejects.toThrow('no such table')
    const closing = new AbortController()
    const running = runWith(untilAborted, closing.signal)
    closing.abort(new Error('the console closes'))
    await expect(running).rejects.toThrow('the console closes')
  })
})
