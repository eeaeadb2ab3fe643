import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { fsyncFolder, removeUnfinished, writeDurably } from './durable.ts'
import { envelopeFileName } from './envelope.ts'
import { filesFolderName } from './fileStore.ts'
import { keyFileName } from './keyFile.ts'

export const databaseFileName = 'opencoach.db'
/** Where data is made ready before it takes the place of what is there. */
export const incomingFolderName = 'incoming'
const journalName = 'incoming.json'

const parts = [
  databaseFileName,
  `${databaseFileName}-wal`,
  `${databaseFileName}-shm`,
  envelopeFileName,
  keyFileName,
  filesFolderName,
]
const partsButKeyFile = parts.filter((part) => part !== keyFileName)

const journal = z.object({
  /** A folder name in the data folder for what was there. */
  keepIn: z.string().regex(/^[a-z0-9-]+$/),
  phase: z.enum(['keeping', 'moving_in']),
  /** The key file that is there belongs to the incoming data. */
  keyFileStays: z.boolean().default(false),
})
type Journal = z.infer<typeof journal>

const moveParts = (from: string, to: string, moved = parts): void => {
  for (const part of moved) if (existsSync(join(from, part))) renameSync(join(from, part), join(to, part))
  fsyncFolder(from)
  fsyncFolder(to)
}

const runFrom = (dataFolder: string, { keepIn, phase, keyFileStays }: Journal): void => {
  const incoming = join(dataFolder, incomingFolderName)
  const keep = join(dataFolder, keepIn)
  if (phase === 'keeping') {
    mkdirSync(keep, { recursive: true, mode: 0o700 })
    moveParts(dataFolder, keep, keyFileStays ? partsButKeyFile : parts)
    writeJournal(dataFolder, { keepIn, phase: 'moving_in', keyFileStays })
  }
  moveParts(incoming, dataFolder)
  rmSync(join(dataFolder, journalName), { force: true })
  fsyncFolder(dataFolder)
  removeIncoming(dataFolder)
  if (existsSync(keep) && readdirSync(keep).length === 0) rmSync(keep, { recursive: true })
}

const writeJournal = (dataFolder: string, state: Journal): void =>
  writeDurably(join(dataFolder, journalName), JSON.stringify(state))

/** A fresh, empty folder to make new data ready in. */
export const startIncoming = (dataFolder: string): string => {
  clearIncoming(dataFolder)
  const incoming = join(dataFolder, incomingFolderName)
  mkdirSync(incoming, { recursive: true, mode: 0o700 })
  return incoming
}

const removeIncoming = (dataFolder: string): void =>
  rmSync(join(dataFolder, incomingFolderName), { recursive: true, force: true })

/** Drops what was made ready, unless a swap to it is already decided. */
export const clearIncoming = (dataFolder: string): void => {
  if (!existsSync(join(dataFolder, journalName))) removeIncoming(dataFolder)
}

/**
 * Puts what lies ready in the incoming folder in the place of the data, which moves to the folder `keepIn`.
 * With `keyFileStays` the key file there is left where it is. Nothing may have the database open. A failure before the new data moves in undoes it; after a crash at any
 * point, recoverSwap finishes it.
 */
export const swapIn = (dataFolder: string, keepIn: string, keyFileStays = false): void => {
  fsyncFolder(join(dataFolder, incomingFolderName))
  const start: Journal = { keepIn, phase: 'keeping', keyFileStays }
  writeJournal(dataFolder, start)
  try {
    runFrom(dataFolder, start)
  } catch (error) {
    if (readJournal(dataFolder)?.phase === 'keeping') {
      moveParts(join(dataFolder, keepIn), dataFolder)
      rmSync(join(dataFolder, journalName), { force: true })
      clearIncoming(dataFolder)
    }
    throw error
  }
}

const readJournal = (dataFolder: string): Journal | null => {
  const file = join(dataFolder, journalName)
  return existsSync(file) ? journal.parse(JSON.parse(readFileSync(file, 'utf8'))) : null
}

/** At start: finishes a swap that was decided, and clears away one that was not. */
export const recoverSwap = (dataFolder: string): void => {
  for (const name of [journalName, envelopeFileName, keyFileName]) removeUnfinished(join(dataFolder, name))
  const decided = readJournal(dataFolder)
  if (decided) runFrom(dataFolder, decided)
  else clearIncoming(dataFolder)
}
