import { setImmediate as nextTurn } from 'node:timers/promises'
import { inArray } from 'drizzle-orm'
import type { FileStore } from '../../../db/fileStore.ts'
import { clients } from '../../../db/schema/index.ts'
import type { Queries } from '../../../db/sqlite.ts'
import type { Tx, Write } from '../../../db/write.ts'
import type { PastImport, PastPreview } from '../../../shared/contract/past.ts'
import { Problem } from '../../../shared/problem.ts'
import type { ImportFormat } from '../../../shared/taxonomy/learning.ts'
import type { DateOrder } from '../../../shared/taxonomy/past.ts'
import type { Clock } from '../../clock.ts'
import { createUploads, type Uploads } from '../../library/index.ts'
import { createHeldFiles, largestPastBytes } from './held.ts'
import { PastProblem } from './problem.ts'
import { runPast } from './runPast.ts'
import {
  addTurns,
  beginImport,
  beginRemoving,
  finishImport,
  importOfContent,
  listImports,
  removePortion,
  unfinishedImports,
} from './store.ts'

interface ReadAs {
  readonly fileId: string
  readonly format?: ImportFormat | undefined
  readonly dateOrder?: DateOrder | undefined
}

export interface TakeIn extends ReadAs {
  readonly coach: string
  readonly threads: readonly { readonly thread: number; readonly clientId: string | null }[]
}

interface UnderWay {
  readonly fileId: string
  readonly name: string
  readonly step: 'reading' | 'adding'
  readonly done: number
  readonly total: number
}

export interface Past {
  readonly uploads: Uploads<{ readonly fileName: string }, { fileId: string }>
  list(): { rows: PastImport[]; underWay: UnderWay | null }
  preview(asked: ReadAs): Promise<PastPreview>
  takeIn(asked: TakeIn): Promise<{ importId: string; turns: number; coachTurns: number }>
  drop(fileId: string): void
  remove(importId: string): Promise<void>
  /** Clears away what an earlier run left half done. */
  start(): void
  stop(): Promise<void>
}

interface Parts {
  readonly write: Write
  readonly queries: Queries
  readonly files: FileStore
  readonly clock: Clock
  readonly coachName: () => string
  /** In the transaction in which past conversations came or went: computes anew what is learned from them. */
  readonly recomputeProfile: (tx: Tx) => void
}

/** Windows are told of progress no more often than this, milliseconds. */
const tellEveryMs = 400

const stopped = (): Problem => new Problem('CONFLICT', 'It was stopped; nothing of this file was kept.')
const busy = (): Problem => new Problem('CONFLICT', 'Another file is being read. Wait until it is done, or stop it.')

const isConstraint = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_CONSTRAINT')

