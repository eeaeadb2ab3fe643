import { describe, expect, test } from 'vitest'
import { mentionableTo } from '../../../host/memory/wishes.ts'
import { everyRow } from '../../fixtures/memoryRows.ts'
import { openShown } from './shown.ts'
import { dayMs, noon } from './talk.ts'

type Memory = ReturnType<typeof openShown>

/** Topics are words that messages share, and the messages stay. */
const isTopics = (column: string): boolean => column === 'topics' || column === 'key_topics'
const withoutTopics = (value: unknown): string => String(value).replace(/^Spoke about [^.]*\./u, '')

/** Every value in every table of memory that holds a text, topics left out. */
const placesOf = (memory: Memory, text: string): string[] =>
  Object.entries(everyRow(memory.queries)).flatMap(([table, rows]) =>
    rows.flatMap((row) =>
      Object.entries(row).flatMap(([column, value]) =>
        !isTopics(column) && withoutTopics(value).toLowerCase().includes(text.toLowerCase())
          ? [`${table}.${column}`]
          : [],
      ),
    ),
  )

describe('correcting', () => {
  test('the coach’s words stand instead of what was read, in summaries too, and outlast a reading from scratch', () => {
    const memory = openShown('ada')
    memory.say('ada', noon, 'I want to learn Italian.')
    memory.remember()
    memory.correct('ada', 'Italian', '  Learn Spanish\n for the move ')
    const corrected = { text: 'Learn Spanish for the move', readText: 'learn Italian', evidenceCount: 1 }
    expect(memory.rows('ada', 'goals')).toMatchObject([corrected])
    expect(memory.sessions('ada')).toMatchObject([{ insights: ['Learn Spanish for the move'] }])
    expect(memory.days('ada')).toMatchObject([{ insights: ['Learn Spanish for the move'] }])
    memory.say('ada', noon + dayMs, 'I want to learn Italian.')
    memory.readAgainFromScratch()
    expect(memory.rows('ada', 'goals')).toMatchObject([{ ...corrected, evidenceCount: 2 }])
    expect(memory.sessions('ada').flatMap(({ insights }) => insights)).toEqual(
      Array(2).fill('Learn Spanish for the move'),
    )
  })

  test('a time that the coach’s words name is when it falls due, seen from when it was said', () => {
    const memory = openShown('ada')
    memory.say('ada', noon, "I'll call my manager by Friday.")
    memory.remember()
    expect(memory.find('ada', 'manager')).toMatchObject({ dueAt: Date.UTC(2026, 2, 21) - 1 })
    memory.correct('ada', 'manager', 'Call Elena by 3 April')
    expect(memory.find('ada', 'Elena')).toMatchObject({ dueAt: Date.UTC(2026, 3, 4) - 1 })
    memory.readAgainFromScratch()
    expect(memory.find('ada', 'Elena')).toMatchObject({ dueAt: Date.UTC(2026, 3, 4) - 1 })
    memory.correct('ada', 'Elena', 'Call Elena')
    expect(memory.find('ada', 'Elena')).toMatchObject({ dueAt: Date.UTC(2026, 2, 21) - 1 })
  })

  test('undone, it reads as it was read', () => {
    const memory = openShown('ada')
    memory.say('ada', noon, 'I want to learn Italian.')
    memory.remember()
    const before = memory.rows('ada', 'goals')
    memory.correct('ada', 'Italian', 'Learn Spanish')
    memory.correct('ada', 'Spanish', null)
    expect(memory.rows('ada', 'goals')).toEqual(before)
    expect(memory.sessions('ada')).toMatchObject([{ insights: ['learn Italian'] }])
  })

  test.each([
    ['nothing', ' \n ', /Forget/],
    ['too much', 'x'.repeat(501), /Shorten it to 500/],
  ])('%s is refused with a sentence, and the item stays as it was', (_what, text, sentence) => {
    const memory = openShown('ada')
    memory.say('ada', noon, 'I want to learn Italian.')
    memory.remember()
    const before = everyRow(memory.queries)
    expect(() => memory.correct('ada', 'Italian', text)).toThrow(sentence)
    expect(everyRow(memory.queries)).toEqual(before)
  })

  test('what the coach corrected stays when the message is taken back, and says that no message holds it', () => {
    const memory = openShown('ada')
    const [seq = 0] = memory.say('ada', noon, 'I want to learn Italian.')
    memory.remember()
    memory.correct('ada', 'Italian', 'Learn Spanish')
    memory.change(seq, { removedAt: noon })
    memory.remember()
    expect(memory.rows('ada', 'goals')).toMatchObject([{ text: 'Learn Spanish', evidenceCount: 0, isActive: true }])
    expect(memory.evidence('ada', 'Spanish')).toEqual([])
    memory.correct('ada', 'Spanish', null)
    expect(memory.rows('ada', 'goals')).toEqual([])
  })

  test('what is kept without a message goes behind what is said of the same later', () => {
    const memory = openShown('ada')
    const [seq = 0] = memory.say('ada', noon, 'I prefer mornings.')
    memory.remember()
    memory.pin('ada', 'mornings')
    memory.change(seq, { removedAt: noon })
    memory.remember()
    expect(memory.rows('ada', 'wishes')).toMatchObject([{ text: 'mornings', isActive: true, evidenceCount: 0 }])
    const [later = 0] = memory.say('ada', noon + dayMs, 'I prefer evenings.')
    memory.remember()
    expect(memory.rows('ada', 'wishes')).toMatchObject([
      { text: 'evenings', isActive: true, earlier: [{ text: 'mornings', isPinned: true, isActive: false }] },
    ])
    memory.change(later, { removedAt: noon })
    memory.remember()
    expect(memory.rows('ada', 'wishes')).toMatchObject([{ text: 'mornings', isActive: true, isReplaced: false }])
    memory.pin('ada', 'mornings', false)
    expect(memory.rows('ada', 'wishes')).toEqual([])
  })
})

