import { describe, expect, test } from 'vitest'
import {
  correctIntervention,
  markLearned,
  setInterventionActive,
  weighFollowThrough,
} from '../../../host/learning/index.ts'
import { rememberAll } from '../../../host/memory/index.ts'
import { challenge, grounding, minute, openTakeovers } from './takeovers.ts'

const open = () => {
  const takeovers = openTakeovers()
  for (const [id, name] of [
    ['ada', 'Ada'],
    ['ben', 'Ben'],
    ['cleo', 'Cleo'],
    ['dora', 'Dora'],
  ] as const)
    takeovers.addClient(id, name)
  return takeovers
}

describe('a takeover', () => {
  test('is analysed once the coach hands back, and again when the client has reacted', () => {
    const { takeOver, say, learn, analyses, now } = open()
    takeOver('ada', { moment: grounding.moment, coach: grounding.coach })
    expect(analyses()).toMatchObject([
      { clientReaction: null, situationType: 'crisis_moment', techniqueType: 'question' },
    ])
    say('ada', now(), grounding.reaction)
    learn('ada')
    expect(analyses()).toMatchObject([{ clientReaction: 'positive', responseTimeSeconds: 300, messagesExchanged: 1 }])
    expect(analyses()[0]?.whyEffective).toContain('think this through')
  })

  test('is learned from once, however often it is looked at', () => {
    const { takeOver, learn, everything } = open()
    takeOver('ada', grounding)
    const before = everything()
    learn('ada')
    learn('ada')
    expect(everything()).toBe(before)
  })

  test('in which the coach wrote nothing teaches nothing', () => {
    const { takeOver, analyses, profile } = open()
    takeOver('ada', { moment: grounding.moment, coach: [], reaction: 'Hello?' })
    expect(analyses()).toEqual([])
    expect(profile()).toEqual([])
  })

  test('that lasts for days before the handback is read by its words, not by its length', () => {
    const { takeOver, analyses, later, say, handTo, learn, now } = open()
    say('ada', now(), grounding.moment)
    handTo('ada', 'human', 'coach')
    later(minute)
    say('ada', now(), { by: 'human_coach', text: grounding.coach[0] })
    later(4 * 24 * 60 * minute)
    handTo('ada', 'ai', 'handback')
    learn('ada')
    expect(analyses()[0]?.interventionDurationMinutes).toBeCloseTo(4 * 24 * 60 + 1, 0)
    expect(analyses()[0]?.responseTimeSeconds).toBe(60)
    takeOver('ada', challenge)
    expect(analyses()).toHaveLength(2)
  })

  test('of one client between two of another is each one’s own', () => {
    const { say, handTo, learn, analyses, later, now } = open()
    say('ada', now(), grounding.moment)
    handTo('ada', 'human', 'coach')
    later(minute)
    say('ben', now(), 'I got the job, I am so proud!')
    handTo('ben', 'human', 'coach')
    later(minute)
    say('ada', now(), { by: 'human_coach', text: grounding.coach[0] })
    say('ben', now(), { by: 'human_coach', text: 'Wonderful, Ben! What made the difference?' })
    handTo('ada', 'ai', 'handback')
    handTo('ben', 'ai', 'handback')
    learn('ada')
    learn('ben')
    expect(analyses().map(({ clientId, localView }) => [clientId, localView.includes('Wonderful')])).toEqual(
      expect.arrayContaining([
        ['ada', false],
        ['ben', true],
      ]),
    )
    expect(JSON.stringify(analyses().find(({ clientId }) => clientId === 'ada'))).not.toMatch(/proud|job|Ben/u)
  })

  test('in a safety crisis leaves a record and is never done again by the clone', () => {
    const { takeOver, analyses, approaches, given } = open()
    takeOver('ada', grounding, { trigger: 'safety_crisis' })
    expect(analyses()).toMatchObject([{ applicableToSimilar: false, transferableToOthers: false }])
    expect(approaches()).toEqual([])
    expect(given('ada', 'crisis_moment')).toEqual([])
  })

  test('whose words are taken back is unlearned', () => {
    const { takeOver, learn, analyses, approaches, sqlite } = open()
    takeOver('ada', grounding)
    sqlite.exec("DELETE FROM messages WHERE sender_type = 'human_coach'")
    learn('ada')
    expect([analyses(), approaches()]).toEqual([[], []])
  })

  test('of a coach who writes in another language than the client is read in both', () => {
    const { takeOver, analyses } = open()
    takeOver('ada', {
      moment: 'Mir ist alles zu viel, ich will sofort kündigen',
      coach: ['Stop. Take a breath. What do you need right now?'],
      reaction: 'Danke, das hilft mir.',
    })
    expect(analyses()).toMatchObject([{ language: 'en', clientReaction: 'positive' }])
  })
})

