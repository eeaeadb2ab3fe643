import type { Border, Unit } from './units.ts'

/** Tokens of a passage without its overlap: what is aimed at, and the most. */
const aim = 440
const most = 530

/** What a border costs, in hundredths of a passage that is empty; a cut there should tear nothing apart. */
const costs: Readonly<Record<Border, number>> = {
  heading: -20,
  block: 0,
  line: 16,
  sentence: 32,
  word: 80,
  underHeading: 140,
}
const largestLean = 50
const leanLength = 48

const sizeCost = (tokens: number): number => 100 * ((tokens - aim) / aim) ** 2

/**
 * A preference of each border that depends on nothing but the words around it (FNV-1a). With it the borders after an
 * edit soon fall where they fell before, so that an edit changes few passages.
 */
const leanOf = (text: string, before: Unit, after: Unit): number => {
  const around =
    text.slice(Math.max(before.from, before.to - leanLength), before.to) +
    text.slice(after.from, Math.min(after.to, after.from + leanLength))
  let hash = 0x811c9dc5
  for (let index = 0; index < around.length; index += 1) {
    hash = Math.imul(hash ^ around.charCodeAt(index), 0x01000193)
  }
  return ((hash >>> 0) / 2 ** 32) * largestLean
}

/**
 * The indexes of the units with which passages begin, so that all together cost least; a passage never holds more than
 * `most` tokens and never crosses a unit in `forced`.
 */
export const chooseBorders = (text: string, units: readonly Unit[], forced: ReadonlySet<number>): number[] => {
  const best = new Float64Array(units.length + 1)
  const beginsAt = new Uint32Array(units.length + 1)
  for (let end = 1; end <= units.length; end += 1) {
    let tokens = 0
    let lowest = Number.POSITIVE_INFINITY
    for (let begin = end - 1; begin >= 0; begin -= 1) {
      tokens += units[begin]?.tokens ?? 0
      if (tokens > most && begin < end - 1) break
      const cost = (best[begin] ?? 0) + sizeCost(tokens)
      if (cost < lowest) {
        lowest = cost
        beginsAt[end] = begin
      }
      if (forced.has(begin)) break
    }
    const before = units[end - 1]
    const after = units[end]
    best[end] = lowest + (before && after ? costs[after.border] + leanOf(text, before, after) : 0)
  }
  const borders: number[] = []
  for (let end = units.length; end > 0; end = beginsAt[end] ?? 0) borders.push(beginsAt[end] ?? 0)
  return borders.reverse()
}