describe('forgetting', () => {
  test('leaves neither words nor evidence nor a quotation in a summary, and stays when it is said again or read again', () => {
    const memory = openShown('ada')
    memory.say(
      'ada',
      noon,
      'I want to learn Italian.',
      'I prefer mornings.',
      'My sister Zoë is here.',
      "I'm struggling with sleep.",
      'Please don’t bring up my divorce.',
    )
    memory.remember()
    for (const text of ['learn Italian', 'mornings', 'Zoë', 'sleep', 'divorce']) {
      expect(placesOf(memory, text)).not.toEqual([])
      memory.forget('ada', text)
      expect([text, placesOf(memory, text)]).toEqual([text, []])
    }
    expect(memory.of('ada').groups.flatMap(({ rows }) => rows)).toEqual([])
    memory.say('ada', noon + dayMs, 'I want to learn Italian.', 'My sister Zoë is here.', 'I prefer mornings.')
    memory.remember()
    memory.readAgainFromScratch()
    for (const text of ['learn Italian', 'mornings', 'Zoë', 'sleep', 'divorce'])
      expect([text, placesOf(memory, text)]).toEqual([text, []])
    expect(memory.sessions('ada')).toHaveLength(2)
  })

  test('takes what was said before with it, or lets it hold again, as the coach says', () => {
    const twoClients = () => {
      const memory = openShown('ada')
      memory.say('ada', noon, 'I prefer mornings.', 'I prefer evenings.')
      memory.remember()
      return memory
    }
    const both = twoClients()
    both.forget('ada', 'evenings', true)
    expect(both.rows('ada', 'wishes')).toEqual([])
    both.readAgainFromScratch()
    expect(both.rows('ada', 'wishes')).toEqual([])
    const one = twoClients()
    one.forget('ada', 'evenings', false)
    expect(one.rows('ada', 'wishes')).toMatchObject([{ text: 'mornings', isActive: true }])
    one.readAgainFromScratch()
    expect(one.rows('ada', 'wishes')).toMatchObject([{ text: 'mornings', isActive: true }])
  })

  test('a success that is forgotten no longer settles a promise, after a reading from scratch neither', () => {
    const memory = openShown('ada')
    memory.say('ada', noon, "I'll call Ana tomorrow.", 'I finally called Ana!')
    memory.remember()
    expect(memory.rows('ada', 'promises')).toMatchObject([{ state: 'done' }])
    memory.forget('ada', 'finally called')
    expect(memory.rows('ada', 'promises')).toMatchObject([{ state: 'open' }])
    memory.say('ada', noon + dayMs, "I'll call Ana tomorrow.", 'I finally called Ana!')
    memory.remember()
    const states = () => memory.rows('ada', 'promises').map(({ state }) => state)
    expect(states()).toEqual(['open', 'open'])
    memory.readAgainFromScratch()
    expect(states()).toEqual(['open', 'open'])
  })

  test('of something said in more sessions than are read at once, no summary quotes it from then on', () => {
    const memory = openShown('ada')
    for (let day = 0; day < 25; day += 1)
      memory.say('ada', noon + day * dayMs, 'I want to learn Italian.', 'I want to sing.')
    memory.remember()
    memory.forget('ada', 'learn Italian')
    expect(placesOf(memory, 'learn Italian')).toEqual([])
    memory.remember()
    expect(placesOf(memory, 'learn Italian')).toEqual([])
    expect(memory.sessions('ada').map(({ insights }) => insights)).toEqual(Array(25).fill(['sing']))
  })

  test('twice is once: what is forgotten is not there to be forgotten', () => {
    const memory = openShown('ada')
    memory.say('ada', noon, 'I want to learn Italian.')
    memory.remember()
    const named = memory.named('ada', 'Italian')
    memory.forget('ada', 'Italian')
    for (const attempt of memory.attemptsOn(named, named.itemId))
      expect(attempt).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }))
  })
})

