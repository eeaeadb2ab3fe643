import { describe, expect, test } from 'vitest'
import { openRemembered } from './remembered.ts'
import { coach, dayMs, noon } from './talk.ts'

const hourMs = 3_600_000
const minuteMs = 60_000

const withClient = (timeZone = 'UTC') => {
  const memory = openRemembered()
  memory.addClient('ada', 'Ada', { timeZone })
  return memory
}

const episodesOf = (memory: ReturnType<typeof withClient>): string[] =>
  memory
    .recall('ada')
    .episodes(noon, 50)
    .map(({ memoryType, memoryDescription }) => `${memoryType}: ${memoryDescription}`)
    .sort()

describe('a session in which nothing is told', () => {
  test.each([
    ['no text, as of a photo', ''],
    ['a thumb', '👍'],
    ['dots', '…'],
    ['white space', ' \n\t '],
    ['one word', 'ok'],
    ['one word in Japanese', 'はい'],
  ])('%s: is kept as a session, remembers nothing and is found by no question', (_, text) => {
    const memory = withClient()
    memory.say('ada', noon, text)
    memory.remember()
    const recall = memory.recall('ada')
    expect(recall.sessions(5)).toMatchObject([{ messageCount: 1, clientMessageCount: 1, summary: '' }])
    expect(recall.rollUps('daily', 5)).toMatchObject([{ sessionCount: 1, messageCount: 1, keyTopics: '[]' }])
    expect([recall.insights(5), recall.episodes(noon, 5), recall.preferences(), recall.relationship()].flat()).toEqual(
      [],
    )
    expect(memory.ask('ada', 'What did I promise about the fence?')).toEqual([])
  })

  test('of which only the coach spoke has nothing of the client in it', () => {
    const memory = withClient()
    memory.say('ada', noon, coach('I want to hear how the piano goes.'))
    memory.remember()
    expect(memory.recall('ada').sessions(5)).toMatchObject([{ messageCount: 1, clientMessageCount: 0, summary: '' }])
    expect(memory.insights('ada')).toEqual([])
  })
})

describe('a client who changes language', () => {
  test('from one message to the next is understood in each, and asked for by the words they used', () => {
    const memory = withClient()
    const [english, german, spanish, french, portuguese] = memory.say(
      'ada',
      noon,
      'I want to learn to play the violin this year.',
      'Ich möchte endlich wieder im Chor singen.',
      'Quiero aprender a nadar este verano.',
      'Je veux apprendre à dessiner.',
      'Quero aprender a cozinhar melhor.',
    )
    memory.remember()
    const goals = memory.insights('ada')
    expect(goals).toHaveLength(5)
    expect(goals.every((goal) => goal.startsWith('goal: '))).toBe(true)
    expect(memory.recall('ada').sessions(5)).toHaveLength(1)
    for (const [words, seq] of [
      ['violin', english],
      ['Chor singen', german],
      ['nadar', spanish],
      ['dessiner', french],
      ['cozinhar', portuguese],
    ] as const)
      expect(memory.ask('ada', words)[0]).toBe(seq)
  })

  test('within one message is understood in both, word for word', () => {
    const memory = withClient()
    memory.say('ada', noon, 'Heute auf Deutsch, sorry. Ich möchte mehr schlafen. And I want to run a marathon.')
    memory.remember()
    expect(memory.insights('ada')).toEqual(['goal: mehr schlafen', 'goal: run a marathon'])
  })
})

describe('on the night on which the clock changes', () => {
  // Berlin, 29 March 2026: 2:00 becomes 3:00. 25 October 2026: 3:00 becomes 2:00.
  const springNight = Date.UTC(2026, 2, 28, 20, 30)
  const autumnNight = Date.UTC(2026, 9, 24, 19, 30)

  test('a silence is as long as it was, whatever the clock on the wall shows', () => {
    const memory = withClient('Europe/Berlin')
    memory.say('ada', springNight, 'Good night.')
    // The wall shows six and a half hours later; five and a half have passed.
    memory.say('ada', springNight + 5.5 * hourMs, 'Cannot sleep.')
    memory.say('ada', autumnNight, 'Good night.')
    // The wall shows five and a half hours later; six and a half have passed.
    memory.say('ada', autumnNight + 6.5 * hourMs, 'Cannot sleep.')
    memory.remember(autumnNight + dayMs)
    const counts = memory
      .recall('ada')
      .sessions(5)
      .map((session) => session.messageCount)
    expect(counts).toEqual([1, 1, 2])
  })

  test('a session belongs to the day it began on where the client lives, and each day is there once', () => {
    const memory = withClient('Europe/Berlin')
    for (const begun of [springNight, autumnNight])
      for (let nth = 0; nth < 4; nth += 1) memory.say('ada', begun + nth * 7 * hourMs, `Rain again, part ${nth}.`)
    memory.remember(autumnNight + 3 * dayMs)
    const days = memory
      .recall('ada')
      .rollUps('daily', 10)
      .map(({ startDate, sessionCount }) => `${startDate} ${sessionCount}`)
    expect(days).toEqual(['2026-10-25 3', '2026-10-24 1', '2026-03-29 3', '2026-03-28 1'])
  })

  test('"tomorrow" is the day that is an hour shorter', () => {
    const memory = withClient('Europe/Berlin')
    memory.say('ada', springNight, "I'll call the bank tomorrow.")
    memory.remember(springNight)
    const [promise] = memory.recall('ada').insights(5)
    expect(promise?.insightType).toBe('commitment')
    expect((promise?.dueTo ?? 0) - (promise?.dueFrom ?? 0)).toBe(23 * hourMs)
  })
})

test('a device whose clock is years off breaks nothing: its talk is remembered once, and the next goes on after it', () => {
  const memory = withClient()
  memory.say('ada', noon, 'I want to paint the fence.')
  memory.say('ada', Date.UTC(2019, 0, 1), 'I want to sell the piano.')
  memory.say('ada', Date.UTC(2037, 0, 1), 'I want to repair the boat.')
  memory.say('ada', noon + 10 * minuteMs, "I'm struggling with sleep.")
  memory.remember(noon + dayMs)
  expect(memory.insights('ada')).toHaveLength(3)
  expect(episodesOf(memory)).toEqual(["struggle: I'm struggling with sleep"])
  const sessions = memory.recall('ada').sessions(9)
  expect(sessions.reduce((sum, { messageCount }) => sum + messageCount, 0)).toBe(4)
})

describe('what contradicts itself within one message', () => {
  test('a promise and its withdrawal leave the promise given up, with both sides kept', () => {
    const memory = withClient()
    memory.say('ada', noon, "I want to run a marathon. No wait, I don't want to run a marathon any more.")
    memory.remember()
    expect(
      memory
        .recall('ada')
        .insights(5)
        .filter(({ state }) => state === 'open'),
    ).toEqual([])
    expect(memory.sqlite.prepare('SELECT stance FROM memory_evidence ORDER BY seq').pluck().all()).toEqual([
      'states',
      'retracts',
    ])
  })

  test('the last word holds, however often they change their mind', () => {
    const memory = withClient()
    memory.say('ada', noon, 'I prefer mornings. Actually I prefer evenings. Hm, I prefer mornings.')
    memory.remember()
    expect(memory.recall('ada').preferences()).toMatchObject([{ preferenceValue: expect.stringContaining('morning') }])
  })
})
