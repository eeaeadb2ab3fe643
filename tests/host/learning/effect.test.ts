import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { clients } from '../../../db/schema/index.ts'
import { effectOf, noteLearnedGiven, noteLearnedUsed } from '../../../host/learning/index.ts'
import { anotherReply, openReplyWorld, type ReplyWorld } from './replyWorld.ts'

const names = ['Ann', 'Ben']
const item = { kind: 'approach', id: 'grounding' } as const
let world: ReplyWorld

beforeEach(async () => {
  world = await openReplyWorld(names)
})
afterEach(() => world.close())

interface Told {
  readonly isGiven?: boolean
  readonly isUsed?: boolean
  readonly isAccepted: boolean
  readonly answer?: string
  readonly asks?: string
}

const happens = async (name: string, { isGiven = false, isUsed = false, isAccepted, answer, asks }: Told) => {
  world.writes(name, asks ?? 'I walked home.')
  const run = world.answers(name, anotherReply(), 0.8, 'drafts')
  if (isGiven)
    world.write((tx) => {
      noteLearnedGiven(tx, run, name, [item, { kind: 'rule', id: 'shorter' }], world.clock.now())
      noteLearnedUsed(tx, run, isUsed ? [item.id] : [])
    })
  if (isAccepted) world.sends(name)
  else world.discards(name)
  await world.pump()
  await world.pass(11_000)
  if (answer !== undefined) world.writes(name, answer)
  world.readUp()
}

const many = async (count: number, name: string, told: (index: number) => Told) => {
  for (let index = 0; index < count; index += 1) await happens(name, told(index))
}

describe('what an item did', () => {
  test('is counted by the replies that were given it, and those whose words show it', async () => {
    await many(5, 'Ann', (index) => ({ isGiven: index < 3, isUsed: index < 2, isAccepted: true }))
    expect(effectOf(world.queries, 'approach', 'grounding')).toMatchObject({ given: 3, used: 2, enough: false })
    expect(effectOf(world.queries, 'rule', 'shorter')).toMatchObject({ given: 3, used: 0 })
    expect(effectOf(world.queries, 'approach', 'nothing')).toMatchObject({ given: 0, used: 0 })
  })

  test('is the difference to replies of the same situation to the same client', async () => {
    await many(12, 'Ann', (index) => ({ isGiven: true, isAccepted: index < 9 }))
    await many(12, 'Ann', (index) => ({ isAccepted: index < 3 }))
    await many(4, 'Ben', () => ({ isAccepted: true }))
    const { accepted, enough } = effectOf(world.queries, 'approach', 'grounding')
    expect(enough).toBe(true)
    expect(accepted).toMatchObject({ with: { yes: 9, of: 12 }, without: { yes: 3, of: 12 }, basis: 'same_clients' })
    expect(accepted.difference?.value).toBeCloseTo(0.5, 10)
    expect(accepted.difference?.low).toBeGreaterThan(0)
  })

  test('goes by the situation alone while the same client has too few replies without it', async () => {
    await many(11, 'Ann', () => ({ isGiven: true, isAccepted: true }))
    await many(11, 'Ben', (index) => ({ isAccepted: index < 5 }))
    expect(effectOf(world.queries, 'approach', 'grounding').accepted).toMatchObject({
      basis: 'same_situation',
      without: { yes: 5, of: 11 },
    })
  })

  test('leaves out other situations and practice clients', async () => {
    await many(2, 'Ann', () => ({ isGiven: true, isAccepted: true }))
    await many(3, 'Ann', () => ({ isAccepted: false, asks: 'I want to quit my job right now, I have had enough.' }))
    await many(3, 'Ben', () => ({ isAccepted: false }))
    world.queries.update(clients).set({ isPractice: true }).where(eq(clients.id, 'Ben')).run()
    expect(effectOf(world.queries, 'approach', 'grounding').accepted).toMatchObject({
      with: { yes: 2, of: 2 },
      without: { yes: 0, of: 0 },
      difference: null,
    })
  })

  test('shows in the clients’ answers too, where the clone’s words went out', async () => {
    const pleased = 'Thank you so much, I feel great now!'
    await many(3, 'Ann', () => ({ isGiven: true, isAccepted: true, answer: pleased }))
    await many(3, 'Ann', (index) => ({ isAccepted: index > 0, answer: 'I walked on.' }))
    const { positive } = effectOf(world.queries, 'approach', 'grounding')
    expect(positive.with).toEqual({ yes: 3, of: 3 })
    expect(positive.without).toEqual({ yes: 0, of: 2 })
  })
})

test('the same run noted twice is one use', () => {
  world.writes('Ann', 'I walked home.')
  const run = world.answers('Ann', anotherReply(), 0.8, 'drafts')
  world.write((tx) => {
    noteLearnedGiven(tx, run, 'Ann', [item], 1)
    noteLearnedGiven(tx, run, 'Ann', [item], 2)
  })
  expect(effectOf(world.queries, 'approach', 'grounding').given).toBe(1)
})
