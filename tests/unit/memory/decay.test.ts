import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { expiresAt, halfLifeDays, strengthAt } from '../../../host/memory/index.ts'
import { memoryTypes } from '../../../shared/taxonomy/memory.ts'

const dayMs = 86_400_000
const seed = { seed: 20_260_318, numRuns: 300 }

const remembered = fc.record({
  type: fc.constantFrom(...memoryTypes),
  strength: fc.double({ min: 0.05, max: 1, noNaN: true }),
  lastReinforcedAt: fc.integer({ min: 0, max: 2e12 }),
  reinforcements: fc.integer({ min: 0, max: 50 }),
})
const days = fc.double({ min: 0, max: 4_000, noNaN: true })

describe('a memory', () => {
  test('halves after the half-life of its kind', () => {
    for (const type of memoryTypes) {
      const memory = { type, strength: 0.8, lastReinforcedAt: 0, reinforcements: 0 }
      expect(strengthAt(memory, halfLifeDays[type] * dayMs)).toBeCloseTo(0.4, 10)
    }
  })

  test('never grows by itself, and never leaves 0 to 1', () => {
    fc.assert(
      fc.property(remembered, days, days, (memory, a, b) => {
        const [sooner, later] = [Math.min(a, b), Math.max(a, b)].map((day) =>
          strengthAt(memory, memory.lastReinforcedAt + day * dayMs),
        )
        return (later ?? 2) <= (sooner ?? -1) && (later ?? -1) >= 0 && (sooner ?? 2) <= 1
      }),
      seed,
    )
  })

  test('that was said again or used fades more slowly', () => {
    fc.assert(
      fc.property(remembered, days, (memory, day) => {
        const at = memory.lastReinforcedAt + day * dayMs
        return strengthAt({ ...memory, reinforcements: memory.reinforcements + 1 }, at) >= strengthAt(memory, at)
      }),
      seed,
    )
  })

  test('is not weakened by a clock that was set back', () => {
    fc.assert(
      fc.property(remembered, days, (memory, day) => {
        return strengthAt(memory, memory.lastReinforcedAt - day * dayMs) === memory.strength
      }),
      seed,
    )
  })

  test('expires when a fiftieth is left, and not before', () => {
    fc.assert(
      fc.property(remembered, (memory) => {
        const left = strengthAt(memory, expiresAt(memory))
        return Math.abs(left - 0.02) < 1e-6
      }),
      seed,
    )
  })
})
