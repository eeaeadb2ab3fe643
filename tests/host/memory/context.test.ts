import { describe, expect, test } from 'vitest'
import { memoryWishes, messageSignals } from '../../../db/schema/index.ts'
import { assembleMemory, type FoundMessage, memoryTexts, reinforceEpisodes } from '../../../host/memory/index.ts'
import { loadPromptCounter } from '../../../host/tokens/index.ts'
import { openRemembered } from './remembered.ts'
import { clone, coach, dayMs, noon } from './talk.ts'

const count = await loadPromptCounter()
type Memory = ReturnType<typeof openRemembered>

interface Asked {
  readonly text?: string
  readonly now?: number
  readonly found?: readonly FoundMessage[]
  readonly recent?: readonly string[]
}

const assemble = (
  memory: Memory,
  clientId: string,
  { text = 'Hello', now = noon, found = [], recent = [] }: Asked = {},
) =>
  assembleMemory(memory.queries, {
    clientId,
    text,
    now,
    timeZone: 'UTC',
    recent: recent.map((content, index) => ({ id: `recent-${index}`, content, sentAt: now })),
    found,
    count,
  })
const textsOf = ({ lines }: ReturnType<typeof assemble>): string => lines.map(({ text }) => text).join('\n')

const remembered = (...said: Parameters<Memory['say']>[2][]): Memory => {
  const memory = openRemembered()
  memory.addClient('ada')
  memory.say('ada', noon - 20 * dayMs, ...said)
  memory.remember()
  return memory
}

