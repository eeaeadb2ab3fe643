import { describe, expect, test } from 'vitest'
import { viewIntervention } from '../../../../host/learning/analysis/index.ts'

const before = [{ from: 'client' as const, text: 'I want to quit my job right now' }]
const coach = (...texts: string[]) => texts.map((text) => ({ from: 'human_coach' as const, text }))
const client = (...texts: string[]) => texts.map((text) => ({ from: 'client' as const, text }))
const grounding = coach(
  "Sarah, stop. Take a breath. I can hear the panic in your words. Before we burn bridges, let's get you grounded. What's ONE thing you know for sure about this situation?",
)

describe('a takeover that worked', () => {
  const view = viewIntervention({
    before,
    coach: grounding,
    after: client("You're right, I should think this through"),
  })
  test('is told in plain words', () => {
    expect(view.approach).toBe('Pause, grounding, then one question')
  })
  test('is worth repeating, also with others', () => {
    expect(view).toMatchObject({ isApplicable: true, isTransferable: true })
    expect(view.replicationValue).toBeGreaterThan(0.7)
    expect(view.reaction?.reaction).toBe('positive')
  })
  test('is surer and worth more than before the client answered, and than one that was refused', () => {
    const unanswered = viewIntervention({ before, coach: grounding, after: [] })
    const refused = viewIntervention({
      before,
      coach: grounding,
      after: client("Leave me alone, you don't understand"),
    })
    expect(unanswered.reaction).toBeNull()
    expect(view.confidence).toBeGreaterThan(unanswered.confidence)
    expect(view.replicationValue).toBeGreaterThan(unanswered.replicationValue)
    expect(unanswered.replicationValue).toBeGreaterThan(refused.replicationValue)
    expect(refused.isApplicable).toBe(false)
  })
})

test('several messages of one takeover are read together', () => {
  const view = viewIntervention({
    before,
    coach: coach('Stop.', 'Take a breath.', 'What do you know for sure?'),
    after: [],
  })
  expect(view.structure).toEqual(['interrupt', 'ground', 'question'])
  expect(view.approach).toBe('Pause, grounding, then one question')
})

test('a reaction makes no difference to what the coach did', () => {
  const {
    reaction: _,
    confidence: __,
    replicationValue: ___,
    ...unanswered
  } = viewIntervention({
    before,
    coach: grounding,
    after: [],
  })
  expect(viewIntervention({ before, coach: grounding, after: client('Thank you') })).toMatchObject(unanswered)
})

test('plain information about one matter is not carried over to others', () => {
  const view = viewIntervention({
    before,
    coach: coach('You should write to them first.'),
    after: client('Thanks'),
  })
  expect(view.isTransferable).toBe(false)
})

test('a takeover without a message is nothing to repeat', () => {
  const view = viewIntervention({ before, coach: [], after: client('Hello?') })
  expect(view).toMatchObject({ technique: 'other', structure: [], isApplicable: false, isTransferable: false })
  expect(view.approach).toBe('A short answer')
})
