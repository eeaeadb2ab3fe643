import { describe, expect, test } from 'vitest'
import { readSignals, signals } from '../../../host/signals/index.ts'
import { developedBenign, developedCrises } from './developedSentences.ts'
import { measuredBenign, measuredCrises } from './measuredSentences.ts'

const severityOf = (...args: Parameters<typeof readSignals>) => readSignals(...args).crisis.severity
const isAlarm = (text: string) => !['none', 'mention'].includes(severityOf(text))
const client = (...texts: string[]) => texts.map((text) => ({ from: 'client' as const, text }))

describe('a safety crisis', () => {
  test.each(developedCrises)('is seen in: %s', (text) => {
    expect(isAlarm(text)).toBe(true)
  })

  test.each(developedBenign)('is not seen in: %s', (text) => {
    expect(isAlarm(text)).toBe(false)
  })

  test('is seen in at least 93 % of sentences the lexicon was not developed on', () => {
    const missed = measuredCrises.filter((text) => !isAlarm(text))
    expect(1 - missed.length / measuredCrises.length, `Missed: ${missed.length}`).toBeGreaterThanOrEqual(0.93)
  })

  test('is seen in at most 3 % of harmless sentences the lexicon was not developed on', () => {
    const alarms = measuredBenign.filter(isAlarm)
    expect(alarms.length / measuredBenign.length, `Alarms: ${alarms.length}`).toBeLessThanOrEqual(0.03)
  })

  test.each([
    ['I want to die', ['suicide']],
    ['I started self harming again', ['self_harm']],
    ['I am going to kill my boss', ['harm_to_others']],
    ['My husband hits me', ['abuse']],
    ['He said he will kill me if I leave, and I want to kill myself', ['suicide', 'abuse']],
  ])('names what it is about: %s', (text, kinds) => {
    expect(readSignals(text).crisis.kinds).toEqual(kinds)
  })

  test.each([
    ['I’m going to kill myself tonight', 'imminent'],
    ['I took a whole bottle of pills', 'imminent'],
    ['I want to kill myself', 'high'],
    ['Everyone would be better off without me', 'concern'],
    ['My friend says she wants to kill herself', 'concern'],
    ['I’m not suicidal', 'mention'],
    ['I would never kill myself', 'mention'],
    ['My sister was suicidal last year', 'mention'],
    ['I used to cut myself when I was a teenager', 'mention'],
    ['I’m having a crisis at work', 'none'],
  ])('is weighed: %s is %s', (text, severity) => {
    expect(severityOf(text)).toBe(severity)
  })

  test.each([
    'I’m not going to kill myself today',
    'I was suicidal years ago and the thoughts are back again',
    'I’m not suicidal but I don’t want to be here anymore',
    'I’m not gonna lie, I want to die',
    'I can’t stop thinking about killing myself',
  ])('is not denied away by: %s', (text) => {
    expect(isAlarm(text)).toBe(true)
  })

  test('is seen when it is split over short messages', () => {
    expect(severityOf('myself', client('i want', 'to', 'kill'))).toBe('high')
    expect(severityOf('anymore', client('i really dont', 'want to be here'))).toBe('concern')
  })

  test('of earlier messages alone does not fire again on a later harmless one', () => {
    expect(severityOf('thank you, I feel calmer', client('I want to kill myself'))).toBe('none')
  })

  test.each([
    ['Are you thinking about killing yourself?', 'yes'],
    ['Have you had thoughts of suicide?', 'sometimes, at night'],
    ['Are you safe right now?', 'no'],
    ['Does he hurt you?', 'yeah he does'],
  ])('is seen in the answer to "%s": %s', (asked, answer) => {
    expect(isAlarm(answer)).toBe(false)
    expect(severityOf(answer, [{ from: 'other', text: asked }])).toBe('concern')
  })

  test('is not seen in a denial of the question', () => {
    expect(severityOf("no, I'm not", [{ from: 'other', text: 'Are you thinking about killing yourself?' }])).toBe(
      'none',
    )
  })

  test('is marked in the text by position, without repeating the words', () => {
    const text = 'Hello. I want to die.'
    const { evidence } = readSignals(text).crisis
    expect(evidence.map(({ start, end }) => text.slice(start, end))).toContain('want to die')
    expect(JSON.stringify(evidence)).not.toContain('die')
  })

  test('evidence stays inside the text when the sign began in an earlier message', () => {
    const { evidence } = readSignals('myself', client('I want to kill')).crisis
    expect(evidence).toEqual([{ start: 0, end: 6 }])
  })
})

describe('any text', () => {
  test.each([
    'i want to '.repeat(2_000),
    'a'.repeat(20_000),
    'i '.repeat(10_000),
    'he hits and hits '.repeat(1_200),
    'no not never i want the pain to '.repeat(600),
    '\u200b'.repeat(20_000),
    'k*'.repeat(10_000),
    '💔'.repeat(10_000),
    '\ud800'.repeat(20_000),
    'а'.repeat(20_000),
  ])('of 20,000 characters is read without running away (%#)', (text) => {
    const began = performance.now()
    expect(signals.safeParse(readSignals(text)).success).toBe(true)
    expect(performance.now() - began).toBeLessThan(1_000)
  })

  test('that is empty says nothing', () => {
    expect(readSignals('')).toEqual({
      crisis: { severity: 'none', kinds: [], evidence: [] },
      sentiment: 0,
      emotion: 'neutral',
      situation: 'other',
      language: 'en',
      highStakes: false,
      requestsHuman: false,
      asksIfAi: false,
      urgency: 0,
    })
  })
})
