import type { TermBuffer } from '../../retrieval/index.ts'
import { createPostings } from './postings.ts'

/** One message as the search reads it. */
export interface Turn {
  readonly seq: number
  /** Milliseconds UTC. */
  readonly sentAt: number
  readonly isClient: boolean
  /** How much of it asks, 0 to 1. */
  readonly asking: number
}

/** The turns of one client, by slot: the order in which they were said. Nothing of another client is ever in it. */
export interface Turns {
  /** Adds what was said last; its seq is higher than all before. */
  append(turn: Turn, terms: TermBuffer): void
  /** Gives a turn other words; an empty buffer leaves it without any. */
  rewrite(slot: number, asking: number, terms: TermBuffer): void
  forEach(term: number, visit: (slot: number, times: number) => void): void
  size(): number
  sessions(): number
  /** The slot of a seq, or where it would stand, counted from -1 downwards. */
  slotOf(seq: number): number
  readonly seqOf: (slot: number) => number
  readonly sentAt: (slot: number) => number
  readonly isClient: (slot: number) => boolean
  readonly asking: (slot: number) => number
  /** Terms in a turn. */
  readonly lengthOf: (slot: number) => number
  /** The number of the session a turn belongs to, from 0 on. */
  readonly sessionOf: (slot: number) => number
  readonly sessionLengthOf: (session: number) => number
}

const startingRoom = 256
const askingSteps = 255
const longest = 0xffff

/** `silenceMs`: where nobody says anything for longer, another session begins. */
export const createTurns = (silenceMs: number): Turns => {
  const postings = createPostings()
  let seqs = new Float64Array(startingRoom)
  let times = new Float64Array(startingRoom)
  let lengths = new Uint16Array(startingRoom)
  let askings = new Uint8Array(startingRoom)
  let authors = new Uint8Array(startingRoom)
  let sessionNumbers = new Int32Array(startingRoom)
  const sessionLengths: number[] = []
  let size = 0

  const makeRoom = (): void => {
    const room = size * 2
    seqs = widened(seqs, new Float64Array(room))
    times = widened(times, new Float64Array(room))
    lengths = widened(lengths, new Uint16Array(room))
    askings = widened(askings, new Uint8Array(room))
    authors = widened(authors, new Uint8Array(room))
    sessionNumbers = widened(sessionNumbers, new Int32Array(room))
  }

  const setWords = (slot: number, asking: number, terms: TermBuffer): void => {
    const session = sessionNumbers[slot] ?? 0
    const words = Math.min(postings.add(slot, terms), longest)
    sessionLengths[session] = (sessionLengths[session] ?? 0) - (lengths[slot] ?? 0) + words
    lengths[slot] = words
    askings[slot] = Math.round(asking * askingSteps)
  }

  const slotOf = (seq: number): number => {
    let [low, high] = [0, size - 1]
    while (low <= high) {
      const middle = (low + high) >>> 1
      const found = seqs[middle] ?? 0
      if (found === seq) return middle
      if (found < seq) low = middle + 1
      else high = middle - 1
    }
    return -1 - low
  }

  return {
    append: ({ seq, sentAt, isClient, asking }, terms) => {
      if (size === seqs.length) makeRoom()
      const slot = size
      const isNewSession = slot === 0 || sentAt - (times[slot - 1] ?? 0) > silenceMs
      if (isNewSession) sessionLengths.push(0)
      seqs[slot] = seq
      times[slot] = sentAt
      authors[slot] = isClient ? 1 : 0
      sessionNumbers[slot] = sessionLengths.length - 1
      size += 1
      setWords(slot, asking, terms)
    },
    rewrite: (slot, asking, terms) => {
      postings.clear(slot)
      setWords(slot, asking, terms)
    },
    forEach: postings.forEach,
    size: () => size,
    sessions: () => sessionLengths.length,
    slotOf,
    seqOf: (slot) => seqs[slot] ?? 0,
    sentAt: (slot) => times[slot] ?? 0,
    isClient: (slot) => authors[slot] === 1,
    asking: (slot) => (askings[slot] ?? 0) / askingSteps,
    lengthOf: (slot) => lengths[slot] ?? 0,
    sessionOf: (slot) => sessionNumbers[slot] ?? 0,
    sessionLengthOf: (session) => sessionLengths[session] ?? 0,
  }
}

const widened = <List extends { set(from: List): void }>(from: List, into: List): List => {
  into.set(from)
  return into
}
