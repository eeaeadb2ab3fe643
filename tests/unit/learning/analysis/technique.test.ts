import { describe, expect, test } from 'vitest'
import { viewTurn } from '../../../../host/learning/analysis/index.ts'

const client = (text: string) => [{ from: 'client' as const, text }]
const techniqueOf = (text: string, said = '') => viewTurn(text, said === '' ? [] : client(said)).technique

describe('the coach asks', () => {
  test.each([
    'What would change if you told her?',
    'How confident are you that you can do it?',
    'Tell me more about your brother',
    'On a scale from 0 to 10, how ready are you?',
    'And what else',
    'Have you talked to him about it?',
    'I wonder what keeps you there.',
    'You went there alone, and what did he say?',
  ])('%s', (text) => {
    expect(techniqueOf(text)).toBe('question')
  })
})

describe('the coach gives back what the client said', () => {
  test.each([
    ['It sounds like you feel torn between the two.', 'I don’t know whether to stay or to go'],
    ['You want to be there for your children.', 'They come first for me'],
    ['So you’re worried that he will leave.', 'He has been so quiet'],
    ['Part of you wants to rest, and part of you feels guilty about it.', ''],
    ['So you’d like to sleep better?', 'I’d like to sleep better'],
    ['A promotion you never asked for.', 'They gave me a promotion, I never asked for it'],
  ])('%s', (text, said) => {
    expect(techniqueOf(text, said)).toBe('reflection')
  })
})

describe('the coach advises or informs', () => {
  test.each([
    'I would recommend that you talk to your doctor first.',
    'You should write down three things every evening.',
    'Research shows that sleep helps more than most people think.',
    'Try to go for a walk before you open your mail.',
    'If you stop now, the symptoms will get better within weeks.',
    'We could set up a meeting with your team.',
  ])('%s', (text) => {
    expect(techniqueOf(text)).toBe('direct_advice')
  })
})

test.each([
  ['normalization', 'It’s completely normal to feel this way after a loss.'],
  ['normalization', 'You are not alone in this.'],
  ['reframe', 'What if this is not a failure but an opportunity?'],
  ['reframe', 'Another way to look at it: he trusts you enough to be angry.'],
  ['challenge', 'Are you sure? What’s the evidence for that?'],
  ['challenge', 'Let’s be honest with ourselves: that’s an excuse.'],
  ['story', 'When I was your age, I had a client who lost everything. It reminds me of climbing a hill.'],
  ['silence', 'Take your time.'],
  ['silence', '…'],
  ['other', 'Mm-hmm.'],
  ['other', 'Okay, great.'],
  ['other', 'Good morning, nice to see you!'],
  ['other', 'See you on Monday, take care.'],
  ['other', 'Thank you so much.'],
])('a coach’s %s is told: %s', (technique, text) => {
  expect(techniqueOf(text)).toBe(technique)
})

test('a reflection that ends in a question is a question', () => {
  expect(techniqueOf('It sounds like you are tired. What would help you to rest?')).toBe('question')
})

test('a check whether it was heard right leaves it a reflection', () => {
  expect(techniqueOf('You felt left out when they went without you. Is that right?')).toBe('reflection')
})

test('repeating the client’s own words is a reflection, and the same words out of nowhere are less so', () => {
  const reflected = (said: string) =>
    viewTurn('Working weekends without any thanks.', client(said)).techniques.find(({ type }) => type === 'reflection')
      ?.score ?? 0
  expect(reflected('I keep working weekends without thanks')).toBeGreaterThan(reflected('My dog is ill'))
})

test('what only goes on after the client’s "mm-hmm" is what was begun before it', () => {
  const before = [
    { from: 'human_coach' as const, text: 'I would recommend that you start with ten minutes -' },
    { from: 'client' as const, text: 'Mm-hmm.' },
  ]
  expect(viewTurn('- every other day.', before).technique).toBe('direct_advice')
})

test('scores are given best first, between 0 and 1, and sum to 1', () => {
  for (const text of ['You feel alone. What helps?', 'Mm-hmm.', '', '🙂', 'Take a walk. It is normal.']) {
    const { technique, techniques } = viewTurn(text, [])
    expect(techniques).toHaveLength(9)
    expect(techniques[0]?.type).toBe(technique)
    expect(techniques.reduce((sum, { score }) => sum + score, 0)).toBeCloseTo(1)
    expect(techniques.map(({ score }) => score)).toEqual(techniques.map(({ score }) => score).toSorted((a, b) => b - a))
    expect(techniques.every(({ score }) => score >= 0 && score <= 1)).toBe(true)
  }
})