/** Past conversations and the coach's own writing: chosen, looked at, taken in, and taken out again. */
export const createPast = ({ write, queries, files, clock, coachName, recomputeProfile }: Parts): Past => {
  const held = createHeldFiles({ write, queries, files })
  const uploads = createUploads(held.take, { bytes: largestPastBytes, sentence: new PastProblem('too_large').message })
  let underWay: UnderWay | null = null
  let running: { readonly fileId: string; readonly abort: AbortController; readonly done: Promise<unknown> } | null =
    null
  let isClosing = false
  let toldAt = 0

  const tell = (): void => write((tx) => tx.changed('past'))
  const show = (state: UnderWay | null): void => {
    const isNews = state?.step !== underWay?.step
    underWay = state
    const now = clock.now()
    if (!isNews && now - toldAt < tellEveryMs) return
    toldAt = now
    tell()
  }

  /** Deletes in portions, so that the host answers in between. */
  const clear = async (importId: string): Promise<void> => {
    while (!isClosing && !write((tx) => removePortion(tx, importId))) await nextTurn()
  }

  /** One file at a time; `work` is aborted by `drop` and `stop`. */
  const alone = async <T>(fileId: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> => {
    if (running || isClosing) throw busy()
    const abort = new AbortController()
    const done = work(abort.signal)
    running = { fileId, abort, done }
    try {
      return await done
    } finally {
      running = null
      show(null)
    }
  }

  const preview = ({ fileId, format, dateOrder }: ReadAs): Promise<PastPreview> =>
    alone(fileId, async (signal) => {
      const { fileName, contentHash } = held.find(fileId)
      show({ fileId, name: fileName, step: 'reading', done: 0, total: 1 })
      const asked = { sealed: held.sealed(fileId), fileName, now: clock.now(), dateOrder: dateOrder ?? null }
      const answer = await runPast(
        { kind: 'preview', ...asked, coachName: coachName(), ...(format ? { format } : {}) },
        {
          signal,
          onTurns: () => undefined,
          onProgress: (done, total) => show({ fileId, name: fileName, step: 'reading', done, total }),
        },
      )
      if (answer.kind !== 'preview') throw new Problem('INTERNAL')
      const known = importOfContent(queries, contentHash)
      const takenInAt = known?.state === 'done' && known.hasTurns === 1 ? known.createdAt : null
      return { fileId, fileName, takenInAt, ...answer.preview }
    })

  /** Throws where the same file is in already or one of the clients is gone. */
  const checkTakeIn = async ({ threads }: TakeIn, contentHash: string): Promise<void> => {
    const known = importOfContent(queries, contentHash)
    if (known?.state === 'done' && known.hasTurns === 1)
      throw new Problem('CONFLICT', 'This file was taken in before. Remove that import first if you want it anew.')
    if (known) await clear(known.id)
    const wanted = [...new Set(threads.flatMap(({ clientId }) => clientId ?? []))]
    const found = queries.select({ id: clients.id }).from(clients).where(inArray(clients.id, wanted)).all()
    if (found.length < wanted.length) throw new Problem('NOT_FOUND', 'One of these clients is no longer here.')
  }

  const takeIn = (asked: TakeIn) =>
    alone(asked.fileId, async (signal) => {
      const { fileId, coach, threads, dateOrder } = asked
      const { fileName, contentHash } = held.find(fileId)
      const name = fileName.trim()
      await checkTakeIn(asked, contentHash)
      const clientOf = new Map(threads.map(({ thread, clientId }) => [thread, clientId]))
      const [first, ...others] = [...new Set(clientOf.values())]
      const format = asked.format ?? (await formatOf(asked, signal))
      const clientId = others.length === 0 ? (first ?? null) : null
      const importId = write((tx) => beginImport(tx, { name, format, contentHash, clientId }, clock.now()))
      let turns = 0
      let coachTurns = 0
      try {
        show({ fileId, name, step: 'adding', done: 0, total: 1 })
        const answer = await runPast(
          {
            kind: 'select',
            sealed: held.sealed(fileId),
            fileName,
            now: clock.now(),
            dateOrder: dateOrder ?? null,
            format,
            coach,
            threads: threads.map((one) => ({ thread: one.thread, keepsClient: one.clientId !== null })),
          },
          {
            signal,
            onProgress: (done, total) => show({ fileId, name, step: 'adding', done, total }),
            onTurns: (kept) => {
              write((tx) => addTurns(tx, importId, kept, (thread) => clientOf.get(thread) ?? null))
              turns += kept.length
              coachTurns += kept.filter(({ author }) => author === 'human_coach').length
            },
          },
        )
        if (answer.kind !== 'selected') throw new Problem('INTERNAL')
        write((tx) => {
          finishImport(tx, importId, answer.selected)
          recomputeProfile(tx)
          tx.changed('past')
        })
      } catch (error) {
        await clear(importId)
        throw isConstraint(error)
          ? new Problem('CONFLICT', 'A client changed while this was being taken in, so nothing was kept. Start again.')
          : error
      }
      held.drop(fileId)
      return { importId, turns, coachTurns }
    })

  const formatOf = async ({ fileId }: TakeIn, signal: AbortSignal): Promise<ImportFormat> => {
    const task = { kind: 'preview', sealed: held.sealed(fileId), fileName: held.find(fileId).fileName } as const
    const watch = { signal, onTurns: () => undefined, onProgress: () => undefined }
    const answer = await runPast({ ...task, now: clock.now(), dateOrder: null, coachName: '' }, watch)
    if (answer.kind !== 'preview') throw new Problem('INTERNAL')
    return answer.preview.format
  }

  return {
    uploads,
    list: () => ({ rows: listImports(queries), underWay }),
    preview,
    takeIn,
    drop: (fileId) => {
      if (running?.fileId === fileId) running.abort.abort(stopped())
      held.drop(fileId)
    },
    remove: async (importId) => {
      write((tx) => {
        if (!beginRemoving(tx, importId)) throw new Problem('NOT_FOUND')
        recomputeProfile(tx)
        tx.changed('past')
      })
      await clear(importId)
    },
    start: () => {
      const clearAll = async (): Promise<void> => {
        for (const importId of unfinishedImports(queries)) await clear(importId)
      }
      // Nobody sees what is left; the next start tries again.
      clearAll().catch(() => undefined)
    },
    stop: async () => {
      running?.abort.abort(stopped())
      await running?.done.catch(() => undefined)
      isClosing = true
      held.dropAll()
    },
  }
}
