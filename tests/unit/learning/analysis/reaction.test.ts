import { describe, expect, test } from 'vitest'
import { viewReaction } from '../../../../host/learning/analysis/index.ts'

const hourMs = 3_600_000
const client = (text: string, at?: number) => ({ from: 'client' as const, text, ...(at === undefined ? {} : { at }) })
const coach = [{ from: 'human_coach' as const, text: 'Take a breath. What do you know for sure?', at: 0 }]
const before = [client('I want to quit my job right now')]
const reactionTo = (...texts: string[]) =>
  viewReaction(
    before,
    coach,
    texts.map((text) => client(text)),
  )

test.each([
  ['positive', "You're right, I should think this through"],
  ['positive', 'Thank you, that helps'],
  ['positive', 'I feel calmer now'],
  ['transformative', 'Wow, I never thought of it that way. I realise I was running away'],
  ['transformative', 'Now I see it'],
  ['neutral', 'It is Tuesday today'],
  ['neutral', 'ok'],
  ['negative', "You don't understand, this doesn't help at all"],
  ['negative', 'Leave me alone'],
  ['positive', 'Tienes razón, gracias'],
  ['negative', 'No me entiendes'],
  ['positive', 'Du hast recht, danke'],
  ['negative', 'Du verstehst mich nicht'],
  ['positive', 'Tu as raison, merci'],
  ['positive', 'Você tem razão, obrigada'],
])('a client’s reaction is %s: %s', (reaction, text) => {
  expect(reactionTo(text)?.reaction).toBe(reaction)
})

test('where the client has not said anything since, there is no reaction', () => {
  expect(reactionTo()).toBeNull()
  expect(viewReaction(before, coach, [{ from: 'ai', text: 'Thank you' }])).toBeNull()
  expect(reactionTo('   ')).toBeNull()
})

describe('why it worked', () => {
  test('is a sentence with the client’s own words', () => {
    expect(reactionTo("You're right, I should think this through")?.whyEffective).toBe(
      "After grounding and one question the client said: “You're right, I should think this through”",
    )
  })
  test('is empty where it did not work', () => {
    expect(reactionTo('Leave me alone')?.whyEffective).toBe('')
    expect(reactionTo('It is Tuesday')?.whyEffective).toBe('')
  })
  test('quotes a long answer in part', () => {
    expect(reactionTo(`Thank you ${'so very much '.repeat(200)}`)?.whyEffective.length).toBeLessThan(250)
  })
})

describe('what is likely to follow', () => {
  const followThrough = (text: string) => reactionTo(text)?.followThrough ?? -1
  test('is more after a promise than after a maybe, and least after a refusal', () => {
    expect(followThrough('Thanks. I will call her tomorrow')).toBeGreaterThan(followThrough('Thanks, maybe'))
    expect(followThrough('Thanks, maybe')).toBeGreaterThan(followThrough("I won't, leave me alone"))
  })
})

test('a client who feels better has come to an end with it, one who says no has not', () => {
  expect(reactionTo('Thank you. I feel much better now')?.isResolved).toBe(true)
  expect(reactionTo("You're right, but what now")?.isResolved).toBe(false)
  expect(reactionTo("I feel better but you don't understand me")?.isResolved).toBe(false)
})

describe('engagement', () => {
  const engagementAfter = (text: string, at: number) => viewReaction(before, coach, [client(text, at)])?.engagement
  test('is high where the client answers soon and at length', () => {
    expect(engagementAfter('I know that I like my team and that I need the money until May', hourMs)).toBe('high')
  })
  test('is low where hardly anything comes back, or only after days', () => {
    expect(engagementAfter('ok', hourMs)).toBe('low')
    expect(engagementAfter('I know that I like my team and that I need the money until May', 50 * hourMs)).toBe('low')
  })
})

test('what changed is told by feelings where they show', () => {
  const anxious = [client('I am so anxious, I feel panic all day')]
  expect(viewReaction(anxious, coach, [client('I feel calm and hopeful again, thank you')])?.shift).toMatch(
    /^From \w+ to \w+/,
  )
  expect(viewReaction([client('Hello')], coach, [client('Leave me alone')])?.shift).toMatch(
    /resistance|angry|frustrated/,
  )
})
