import { and, asc, eq, inArray, notInArray, sql } from 'drizzle-orm'
import type { FileStore, SealedSource } from '../../db/fileStore.ts'
import { documents, documentUpdates } from '../../db/schema/index.ts'
import type { Queries } from '../../db/sqlite.ts'
import type { Write } from '../../db/write.ts'
import { Problem, toProblem } from '../../shared/problem.ts'
import type { DocumentKind } from '../../shared/taxonomy/library.ts'
import type { Clock } from '../clock.ts'
import type { Log } from '../log/index.ts'
import { type ReadDocument, type ReadingOptions, ReadingProblem } from '../reading/index.ts'
import type { NewChunk } from './chunking/index.ts'
import { changeOver, type DocumentRecord, keepProblem, keepRead, readText } from './versions.ts'

/** The work that is done in threads of their own; both throw a ReadingProblem. */
export interface ReadingRoom {
  read(source: SealedSource, kind: DocumentKind, options: ReadingOptions, signal: AbortSignal): Promise<ReadDocument>
  /** `read`: a ReadDocument as JSON, as it was kept. */
  chunk(read: string, title: string, signal: AbortSignal): Promise<ReadChunks>
  /** How many documents it takes at once. */
  readonly places: number
  stop(): Promise<void>
}

export interface ReadChunks {
  readonly about: Pick<ReadDocument, 'pages' | 'pageLabels' | 'notes'>
  readonly chunks: readonly NewChunk[]
}

/** Turns a recording into words; throws `no_transcription` where there is no service for it, and Problems. */
export type Transcribe = (record: DocumentRecord, signal: AbortSignal) => Promise<ReadDocument>

export interface Ingest {
  start(): void
  /** Looks again; call after every commit that queued a document. */
  wake(): void
  pause(): void
  resume(): void
  isPaused(): boolean
  /** What is being worked on, by document. */
  progressOf(documentId: string): { done: number; total: number } | null
  secondsLeft(): number | null
  /** Stops what is done for a document; its rows stay as they are. */
  cancel(documentId: string): void
  stop(): Promise<void>
}

interface Parts {
  readonly write: Write
  readonly queries: Queries
  readonly files: FileStore
  readonly clock: Clock
  readonly log: Log
  readonly room: ReadingRoom
  readonly transcribe: Transcribe
  readonly ocrLanguages: () => readonly string[]
  readonly onReady: () => void
}

const mostPages = 5_000
const mostUnpackedBytes = 512 * 1024 * 1024
/** So many stops of the whole console in the middle of one stage of a document, and it is left alone. */
const mostAttempts = 5
/** A recording is sent to a service that may charge for it, even where its answer is lost. */
const mostAttemptsOfRecording = 3
/** After two stops in the middle of it a document is suspected: it is read alone, and later after a start with each stop. */
const suspectFrom = 2
const laterByStopMs = 10_000
const tellEveryMs = 500
const afterFailureMs = 5_000
const workStates = ['queued', 'reading', 'chunking', 'indexing'] as const

const isRecording = ({ kind }: DocumentRecord): boolean => kind === 'audio' || kind === 'video'

const isSuspect = (record: DocumentRecord): boolean => !isRecording(record) && record.attempts >= suspectFrom

const stoppedTooOften = (record: DocumentRecord): ReadingProblem | Problem =>
  isRecording(record)
    ? new Problem(
        'MODEL_BROKE_OFF',
        'OpenCoach was closed several times while this recording was being turned into text, and the service may have charged for it each time. Try again when it can stay open.',
      )
    : new ReadingProblem('stopped_often')

interface Work {
  readonly isSuspect: boolean
  readonly abort: AbortController
  readonly finished: Promise<void>
  progress: { done: number; total: number }
}

