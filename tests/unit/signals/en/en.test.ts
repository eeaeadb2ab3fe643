import { describe, expect, test } from 'vitest'
import { readSignals, signals } from '../../../../host/signals/index.ts'
import { finalBenign, finalCrises } from './finalSentences.ts'
import { heldOutBenign, heldOutCrises } from './heldOutSentences.ts'
import { lastBenign, lastCrises } from './lastSentences.ts'
import { registerBenign, registerCrises } from './registerSentences.ts'
import { untouchedBenign, untouchedCrises } from './untouchedSentences.ts'

const isAlarm = (text: string) => !['none', 'mention'].includes(readSignals(text).crisis.severity)
const shareOf = (texts: readonly string[]) => texts.filter(isAlarm).length / texts.length

describe('a safety crisis in many registers', () => {
  test.each([
    ['slang, farewells, means and plans', registerCrises],
    ['hints', heldOutCrises],
    ['hints of means and of the end', lastCrises],
    ['hints that stand apart', finalCrises],
  ])('is seen in at least 96 % of the sentences the lexicon was widened on: %s', (_, texts) => {
    const missed = texts.filter((text) => !isAlarm(text))
    expect(1 - missed.length / texts.length, missed.join('\n')).toBeGreaterThanOrEqual(0.96)
  })

  test.each([...registerBenign, ...heldOutBenign, ...lastBenign, ...finalBenign])('is not seen in: %s', (text) => {
    expect(isAlarm(text)).toBe(false)
  })

  test('is seen in at least 70 % of sentences nothing was changed for, most of them only hints', () => {
    expect(shareOf(untouchedCrises)).toBeGreaterThanOrEqual(0.7)
  })

  test('is seen in at most one in ten harmless sentences nothing was changed for', () => {
    expect(shareOf(untouchedBenign)).toBeLessThanOrEqual(0.1)
  })

  test.each([
    'Suicide rates among teenagers rose in most countries last year, the study says',
    'A youth tried to rape an elderly woman near the bus stand on Friday, police said',
    'Most victims of domestic violence never go to the police in these countries',
    'The girl looks at the floor for a long while. "I want to die," she says. The man nods, and for a moment there is only the rain on the window, and the clock on the wall.',
  ])('is only mentioned where the text is about the world, not about the client: %s', (text) => {
    expect(isAlarm(text)).toBe(false)
  })

  test.each([
    'She texted me "I want to die" an hour ago and now she does not answer',
    'He hits her every night when he comes home drunk and I hear it all',
  ])('is seen where it touches someone of theirs: %s', (text) => {
    expect(isAlarm(text)).toBe(true)
  })
})

describe('the strongest feeling', () => {
  test.each([
    ['I am so proud of myself', 'proud'],
    ['Thank you so much for your help', 'grateful'],
    ['I feel so anxious about the interview', 'anxious'],
    ['I’m completely overwhelmed, it is all too much', 'overwhelmed'],
    ['I am furious with my boss', 'angry'],
    ['I feel lonely and isolated', 'lonely'],
    ['I feel ashamed, it is all my fault', 'ashamed'],
    ['I have no idea, I’m torn and confused', 'confused'],
    ['I was crying all night, I’m heartbroken', 'sad'],
    ['What a wonderful day, I’m happy', 'happy'],
    ['I’m calm and relaxed today', 'calm'],
    ['I feel hopeful and optimistic', 'hopeful'],
    ['I’m motivated and pumped', 'motivated'],
    ['I give up, it’s pointless and I’m a failure', 'discouraged'],
    ['I’m fed up and stuck', 'frustrated'],
    ['I am not happy', 'sad'],
    ['I am not angry', 'neutral'],
    ['I was nervous, but I am proud', 'proud'],
    ['😢', 'sad'],
    ['The meeting is at ten', 'neutral'],
  ])('%s → %s', (text, emotion) => {
    expect(readSignals(text).emotion).toBe(emotion)
  })
})

describe('the situation', () => {
  test.each([
    ['I’m having a crisis at work', 'crisis_moment'],
    ['I had a panic attack this morning', 'crisis_moment'],
    ['I want to quit my job right now', 'high_stakes_decision'],
    ['My husband and I had a fight again', 'relationship_conflict'],
    ['My dad passed away on Sunday', 'grief_or_loss'],
    ['I feel like a fraud, I’m not good enough', 'self_doubt'],
    ['This isn’t working, it’s a waste of time', 'resistance'],
    ['I keep putting it off', 'procrastination'],
    ['I didn’t get the job', 'setback'],
    ['I lost all motivation', 'loss_of_motivation'],
    ['I just need to vent', 'venting'],
    ['First week in my new job', 'life_transition'],
    ['My goal this year is a marathon', 'goal_setting'],
    ['As promised, I did my homework', 'accountability'],
    ['It’s getting better step by step', 'progress'],
    ['I just realised why I do that', 'breakthrough'],
    ['I got the promotion!', 'celebration'],
    ['What should I do about my team?', 'seeking_advice'],
    ['Can we move our session to Thursday?', 'scheduling'],
    ['Good morning, how are you?', 'small_talk'],
    ['The report has three pages', 'other'],
  ])('%s → %s', (text, situation) => {
    expect(readSignals(text).situation).toBe(situation)
  })

  test('that asks most of a coach comes first where several show', () => {
    expect(readSignals('Hi, I had a panic attack and want to quit my job right now').situation).toBe('crisis_moment')
    expect(readSignals('My mum died and my husband and I keep arguing').situation).toBe('grief_or_loss')
  })
})

test('signals that were stored before there were feelings are still read', () => {
  const { emotion, situation, language, ...before } = readSignals('hello')
  expect([emotion, situation, language]).toEqual(['neutral', 'small_talk', 'en'])
  expect(signals.parse(before)).toEqual({ ...before, emotion: 'neutral', situation: 'other', language: 'unknown' })
})
