import { describe, expect, test } from 'vitest'
import { readSlice, rememberAll } from '../../../host/memory/index.ts'
import { everyRow, whatIsRemembered, wipeMemory } from '../../fixtures/memoryRows.ts'
import { seededRandom } from '../../soak/random.ts'
import { openRemembered, sessionGapMinutes } from './remembered.ts'
import { clone, coach, noon } from './talk.ts'

const hourMs = 3_600_000
const texts = [
  'I want to learn Italian.',
  "I don't want to learn Italian any more.",
  'I prefer mornings.',
  'I prefer evenings. Actually I prefer mornings.',
  "I'll call the bank tomorrow.",
  'I finally called the bank!',
  'My sister Ana is here.',
  "I'm struggling with sleep.",
  'Whenever my boss shouts I freeze.',
  'I realised that I say yes to please people.',
  'Please don’t call me Bob.',
  'Call me Bob.',
  'ok',
  'The weather is grey over the harbour.',
  'Ich möchte wieder singen.',
]

/** A year in small: clients talk, edit and take back, and memory reads on now and then, a slice at a time. */
const live = (seed: number) => {
  const memory = openRemembered()
  const random = seededRandom(seed)
  const pick = <Item>(items: readonly Item[]): Item | undefined => items[Math.floor(random() * items.length)]
  const people = ['ada', 'ben']
  for (const id of people)
    memory.addClient(id, id, { timeZone: pick(['UTC', 'Asia/Tokyo', 'America/New_York']) ?? null })
  const said: number[] = []
  let at = noon
  for (let step = 0; step < 60; step += 1) {
    const dice = random()
    const client = pick(people) ?? 'ada'
    if (dice < 0.6) {
      at += Math.floor(random() * 10 * hourMs) - hourMs
      const by = random() < 0.7 ? (text: string) => text : random() < 0.5 ? coach : clone
      said.push(...memory.say(client, at, by(pick(texts) ?? '')))
    } else if (dice < 0.7) memory.change(pick(said) ?? 0, { content: pick(texts) ?? '', editedAt: at })
    else if (dice < 0.76) memory.change(pick(said) ?? 0, { removedAt: at })
    else if (dice < 0.8) memory.change(pick(said) ?? 0, { deliveryStatus: 'failed' })
    else memory.write((tx) => readSlice(tx, client, sessionGapMinutes, at))
  }
  rememberAll(memory, { sessionGapMinutes, now: at })
  return memory
}

describe.each(Array.from({ length: 20 }, (_, index) => 1_000 + index))('with seed %i', (seed) => {
  test('what was read bit by bit is what is read at once, and reading again changes nothing', () => {
    const memory = live(seed)
    const once = everyRow(memory.queries)
    rememberAll(memory, { sessionGapMinutes, now: noon * 2 })
    expect(everyRow(memory.queries)).toEqual(once)
    const bitByBit = whatIsRemembered(memory.queries)
    wipeMemory(memory)
    rememberAll(memory, { sessionGapMinutes, now: noon })
    expect(whatIsRemembered(memory.queries)).toEqual(bitByBit)
    expect(once.memory_evidence?.length).toBeGreaterThan(0)
  })
})

test('a slice that fails half way leaves nothing of itself', () => {
  const memory = openRemembered()
  memory.addClient('ada')
  memory.say('ada', noon, ...texts)
  const before = everyRow(memory.queries)
  expect(() =>
    memory.write((tx) => {
      readSlice(tx, 'ada', sessionGapMinutes, noon)
      throw new Error('the machine stops')
    }),
  ).toThrow('the machine stops')
  expect(everyRow(memory.queries)).toEqual(before)
})
