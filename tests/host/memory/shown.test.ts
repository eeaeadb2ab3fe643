import { describe, expect, test } from 'vitest'
import { everyRow } from '../../fixtures/memoryRows.ts'
import { openShown } from './shown.ts'
import { coach, dayMs, noon } from './talk.ts'

describe('what a coach is shown of a client', () => {
  test('each thing stands in its group, with when it was said and how often', () => {
    const memory = openShown('ada')
    memory.say(
      'ada',
      noon,
      'I want to learn Italian.',
      coach('Why?'),
      "I'll call Ana tomorrow.",
      'I prefer mornings.',
      'My sister Ana is here.',
      "I'm struggling with sleep.",
      'Whenever my boss shouts I freeze.',
      'I realised that I say yes to please people.',
      'I want to learn Italian.',
    )
    memory.remember()
    expect(memory.texts('ada', 'goals')).toEqual(['learn Italian'])
    expect(memory.rows('ada', 'goals')).toMatchObject([
      { evidenceCount: 2, firstSaidAt: noon, lastSaidAt: noon + 8 * 60_000, state: 'open', isActive: true },
    ])
    expect(memory.texts('ada', 'promises')).toEqual(['call Ana tomorrow'])
    expect(memory.rows('ada', 'promises')).toMatchObject([{ dueAt: Date.UTC(2026, 2, 20) - 1 }])
    expect(memory.rows('ada', 'triggers')).toMatchObject([{ isSensitive: true, state: null }])
    expect(memory.texts('ada', 'wishes')).toEqual(['mornings'])
    expect(memory.texts('ada', 'people')).toEqual(['My sister Ana'])
    expect(memory.texts('ada', 'breakthroughs')).toEqual(['I realised that I say yes to please people'])
    const shown = memory.of('ada')
    expect(shown.unreadMessages).toBe(0)
    expect(shown.sessionCount).toBe(1)
    expect(shown.patterns).toMatchObject({ activeDays: ['wednesday'], messageCount: 8 })
    expect(shown.groups.find(({ group }) => group === 'goals')).toMatchObject({ total: 1 })
  })

  test('what contradicts what was said before stands in front of it, and both are there', () => {
    const memory = openShown('ada')
    memory.say('ada', noon, 'I prefer mornings.', 'I prefer evenings.')
    memory.remember()
    expect(memory.rows('ada', 'wishes')).toMatchObject([
      {
        text: 'evenings',
        isActive: true,
        isReplaced: false,
        earlier: [{ text: 'mornings', isActive: false, isReplaced: true }],
      },
    ])
    expect(memory.of('ada').groups.find(({ group }) => group === 'wishes')?.total).toBe(1)
  })

  test('a goal that was given up is there as dropped, with the goal behind it', () => {
    const memory = openShown('ada')
    memory.say('ada', noon, 'I want to learn Italian.', "I don't want to learn Italian any more.")
    memory.remember()
    expect(memory.rows('ada', 'goals')).toMatchObject([
      { state: 'dropped', isActive: false, earlier: [{ text: 'learn Italian' }] },
    ])
  })

  test('messages that were not read yet are counted; a client without any has nothing', () => {
    const memory = openShown('ada', 'ben')
    memory.say('ada', noon, 'Hello', coach('Hi'), 'I want to sing.')
    expect(memory.of('ada').unreadMessages).toBe(3)
    memory.remember()
    expect(memory.of('ada').unreadMessages).toBe(0)
    const nothing = memory.of('ben')
    expect(nothing).toMatchObject({ unreadMessages: 0, sessionCount: 0, patterns: null, neverMention: [] })
    expect(nothing.groups.every(({ total, rows }) => total === 0 && rows.length === 0)).toBe(true)
  })

  test('a client who is not there is said to be unknown', () => {
    expect(() => openShown('ada').of('nobody')).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }))
  })

  test('of much, the beginning is shown, and the rest page by page, each once', () => {
    const memory = openShown('ada')
    const songs = Array.from({ length: 30 }, (_, index) => `learn song${index}`)
    memory.say('ada', noon, ...songs.map((song) => `I want to ${song}.`))
    memory.remember()
    const goals = memory.of('ada').groups.find(({ group }) => group === 'goals')
    expect(goals).toMatchObject({ total: 30 })
    expect(goals?.rows.map(({ text }) => text)).toEqual(songs.slice(25).toReversed())
    const read = (offset: number) => memory.page('ada', 'goals', { offset, limit: 12 })
    const pages = [read(0), read(12), read(24)]
    expect(pages.map(({ next }) => next)).toEqual([12, 24, null])
    expect(pages.flatMap(({ rows }) => rows.map(({ text }) => text))).toEqual(songs.toReversed())
  })
})

