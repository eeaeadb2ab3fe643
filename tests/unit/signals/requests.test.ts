import { describe, expect, test } from 'vitest'
import { readSignals } from '../../../host/signals/index.ts'

const named = { coachName: 'Akmal Karimov' }

describe('a high-stakes decision', () => {
  test.each([
    'I want to quit my job right now',
    'I’m going to hand in my notice tomorrow',
    'I’ve decided to leave my husband',
    'thinking about moving to Portugal for good',
    'I’m putting all my savings into crypto',
    'I stopped taking my medication',
    'I’m going to confront her in front of everyone',
    'I’m about to sign the contract',
    'we are going to sue the company, I will take them to court',
    'I want a divorce',
  ])('is seen in: %s', (text) => {
    expect(readSignals(text).highStakes).toBe(true)
  })

  test.each([
    'I quit smoking last year',
    'I’m having a crisis at work',
    'I want to leave work on time today',
    'I’m not going to quit my job',
    'I want to invest more time in reading',
    'We moved the meeting to Thursday',
    'I want to stop procrastinating',
    'I love my job',
  ])('is not seen in: %s', (text) => {
    expect(readSignals(text).highStakes).toBe(false)
  })
})

describe('a request for a person', () => {
  test.each([
    'Can I talk to a real person?',
    'is coach there?',
    'I want to speak to Akmal himself',
    'Please let me talk to a human',
    'I don’t want to talk to a bot',
    'Can Akmal call me?',
    'human please',
    'Is Akmal around?',
  ])('is heard in: %s', (text) => {
    expect(readSignals(text, [], named).requestsHuman).toBe(true)
  })

  test.each([
    'I talked to a person at the bank',
    'I’m only human',
    'Human resources called me',
    'I need to talk to my manager',
    'Akmal gave me good advice last week',
    'I want to be a better person',
  ])('is not heard in: %s', (text) => {
    expect(readSignals(text, [], named).requestsHuman).toBe(false)
  })

  test('knows the coach only by the name it was given', () => {
    expect(readSignals('I want to speak to Akmal', [], named).requestsHuman).toBe(true)
    expect(readSignals('I want to speak to Akmal', [], { coachName: 'Ruth' }).requestsHuman).toBe(false)
  })
})

describe('the question whether this is an AI', () => {
  test.each(['Are you a bot?', 'Am I talking to an AI?', 'is this really Akmal', 'are you real?'])(
    'is heard in: %s',
    (text) => {
      expect(readSignals(text, [], named).asksIfAi).toBe(true)
    },
  )

  test.each(['Are you free on Tuesday?', 'I read about AI today', 'Is this a good idea?'])(
    'is not heard in: %s',
    (text) => {
      expect(readSignals(text, [], named).asksIfAi).toBe(false)
    },
  )
})

describe('sentiment', () => {
  test('falls below -0.7 in despair and rises above 0.5 in joy', () => {
    expect(readSignals('I feel hopeless, worthless and completely broken').sentiment).toBeLessThan(-0.7)
    expect(readSignals('I am so happy and proud, what a wonderful day').sentiment).toBeGreaterThan(0.5)
  })

  test('turns with a negation, and weighs what follows a "but"', () => {
    expect(readSignals('I am happy').sentiment).toBeGreaterThan(0)
    expect(readSignals('I am not happy').sentiment).toBeLessThan(0)
    expect(readSignals('It was hard but I am proud').sentiment).toBeGreaterThan(0)
  })

  test('stays between -1 and 1 and is 0 for plain facts', () => {
    expect(readSignals('terrible '.repeat(500)).sentiment).toBeGreaterThanOrEqual(-1)
    expect(readSignals('The meeting is at ten').sentiment).toBe(0)
  })

  test('of the rash decision in the worked example adds no points', () => {
    expect(readSignals('I want to quit my job right now').sentiment).toBeGreaterThanOrEqual(-0.7)
    expect(readSignals("I'm having a crisis at work").sentiment).toBeGreaterThanOrEqual(-0.7)
  })
})

test('urgency grows with the words that press for time, and a crisis is urgent by itself', () => {
  const calm = readSignals('Whenever you have a moment').urgency
  const pressing = readSignals('Please help me right now, it is urgent').urgency
  expect(calm).toBe(0)
  expect(pressing).toBeGreaterThan(0.5)
  expect(readSignals('I am going to kill myself tonight').urgency).toBe(1)
})
