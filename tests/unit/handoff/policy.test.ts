import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decideHandoff } from '../../../host/handoff/policy.ts'
import { readSignals, type Signals } from '../../../host/signals/index.ts'
import { type CrisisKind, crisisSeverities } from '../../../shared/taxonomy/conversation.ts'

const quiet: Signals = {
  crisis: { severity: 'none', kinds: [], evidence: [] },
  sentiment: 0,
  highStakes: false,
  requestsHuman: false,
  asksIfAi: false,
  urgency: 0,
  emotion: 'neutral',
  situation: 'other',
  language: 'en',
}
const crisis = (severity: Signals['crisis']['severity']): Partial<Signals> => ({
  crisis: { severity, kinds: ['suicide'], evidence: [] },
})

type Case = [
  title: string,
  signals: Partial<Signals>,
  confidence: number | null,
  generation: 'ok' | 'failed' | 'unsafe' | 'none',
  expected: { trigger: string | null; lock: boolean; score: number },
]

const cases: Case[] = [
  ['nothing special', {}, 0.9, 'ok', { trigger: null, lock: false, score: 0 }],
  ['confidence of exactly 0.6 is not low', { highStakes: true }, 0.6, 'ok', { trigger: null, lock: false, score: 3 }],
  ['low confidence alone', {}, 0.59, 'ok', { trigger: null, lock: false, score: 3 }],
  ['a clone that says it should not answer', {}, 0.1, 'ok', { trigger: 'low_confidence', lock: false, score: 3 }],
  ['a mention of danger', crisis('mention'), 0.9, 'ok', { trigger: null, lock: false, score: 0 }],
  ['concern', crisis('concern'), null, 'none', { trigger: 'safety_crisis', lock: true, score: 5 }],
  ['high', crisis('high'), 0.95, 'ok', { trigger: 'safety_crisis', lock: true, score: 5 }],
  [
    'imminent danger and a failed answer',
    crisis('imminent'),
    null,
    'failed',
    { trigger: 'safety_crisis', lock: true, score: 5 },
  ],
  [
    'crisis and despair',
    { ...crisis('high'), sentiment: -0.9 },
    null,
    'none',
    { trigger: 'safety_crisis', lock: true, score: 7 },
  ],
  [
    'a request for a person',
    { requestsHuman: true },
    null,
    'none',
    { trigger: 'client_request', lock: false, score: 4 },
  ],
  [
    'a request and low confidence',
    { requestsHuman: true },
    0.3,
    'ok',
    { trigger: 'client_request', lock: false, score: 7 },
  ],
  ['high stakes, sure answer', { highStakes: true }, 0.8, 'ok', { trigger: null, lock: false, score: 3 }],
  [
    'high stakes, unsure answer',
    { highStakes: true },
    0.4,
    'ok',
    { trigger: 'high_stakes_decision', lock: false, score: 6 },
  ],
  ['despair of exactly -0.7 earns nothing', { sentiment: -0.7 }, 0.4, 'ok', { trigger: null, lock: false, score: 3 }],
  ['despair and low confidence', { sentiment: -0.8 }, 0.4, 'ok', { trigger: null, lock: false, score: 5 }],
  ['a failed generation', {}, null, 'failed', { trigger: 'generation_failed', lock: false, score: 0 }],
  ['an unsafe generation', {}, 0.9, 'unsafe', { trigger: 'unsafe_generation', lock: false, score: 0 }],
  [
    'everything at once is capped at ten',
    { ...crisis('high'), sentiment: -1, highStakes: true, requestsHuman: true },
    0.1,
    'ok',
    { trigger: 'safety_crisis', lock: true, score: 10 },
  ],
]

describe('the handoff policy', () => {
  test.each(cases)('%s', (_, signals, confidence, generation, expected) => {
    const decision = decideHandoff({ signals: { ...quiet, ...signals }, confidence, generation })
    expect(decision).toMatchObject({ ...expected, handOff: expected.trigger !== null })
    expect(decision.reason !== '').toBe(decision.handOff)
  })

  test('answers "I\'m having a crisis at work" at confidence 0.75', () => {
    const decision = decideHandoff({
      signals: readSignals("I'm having a crisis at work"),
      confidence: 0.75,
      generation: 'ok',
    })
    expect(decision).toMatchObject({ handOff: false, lock: false, score: 0 })
  })

  test('hands over "I want to quit my job right now" at confidence 0.4 with six points', () => {
    const decision = decideHandoff({
      signals: readSignals('I want to quit my job right now'),
      confidence: 0.4,
      generation: 'ok',
    })
    expect(decision).toMatchObject({ handOff: true, lock: false, score: 6, trigger: 'high_stakes_decision' })
  })

  test('hands over a conversation that goes in circles', () => {
    const decision = decideHandoff({ signals: quiet, confidence: 0.9, generation: 'ok', isGoingInCircles: true })
    expect(decision.handOff).toBe(true)
    expect(decision.lock).toBe(false)
  })

  test('locks exactly on a crisis from concern up, whatever else is true', () => {
    const anySignals = fc.record({
      crisis: fc.record({
        severity: fc.constantFrom(...crisisSeverities),
        kinds: fc.constant<CrisisKind[]>([]),
        evidence: fc.constant<Signals['crisis']['evidence']>([]),
      }),
      sentiment: fc.double({ min: -1, max: 1, noNaN: true }),
      highStakes: fc.boolean(),
      requestsHuman: fc.boolean(),
      asksIfAi: fc.boolean(),
      urgency: fc.double({ min: 0, max: 1, noNaN: true }),
    })
    const confidence = fc.option(fc.double({ min: 0, max: 1, noNaN: true }))
    const generation = fc.constantFrom('ok', 'failed', 'unsafe', 'none')
    fc.assert(
      fc.property(anySignals, confidence, generation, fc.boolean(), (signals, sure, generated, isGoingInCircles) => {
        const decision = decideHandoff({ signals, confidence: sure, generation: generated, isGoingInCircles })
        const isCrisis = !['none', 'mention'].includes(signals.crisis.severity)
        expect(decision.lock).toBe(isCrisis)
        expect(decision.handOff || decision.score < 7).toBe(true)
        expect(Number.isInteger(decision.score) && decision.score >= 0 && decision.score <= 10).toBe(true)
        const sum = decision.parts.reduce((total, part) => total + part.points, 0)
        expect(decision.score).toBe(Math.min(10, sum))
      }),
      { seed: 7, numRuns: 500 },
    )
  })
})
