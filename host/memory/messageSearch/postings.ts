import type { TermBuffer } from '../../retrieval/index.ts'

/**
 * Which turns hold which terms and how often. Turns are slots: numbers from 0 on. What was added lately lies in lists
 * that grow; the rest is packed, and packed again once enough was added.
 */
export interface Postings {
  /** Adds the terms of a slot that holds none; 0 is no term. Answers with how many there are. */
  add(slot: number, terms: TermBuffer): number
  /** Takes all terms of a slot away. */
  clear(slot: number): void
  /** Calls back for every slot that holds the term, each once, in no order. */
  forEach(term: number, visit: (slot: number, times: number) => void): void
}

const mostTimes = 127
const slotFactor = mostTimes + 1
const leastPacked = 8_192

export const createPostings = (): Postings => {
  let terms = new Int32Array(0)
  let starts = new Uint32Array(1)
  let packed = new Uint32Array(0)
  let packedSlots = 0
  let highestSlot = -1
  /** Packed slots whose entries count no more. */
  let stale = new Set<number>()
  let growing = new Map<number, number[]>()
  let grown = 0

  const pack = (): void => {
    const known = new Set<number>(terms)
    for (const term of growing.keys()) known.add(term)
    const allTerms = Int32Array.from(known).sort()
    const allStarts = new Uint32Array(allTerms.length + 1)
    const entries = new Uint32Array(packed.length + grown)
    let at = 0
    allTerms.forEach((term, index) => {
      allStarts[index] = at
      forEach(term, (slot, times) => {
        entries[at++] = slot * slotFactor + times
      })
    })
    allStarts[allTerms.length] = at
    terms = allTerms
    starts = allStarts
    packed = entries.slice(0, at)
    packedSlots = highestSlot + 1
    stale = new Set()
    growing = new Map()
    grown = 0
  }

  const keep = (term: number, entry: number): void => {
    const list = growing.get(term)
    if (list) list.push(entry)
    else growing.set(term, [entry])
    grown += 1
  }

  const forEach: Postings['forEach'] = (term, visit) => {
    const index = indexOfTerm(terms, term)
    const end = index < 0 ? 0 : (starts[index + 1] ?? 0)
    for (let at = index < 0 ? 0 : (starts[index] ?? 0); at < end; at += 1) {
      const entry = packed[at] ?? 0
      const slot = Math.floor(entry / slotFactor)
      if (stale.size === 0 || !stale.has(slot)) visit(slot, entry % slotFactor)
    }
    for (const entry of growing.get(term) ?? []) visit(Math.floor(entry / slotFactor), entry % slotFactor)
  }

  return {
    add: (slot, { terms: read, length }) => {
      const sorted = read.slice(0, length).sort()
      let words = 0
      for (let at = 0; at < length; ) {
        const term = sorted[at] ?? 0
        let times = 0
        for (; at < length && sorted[at] === term; at += 1) times += 1
        if (term === 0) continue
        words += times
        keep(term, slot * slotFactor + Math.min(times, mostTimes))
      }
      highestSlot = Math.max(highestSlot, slot)
      if (grown > Math.max(leastPacked, packed.length / 4)) pack()
      return words
    },
    clear: (slot) => {
      if (slot < packedSlots) stale.add(slot)
      for (const [term, list] of growing) {
        const left = list.filter((entry) => Math.floor(entry / slotFactor) !== slot)
        grown -= list.length - left.length
        growing.set(term, left)
      }
    },
    forEach,
  }
}

const indexOfTerm = (terms: Int32Array, term: number): number => {
  let [low, high] = [0, terms.length - 1]
  while (low <= high) {
    const middle = (low + high) >>> 1
    const found = terms[middle] ?? 0
    if (found === term) return middle
    if (found < term) low = middle + 1
    else high = middle - 1
  }
  return -1
}
