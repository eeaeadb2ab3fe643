import { eq } from 'drizzle-orm'
import { afterEach, describe, expect, test } from 'vitest'
import { agentExecutions, conversations, drafts, outbox } from '../../../db/schema/index.ts'
import type { SettingsValues } from '../../../shared/contract/settings.ts'
import { type Desk, openDesk } from './desk.ts'

let desk: Desk
afterEach(() => desk.close())

const begin = (settings: Partial<SettingsValues> = {}): Desk => {
  desk = openDesk({ notifyAbout: 'needs_me', defaultReplyMode: 'autopilot', ...settings })
  desk.alerts().start()
  return desk
}

const titles = () => desk.told.map((one) => one.title)
const second = 1_000

const leaveDraft = (conversationId: string, clientId: string, id = 'draft'): void =>
  desk.write((tx) => {
    const run = { id: `run-${id}`, conversationId, clientId, epoch: 1, lastClientSeq: 1, status: 'draft' } as const
    tx.queries
      .insert(agentExecutions)
      .values({ ...run, createdAt: desk.clock.now() })
      .run()
    tx.queries
      .insert(drafts)
      .values({
        id,
        conversationId,
        clientId,
        executionId: run.id,
        text: 'SECRET DRAFT',
        lastClientSeq: 1,
        state: 'pending',
        createdAt: desk.clock.now(),
      })
      .run()
    tx.changed('inbox')
  })

describe('a notification about what arrives', () => {
  test('is shown for each new message where the coach wants everything, but once a minute for one client', async () => {
    begin({ notifyAbout: 'everything' })
    const sarah = desk.addClient('Sarah')
    await desk.clock.advance(2 * second)
    desk.clientWrites(sarah, 'SECRET WORDS')
    await desk.clock.advance(30 * second)
    desk.clientWrites(sarah)
    await desk.clock.advance(31 * second)
    desk.clientWrites(sarah)
    await desk.clock.advance(second)
    expect(titles()).toEqual(['Sarah has written', 'Sarah has written'])
    expect(JSON.stringify(desk.told)).not.toContain('SECRET')
    expect(desk.told.every((one) => one.level === 0 && !one.isCrisis)).toBe(true)
  })

  test('is not shown for what the clone answers, where the coach wants to hear only of what needs them', async () => {
    begin()
    const [sarah, tom] = [desk.addClient('Sarah'), desk.addClient('Tom', { replyMode: 'off' })]
    const maya = desk.addClient('Maya')
    desk.takeOver(maya)
    desk.clientWrites(sarah)
    await desk.clock.advance(2 * second)
    expect(titles()).toEqual([])
    desk.clientWrites(tom)
    desk.clientWrites(maya)
    await desk.clock.advance(2 * second)
    expect(titles()).toEqual(['Tom has written', 'Maya has written'])
  })

  test('tells of a draft once, and not again after a restart', async () => {
    begin()
    const sarah = desk.addClient('Sarah')
    await desk.clock.advance(second)
    leaveDraft(sarah, 'Sarah')
    await desk.clock.advance(5 * second)
    await desk.restart()
    await desk.clock.advance(5 * second)
    expect(titles()).toEqual(['A draft for Sarah is ready'])
  })

  test('tells of a send in trouble, and again where it fails a second time', async () => {
    begin()
    const sarah = desk.addClient('Sarah')
    const settle = (state: 'failed' | 'sending' | 'unknown') =>
      desk.write((tx) => {
        tx.queries.update(outbox).set({ state }).where(eq(outbox.id, 'row')).run()
        tx.changed('inbox')
      })
    const row = {
      id: 'row',
      conversationId: sarah,
      clientId: 'Sarah',
      author: 'human',
      text: 'Hi',
      state: 'sending',
    } as const
    desk.db.queries
      .insert(outbox)
      .values({ ...row, sendAfter: 1, createdAt: 1 })
      .run()
    for (const state of ['failed', 'sending', 'failed', 'unknown'] as const) {
      settle(state)
      await desk.clock.advance(2 * second)
    }
    expect(titles()).toEqual([
      'A message to Sarah did not go out',
      'A message to Sarah did not go out',
      'A message to Sarah may not have arrived',
    ])
  })

  test('asks about handing back, and tells of someone new without their name', async () => {
    begin()
    const [sarah, stranger] = [desk.addClient('Sarah'), desk.addClient('win-a-prize.example')]
    desk.takeOver(sarah)
    await desk.clock.advance(2 * second)
    desk.write((tx) => {
      tx.queries.update(conversations).set({ handbackAskedAt: 5 }).where(eq(conversations.id, sarah)).run()
      tx.queries.update(conversations).set({ acceptance: 'requested' }).where(eq(conversations.id, stranger)).run()
      tx.changed('inbox')
    })
    desk.clientWrites(stranger)
    await desk.clock.advance(2 * second)
    expect(titles()).toEqual(['Hand Sarah back to the clone?', 'Someone new has written'])
  })

  test('is left to the alert where there is one, and shown for none where the coach wants only alerts', async () => {
    begin({ notifyAbout: 'everything' })
    desk.raise(desk.addClient('Sarah'), 'client_request')
    await desk.clock.advance(2 * second)
    expect(titles()).toEqual(['Sarah needs you'])
    desk.set({ notifyAbout: 'alerts' })
    const tom = desk.addClient('Tom', { replyMode: 'off' })
    desk.clientWrites(tom)
    leaveDraft(tom, 'Tom')
    await desk.clock.advance(2 * second)
    desk.set({ notifyAbout: 'everything' })
    await desk.clock.advance(2 * second)
    expect(titles()).toEqual(['Sarah needs you'])
  })

  test('is one line for a flood', async () => {
    begin({ notifyAbout: 'everything' })
    const everyone = Array.from({ length: 50 }, (_, index) => desk.addClient(`Client ${index}`))
    await desk.clock.advance(2 * second)
    for (const conversationId of everyone) desk.clientWrites(conversationId)
    await desk.clock.advance(2 * second)
    expect(titles()).toEqual(['Client 0 has written', '49 conversations need a look'])
  })
})
