import { describe, expect, test } from 'vitest'
import { costOf } from '../../../host/ai/index.ts'

const noPrices = { priceInUsd: 0, priceOutUsd: 0 }
const usage = { model: 'gpt-4.1-mini-2025-04-14', promptTokens: 1_000, completionTokens: 500, statedUsd: null }

describe('what an answer cost, in millionths of a dollar', () => {
  test('is what the server says, where it says so', () => {
    expect(costOf({ ...usage, statedUsd: 0.0021 }, { priceInUsd: 9, priceOutUsd: 9 })).toBe(2_100)
  })
  test('is counted by the own prices of the coach before any list', () => {
    expect(costOf(usage, { priceInUsd: 1, priceOutUsd: 2 })).toBe(2_000)
  })
  test('is counted by the list for a model it knows, whatever date or maker stands in its name', () => {
    expect(costOf(usage, noPrices)).toBe(1_200)
    expect(costOf({ ...usage, model: 'openai/gpt-4.1-mini' }, noPrices)).toBe(1_200)
  })
  test('is not made up for a model nobody knows, nor without figures of the server', () => {
    expect(costOf({ ...usage, model: 'llama3.2' }, noPrices)).toBeNull()
    expect(costOf({ ...usage, promptTokens: null }, { priceInUsd: 1, priceOutUsd: 2 })).toBeNull()
  })
})
