import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Channel } from '../../../host/channels/index.ts'
import { createPracticeChannel, createReplayChannel, parseReplay } from '../../../host/channels/practice/index.ts'
import type { Script } from '../../../host/channels/practice/script.ts'
import { scripts } from '../../../host/channels/practice/scripts/index.ts'
import type { Clock } from '../../../host/clock.ts'
import { createFakeClock } from '../../fakes/clock.ts'
import { createKillable, createPracticeHouse, tell } from './farSide.ts'

const chats = scripts.map(({ id }) => id)
const replies = [
  'What happened?',
  'You should rest.',
  'Take a breath.',
  'Your coach will call you.',
  'Te escucho.',
  'Okay.',
]

const life = fc.record({
  ms: fc.integer({ min: 1, max: 60_000 }),
  ending: fc.constantFrom('kill', 'kill_once_stored', 'stop'),
  refusals: fc.array(fc.constantFrom('refuse' as const, 'store_and_refuse' as const), { maxLength: 3 }),
  told: fc.array(fc.record({ chat: fc.constantFrom(...chats), reply: fc.constantFrom(...replies) }), { maxLength: 6 }),
  away: fc.constantFrom(-7_200_000, 0, 1_000, 86_400_000),
})

type Life = typeof life extends fc.Arbitrary<infer Value> ? Value : never

const stepOf = (updateId: string): string => updateId.split(':')[2] ?? ''

const mayFollow = (script: Script, before: string | undefined, step: string): boolean => {
  if (before === undefined) return step === script.first
  const { goesOn, listens } = script.steps[before] ?? {}
  const { silent, ...told } = listens ?? {}
  return [goesOn?.step, silent?.step, ...Object.values(told)].includes(step)
}

const liveThrough = async (create: (clock: Clock) => Channel, lives: readonly Life[]) => {
  const house = createPracticeHouse()
  let now = 1_760_000_000_000
  for (const { ms, ending, refusals, told, away } of lives) {
    const clock = createFakeClock(now)
    const process = createKillable(clock, house)
    const channel = create(process.clock)
    house.next.splice(0, house.next.length, ...refusals)
    channel.start(process.sink)
    for (const { chat, reply } of told) {
      await clock.advance(ms / (told.length + 1))
      await tell(channel, `practice:${chat}`, reply)
    }
    await clock.advance(ms / (told.length + 1))
    if (ending === 'stop') await channel.stop()
    if (ending === 'kill_once_stored') {
      process.killOnceStored()
      await clock.advance(30_000)
    }
    process.kill()
    now = clock.now() + away
  }
  return house
}

describe('after any number of kills', () => {
  test('a practice client goes on where they were, and says nothing twice', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(life, { minLength: 2, maxLength: 12 }), async (lives) => {
        const { updateIds } = await liveThrough((clock) => createPracticeChannel({ clock, random: () => 0.5 }), lives)
        const runs = new Set(updateIds.map((updateId) => updateId.split(':').at(-1)))
        expect(runs.size).toBeLessThanOrEqual(1)
        for (const script of scripts) {
          const said = updateIds.flatMap((updateId) => (updateId.split(':')[1] === script.id ? stepOf(updateId) : []))
          expect(said.every((step, at) => mayFollow(script, said[at - 1], step))).toBe(true)
        }
      }),
      { seed: 20_260_401, numRuns: 60 },
    )
  })

  test('a replay has played every message once and in order', async () => {
    const texts = Array.from({ length: 25 }, (_, index) => `message ${index}`)
    const file = texts.flatMap((text, index) => [
      JSON.stringify({ from: 'client', text }),
      ...(index % 3 === 0 ? [JSON.stringify({ from: 'coach', text: 'And then?' })] : []),
    ])
    const replay = parseReplay(Buffer.from(file.join('\n')))
    await fc.assert(
      fc.asyncProperty(fc.array(life, { minLength: 2, maxLength: 8 }), async (lives) => {
        const last: Life = { ms: 300_000, ending: 'stop', refusals: [], told: [], away: 0 }
        const house = await liveThrough((clock) => createReplayChannel({ replay, clock }), [...lives, last])
        expect(house.stored.map(({ text }) => text)).toEqual(texts)
        expect(new Set(house.stored.map(({ chatId }) => chatId)).size).toBe(1)
        expect(house.reports.at(-1)).toEqual({
          state: 'finished',
          detail: 'The replay is over: 25 of 25 messages were played.',
        })
      }),
      { seed: 20_260_402, numRuns: 40 },
    )
  })
})