describe('what works for a client', () => {
  test('rises with each time it is taken well and falls with each time it is not', () => {
    const { takeOver, approaches } = open()
    const effect = () => approaches()[0]?.effectivenessScore ?? 0
    takeOver('ada', grounding)
    const once = effect()
    takeOver('ada', grounding)
    const twice = effect()
    takeOver('ada', { ...grounding, reaction: challenge.reaction })
    expect([once > 0.5, twice > once, effect() < twice]).toEqual([true, true, true])
    expect(approaches()[0]).toMatchObject({ timesValidated: 2, timesContradicted: 1 })
  })

  test('weighs more once the client did what they said they would', () => {
    const { takeOver, approaches, say, write, now, later } = open()
    takeOver('ada', { ...grounding, reaction: `${grounding.reaction} I'll finish the report for Petra.` })
    const effect = () => approaches()[0]?.effectivenessScore ?? 0
    const before = effect()
    later(26 * 60 * minute)
    say('ada', now(), 'I finally finished the report for Petra!')
    write((tx) =>
      rememberAll({ write: (work) => work(tx), queries: tx.queries }, { sessionGapMinutes: 360, now: now() }),
    )
    write((tx) => weighFollowThrough(tx, 'ada'))
    expect(effect()).toBeGreaterThan(before)
  })

  test('of a coach who contradicts themselves is told as it is: what went well to do, what went badly to leave', () => {
    const { takeOver, given } = open()
    for (const one of [grounding, challenge, grounding, challenge, challenge]) takeOver('ada', one)
    const lines = given('ada', 'crisis_moment').filter(({ kind }) => kind === 'approach')
    expect(lines.map(({ text }) => /not again/u.test(text))).toEqual([false, true])
  })

  test('is given to their own replies with the words that worked, and to nobody else’s', () => {
    const { takeOver, given } = open()
    takeOver('ada', grounding)
    expect(given('ada', 'crisis_moment')[0]?.text).toContain('Before we burn bridges')
    expect(given('ada', 'celebration').filter(({ kind }) => kind === 'approach')).toEqual([])
    expect(JSON.stringify(given('ben', 'crisis_moment'))).not.toMatch(/bridges|Ada/u)
  })

  test('leaves out words that the screen of replies would hold back', () => {
    const { takeOver, given } = open()
    takeOver('ada', grounding)
    expect(given('ada', 'crisis_moment', (text) => !/bridges/u.test(text))[0]?.text).not.toContain('bridges')
  })

  test('does not offer a phrase again that one of the last replies held', () => {
    const { takeOver, given, say, now, later } = open()
    takeOver('ada', grounding)
    later(minute)
    say('ada', now(), { by: 'ai', text: 'Before we burn bridges, sit down.' })
    expect(given('ada', 'crisis_moment')[0]?.text).not.toContain('burn bridges')
    later(minute)
    say(
      'ada',
      now(),
      ...Array.from({ length: 12 }, (_, turn) => ({ by: 'ai' as const, text: `Something else ${turn}.` })),
    )
    expect(given('ada', 'crisis_moment')[0]?.text).toContain('burn bridges')
  })
})

test('a technique that clients take badly is told so in the coach’s style', () => {
  const { takeOver, profile } = open()
  for (const id of ['ada', 'ben']) takeOver(id, challenge)
  const [first] = JSON.parse(profile()[0]?.preferredTechniques ?? '[]')
  expect([first?.count, first?.effectiveness < 0.5]).toEqual([2, true])
})

describe('what works across clients', () => {
  test('is known from three clients on, as steps without a word of anybody’s', () => {
    const { takeOver, given } = open()
    takeOver('ada', grounding)
    takeOver('ben', grounding)
    expect(given('dora', 'crisis_moment').some(({ kind }) => kind === 'pattern')).toBe(false)
    takeOver('cleo', grounding)
    const [pattern] = given('dora', 'crisis_moment').filter(({ kind }) => kind === 'pattern')
    expect(pattern?.text).toMatch(/^With 3 clients in moments of overwhelm/u)
    expect(pattern?.text).not.toMatch(/bridges|breath|Ada|Ben|Cleo/u)
  })

  test('is gone again when one of the three is taken out, and when the coach undoes it', () => {
    const { takeOver, given, write, analyses, now } = open()
    for (const id of ['ada', 'ben', 'cleo']) takeOver(id, grounding)
    const [pattern] = given('dora', 'crisis_moment').filter(({ kind }) => kind === 'pattern')
    const mark = (to: 'undone' | null) =>
      write((tx) => markLearned(tx, { kind: 'pattern', key: pattern?.id ?? '', clientId: null, mark: to }, now()))
    const has = () => given('dora', 'crisis_moment').some(({ kind }) => kind === 'pattern')
    mark('undone')
    expect(has()).toBe(false)
    mark(null)
    expect(has()).toBe(true)
    write((tx) => setInterventionActive(tx, { id: analyses()[0]?.id ?? '', isActive: false }, now()))
    expect(has()).toBe(false)
  })
})

describe('the coach’s word', () => {
  test('adds no phrase that was never said', () => {
    const { takeOver, analyses, write, now } = open()
    takeOver('ada', grounding)
    const correct = (phrase: string) =>
      write((tx) =>
        correctIntervention(tx, { id: analyses()[0]?.id ?? '', corrections: { keyPhrases: [phrase] } }, now()),
      )
    expect(() => correct('Dragons live in the garden of Ada')).toThrow('You did not say “Dragons live')
    correct('take a BREATH')
    expect(analyses()[0]?.keyPhrases).toBe('["take a BREATH"]')
  })

  test('stands above what was read, also when it is read again', () => {
    const { takeOver, analyses, write, learn, now, say } = open()
    takeOver('ada', grounding)
    const id = analyses()[0]?.id ?? ''
    write((tx) =>
      correctIntervention(tx, { id, corrections: { techniqueType: 'challenge', styleTone: 'playful' } }, now()),
    )
    expect(analyses()).toMatchObject([{ techniqueType: 'challenge', styleTone: 'playful' }])
    say('ada', now(), 'And thank you again.')
    learn('ada')
    expect(analyses()).toMatchObject([{ techniqueType: 'challenge', styleTone: 'playful' }])
  })
})
