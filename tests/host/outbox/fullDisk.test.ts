import { beforeEach, describe, expect, test } from 'vitest'
import { conversations } from '../../../db/schema/index.ts'
import type { Write } from '../../../db/write.ts'
import { getConversation } from '../../../host/conversations/index.ts'
import { createJobRunner, enqueueJob } from '../../../host/jobs/index.ts'
import { silentLog } from '../../../host/log/index.ts'
import { createDispatcher, enqueueOutgoing } from '../../../host/outbox/index.ts'
import { createFakeChannel, type FakeChannel } from '../../fakes/channel.ts'
import { createFakeClock, type FakeClock } from '../../fakes/clock.ts'
import { type MemoryDatabase, openMemoryDatabase } from '../../fixtures/memoryDatabase.ts'

let database: MemoryDatabase
let clock: FakeClock
let far: FakeChannel
let isFull: boolean
let refused: number

beforeEach(() => {
  database = openMemoryDatabase()
  clock = createFakeClock(1_000_000)
  far = createFakeChannel()
  isFull = false
  refused = 0
  database.addClient('ann', 'Ann')
  database.queries
    .insert(conversations)
    .values({ id: 'c', clientId: 'ann', channel: 'fake', externalChatId: 'Ann', lastMessageAt: 1, createdAt: 1 })
    .run()
})

/** The production write, on a disk that the test fills. */
const write: Write = (work) => {
  if (isFull) {
    refused += 1
    throw Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' })
  }
  return database.write(work)
}

const queue = (text: string) =>
  database.write((tx) =>
    enqueueOutgoing(tx, getConversation(tx.queries, 'c'), { author: 'human', text, senderId: 'coach' }, clock.now()),
  )

const dispatcher = () =>
  createDispatcher({
    write,
    queries: database.queries,
    clock,
    log: silentLog,
    channelNamed: () => far.channel,
    noteSending: () => undefined,
    noteGivenBack: () => undefined,
    runningChannels: () => ['fake'],
    defaultReplyMode: () => 'autopilot',
  })

describe('while the disk is full', () => {
  test('what waits to be sent is looked at again calmly, and goes once there is space', async () => {
    queue('Still here')
    const sending = dispatcher()
    await sending.recover()
    isFull = true
    sending.pump()
    await clock.advance(20_000)
    expect(far.sent).toEqual([])
    expect(refused).toBeGreaterThan(1)
    expect(refused).toBeLessThan(10)
    isFull = false
    await clock.advance(10_000)
    expect(far.sent.map((message) => message.text)).toEqual(['Still here'])
  })

  test('what the channel said about a send is kept until it can be written down, and nothing goes twice', async () => {
    queue('Once')
    const sending = dispatcher()
    await sending.recover()
    const send = far.channel.send
    Object.assign(far.channel, {
      send: (message: Parameters<typeof send>[0]) => {
        isFull = true
        return send(message)
      },
    })
    sending.pump()
    await clock.advance(12_000)
    expect(refused).toBeGreaterThan(1)
    isFull = false
    await clock.advance(10_000)
    sending.pump()
    await clock.advance(1_000)
    expect(far.sent).toHaveLength(1)
    expect(database.sqlite.prepare('SELECT state FROM outbox').all()).toEqual([{ state: 'sent' }])
  })

  test('a job that ended is recorded once there is space, and was run once', async () => {
    let ran = 0
    const jobs = createJobRunner({
      write,
      queries: database.queries,
      clock,
      log: silentLog,
      handlers: {
        note: async () => {
          ran += 1
          isFull = true
        },
      },
    })
    database.write((tx) => enqueueJob(tx, { kind: 'note', payload: {}, runAt: clock.now() }, clock.now()))
    jobs.start()
    await clock.advance(12_000)
    isFull = false
    await clock.advance(10_000)
    expect(ran).toBe(1)
    expect(database.sqlite.prepare('SELECT state FROM jobs').all()).toEqual([{ state: 'done' }])
  })
})

describe('a channel that never answers', () => {
  test('is given up after a minute, as unknown, so that it holds nobody else back', async () => {
    queue('Anyone?')
    queue('And this?')
    far.nextSends.push('hang')
    const sending = dispatcher()
    await sending.recover()
    sending.pump()
    await clock.advance(61_000)
    expect(database.sqlite.prepare('SELECT state FROM outbox ORDER BY seq').all()).toEqual([
      { state: 'unknown' },
      { state: 'sent' },
    ])
  })
})
