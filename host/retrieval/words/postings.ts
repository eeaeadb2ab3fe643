/**
 * Which passages hold which terms and how often, in memory. Passages are slots: numbers from 0 on, in the order in which
 * they were added. Full blocks of slots are packed and never change; the last block is packed again when it grew.
 */
export interface Postings {
  /** Adds a passage by its terms (0 is none) and answers with its slot. */
  add(terms: Int32Array, length: number): number
  /** In how many passages a term stands, those that went included. */
  documentFrequency(term: number): number
  /** Calls back for every passage that holds the term, in order of their slots. */
  forEach(term: number, visit: (slot: number, times: number) => void): void
  /** Terms in the passage of a slot. */
  readonly lengthOf: (slot: number) => number
  readonly size: () => number
  /** Terms in all passages together. */
  readonly totalLength: () => number
  readonly bytes: () => number
}

interface Block {
  readonly firstSlot: number
  /** Sorted. */
  readonly terms: Int32Array
  /** Where the list of each term begins, and where the last one ends. */
  readonly starts: Uint32Array
  readonly lists: Uint8Array
}

const blockSlots = 4_096
const mostTimes = 127
// 30 bits of term, 12 of slot and 7 of times make an exact integer below 2^53, which sorts as it should.
const timesFactor = mostTimes + 1
const slotFactor = timesFactor * blockSlots

interface Growing {
  keys: Float64Array
  length: number
}

const appendKey = (growing: Growing, key: number): void => {
  if (growing.length === growing.keys.length) {
    const wider = new Float64Array(growing.keys.length * 2)
    wider.set(growing.keys)
    growing.keys = wider
  }
  growing.keys[growing.length] = key
  growing.length += 1
}

/** Lists of distances between slots; the lowest bit says that a second number, the times, follows. */
const packBlock = (firstSlot: number, { keys, length }: Growing): Block => {
  const sorted = keys.slice(0, length).sort()
  const terms = new Int32Array(length)
  const starts = new Uint32Array(length + 1)
  const lists = new Uint8Array(length * 3)
  let [distinct, at, term, slot] = [0, 0, -1, 0]
  for (const key of sorted) {
    const ofTerm = Math.floor(key / slotFactor)
    const rest = key - ofTerm * slotFactor
    const ofSlot = Math.floor(rest / timesFactor)
    const times = rest - ofSlot * timesFactor
    if (ofTerm !== term) {
      terms[distinct] = ofTerm
      starts[distinct] = at
      distinct += 1
      term = ofTerm
      slot = 0
    }
    const coded = (ofSlot - slot) * 2 + (times > 1 ? 1 : 0)
    if (coded < 128) lists[at++] = coded
    else {
      lists[at++] = (coded & 127) | 128
      lists[at++] = coded >>> 7
    }
    if (times > 1) lists[at++] = times
    slot = ofSlot
  }
  starts[distinct] = at
  return {
    firstSlot,
    terms: terms.slice(0, distinct),
    starts: starts.slice(0, distinct + 1),
    lists: lists.slice(0, at),
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

const forEachInBlock = (
  { firstSlot, terms, starts, lists }: Block,
  term: number,
  visit: (slot: number, times: number) => void,
): void => {
  const index = indexOfTerm(terms, term)
  if (index < 0) return
  const end = starts[index + 1] ?? 0
  let slot = firstSlot
  for (let at = starts[index] ?? 0; at < end; ) {
    let coded = lists[at++] ?? 0
    if (coded > 127) coded = (coded & 127) | ((lists[at++] ?? 0) << 7)
    slot += coded >>> 1
    visit(slot, (coded & 1) === 1 ? (lists[at++] ?? 1) : 1)
  }
}

const emptySlot = -1

/** How many passages hold a term, by open addressing: a tenth of what a Map of as many numbers would take. */
const createCounts = () => {
  let keys = new Int32Array(1 << 16).fill(emptySlot)
  let counts = new Uint32Array(1 << 16)
  let used = 0

  const placeOf = (term: number): number => {
    const mask = keys.length - 1
    let place = Math.imul(term, 0x9e37_79b1) >>> 7
    for (place &= mask; keys[place] !== emptySlot && keys[place] !== term; ) place = (place + 1) & mask
    return place
  }
  const grow = (): void => {
    const [oldKeys, oldCounts] = [keys, counts]
    keys = new Int32Array(oldKeys.length * 2).fill(emptySlot)
    counts = new Uint32Array(oldKeys.length * 2)
    for (let at = 0; at < oldKeys.length; at += 1) {
      const term = oldKeys[at] ?? emptySlot
      if (term === emptySlot) continue
      const place = placeOf(term)
      keys[place] = term
      counts[place] = oldCounts[at] ?? 0
    }
  }
  return {
    countOf: (term: number): number => counts[placeOf(term)] ?? 0,
    increase: (term: number): void => {
      const place = placeOf(term)
      counts[place] = (counts[place] ?? 0) + 1
      if (keys[place] !== emptySlot) return
      keys[place] = term
      used += 1
      if (used * 2 > keys.length) grow()
    },
    bytes: (): number => keys.byteLength + counts.byteLength,
  }
}

export const createPostings = (): Postings => {
  const blocks: Block[] = []
  const counts = createCounts()
  let growing: Growing = { keys: new Float64Array(4_096), length: 0 }
  let tail: Block | null = null
  let lengths = new Uint16Array(1_024)
  let size = 0
  let totalLength = 0

  const tailBlock = (): Block => {
    tail ??= packBlock(blocks.length * blockSlots, growing)
    return tail
  }

  const add = (terms: Int32Array, length: number): number => {
    const slotInBlock = size % blockSlots
    const sorted = terms.slice(0, length).sort()
    let words = 0
    for (let at = 0; at < length; ) {
      const term = sorted[at] ?? 0
      let times = 0
      for (; at < length && sorted[at] === term; at += 1) times += 1
      if (term === 0) continue
      words += times
      counts.increase(term)
      appendKey(growing, term * slotFactor + slotInBlock * timesFactor + Math.min(times, mostTimes))
    }
    if (size === lengths.length) {
      const wider = new Uint16Array(Math.ceil(size * 1.5))
      wider.set(lengths)
      lengths = wider
    }
    lengths[size] = Math.min(words, 0xffff)
    totalLength += words
    size += 1
    tail = null
    if (slotInBlock === blockSlots - 1) {
      blocks.push(tailBlock())
      growing = { keys: new Float64Array(4_096), length: 0 }
      tail = null
    }
    return size - 1
  }

  const forEach = (term: number, visit: (slot: number, times: number) => void): void => {
    if (counts.countOf(term) === 0) return
    for (const block of blocks) forEachInBlock(block, term, visit)
    if (growing.length > 0) forEachInBlock(tailBlock(), term, visit)
  }

  return {
    add,
    forEach,
    documentFrequency: counts.countOf,
    lengthOf: (slot) => lengths[slot] ?? 0,
    size: () => size,
    totalLength: () => totalLength,
    bytes: () =>
      blocks.reduce(
        (sum, { terms, starts, lists }) => sum + terms.byteLength + starts.byteLength + lists.byteLength,
        0,
      ) +
      counts.bytes() +
      growing.keys.byteLength +
      lengths.byteLength +
      (tail === null ? 0 : tail.terms.byteLength + tail.starts.byteLength + tail.lists.byteLength),
  }
}