/** Reads what is queued, a few documents at once, each from the stage it had reached when the console stopped. */
export const createIngest = (parts: Parts): Ingest => {
  const { write, queries, files, clock, log, room } = parts
  const running = new Map<string, Work>()
  // Read, and perhaps paid for, but not on disk yet: a full disk or a pause at the wrong moment does not cost it twice.
  const unkept = new Map<string, ReadDocument>()
  let state: 'idle' | 'started' | 'paused' | 'stopped' = 'idle'
  let cancelTimer: () => void = () => undefined
  let lastTold = 0
  let startedAt = 0
  let pace = { bytes: 0, ms: 0 }

  const start = (): void => {
    startedAt = clock.now()
    write((tx) => {
      tx.queries
        .update(documents)
        // Queued again, or the next stop would count against what nobody has begun to read since.
        .set({ attempts: sql`${documents.attempts} + 1`, state: 'queued' })
        .where(inArray(documents.state, ['reading', 'chunking', 'indexing']))
        .run()
      const stuck = tx.queries
        .select()
        .from(documents)
        .where(
          and(
            eq(documents.state, 'queued'),
            sql`${documents.attempts} >= iif(${documents.kind} IN ('audio','video'), ${mostAttemptsOfRecording}, ${mostAttempts})`,
          ),
        )
        .all()
      for (const record of stuck) keepProblem(tx, record, stoppedTooOften(record), clock.now())
    })
    state = state === 'paused' ? 'paused' : 'started'
    wake()
  }

  const wake = (): void => {
    if (state !== 'started') return
    cancelTimer()
    try {
      while (running.size < room.places && ![...running.values()].some(({ isSuspect }) => isSuspect)) {
        const record = nextDocument()
        if (!record) break
        const waitMs = isSuspect(record) ? startedAt + record.attempts * laterByStopMs - clock.now() : 0
        if (waitMs > 0) cancelTimer = clock.after(waitMs, wake)
        if (waitMs > 0 || (isSuspect(record) && running.size > 0)) break
        begin(record)
      }
    } catch (error) {
      log('error', 'library_not_read', { code: toProblem(error).code })
      cancelTimer = clock.after(afterFailureMs, wake)
    }
  }

  const nextDocument = (): DocumentRecord | undefined =>
    queries
      .select()
      .from(documents)
      .where(
        and(
          inArray(documents.state, [...workStates]),
          running.size === 0 ? undefined : sql`${documents.id} NOT IN ${[...running.keys()]}`,
        ),
      )
      // What was begun is finished first, then small files: the coach sees the library grow. What may end it comes last.
      .orderBy(
        sql`iif(${documents.attempts} < ${suspectFrom} OR ${documents.kind} IN ('audio','video'), 0, ${documents.attempts})`,
        sql`${documents.attempts} = 0`,
        asc(documents.bytes),
      )
      .limit(1)
      .get()

  const begin = (record: DocumentRecord): void => {
    const abort = new AbortController()
    const work: Work = {
      isSuspect: isSuspect(record),
      abort,
      progress: { done: 0, total: 0 },
      finished: Promise.resolve(),
    }
    const begunAt = clock.now()
    const finished = perform(record, work)
      .then(() => {
        pace = { bytes: pace.bytes + record.bytes, ms: pace.ms + Math.max(1, clock.now() - begunAt) }
      })
      .finally(() => {
        running.delete(record.id)
        if (state === 'started') wake()
      })
    running.set(record.id, Object.assign(work, { finished }))
  }

  /** Never rejects: what cannot be written down now is tried again later, from the same stage. */
  const perform = async (record: DocumentRecord, work: Work): Promise<void> => {
    const { signal } = work.abort
    try {
      await makeReady(record, work)
    } catch (error) {
      if (signal.aborted) return
      const problem = error instanceof ReadingProblem ? error : toProblem(error)
      if (problem instanceof Problem) log('error', 'document_not_read', { id: record.id, code: problem.code })
      try {
        write((tx) => keepProblem(tx, record, problem, clock.now()))
      } catch (failure) {
        log('error', 'document_not_recorded', { id: record.id, code: toProblem(failure).code })
        await new Promise<void>((resolve) => clock.after(afterFailureMs, resolve))
      }
    }
  }

  const makeReady = async (record: DocumentRecord, work: Work): Promise<void> => {
    const { signal } = work.abort
    let read = readText(queries, record.id, record.nextVersion)
    if (read === null) {
      markReading(record)
      const version = `${record.id} ${record.nextVersion}`
      const made = unkept.get(version) ?? (await readOne(record, work))
      unkept.set(version, made)
      signal.throwIfAborted()
      const isKept = write((tx) => keepRead(tx, record, made, clock.now()))
      unkept.delete(version)
      if (!isKept) return
      read = readText(queries, record.id, record.nextVersion)
      if (read === null) return
    } else {
      write((tx) => tx.queries.update(documents).set({ state: 'chunking' }).where(eq(documents.id, record.id)).run())
    }
    const { about, chunks } = await room.chunk(read, titleNow(record), signal)
    if (chunks.length === 0) throw new ReadingProblem('no_text')
    signal.throwIfAborted()
    write((tx) => tx.queries.update(documents).set({ state: 'indexing' }).where(eq(documents.id, record.id)).run())
    const end = await changeOver(write, queries, record, about, chunks, () => clock.now(), signal)
    if (end === 'done') parts.onReady()
  }

  const titleNow = ({ id, title }: DocumentRecord): string =>
    queries.select({ title: documents.title }).from(documents).where(eq(documents.id, id)).get()?.title ?? title

  const markReading = (record: DocumentRecord): void =>
    write((tx) => {
      tx.queries.update(documents).set({ state: 'reading' }).where(eq(documents.id, record.id)).run()
      tx.queries
        .update(documentUpdates)
        .set({ status: 'processing' })
        .where(and(eq(documentUpdates.documentId, record.id), eq(documentUpdates.status, 'pending')))
        .run()
      tx.changed('library', record.id)
    })

  const readOne = async (record: DocumentRecord, work: Work): Promise<ReadDocument> => {
    if (isRecording(record)) return parts.transcribe(record, work.abort.signal)
    if (record.fileId === null) throw new ReadingProblem('vanished')
    const options = {
      fileName: record.fileName,
      maxPages: mostPages,
      maxUnpackedBytes: mostUnpackedBytes,
      ocrLanguages: parts.ocrLanguages(),
      onProgress: (done: number, total: number) => {
        work.progress = { done, total }
        tellProgress(record.id)
      },
    }
    return room.read(files.sealed(queries, record.fileId), record.kind, options, work.abort.signal)
  }

  const tellProgress = (id: string): void => {
    if (clock.now() - lastTold < tellEveryMs) return
    lastTold = clock.now()
    write((tx) => tx.changed('library', id))
  }

  /** A stop in good order is nothing that a document could have caused; a recording that was sent stays counted. */
  const putBack = (ids: readonly string[]): void => {
    if (ids.length === 0) return
    try {
      write((tx) =>
        tx.queries
          .update(documents)
          .set({ state: 'queued' })
          .where(
            and(
              inArray(documents.id, [...ids]),
              eq(documents.state, 'reading'),
              notInArray(documents.kind, ['audio', 'video']),
            ),
          )
          .run(),
      )
    } catch (error) {
      log('warn', 'library_not_put_back', { code: toProblem(error).code })
    }
  }

  const remaining = (): number =>
    queries
      .select({ bytes: sql<number>`coalesce(sum(${documents.bytes}), 0)` })
      .from(documents)
      .where(inArray(documents.state, [...workStates]))
      .get()?.bytes ?? 0

  return {
    start,
    wake,
    pause: () => {
      if (state === 'started' || state === 'idle') state = 'paused'
      for (const { abort } of running.values()) abort.abort()
    },
    resume: () => {
      if (state === 'paused') state = 'started'
      wake()
    },
    isPaused: () => state === 'paused',
    progressOf: (id) => {
      const progress = running.get(id)?.progress
      return progress && progress.total > 0 ? progress : null
    },
    secondsLeft: () =>
      pace.bytes === 0 ? null : Math.round((remaining() / pace.bytes) * (pace.ms / 1_000) * (1 / room.places)),
    cancel: (id) => running.get(id)?.abort.abort(),
    stop: async () => {
      state = 'stopped'
      cancelTimer()
      for (const { abort } of running.values()) abort.abort()
      const [ids, ends] = [[...running.keys()], [...running.values()].map((one) => one.finished)]
      await Promise.allSettled(ends)
      putBack(ids)
      await room.stop()
    },
  }
}
