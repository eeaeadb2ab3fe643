import type { Clock } from '../../clock.ts'
import type { InboundChange, InboundFile, InboundMessage } from '../channel.ts'
import { type FileWish, withNote } from './content.ts'
import type { Afterwards, Reading } from './reading.ts'

/** One update between Telegram and the disk. */
export interface Entry {
  readonly updateId: number
  readonly afterwards?: Afterwards
  message?: InboundMessage
  change?: InboundChange
  readonly takenAt: number
  state: 'queued' | 'fetching' | 'ready'
  failures: number
  /** When the house first refused it. */
  failedAt: number
  /** Not offered to the house again before. */
  retryAt: number
}

export interface Window {
  /** False for what is in it, or has been stored since the window was last empty. */
  isNew(updateId: number): boolean
  add(updateId: number, reading: Reading): void
  /** What can be stored now, in order. */
  ready(): Entry[]
  remove(entries: readonly Entry[]): void
  /** Where Telegram goes on once these are stored too; null before the first update. */
  offsetAfter(entries: readonly Entry[]): number | null
  isEmpty(): boolean
  /** The house has refused some of it so far. */
  hasRefused(): boolean
  /** Resolves when the next file is there or given up. */
  nextFile(): Promise<void>
  /** Resolves when no file is being fetched. */
  settled(): Promise<void>
}

interface Parts {
  readonly clock: Clock
  readonly fetchFile: (wish: FileWish) => Promise<InboundFile | null>
}

/** Also the most that is held in memory: a place is free again only when the file is stored. */
const filesAtOnce = 4
/** A slow file holds back what else is written in its chat for so long: words can be urgent. */
const holdMs = 3_000

/** Holds updates until they are stored, fetches their files, and keeps each chat in order. */
export const createWindow = ({ clock, fetchFile }: Parts): Window => {
  const entries: Entry[] = []
  const wishes = new Map<Entry, FileWish>()
  const held = new Set<Entry>()
  const fetches = new Set<Promise<void>>()
  let known = new Set<number>()
  let highest: number | null = null

  const fetchMore = (): void => {
    for (const entry of entries) {
      const wish = wishes.get(entry)
      if (held.size >= filesAtOnce) return
      if (!wish || entry.state !== 'queued') continue
      held.add(entry)
      entry.state = 'fetching'
      const fetched = fetchOne(entry, wish).finally(() => fetches.delete(fetched))
      fetches.add(fetched)
    }
  }

  const fetchOne = async (entry: Entry, wish: FileWish): Promise<void> => {
    const file = await fetchFile(wish)
    wishes.delete(entry)
    if (entry.message) {
      entry.message = file
        ? { ...entry.message, files: [file] }
        : { ...entry.message, text: withNote(entry.message.text, 'its file could not be fetched from Telegram') }
    }
    entry.state = 'ready'
  }

  const isFree = (entry: Entry, waiting: ReadonlyMap<string, number>): boolean => {
    if (entry.state !== 'ready' || entry.retryAt > clock.now()) return false
    const since = waiting.get(chatOf(entry) ?? '')
    if (since === undefined) return true
    return entry.message !== undefined && clock.now() - since >= holdMs
  }

  return {
    isNew: (updateId) => !known.has(updateId),
    add: (updateId, { message, change, file, afterwards }) => {
      if (entries.length === 0) {
        known = new Set()
        highest = null
      }
      known.add(updateId)
      highest = Math.max(updateId, highest ?? updateId)
      const entry: Entry = {
        updateId,
        takenAt: clock.now(),
        state: file ? 'queued' : 'ready',
        failures: 0,
        failedAt: 0,
        retryAt: 0,
        ...(message ? { message } : {}),
        ...(change ? { change } : {}),
        ...(afterwards ? { afterwards } : {}),
      }
      entries.push(entry)
      if (file) wishes.set(entry, file)
      fetchMore()
    },
    ready: () => {
      /** By chat: since when its first unfinished entry waits. */
      const waiting = new Map<string, number>()
      return entries.filter((entry) => {
        if (isFree(entry, waiting)) return true
        const chat = chatOf(entry)
        if (chat !== undefined && !waiting.has(chat)) waiting.set(chat, entry.takenAt)
        return false
      })
    },
    remove: (stored) => {
      for (const entry of stored) {
        entries.splice(entries.indexOf(entry), 1)
        held.delete(entry)
      }
      fetchMore()
    },
    offsetAfter: (stored) => {
      const left = entries.filter((entry) => !stored.includes(entry)).map((entry) => entry.updateId)
      if (left.length > 0) return Math.min(...left)
      return highest === null ? null : highest + 1
    },
    isEmpty: () => entries.length === 0,
    hasRefused: () => entries.some((entry) => entry.failures > 0),
    nextFile: () => Promise.race([...fetches, ...(fetches.size === 0 ? [new Promise<void>(() => undefined)] : [])]),
    settled: async () => {
      await Promise.all(fetches)
    },
  }
}

const chatOf = ({ message, change }: Entry): string | undefined =>
  message?.chatId ?? (change && 'chatId' in change ? change.chatId : undefined)
