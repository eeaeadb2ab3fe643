/** Which slots may be found: those whose document, by its number, has a 1. */
export interface Allowed {
  readonly documentOf: Uint32Array
  readonly isAllowed: Uint8Array
}

/** The `most` allowed slots that differ least from the query, in no order; ties at the border fall to lower slots. */
export const nearestSlots = (distances: Uint16Array, { documentOf, isAllowed }: Allowed, most: number): number[] => {
  let largest = 0
  for (const distance of distances) if (distance > largest) largest = distance
  const counts = new Uint32Array(largest + 1)
  for (let slot = 0; slot < distances.length; slot += 1) {
    if (isAllowed[documentOf[slot] ?? 0] !== 1) continue
    const distance = distances[slot] ?? 0
    counts[distance] = (counts[distance] ?? 0) + 1
  }
  let border = 0
  let below = 0
  while (border < largest && below + (counts[border] ?? 0) < most) {
    below += counts[border] ?? 0
    border += 1
  }
  const found: number[] = []
  let atBorder = most - below
  for (let slot = 0; slot < distances.length && found.length < most; slot += 1) {
    const distance = distances[slot] ?? 0
    if (distance > border || isAllowed[documentOf[slot] ?? 0] !== 1) continue
    if (distance === border) {
      if (atBorder === 0) continue
      atBorder -= 1
    }
    found.push(slot)
  }
  return found
}

/**
 * Estimates how well rows fit a query from the query's figures and the rows' signs, which tells more than counting
 * differing bits. Sums of eight dimensions are looked up. Only the order of the estimates means anything.
 */
export const createSignEstimator = (query: Float32Array): ((bits: Uint32Array) => number) => {
  const bytes = Math.ceil(query.length / 8)
  const sums = new Float32Array(bytes * 256)
  for (let byte = 0; byte < bytes; byte += 1) {
    const at = byte * 256
    let negative = 0
    for (let bit = 0; bit < 8; bit += 1) negative -= query[byte * 8 + bit] ?? 0
    sums[at] = negative
    for (let pattern = 1; pattern < 256; pattern += 1) {
      const lowest = 31 - Math.clz32(pattern & -pattern)
      sums[at + pattern] = (sums[at + (pattern & (pattern - 1))] ?? 0) + 2 * (query[byte * 8 + lowest] ?? 0)
    }
  }
  return (bits) => {
    let sum = 0
    for (let byte = 0; byte < bytes; byte += 1) {
      const pattern = ((bits[byte >>> 2] ?? 0) >>> ((byte & 3) * 8)) & 255
      sum += sums[byte * 256 + pattern] ?? 0
    }
    return sum
  }
}

/** The `most` items with the highest score, best first. */
export const best = <Item>(items: readonly Item[], scoreOf: (item: Item) => number, most: number): Item[] =>
  items
    .map((item) => ({ item, score: scoreOf(item) }))
    .sort((a, b) => b.score - a.score)
    .slice(0, most)
    .map(({ item }) => item)
