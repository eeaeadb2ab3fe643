import type { Worker } from 'node:worker_threads'
import { toProblem } from '../../shared/problem.ts'
import { type Clock, within } from '../clock.ts'
import type { Log } from '../log/index.ts'
import type { Passages, Question } from './passageSearch.ts'
import {
  type Recalled,
  type RecallQuestion,
  type SearchOrder,
  type SearchReport,
  searchReport,
} from './searchMessages.ts'

export interface Searcher {
  /**
   * The best passages for a question. Answered by words alone while the search worker is not there. Rejects with the
   * signal's reason, or with what kept the words from being searched.
   */
  search(question: Question, signal?: AbortSignal): Promise<Passages>
  /** Messages that one client sent or was sent, best first; none while the search worker is not there. */
  recall(question: RecallQuestion, signal?: AbortSignal): Promise<Recalled>
  /** Reads the messages of a client ahead. */
  warm(clientId: string): void
  /** Lets go of what is held of a client. */
  forget(clientId: string): void
  /** Documents whose vectors came or went while their text stayed; call after the commit. */
  changed(documentIds: readonly string[]): void
  start(): void
  /** Ends the worker and what it holds in memory: as soon as it has heard of it, after ten seconds in any case. */
  stop(): Promise<void>
}

/** Starts the thread; see startSearchWorker. */
export type StartWorker = () => Worker

interface Parts {
  readonly startWorker: StartWorker
  /** Searches by words on the host's own connection. */
  readonly wordsOnly: (question: Question) => Passages
  readonly clock: Clock
  readonly log: Log
}

type Answer = Extract<SearchReport, { kind: 'found' | 'recalled' }>

interface Pending {
  readonly settle: (answer: Answer) => void
  readonly giveUp: () => void
}

const restartMs = [250, 1_000, 5_000, 30_000]
/** A worker that has not answered after so long is replaced. */
const patienceMs = 5_000
/** Cutting a thread off inside SQLite or while it loads can take the whole process with it, so it gets time to end itself. */
const graceMs = 10_000

/** Keeps one search worker running and asks it; answers with words alone meanwhile. */
export const createSearcher = ({ startWorker, wordsOnly, clock, log }: Parts): Searcher => {
  const pending = new Map<number, Pending>()
  const ending = new Set<Promise<void>>()
  let worker: Worker | null = null
  let crashes = 0
  let nextId = 1
  let isStopped = true
  let cancelRestart: () => void = () => undefined

  const tell = (order: SearchOrder): void => worker?.postMessage(order)

  const hear = (raw: unknown): void => {
    const report = searchReport.parse(raw)
    if (report.kind === 'ready') {
      crashes = 0
      log('info', 'search_ready', { count: report.passages })
      return
    }
    const asked = pending.get(report.id)
    if (report.kind !== 'failed') return asked?.settle(report)
    log('warn', 'search_failed', { code: report.code })
    asked?.giveUp()
  }

  const whenGone = (gone: Worker): void => {
    if (worker !== gone) return
    worker = null
    for (const { giveUp } of [...pending.values()]) giveUp()
    if (isStopped) return
    const wait = restartMs[Math.min(crashes, restartMs.length - 1)] ?? 0
    crashes += 1
    log('warn', 'search_worker_ended', { count: crashes })
    cancelRestart = clock.after(wait, begin)
  }

  const end = (old: Worker): void => {
    const gone = new Promise<true>((resolve) => old.once('exit', () => resolve(true)))
    old.postMessage({ kind: 'stop' } satisfies SearchOrder)
    const ended = within(clock, graceMs, gone).then(async (isGone) => {
      if (!isGone) await old.terminate()
    })
    ending.add(ended)
    void ended.finally(() => ending.delete(ended))
  }

  const replace = (old: Worker): void => {
    if (worker !== old) return
    whenGone(old)
    end(old)
  }

  const begin = (): void => {
    if (isStopped) return
    const started = startWorker()
    worker = started
    started.on('message', (raw) => {
      try {
        hear(raw)
      } catch {
        replace(started)
      }
    })
    started.on('error', (error) => log('warn', 'search_worker_failed', { code: toProblem(error).code }))
    started.once('exit', () => whenGone(started))
  }

  /** Asks the worker; `instead` where it fails, takes too long or goes. */
  const ask = <T>(
    order: (id: number) => SearchOrder,
    read: (answer: Answer) => T | undefined,
    instead: () => T,
    signal: AbortSignal | undefined,
  ): Promise<T> =>
    new Promise((resolve, reject) => {
      const id = nextId++
      const asked = worker
      const close = (): void => {
        pending.delete(id)
        cancelPatience()
        signal?.removeEventListener('abort', abort)
      }
      const giveUp = (): void => {
        close()
        try {
          resolve(instead())
        } catch (error) {
          reject(error)
        }
      }
      const settle = (answer: Answer): void => {
        const result = read(answer)
        if (result === undefined) return giveUp()
        close()
        resolve(result)
      }
      const abort = (): void => {
        close()
        tell({ kind: 'abort', id })
        reject(signal?.reason)
      }
      const cancelPatience = clock.after(patienceMs, () => {
        giveUp()
        if (asked) replace(asked)
      })
      signal?.addEventListener('abort', abort, { once: true })
      pending.set(id, { settle, giveUp })
      tell(order(id))
    })

  return {
    search: async (question, signal) => {
      signal?.throwIfAborted()
      if (worker === null) return wordsOnly(question)
      return ask(
        (id) => ({ kind: 'search', id, question }),
        (answer) => (answer.kind === 'found' ? answer.passages : undefined),
        () => wordsOnly(question),
        signal,
      )
    },
    recall: async (question, signal) => {
      signal?.throwIfAborted()
      if (worker === null) return []
      return ask(
        (id) => ({ kind: 'recall', id, question }),
        (answer) => (answer.kind === 'recalled' ? answer.messages : undefined),
        () => [],
        signal,
      )
    },
    warm: (clientId) => tell({ kind: 'warm', clientId }),
    forget: (clientId) => tell({ kind: 'forget', clientId }),
    changed: (documentIds) => tell({ kind: 'changed', documentIds }),
    start: () => {
      if (!isStopped) return
      isStopped = false
      begin()
    },
    stop: async () => {
      isStopped = true
      cancelRestart()
      if (worker !== null) end(worker)
      await Promise.all(ending)
    },
  }
}
