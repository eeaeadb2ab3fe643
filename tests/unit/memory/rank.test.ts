import { describe, expect, test } from 'vitest'
import type { Candidate } from '../../../host/memory/context/candidates.ts'
import { rank, repeats } from '../../../host/memory/context/rank.ts'
import { stemsOf } from '../../../host/memory/words.ts'

const dayMs = 86_400_000
const now = Date.UTC(2026, 4, 1)

const candidate = (id: string, core: string, more: Partial<Candidate> = {}): Candidate => ({
  kind: 'insight',
  id,
  section: 'plans',
  label: '',
  text: core,
  core,
  at: now,
  base: 0.5,
  strength: 1,
  isPinned: false,
  ...more,
})
const order = (said: string, ...candidates: readonly Candidate[]): string[] =>
  rank(candidates, said, now).map(({ id }) => id)

describe('what is remembered, by relevance, recency and strength', () => {
  test('what the client speaks of comes before what they do not', () => {
    const [violin, garden] = [candidate('violin', 'learn the violin'), candidate('garden', 'plant a garden')]
    expect(order('My garden looks sad', violin, garden)).toEqual(['garden', 'violin'])
  })

  test('a rare word in common counts more than a frequent one', () => {
    const sleeping = ['a', 'b', 'c'].map((id) => candidate(id, `sleep better ${id}${id}${id}`))
    const rare = candidate('rare', 'my brother Tomasz')
    expect(order('I sleep badly since Tomasz called', ...sleeping, rare)[0]).toBe('rare')
  })

  test('of two alike the newer and the stronger come first', () => {
    const old = candidate('old', 'run a marathon', { at: now - 300 * dayMs })
    expect(order('hello', old, candidate('new', 'write a novel'))).toEqual(['new', 'old'])
    const weak = candidate('weak', 'run a marathon', { strength: 0.3 })
    expect(order('hello', weak, candidate('sure', 'write a novel'))).toEqual(['sure', 'weak'])
  })

  test('what matters only where it is spoken of drops out where it is not', () => {
    const sore = candidate('sore', 'the accident of my father', { base: 0 })
    expect(order('How do I plan my week?', sore)).toEqual([])
    expect(order('I dreamt of the accident', sore)).toEqual(['sore'])
  })

  test('what the coach pinned comes first, spoken of or not', () => {
    const pinned = candidate('pinned', 'allergic to nuts', { base: 0, isPinned: true, at: now - 900 * dayMs })
    expect(order('My garden looks sad', candidate('garden', 'plant a garden'), pinned)).toEqual(['pinned', 'garden'])
  })

  test('a clock that was set back spoils nothing', () => {
    expect(order('garden', candidate('later', 'garden', { at: now + 400 * dayMs }))).toEqual(['later'])
  })
})

describe('a line that tells nothing new', () => {
  const isRepeat = (one: string, other: string): boolean => repeats(new Set(stemsOf(one)), new Set(stemsOf(other)))

  test('is one whose words stand in another, or near enough', () => {
    expect(isRepeat('call my manager about the raise', 'I will call my manager about the raise')).toBe(true)
    expect(isRepeat('I want to finish the thesis', 'I want to finish my thesis')).toBe(true)
  })

  test('is not one that has a word in common, or tells more', () => {
    expect(isRepeat('call my manager', 'my manager shouted at everybody today')).toBe(false)
    expect(isRepeat('I will call my manager about the raise and the holidays in Norway', 'call my manager')).toBe(false)
  })
})