describe('what a reply is given of memory', () => {
  test('holds goals, people and preferences with the day on which they were said', () => {
    const memory = remembered('I want to learn Italian.', 'My sister Ana lives in Oslo.', 'I prefer short messages.')
    const texts = textsOf(assemble(memory, 'ada', { text: 'Ana wrote to me about Italian' }))
    expect(texts).toContain('learn Italian')
    expect(texts).toMatch(/26 February 2026/u)
    expect(texts).toMatch(/sister Ana/u)
    expect(texts).toMatch(/Prefers: .*short messages/iu)
  })

  test('leaves out moments that the client does not touch', () => {
    const memory = remembered('My sister Ana lives in Oslo.')
    expect(textsOf(assemble(memory, 'ada', { text: 'How do I plan my week?' }))).not.toContain('Ana')
  })

  test('stays within its budget of tokens, however much is remembered', () => {
    const memory = openRemembered()
    memory.addClient('ada')
    for (let day = 0; day < 60; day += 1)
      memory.say(
        'ada',
        noon - (61 - day) * dayMs,
        `I want to visit town ${day} with all of my friends from number ${day}.`,
        `I finally finished chapter ${day} of the long and heavy book about rivers.`,
        `I will call office ${day} about the forms tomorrow.`,
      )
    memory.remember()
    const found = memory.search.search({ clientId: 'ada', text: 'chapter book', coachName: '', now: noon, limit: 12 })
    const given = assemble(memory, 'ada', { text: 'the book, the forms, the town', found })
    const counted = given.lines.reduce((sum, { text }) => sum + count(text), 0)
    expect(given.lines.length).toBeGreaterThan(10)
    expect(counted).toBeLessThanOrEqual(given.tokens)
    expect(given.tokens).toBeLessThanOrEqual(1_660)
  })

  test('says nothing twice, across layers too', () => {
    const memory = remembered(
      'I want to learn Italian.',
      'I really want to learn Italian!',
      'I finally called my mother.',
    )
    const found = memory.search.search({ clientId: 'ada', text: 'Italian', coachName: '', now: noon, limit: 5 })
    const { lines } = assemble(memory, 'ada', { text: 'Italian', found })
    expect(lines.filter(({ text }) => /learn Italian/u.test(text))).toHaveLength(1)
  })

  test('repeats nothing that the last messages say', () => {
    const memory = remembered('I want to learn Italian.')
    const given = assemble(memory, 'ada', { text: 'Italian', recent: ['Well. I want to learn Italian. Today.'] })
    expect(given.lines.filter(({ kind }) => kind === 'insight')).toEqual([])
  })

  test('keeps quiet about what the coach does not want mentioned, in every layer', () => {
    const memory = remembered('I want to visit my father in Graz.', 'My sister Ana lives in Graz.', coach('Why Graz?'))
    const found = memory.search.search({ clientId: 'ada', text: 'Graz', coachName: '', now: noon, limit: 5 })
    expect(textsOf(assemble(memory, 'ada', { text: 'Graz', found }))).toContain('Graz')
    memory.queries.insert(memoryWishes).values({ id: 'w', clientId: 'ada', words: ' gräz ', createdAt: 1 }).run()
    const given = assemble(memory, 'ada', { text: 'Graz', found })
    expect(textsOf(given)).not.toMatch(/graz/iu)
    expect(given.neverMention).toEqual(['gräz'])
  })

  test('tells a sore point only where the client touches it, and as one to be careful with', () => {
    const memory = remembered('Loud restaurants trigger me.')
    expect(textsOf(assemble(memory, 'ada', { text: 'How do I plan my week?' }))).not.toMatch(/restaurant/iu)
    const touched = assemble(memory, 'ada', { text: 'Tonight we eat in a restaurant' })
    expect(touched.lines.find(({ kind }) => kind === 'insight')).toMatchObject({ section: 'care' })
  })

  test('leaves out what faded, and gives what was pinned', () => {
    const memory = remembered('I finally called my mother.')
    const later = noon + 200 * dayMs
    expect(textsOf(assemble(memory, 'ada', { text: 'my mother', now: later }))).not.toContain('Went well,')
    memory.queries.run(`UPDATE ai_episodic_memory SET pinned_at = 1`)
    expect(textsOf(assemble(memory, 'ada', { text: 'weather', now: later }))).toContain('Went well,')
  })

  test('gives the coach’s own words where they corrected it, and nothing of what they made forgotten', () => {
    const memory = remembered('I want to learn Italian.')
    memory.queries.run(`UPDATE client_insights SET corrected_text = 'Wants to learn Spanish'`)
    expect(textsOf(assemble(memory, 'ada'))).toMatch(/learn Spanish/u)
    memory.queries.run(`UPDATE client_insights SET forgotten_at = 1`)
    expect(assemble(memory, 'ada').lines.filter(({ kind }) => kind === 'insight')).toEqual([])
  })

  test('finds what is older than the last of its layer by the message that says it', () => {
    const memory = openRemembered()
    memory.addClient('ada')
    memory.say('ada', noon - 300 * dayMs, 'I want to repair the old accordion.')
    for (let index = 0; index < 80; index += 1)
      memory.say('ada', noon - (200 - index) * dayMs, `I want to visit town${index} with friend${index}.`)
    memory.remember()
    expect(textsOf(assemble(memory, 'ada', { text: 'the accordion' }))).not.toContain('accordion')
    const found = memory.search.search({ clientId: 'ada', text: 'the accordion', coachName: '', now: noon, limit: 5 })
    expect(textsOf(assemble(memory, 'ada', { text: 'the accordion', found }))).toContain('accordion')
  })

  test('of a client who only just arrived is empty', () => {
    const memory = openRemembered()
    memory.addClient('ada')
    expect(assemble(memory, 'ada')).toEqual({ lines: [], neverMention: [], tokens: 0 })
    expect(assemble(memory, 'nobody')).toEqual({ lines: [], neverMention: [], tokens: 0 })
  })

  test('cuts a line that would take the room of all others, and past messages that were taken back are gone', () => {
    const memory = openRemembered()
    memory.addClient('ada')
    const [seq = 0] = memory.say(
      'ada',
      noon - 9 * dayMs,
      `The harbour. ${'It was a long story about boats. '.repeat(90)}`,
    )
    const found = memory.search.search({ clientId: 'ada', text: 'harbour', coachName: '', now: noon, limit: 5 })
    const [line] = assemble(memory, 'ada', { text: 'harbour', found }).lines
    expect(line?.text.length).toBeLessThan(620)
    memory.change(seq, { removedAt: noon })
    expect(assemble(memory, 'ada', { text: 'harbour', found }).lines).toEqual([])
  })

  test('leaves what was said in danger to the people who answered it', () => {
    const memory = openRemembered()
    memory.addClient('ada')
    const [seq = 0] = memory.say('ada', noon - 9 * dayMs, 'The harbour at night, I want to end it all there.')
    memory.say('ada', noon - 8 * dayMs, 'The harbour was lovely in the morning.')
    const signals = { sentiment: 0, urgency: 0, highStakes: false, requestsHuman: false, emotion: 'neutral' as const }
    memory.queries
      .insert(messageSignals)
      .values({ messageSeq: seq, crisisSeverity: 'high', situation: 'other', ...signals })
      .run()
    const found = memory.search.search({ clientId: 'ada', text: 'harbour', coachName: '', now: noon, limit: 5 })
    const texts = textsOf(assemble(memory, 'ada', { text: 'the harbour', found }))
    expect(texts).toContain('lovely in the morning')
    expect(texts).not.toContain('end it all')
  })

  test('tells who said a past message', () => {
    const memory = openRemembered()
    memory.addClient('ada')
    memory.say(
      'ada',
      noon - 9 * dayMs,
      'The harbour was empty.',
      coach('Which harbour did you paint?'),
      clone('A harbour of childhood?'),
    )
    const found = memory.search.search({ clientId: 'ada', text: 'harbour', coachName: '', now: noon, limit: 5 })
    const texts = textsOf(assemble(memory, 'ada', { text: 'harbour', found }))
    for (const who of ['they:', 'the coach:', 'you:']) expect(texts).toContain(who)
  })
})

