import { describe, expect, test } from 'vitest'
import { computeConfidence } from '../../../host/replies/confidence.ts'

const answer = (confidence: number, usedFallback = false) => ({ confidence, usedFallback })
const works = { effectiveness: 0.9, label: 'What works for them' }

describe('how sure the clone is of a reply', () => {
  test('is the sum of its parts, the coach’s record the last of them', () => {
    const { value, raw, parts } = computeConfidence(answer(0.8, true), {
      inventedSources: 1,
      proven: works,
      byRecord: (said) => said - 0.12,
    })
    expect(parts.map(({ name }) => name)).toEqual([
      "The model's own figure",
      'The server cannot give structured answers',
      'It named a source that it was not given',
      works.label,
      'Your record with replies this sure',
    ])
    expect(raw).toBeCloseTo(0.7, 10)
    expect(value).toBeCloseTo(0.58, 10)
    expect(parts.reduce((sum, { points }) => sum + points, 0)).toBeCloseTo(value, 10)
  })

  test('names no record where it changes nothing', () => {
    expect(computeConfidence(answer(0.8), { byRecord: (said) => said }).parts).toHaveLength(1)
  })

  test('is never raised by what works where the clone itself refuses to answer', () => {
    expect(computeConfidence(answer(0.1), { proven: works }).value).toBe(0.1)
    expect(computeConfidence(answer(0), { proven: works }).value).toBe(0)
    expect(computeConfidence(answer(0.4), { proven: works }).value).toBeCloseTo(0.55, 10)
  })

  test('stays between 0 and 1', () => {
    expect(computeConfidence(answer(1), { proven: works }).value).toBe(1)
    expect(computeConfidence(answer(0.1, true), { inventedSources: 2 }).value).toBe(0)
  })
})
