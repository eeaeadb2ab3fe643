import { z } from 'zod'
import { hammingModule } from './hammingModule.ts'
import { wordsFor } from './quantise.ts'

/** Rows of bits in memory, addressed by slot: 0 to `size` minus one, without gaps. */
export interface BitTable {
  readonly size: () => number
  readonly bytes: () => number
  /** Adds a row and answers with its slot. */
  add(bits: Uint32Array): number
  row(slot: number): Uint32Array
  /** Takes a row out; the last one moves into its slot. */
  remove(slot: number): void
  /** In how many bits each row differs from the query. Valid until the next call of anything here. */
  distances(query: Uint32Array): Uint16Array
}

type Scan = (query: number, rows: number, out: number, endOfRows: number, bytesPerRow: number) => void

const pageBytes = 65_536
const firstRows = 1_024
const scanShape = z.object({ scan: z.custom<Scan>((value) => typeof value === 'function') })

/** The vector unit's scan; null on a processor without one. */
const vectorScan = (memory: WebAssembly.Memory): Scan | null => {
  if (!WebAssembly.validate(hammingModule)) return null
  const instance = new WebAssembly.Instance(new WebAssembly.Module(hammingModule), { host: { memory } })
  return scanShape.parse({ ...instance.exports }).scan
}

// Counts set bits of a word in parallel sums; Warren, Hacker's Delight, figure 5-2.
const bitsIn = (word: number): number => {
  const pairs = word - ((word >>> 1) & 0x55555555)
  const nibbles = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333)
  return Math.imul((nibbles + (nibbles >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

/** The same scan in plain JavaScript, on words of the same memory. */
const plainScan =
  (memory: WebAssembly.Memory): Scan =>
  (query, rows, out, endOfRows, bytesPerRow) => {
    const words = new Uint32Array(memory.buffer)
    const sums = new Uint16Array(memory.buffer)
    const perRow = bytesPerRow / 4
    let at = rows / 4
    for (let slot = out / 2; at < endOfRows / 4; slot += 1) {
      let sum = 0
      for (let word = 0; word < perRow; word += 1, at += 1) {
        sum += bitsIn((words[at] ?? 0) ^ (words[query / 4 + word] ?? 0))
      }
      sums[slot] = sum
    }
  }

/** `plain` scans in JavaScript even where the processor could do better: the other one is tested against it. */
export const createBitTable = (dimensions: number, { plain = false } = {}): BitTable => {
  const perRow = wordsFor(dimensions)
  const rowBytes = perRow * 4
  const memory = new WebAssembly.Memory({ initial: 1 })
  const scan = (plain ? null : vectorScan(memory)) ?? plainScan(memory)
  let capacity = 0
  let size = 0

  // The query lies first, then the rows, then the distances.
  const rowAt = (slot: number): number => rowBytes * (slot + 1)
  const view = (slot: number): Uint32Array => new Uint32Array(memory.buffer, rowAt(slot), perRow)
  const grow = (rows: number): void => {
    const pages = Math.ceil((rowAt(rows) + 2 * rows) / pageBytes)
    const missing = pages - memory.buffer.byteLength / pageBytes
    if (missing > 0) memory.grow(missing)
    capacity = rows
  }
  grow(firstRows)

  return {
    size: () => size,
    bytes: () => memory.buffer.byteLength,
    add: (bits) => {
      if (size === capacity) grow(Math.ceil(capacity * 1.25))
      view(size).set(bits)
      size += 1
      return size - 1
    },
    row: view,
    remove: (slot) => {
      size -= 1
      if (slot !== size) view(slot).set(view(size))
    },
    distances: (query) => {
      new Uint32Array(memory.buffer, 0, perRow).set(query)
      scan(0, rowAt(0), rowAt(capacity), rowAt(size), rowBytes)
      return new Uint16Array(memory.buffer, rowAt(capacity), size)
    },
  }
}
