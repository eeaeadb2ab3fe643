import { join } from 'node:path'
import { readKeyFile } from '../../../db/keyFile.ts'
import { type OpenedDatabase, openDatabase } from '../../../db/open.ts'
import { filesBelow } from '../store/folder.ts'

export const fileIn = (folder: string): string => join(folder, 'opencoach.db')

/** A connection of one's own to the data of a folder with a key file, while the host works on it or not. */
export const lookInto = <T>(folder: string, look: (database: OpenedDatabase) => T): T => {
  const database = openDatabase({ file: fileIn(folder), key: readKeyFile(folder), readonly: true })
  try {
    return look(database)
  } finally {
    database.close()
  }
}

/** Every page of the database decrypted, free ones and the slack in others included, and every file beside it as it lies there. */
export const everyByte = (folder: string): Buffer =>
  Buffer.concat([lookInto(folder, ({ sqlite }) => sqlite.serialize()), ...filesBelow(folder).values()])

/** The segments of the full-text index of messages alone. */
export const fullTextBytes = (folder: string): Buffer =>
  lookInto(folder, ({ sqlite }) =>
    Buffer.concat(
      sqlite
        .prepare('SELECT block FROM messages_fts_data')
        .pluck()
        .all()
        .map((block) => Buffer.from(block instanceof Uint8Array ? block : [])),
    ),
  )

/** Which of some words stand in bytes, in either of the spellings that SQLite knows. */
export const foundIn = (bytes: Buffer, words: readonly string[]): string[] =>
  words.filter((word) => bytes.includes(word) || bytes.includes(Buffer.from(word, 'utf16le')))