describe('sensitive', () => {
  test('what the coach marks is in no summary, and what they unmark may be; reading from scratch keeps to it', () => {
    const memory = openShown('ada')
    memory.say('ada', noon, 'I want to learn Italian.', 'Whenever my boss shouts I freeze.')
    memory.remember()
    expect(memory.find('ada', 'boss').isSensitive).toBe(true)
    memory.markSensitive('ada', 'Italian', true)
    memory.markSensitive('ada', 'boss', false)
    for (let reading = 0; reading < 2; reading += 1) {
      expect(memory.find('ada', 'Italian').isSensitive).toBe(true)
      expect(memory.find('ada', 'boss').isSensitive).toBe(false)
      expect(memory.sessions('ada')).toMatchObject([{ insights: [] }])
      memory.readAgainFromScratch()
    }
  })
})

describe('never mention', () => {
  test('whatever holds the words is marked as kept quiet, until the coach removes them', () => {
    const memory = openShown('ada', 'ben')
    memory.say('ada', noon, 'My sister Zoë is here.', 'I want to learn Italian.')
    memory.say('ben', noon, 'My brother Zoë is here.')
    memory.remember()
    memory.neverMention('ada', ' zoe ')
    expect(memory.find('ada', 'sister').isKeptQuiet).toBe(true)
    expect(memory.find('ada', 'Italian').isKeptQuiet).toBe(false)
    expect(memory.find('ben', 'brother').isKeptQuiet).toBe(false)
    expect(memory.of('ada').neverMention).toMatchObject([{ words: 'zoe' }])
    expect(mentionableTo(memory.queries, 'ada')('How is Zoë?')).toBe(false)
    expect(memory.neverMention('ada', 'Zoë').id).toBe(memory.of('ada').neverMention[0]?.id)
    memory.readAgainFromScratch()
    expect(memory.find('ada', 'sister').isKeptQuiet).toBe(true)
  })

  test.each([
    ['a single letter', 'a', /One letter is too little/],
    ['only signs', '…—!', /One letter is too little/],
    ['a whole text', 'word '.repeat(40), /Use fewer words/],
  ])('%s is refused with a sentence', (_what, words, sentence) => {
    const memory = openShown('ada')
    expect(() => memory.neverMention('ada', words)).toThrow(sentence)
    expect(memory.of('ada').neverMention).toEqual([])
  })

  test('a hundred are enough, and nobody’s are refused', () => {
    const memory = openShown('ada')
    for (let index = 0; index < 100; index += 1) memory.neverMention('ada', `name ${index}`)
    expect(() => memory.neverMention('ada', 'one more')).toThrow(/There are 100 already/)
    expect(() => memory.neverMention('nobody', 'a name')).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }))
  })
})
