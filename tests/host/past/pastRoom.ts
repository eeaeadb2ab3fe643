import { join } from 'node:path'
import { createFileStore } from '../../../db/fileStore.ts'
import { migrate } from '../../../db/migrate.ts'
import { openDatabase } from '../../../db/open.ts'
import { createWriter, type Tx, type Write } from '../../../db/write.ts'
import { systemClock } from '../../../host/clock.ts'
import { createPast } from '../../../host/learning/index.ts'

/** The room for past conversations on an encrypted database of its own. */
export const openPastRoom = (
  folder: string,
  key: Uint8Array,
  {
    recomputeProfile = () => undefined,
    watch = (write) => write,
  }: { recomputeProfile?: (tx: Tx) => void; watch?: (write: Write) => Write } = {},
) => {
  const { sqlite, queries, close } = openDatabase({ file: join(folder, 'opencoach.db'), key: Buffer.from(key) })
  migrate(sqlite)
  const write = watch(createWriter(sqlite, queries, () => undefined))
  const files = createFileStore({ folder: join(folder, 'files'), now: () => 1 })
  const past = createPast({ write, queries, files, clock: systemClock, coachName: () => '', recomputeProfile })

  const takeIn = async (fileName: string, text: string, coach = 'Ruth') => {
    const bytes = Buffer.from(text)
    const { uploadId } = past.uploads.begin({ fileName, bytes: bytes.length })
    past.uploads.append(uploadId, 0, bytes)
    const { fileId } = await past.uploads.finish(uploadId)
    return past.takeIn({ fileId, coach, threads: [{ thread: 0, clientId: null }] })
  }
  return { queries, write, past, takeIn, close }
}

export const manyLines = (count: number): string =>
  `timestamp,from,text\n${Array.from({ length: count }, (_, index) => `${1_600_000_000 + index},Ruth,line ${index}`).join('\n')}\n`