describe('moments', () => {
  test('one that faded is marked so, comes back when the coach brings it back, and is gone when it expired', () => {
    const memory = openShown('ada')
    memory.say('ada', noon, "I'm struggling with sleep.")
    memory.remember()
    const later = noon + 120 * dayMs
    const [faded] = memory.rows('ada', 'moments', later)
    expect(faded).toMatchObject({ isFaded: true, kind: 'struggle' })
    memory.bringBack('ada', faded?.id ?? '', later)
    const [back] = memory.rows('ada', 'moments', later)
    expect(back?.isFaded).toBe(false)
    expect(back?.strength).toBeGreaterThan(faded?.strength ?? 1)
    memory.readAgainFromScratch()
    expect(memory.rows('ada', 'moments', later)).toMatchObject([{ isFaded: false }])
    expect(memory.rows('ada', 'moments', noon + 4_000 * dayMs)).toEqual([])
  })

  test('one that is pinned neither fades nor expires', () => {
    const memory = openShown('ada')
    memory.say('ada', noon, "I'm struggling with sleep.")
    memory.remember()
    memory.pin('ada', 'sleep')
    expect(memory.rows('ada', 'moments', noon + 4_000 * dayMs)).toMatchObject([
      { isFaded: false, isPinned: true, expiresAt: null },
    ])
  })
})

describe('where it comes from', () => {
  test('each place in the messages is shown with the words in it, and leads to its message', () => {
    const memory = openShown('ada')
    const [first] = memory.say(
      'ada',
      noon,
      `${'Rain again. '.repeat(40)}I want to learn Italian. ${'And so on. '.repeat(40)}`,
    )
    const [second] = memory.say('ada', noon + dayMs, 'I want to learn Italian.')
    memory.remember()
    const rows = memory.evidence('ada', 'Italian')
    expect(rows.map(({ seq }) => seq)).toEqual([second, first])
    expect(rows.map(({ text, start, end }) => text.slice(start, end))).toEqual(['learn Italian', 'learn Italian'])
    expect(rows).toMatchObject([{ text: 'I want to learn Italian.' }, { reader: 'rules', conversationId: 'ada' }])
    expect(rows[1]?.text.length).toBeLessThan(500)
  })

  test('an item of another client is not found, whatever is asked of it', () => {
    const memory = openShown('ada', 'ben')
    memory.say('ada', noon, 'I want to learn Italian.', "I'm struggling with sleep.")
    memory.say('ben', noon, 'I want to sing.')
    memory.remember()
    const before = everyRow(memory.queries)
    const named = { ...memory.named('ada', 'Italian'), clientId: 'ben' }
    const moment = memory.named('ada', 'sleep').itemId
    for (const attempt of memory.attemptsOn(named, moment))
      expect(attempt).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }))
    expect(everyRow(memory.queries)).toEqual(before)
  })
})

describe('search in what is remembered', () => {
  test('finds words by their beginning, without accents and case, and says where they stand', () => {
    const memory = openShown('ada', 'ben')
    memory.say('ada', noon, 'My sister Zoë is here.', 'I want to learn Italian.')
    memory.say('ben', noon, 'My brother Zoel is here.')
    memory.remember()
    const [found, ...rest] = memory.search('ada', 'ZOE sis')
    expect(rest).toEqual([])
    expect(found?.marks.map(({ start, end }) => found.text.slice(start, end))).toEqual(['sis', 'Zoë'])
    expect(memory.search('ada', 'ister')).toEqual([])
    expect(memory.search('ada', '   ')).toEqual([])
    expect(memory.search('ada', '"%_*(')).toEqual([])
  })

  test('finds what the coach corrected by their words, and not by the old ones', () => {
    const memory = openShown('ada')
    memory.say('ada', noon, 'I want to learn Italian.')
    memory.remember()
    memory.correct('ada', 'Italian', 'Learn Spanish for the move')
    expect(memory.search('ada', 'spanish')).toHaveLength(1)
    expect(memory.search('ada', 'italian')).toEqual([])
  })
})
