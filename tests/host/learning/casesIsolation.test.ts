import { expect, test } from 'vitest'
import { clone, coach, dayMs, noon } from '../memory/talk.ts'
import { openCases } from './caseTalk.ts'

/** mulberry32: the same seed gives the same past. */
const randomFrom = (seed: number) => {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const people = [
  { id: 'a', name: 'Xanthippe Quorl', canaries: ['Zanzibar', 'quokka', '4711', 'Ottokar', 'marzipan'] },
  { id: 'b', name: 'Balthazar Wem', canaries: ['Timbuktu', 'narwhal', '0815', 'Ermintrude', 'rhubarb'] },
  { id: 'c', name: 'Clothilde Ypsi', canaries: ['Reykjavik', 'axolotl', '9981', 'Fridolin', 'nougat'] },
  { id: 'd', name: 'Dagobert Zonk', canaries: ['Vladivostok', 'pangolin', '7345', 'Kunigunde', 'tapioca'] },
] as const
type Person = (typeof people)[number]

const moments = [
  'I am so overwhelmed, everything is too much',
  'I keep putting off the report',
  'My sister and I had a terrible fight',
  'I doubt myself, everyone is better than me',
  'I failed the exam',
] as const

const ownWords = [
  'Stop for a moment.',
  'Take a breath.',
  'Put both feet on the floor.',
  'That sounds really hard.',
  'Many people find that hard.',
  'What is the smallest next step?',
  'What would help you now?',
] as const

/** Sentences in which the coach speaks of what one client alone told. */
const private_ = (canary: string, name: string): readonly string[] => [
  `${name}, take a breath.`,
  `How is the ${canary.toLowerCase()}?`,
  `Think of ${canary}.`,
  `Put the ${canary} aside and take a breath.`,
  `I hear you, ${name}.`,
  `What would ${canary} say now?`,
]

const oneOf = <T>(random: () => number, all: readonly T[]): T => {
  const one = all[Math.floor(random() * all.length)]
  if (one === undefined) throw new Error('There is nothing to choose from.')
  return one
}

/** What works for a client, so that a draft has a structure to be built by. */
const works = ({ sqlite }: ReturnType<typeof openCases>, clientId: string): void => {
  for (const situation of ['crisis_moment', 'procrastination', 'relationship_conflict', 'self_doubt', 'setback'])
    sqlite
      .prepare(
        `INSERT INTO client_effective_approaches (id, client_id, situation_type, approach, structure, examples, alpha, beta,
          effectiveness_score, times_validated, times_contradicted, source_intervention_id, created_at, updated_at)
        VALUES (?, ?, ?, 'x', '["interrupt","ground","question"]', '[]', 3, 1, 0.75, 2, 0, 'i', 1, 1)`,
      )
      .run(`${clientId} ${situation}`, clientId, situation)
}

/** All that a draft shows, without ids, in which any figure may stand by chance. */
const shown = ({ text, sources }: { text: string; sources: readonly { label: string; given?: string }[] }): string =>
  [text, ...sources.flatMap(({ label, given = '' }) => [label, given])].join('\n').toLowerCase()

const past = (seed: number) => {
  const random = randomFrom(seed)
  const cases = openCases()
  for (const { id, name } of people) {
    cases.addClient(id, name)
    if (random() < 0.5) works(cases, id)
  }
  const answer = ({ name, canaries }: Person): string =>
    Array.from({ length: 2 + Math.floor(random() * 4) }, () =>
      random() < 0.5
        ? oneOf(random, ownWords)
        : oneOf(random, private_(oneOf(random, canaries), name.split(' ')[0] ?? '')),
    ).join(' ')
  for (let turn = 0; turn < 30; turn += 1) {
    const person = oneOf(random, people)
    const said = `${oneOf(random, moments)} because of ${oneOf(random, person.canaries)}`
    const text = answer(person)
    const kind = random()
    if (kind < 0.6) cases.answered(person.id, said, text, Math.floor(random() * 90))
    // The same person's chat, imported without saying whose it is; what was said overlaps.
    else if (kind < 0.75) cases.imported('telegram', [[said, text, oneOf(random, moments), answer(person)]])
    else if (kind < 0.9) cases.imported('telegram', [[said, text]], person.id)
    else cases.say(person.id, noon - dayMs, said, clone(text), coach(text))
  }
  return cases
}

test.each(Array.from({ length: 16 }, (_, seed) => seed + 1))(
  'what one client told never comes up in a draft for another (seed %i)',
  (seed) => {
    const cases = past(seed)
    for (const person of people) {
      const others = people.filter(({ id }) => id !== person.id)
      const secrets = others.flatMap(({ name, canaries }) => [...name.split(' '), ...canaries])
      for (const moment of moments) {
        const offered: string[] = []
        for (let times = 0; times < 3; times += 1) {
          const draft = cases.draft(person.id, moment, { clientName: person.name, without: offered })
          if (draft === null) break
          offered.push(draft.text)
          for (const secret of secrets) expect(shown(draft)).not.toContain(secret.toLowerCase())
        }
      }
    }
  },
)

test('the pasts of these tests do bring drafts, from their own talks and from words said to several', () => {
  let own = 0
  let shared = 0
  for (let seed = 1; seed <= 5; seed += 1) {
    const cases = past(seed)
    cases.addClient('new', 'Newton')
    works(cases, 'new')
    for (const { id, name } of people) if (cases.draft(id, moments[0], { clientName: name }) !== null) own += 1
    const draft = cases.draft('new', moments[0], { clientName: 'Newton' })
    if (draft !== null) {
      shared += 1
      const secrets = people.flatMap(({ name, canaries }) => [...name.split(' '), ...canaries])
      for (const secret of secrets) expect(shown(draft)).not.toContain(secret.toLowerCase())
    }
  }
  expect(own).toBeGreaterThan(5)
  expect(shared).toBeGreaterThan(0)
})