describe('one client’s context holds nothing of another', () => {
  test('fifty clients, thousands of contexts, whatever ids are handed over: no canary leaks', () => {
    const memory = openRemembered()
    const ids = Array.from({ length: 50 }, (_, index) => `client-${index}`)
    for (const id of ids) {
      memory.addClient(id)
      const own = `canary${id}`
      memory.say(
        id,
        noon - 5 * dayMs,
        `I want to visit ${own} castle.`,
        `My sister ${own} came to the castle.`,
        `I finally painted the ${own} castle.`,
        `Please don't bring up ${own} debts.`,
        `I prefer ${own} evenings.`,
      )
      memory.queries
        .insert(memoryWishes)
        .values({ id: `w-${id}`, clientId: id, words: `${own} secret`, createdAt: 1 })
        .run()
    }
    memory.remember()
    const questions = [
      'castle sister evenings',
      'canary',
      'visit and paint',
      'debts',
      ...ids.slice(0, 11).map((id) => `canary${id}`),
    ]
    const everything = memory.queries.all<{ id: string; seq: number }>('SELECT id, seq FROM messages')
    const strangers = everything.map(({ id, seq }) => ({ messageId: id, seq }))
    let contexts = 0
    const seen = new Set<string>()
    for (const id of ids) {
      const own = { clientId: id, coachName: '', now: noon, limit: 10 }
      for (const text of questions) {
        const found = memory.search.search({ ...own, text })
        // Even with the ids of all other clients' messages in hand.
        for (const given of [found, strangers.slice(0, 12), strangers.toReversed().slice(0, 12)]) {
          const context = assemble(memory, id, { text, found: given })
          const words = JSON.stringify([context.lines, context.neverMention])
          for (const [, owner] of words.matchAll(/canary(client-\d+)/giu))
            seen.add(owner === id ? 'own' : `${owner} in ${id}`)
          contexts += 1
        }
      }
    }
    expect(contexts).toBeGreaterThan(2_000)
    expect([...seen]).toEqual(['own'])
  }, 120_000)

  test('and texts and reinforcement by another client’s ids do nothing', () => {
    const memory = remembered('I finally called my mother.')
    memory.addClient('ben')
    const [row] = memory.queries.all<{ id: string }>('SELECT id FROM ai_episodic_memory')
    const id = row?.id ?? ''
    const given = [{ kind: 'episode' as const, id }]
    expect(memoryTexts(memory.queries, 'ben', given).size).toBe(0)
    expect(memoryTexts(memory.queries, 'ada', given).get(id)?.text).toContain('called my mother')
    memory.write((tx) => reinforceEpisodes(tx, 'ben', [id, 'none'], noon))
    expect(memory.queries.all('SELECT times_referenced FROM ai_episodic_memory')).toEqual([{ times_referenced: 0 }])
    memory.write((tx) => reinforceEpisodes(tx, 'ada', [id], noon))
    expect(memory.queries.all('SELECT times_referenced, last_referenced_at FROM ai_episodic_memory')).toEqual([
      { times_referenced: 1, last_referenced_at: noon },
    ])
  })
})
