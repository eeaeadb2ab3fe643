import { setImmediate as nextTurn } from 'node:timers/promises'
import { eq } from 'drizzle-orm'
import type { FileStore } from '../../../db/fileStore.ts'
import { latestVersion } from '../../../db/migrate.ts'
import type { OpenedDatabase } from '../../../db/open.ts'
import { files as fileRows } from '../../../db/schema/index.ts'
import { Problem } from '../../../shared/problem.ts'
import { machineForm } from './machine.ts'
import { readableForm } from './readable.ts'
import { type ZipEntry, zipped } from './zip.ts'

interface Wanted {
  readonly clientId: string
  readonly coachName: string
  readonly now: number
}

/** What a zip without its later extensions can hold, with room for the texts. Bytes. */
const mostAttachedBytes = 3_500_000_000

/** A name that means the same on every system and leads nowhere else; `number` keeps two of them apart. */
export const fileNameIn = (name: string, number: number): string => {
  const bare = name
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}<>:"/\\|?*]/gu, '_')
    .replace(/^[\s.]+|[\s.]+$/gu, '')
  return `${String(number).padStart(3, '0')} ${shortened(bare) || 'file'}`
}

/** The ending stays: by it a system knows what opens the file. */
const shortened = (name: string): string => {
  const dot = name.lastIndexOf('.')
  const ending = dot > 0 && name.length - dot <= 10 ? name.slice(dot) : ''
  return `${Array.from(name.slice(0, name.length - ending.length))
    .slice(0, 80)
    .join('')}${ending}`
}

/**
 * Everything about one client as a zip: `conversation.txt` to read, `data.json` for machines, and the files that were
 * sent. Read in one snapshot of the data. A file that cannot be read is named as such and keeps nobody from the rest.
 */
export async function* clientArchive(
  reader: OpenedDatabase,
  files: Pick<FileStore, 'readStream'>,
  { clientId, coachName, now }: Wanted,
): AsyncGenerator<Uint8Array, void> {
  reader.sqlite.exec('BEGIN')
  const attached = reader.queries.select().from(fileRows).where(eq(fileRows.clientId, clientId)).all()
  const sent = attached.filter(({ purpose }) => purpose === 'attachment')
  if (sent.reduce((sum, { size }) => sum + size, 0) > mostAttachedBytes)
    throw new Problem('CONFLICT', 'The files of this client are larger than one archive can hold (3.5 GB).')
  const isWhole = async (id: string): Promise<boolean> => {
    try {
      for (const _ of files.readStream(reader.queries, id)) await nextTurn()
      return true
    } catch {
      return false
    }
  }
  const attachments = new Map<string, string | null>()
  for (const [index, { id, name }] of sent.entries())
    attachments.set(id, (await isWhole(id)) ? `attachments/${fileNameIn(name, index + 1)}` : null)
  const entries = function* (): Generator<ZipEntry, void> {
    yield { path: 'conversation.txt', parts: readableForm(reader, { clientId, coachName, attachments, now }) }
    const head = {
      schemaVersion: latestVersion,
      exportedAt: now,
      clientId,
      attachments: Object.fromEntries(attachments),
    }
    yield { path: 'data.json', parts: machineForm(reader.sqlite, head) }
    for (const [id, path] of attachments)
      if (path !== null) yield { path, parts: files.readStream(reader.queries, id), isPacked: true }
  }
  yield* zipped(entries(), now)
}

/** What the archive is called where the coach saves it. */
export const archiveName = (clientName: string, now: number): string => {
  const [, ...name] = fileNameIn(clientName, 1).split(' ')
  return `${name.join(' ')} ${new Date(now).toISOString().slice(0, 10)}.zip`
}
