import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { createFileStore } from '../../../db/fileStore.ts'
import { migrate } from '../../../db/migrate.ts'
import { openDatabase } from '../../../db/open.ts'
import { createWriter } from '../../../db/write.ts'
import { type Clock, systemClock } from '../../../host/clock.ts'
import { createLibrary, createReadingRoom, type ReadingRoom } from '../../../host/library/index.ts'
import { ReadingProblem } from '../../../host/reading/index.ts'
import { keyOf, temporaryFolder } from '../store/folder.ts'

type LibraryParts = Parameters<typeof createLibrary>[0]

interface ShelfOptions {
  readonly folder?: string
  readonly room?: ReadingRoom
  readonly clock?: Clock
  readonly log?: LibraryParts['log']
  /** Makes what turns recordings into text; without it there is no service for them. */
  readonly transcriber?: (parts: Pick<LibraryParts, 'write' | 'queries' | 'files'>) => LibraryParts['transcribe']
}

const noService = (): LibraryParts['transcribe'] => async () => {
  throw new ReadingProblem('no_transcription')
}

export type Shelf = ReturnType<typeof openShelf>

/** A library on a real database with real reading threads. */
export const openShelf = ({
  folder = temporaryFolder(),
  room = createReadingRoom(1),
  clock = systemClock,
  log = () => undefined,
  transcriber = noService,
}: ShelfOptions = {}) => {
  const file = join(folder, 'opencoach.db')
  const database = openDatabase({ file, key: keyOf(3) })
  migrate(database.sqlite)
  const files = createFileStore({ folder: join(folder, 'files'), now: () => Date.now() })
  const topics: string[] = []
  const write = createWriter(database.sqlite, database.queries, (changes) =>
    topics.push(...changes.map(({ topic }) => topic)),
  )
  const library = createLibrary({
    write,
    queries: database.queries,
    files,
    clock,
    log,
    room,
    transcribe: transcriber({ write, queries: database.queries, files }),
    ocrLanguages: () => [],
    dataFolder: folder,
    onPassages: () => undefined,
  })
  let isOpen = true
  const close = async () => {
    if (!isOpen) return
    isOpen = false
    await library.stop()
    database.close()
  }
  onTestFinished(close)
  const upload = async (fileName: string, content: string | Uint8Array, into = '', clientId: string | null = null) => {
    const bytes = Buffer.from(content)
    const { uploadId } = library.uploads.begin({ fileName, folder: into, bytes: bytes.length, tags: [], clientId })
    for (let at = 0; at < bytes.length; at += 100_000)
      library.uploads.append(uploadId, at, bytes.subarray(at, at + 100_000))
    return library.uploads.finish(uploadId)
  }
  const settled = async (): Promise<void> => {
    for (;;) {
      const { progress } = library.overview()
      if (progress === null || progress.isPaused) return
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
  const documents = () => library.list({ sort: 'title', limit: 200 }).rows
  const passages = () =>
    database.sqlite
      .prepare<[], { text: string; title: string; document: string; version: number }>(
        `SELECT c.text, c.title, d.file_name AS document, c.content_version AS version FROM chunks c
         JOIN documents d ON d.id = c.document_id ORDER BY d.file_name, c.position`,
      )
      .all()
  const found = (words: string) =>
    database.sqlite
      .prepare<[string], { text: string }>(
        'SELECT c.text FROM chunk_words JOIN chunks c ON c.seq = chunk_words.rowid WHERE chunk_words MATCH ?',
      )
      .all(words)
      .map(({ text }) => text)
  return {
    ...database,
    files,
    folder,
    file,
    library,
    write,
    upload,
    settled,
    documents,
    passages,
    found,
    topics,
    close,
  }
}
