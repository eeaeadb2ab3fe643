// Answers searches of the library and of what clients said off the host's own thread, with a read-only connection of its own.
import { parentPort, workerData } from 'node:worker_threads'
import { openDatabase } from '../../db/open.ts'
import { toStoreProblem } from '../../db/storeProblem.ts'
import { createMessageSearch } from '../memory/messageSearch/search.ts'
import { createPassageSearch } from '../retrieval/passageSearch.ts'
import { type SearchOrder, type SearchReport, searchOrder, searchWorkerData } from '../retrieval/searchMessages.ts'
import { createWordIndex } from '../retrieval/words/wordIndex.ts'

/** So long it loads before it looks whether somebody asks, milliseconds. */
const stepMs = 8

const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

const serve = (port: NonNullable<typeof parentPort>): void => {
  const { file, key } = searchWorkerData.parse(workerData)
  const database = openDatabase({ file, key, readonly: true })
  key.fill(0)
  const library = createPassageSearch(database.sqlite, createWordIndex(database.sqlite))
  const said = createMessageSearch(database.sqlite)
  const waiting = new Map<number, Extract<SearchOrder, { kind: 'search' | 'recall' }>>()
  let isStopped = false
  let isRefreshing = false
  let isRefreshWanted = false
  let answered = 0

  const tell = (report: SearchReport): void => port.postMessage(report)

  /** Brings the vectors up to date, again where more changed meanwhile. Where it fails, the host starts another worker. */
  const refresh = async (): Promise<void> => {
    isRefreshWanted = true
    if (isRefreshing) return
    isRefreshing = true
    try {
      while (isRefreshWanted && !isStopped) {
        isRefreshWanted = false
        const before = answered
        let stepEnd = performance.now() + stepMs
        for (const _ of library.refresh()) {
          if (performance.now() < stepEnd) continue
          await breathe()
          if (isStopped) return
          // The search brought everything up to date itself, or the next round goes on where this one is.
          if (answered !== before) {
            isRefreshWanted = true
            break
          }
          stepEnd = performance.now() + stepMs
        }
      }
      if (!isStopped) tell({ kind: 'ready', passages: library.size() })
    } finally {
      isRefreshing = false
    }
  }

  const answerNext = (): void => {
    const [next] = waiting.values()
    if (isStopped || next === undefined) return
    waiting.delete(next.id)
    answered += 1
    try {
      if (next.kind === 'recall') tell({ kind: 'recalled', id: next.id, messages: said.search(next.question) })
      else tell({ kind: 'found', id: next.id, passages: library.search(next.question) })
    } catch (error) {
      tell({ kind: 'failed', id: next.id, code: toStoreProblem(error).code })
    }
    if (next.kind === 'search' && !library.isComplete()) void refresh()
    // One at a time, so that an abort that arrived meanwhile is heard.
    setImmediate(answerNext)
  }

  /** A few hundred messages a step, so that a question does not wait for them. */
  const warm = async (clientId: string): Promise<void> => {
    for (const _ of said.warm(clientId)) {
      await breathe()
      if (isStopped) return
    }
  }

  const obey = (order: SearchOrder): void => {
    if (order.kind === 'search' || order.kind === 'recall') {
      waiting.set(order.id, order)
      setImmediate(answerNext)
    } else if (order.kind === 'abort') waiting.delete(order.id)
    else if (order.kind === 'warm') void warm(order.clientId)
    else if (order.kind === 'forget') said.forget(order.clientId)
    else if (order.kind === 'changed') {
      library.noteChanged(order.documentIds)
      void refresh()
    } else {
      isStopped = true
      database.close()
      port.close()
    }
  }

  port.on('message', (raw: unknown) => {
    if (!isStopped) obey(searchOrder.parse(raw))
  })
  void refresh()
}

if (parentPort) serve(parentPort)
