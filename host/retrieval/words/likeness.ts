import { lengthPenalty, saturated } from './bm25.ts'
import type { Library } from './library.ts'
import type { TermBuffer } from './tokens.ts'

/** What is beyond is not compared; passages are about 500 words. */
const comparedTerms = 1_000
/** Terms in more than this share of all passages make no two of them alike. */
const commonShare = 0.25

/** Compares the passages of one search with each other. Made for so many passages, and used again and again. */
export const createLikeness = (mostPassages: number) => {
  const places = 2 ** Math.ceil(Math.log2(mostPassages * comparedTerms * 1.25))
  const keys = new Int32Array(places)
  const numbers = new Int32Array(places)
  // By number of term, in the order in which they came up:
  const times = new Uint16Array(mostPassages * comparedTerms)
  const rarities = new Float32Array(mostPassages * comparedTerms)
  const holders = new Int32Array(mostPassages * comparedTerms + 1)
  // By entry, a term in a passage:
  const entryNumbers = new Int32Array(mostPassages * comparedTerms)
  const entryWeights = new Float32Array(mostPassages * comparedTerms)
  const entryStarts = new Int32Array(mostPassages + 1)
  let distinct = 0
  let passages = 0

  const numberOf = (term: number, library: Library): number => {
    let place = Math.imul(term, 0x9e37_79b1) & (places - 1)
    for (; keys[place] !== 0; place = (place + 1) & (places - 1)) if (keys[place] === term) return numbers[place] ?? 0
    keys[place] = term
    numbers[place] = distinct
    const frequency = library.documentFrequency(term)
    rarities[distinct] = frequency > commonShare * library.passages ? 0 : library.rarityOf(term)
    times[distinct] = 0
    holders[distinct] = 0
    distinct += 1
    return distinct - 1
  }

  return {
    clear: (): void => {
      keys.fill(0)
      distinct = 0
      passages = 0
    },
    /** Adds the next passage, as a vector of length 1 over its telling terms. */
    add: ({ terms, length }: TermBuffer, countedLength: number, library: Library): void => {
      const start = entryStarts[passages] ?? 0
      const read = Math.min(length, comparedTerms)
      let end = start
      for (let at = 0; at < read; at += 1) {
        const term = terms[at] ?? 0
        if (term === 0) continue
        const number = numberOf(term, library)
        if (rarities[number] === 0) continue
        if (times[number] === 0) entryNumbers[end++] = number
        times[number] = (times[number] ?? 0) + 1
      }
      const penalty = lengthPenalty(countedLength, library.meanLength)
      let squares = 0
      for (let entry = start; entry < end; entry += 1) {
        const number = entryNumbers[entry] ?? 0
        const weight = (rarities[number] ?? 0) * saturated(times[number] ?? 0, penalty)
        entryWeights[entry] = weight
        squares += weight * weight
        times[number] = 0
        holders[number] = (holders[number] ?? 0) + 1
      }
      const size = Math.sqrt(squares) || 1
      for (let entry = start; entry < end; entry += 1) entryWeights[entry] = (entryWeights[entry] ?? 0) / size
      passages += 1
      entryStarts[passages] = end
    },
    /** The cosine of every two passages, row by row. */
    cosines: (): Float32Array => {
      const entries = entryStarts[passages] ?? 0
      const rows = new Int32Array(entries)
      const weights = new Float32Array(entries)
      // From how many hold a term to where its holders begin; filling moves each on to where they end.
      let sum = 0
      for (let number = 0; number < distinct; number += 1) {
        const held = holders[number] ?? 0
        holders[number] = sum
        sum += held
      }
      const cosines = new Float32Array(passages * passages)
      const starts = holders.slice(0, distinct)
      for (let row = 0; row < passages; row += 1) {
        const end = entryStarts[row + 1] ?? 0
        for (let entry = entryStarts[row] ?? 0; entry < end; entry += 1) {
          const number = entryNumbers[entry] ?? 0
          const weight = entryWeights[entry] ?? 0
          const place = holders[number] ?? 0
          for (let other = starts[number] ?? 0; other < place; other += 1) {
            const column = rows[other] ?? 0
            const cosine = (cosines[row * passages + column] ?? 0) + weight * (weights[other] ?? 0)
            cosines[row * passages + column] = cosine
            cosines[column * passages + row] = cosine
          }
          rows[place] = row
          weights[place] = weight
          holders[number] = place + 1
        }
      }
      return cosines
    },
  }
}
