import type { SqliteDatabase } from '../../../db/sqlite.ts'
import { createTermBuffer } from '../../retrieval/index.ts'
import { understand } from './question.ts'
import { askingShare, readMessage } from './reading.ts'
import { bestTurns } from './scoring.ts'
import { readMessages, type SaidMessage } from './store.ts'
import { createTurns, type Turns } from './turns.ts'

export interface MessageQuestion {
  readonly clientId: string
  /** Any text; a question, or what the client just wrote. */
  readonly text: string
  /** As the client knows the coach; empty where there is none. */
  readonly coachName: string
  /** Milliseconds UTC; "two weeks ago" is seen from here. */
  readonly now: number
  readonly limit: number
  /** Only messages before this seq, not included; all where absent. */
  readonly before?: number
}

export interface MessageHit {
  readonly messageId: string
  readonly seq: number
  /** Orders the hits of one search and means nothing else. */
  readonly score: number
}

export interface MessageSearch {
  /**
   * The messages of one client that answer best, best first, of the data as it is now. Messages taken back, failed or
   * sent by the house itself are not among them. Reads the client's messages first where that was not done yet.
   */
  search(question: MessageQuestion): MessageHit[]
  /** Reads a client's messages ahead, some hundred a step, so that the first search finds them there. */
  warm(clientId: string): Generator<void, void>
  /** Lets go of what is held of a client, such as one who is erased. */
  forget(clientId: string): void
  /** Messages held in memory, of all clients. */
  held(): number
}

interface Known {
  turns: Turns
  /** Up to which message and which change the database was read. */
  lastSeq: number
  lastChange: number
}

const readAtOnce = 500
/** About 100 bytes each; the client who was asked about longest ago goes first. */
const mostHeldByDefault = 1_000_000
/** As long as a message waits for the clone at most: what comes later is another conversation. */
const sessionSilenceMs = 6 * 3_600_000

/** Searches what was said in one client's own conversation; see docs/memory.md. One connection, any. */
export const createMessageSearch = (sqlite: SqliteDatabase, mostHeld = mostHeldByDefault): MessageSearch => {
  const store = readMessages(sqlite)
  const buffer = createTermBuffer()
  const empty = { ...createTermBuffer(), length: 0 }
  /** By client, the one asked about last at the end. */
  const known = new Map<string, Known>()

  const wordsOf = ({ text, isGone }: SaidMessage) => (isGone ? empty : readMessage(text, buffer))

  const knownOf = (clientId: string): Known => {
    const found = known.get(clientId) ?? {
      turns: createTurns(sessionSilenceMs),
      lastSeq: 0,
      lastChange: store.lastChange(clientId),
    }
    known.delete(clientId)
    known.set(clientId, found)
    return found
  }

  const held = (): number => {
    let sum = 0
    for (const { turns } of known.values()) sum += turns.size()
    return sum
  }

  const letGo = (): void => {
    let over = held() - mostHeld
    for (const [clientId, { turns }] of known) {
      if (over <= 0 || known.size === 1) return
      known.delete(clientId)
      over -= turns.size()
    }
  }

  /** Takes in what was changed since; false where the client has to be read anew. */
  const followChanges = (clientId: string, one: Known): boolean => {
    const { newest, seqs } = store.changesAfter(clientId, one.lastChange)
    for (const seq of seqs) {
      const message = store.ofClient(clientId, seq)
      const slot = one.turns.slotOf(seq)
      const isHeld = slot >= 0
      // A message that came from another client, or went for good, changes what stands beside what.
      if (isHeld !== (message !== null) && seq <= one.lastSeq) return false
      if (isHeld && message !== null) one.turns.rewrite(slot, askingShare(message.text), wordsOf(message))
    }
    one.lastChange = newest
    return true
  }

  function* bringUpToDate(clientId: string): Generator<void, void> {
    let one = knownOf(clientId)
    if (!followChanges(clientId, one)) {
      known.delete(clientId)
      one = knownOf(clientId)
    }
    for (;;) {
      const messages = store.after(clientId, one.lastSeq, readAtOnce)
      for (const message of messages) {
        one.turns.append({ ...message, asking: askingShare(message.text) }, wordsOf(message))
        one.lastSeq = message.seq
      }
      if (messages.length < readAtOnce) break
      yield
    }
    letGo()
  }

  const searchTurns = ({ clientId, text, coachName, now, limit, before }: MessageQuestion): MessageHit[] => {
    const client = store.client(clientId)
    if (client === null) {
      known.delete(clientId)
      return []
    }
    for (const _ of bringUpToDate(clientId));
    const { turns } = knownOf(clientId)
    const place = before === undefined ? turns.size() : turns.slotOf(before)
    const end = place >= 0 ? place : -1 - place
    const timeZone = client.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone
    const asked = understand(text, { clientName: client.name, coachName, now, timeZone })
    return bestTurns(turns, asked, end, limit).flatMap(({ slot, score }) => {
      // The turns are this client's alone; the database is asked again all the same.
      const messageId = store.idOf(clientId, turns.seqOf(slot))
      return messageId === null ? [] : [{ messageId, seq: turns.seqOf(slot), score }]
    })
  }

  return {
    search: (question) => store.atOnce(() => searchTurns(question)),
    warm: bringUpToDate,
    forget: (clientId) => {
      known.delete(clientId)
    },
    held,
  }
}
