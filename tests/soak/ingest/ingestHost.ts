// A library of its own process, so that it can be killed: follows one folder until nothing is left to be read.
import { join } from 'node:path'
import { createFileStore } from '../../../db/fileStore.ts'
import { migrate } from '../../../db/migrate.ts'
import { openDatabase } from '../../../db/open.ts'
import { createWriter } from '../../../db/write.ts'
import { systemClock } from '../../../host/clock.ts'
import { createLibrary, createReadingRoom } from '../../../host/library/index.ts'
import { ReadingProblem } from '../../../host/reading/index.ts'

const [folder = '', watched = ''] = process.argv.slice(2)
const database = openDatabase({ file: join(folder, 'opencoach.db'), key: new Uint8Array(32).fill(9) })
migrate(database.sqlite)
const files = createFileStore({ folder: join(folder, 'files'), now: () => Date.now() })
const write = createWriter(database.sqlite, database.queries, () => undefined)
write((tx) => files.sweep(tx))
const library = createLibrary({
  write,
  queries: database.queries,
  files,
  clock: systemClock,
  log: () => undefined,
  room: createReadingRoom(2),
  transcribe: async () => {
    throw new ReadingProblem('no_transcription')
  },
  ocrLanguages: () => [],
  dataFolder: folder,
  onPassages: () => undefined,
})
library.start()
process.send?.('ready')
const [row] = library.folders.list()
const id = row?.id ?? (await library.folders.watch(watched))
await library.folders.rescan(id)
while (library.overview().progress !== null) await new Promise((resolve) => setTimeout(resolve, 50))
await library.stop()
database.close()
process.send?.('done')
process.disconnect()
