import { describe, expect, test } from 'vitest'
import { isGoingInCircles, languageOf, readSignals } from '../../../host/signals/index.ts'
import { type CrisisSeverity, crisisSeverities } from '../../../shared/taxonomy/conversation.ts'
import type { LanguageSentences } from './languageSentences.ts'

const named = { coachName: 'Akmal Karimov' }
const rank = (severity: CrisisSeverity) => crisisSeverities.indexOf(severity)
const severityOf = (...args: Parameters<typeof readSignals>) => readSignals(...args).crisis.severity
const client = (...texts: string[]) => texts.map((text) => ({ from: 'client' as const, text }))

/** What every language that is read must hold, on its own sentences. */
export const describeLanguage = (sentences: LanguageSentences): void => {
  describe(`a safety crisis (${sentences.language})`, () => {
    test.each(sentences.crises)('is seen in: %s (%s, %s)', (text, atLeast, kind) => {
      const { severity, kinds } = readSignals(text).crisis
      expect(rank(severity), severity).toBeGreaterThanOrEqual(rank(atLeast))
      expect(kinds).toContain(kind)
    })

    test.each(sentences.crises.map(([text]) => text))('is marked inside the text: %s', (text) => {
      for (const { start, end } of readSignals(text).crisis.evidence) {
        expect(start).toBeGreaterThanOrEqual(0)
        expect(end).toBeGreaterThan(start)
        expect(end).toBeLessThanOrEqual(text.length)
      }
    })

    test.each(sentences.benign)('is not seen in: %s', (text) => {
      expect(['none', 'mention']).toContain(severityOf(text))
    })

    test.each(sentences.mentions)('is at most mentioned in: %s', (text) => {
      expect(['none', 'mention']).toContain(severityOf(text))
    })

    test.each(sentences.overMessages.map((texts) => [texts]))('is seen over several messages: %s', (texts) => {
      expect(rank(severityOf(texts.at(-1) ?? '', client(...texts.slice(0, -1))))).toBeGreaterThanOrEqual(2)
    })

    test.each(sentences.answers)('is seen in the answer to "%s": %s', (asked, answer) => {
      expect(severityOf(answer, [{ from: 'other', text: asked }])).toBe('concern')
    })
  })

  describe(`what is asked (${sentences.language})`, () => {
    test.each(sentences.asksForPerson)('a person, in: %s', (text) => {
      expect(readSignals(text, [], named).requestsHuman).toBe(true)
    })
    test.each(sentences.asksForNobody)('nobody, in: %s', (text) => {
      expect(readSignals(text, [], named).requestsHuman).toBe(false)
    })
    test.each(sentences.highStakes)('a decision that is hard to undo, in: %s', (text) => {
      expect(readSignals(text).highStakes).toBe(true)
    })
    test.each(sentences.lowStakes)('nothing hard to undo, in: %s', (text) => {
      expect(readSignals(text).highStakes).toBe(false)
    })
    test.each(sentences.asksIfAi)('whether this is an AI, in: %s', (text) => {
      expect(readSignals(text, [], named).asksIfAi).toBe(true)
    })
    test.each(sentences.pressing)('haste, in: %s', (text) => {
      expect(readSignals(text).urgency).toBeGreaterThan(0.3)
    })
  })

  describe(`how it feels (${sentences.language})`, () => {
    test.each(sentences.glad)('good, in: %s', (text) => {
      expect(readSignals(text).sentiment).toBeGreaterThan(0.4)
    })
    test.each(sentences.low)('bad, in: %s', (text) => {
      expect(readSignals(text).sentiment).toBeLessThan(-0.5)
    })
    test.each(sentences.emotions)('%s → %s', (text, emotion) => {
      expect(readSignals(text).emotion).toBe(emotion)
    })
    test.each(sentences.situations)('%s → %s', (text, situation) => {
      expect(readSignals(text).situation).toBe(situation)
    })
    test.each(sentences.circles)('the talk goes in circles, in: %s', (text) => {
      expect(isGoingInCircles([{ from: 'client', text }])).toBe(true)
    })
  })

  test(`nine in ten sentences are told to be ${sentences.language}`, () => {
    const texts = [...sentences.benign, ...sentences.crises.map(([text]) => text)].filter((text) => text.length > 24)
    const told = texts.filter((text) => languageOf(text) === sentences.language)
    expect(told.length / texts.length).toBeGreaterThanOrEqual(0.9)
  })
}
