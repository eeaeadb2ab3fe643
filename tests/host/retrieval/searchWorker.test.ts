import type { Worker } from 'node:worker_threads'
import { eq } from 'drizzle-orm'
import { describe, expect, onTestFinished, test } from 'vitest'
import { documents } from '../../../db/schema/index.ts'
import { systemClock } from '../../../host/clock.ts'
import { createWordOnlySearch, type Question } from '../../../host/retrieval/passageSearch.ts'
import { createSearcher } from '../../../host/retrieval/searcher.ts'
import { createFullTextSearch } from '../../../host/retrieval/words/fullText.ts'
import { startSearchWorker } from '../../../host/workers/index.ts'
import { vectorOf } from '../../fakes/embeddingServer.ts'
import { openShelf, type Shelf } from './shelf.ts'

const dimensions = 64
const texts = {
  sleep: 'A fixed hour for going to bed helps to sleep through the night.',
  money: 'Speak about money before the first session, not after the third.',
  grief: 'Grief comes in waves and needs no advice.',
}

const fill = (shelf: Shelf) => {
  shelf.addClient('maya')
  shelf.addClient('tom')
  shelf.addSpace('space', dimensions)
  return Object.fromEntries(
    Object.entries(texts).map(([id, text]) => {
      const [seq = 0] = shelf.add({ id, texts: [text], ...(id === 'grief' ? { clientId: 'maya' } : {}) })
      shelf.addVectors('space', [{ seq, vector: vectorOf(text, dimensions) }])
      return [id, seq]
    }),
  )
}

const ask = (text: string, meaning: string | null = null, more: Partial<Question> = {}): Question => ({
  text,
  vector: meaning === null ? null : { spaceId: 'space', figures: Float32Array.from(vectorOf(meaning, dimensions)) },
  scope: { reader: { kind: 'coach' } },
  limit: 3,
  ...more,
})

const startSearcher = (shelf: Shelf) => {
  const workers: Worker[] = []
  let readyTimes = 0
  let whenReady: () => void = () => undefined
  const searcher = createSearcher({
    startWorker: () => {
      const worker = startSearchWorker({ file: shelf.file, key: shelf.key })
      workers.push(worker)
      return worker
    },
    wordsOnly: createWordOnlySearch(shelf.sqlite, createFullTextSearch(shelf.sqlite)),
    clock: systemClock,
    log: (_level, event) => {
      if (event !== 'search_ready') return
      readyTimes += 1
      whenReady()
    },
  })
  onTestFinished(() => searcher.stop())
  searcher.start()
  return {
    searcher,
    workers,
    ready: (times = 1): Promise<void> =>
      new Promise((resolve) => {
        whenReady = () => {
          if (readyTimes >= times) resolve()
        }
        whenReady()
      }),
  }
}

const ended = (worker: Worker | undefined): Promise<number> => new Promise((resolve) => worker?.once('exit', resolve))

describe('the search worker', () => {
  test('finds by words and by meaning in the encrypted file', async () => {
    const shelf = openShelf()
    const seqs = fill(shelf)
    const { searcher, ready } = startSearcher(shelf)
    await ready()
    const byWords = await searcher.search(ask('how to speak about money'))
    expect(byWords).toMatchObject({ usedVectors: false, hits: [{ chunkSeq: seqs.money, documentId: 'money' }] })
    const byMeaning = await searcher.search(ask('zzz', texts.sleep))
    expect(byMeaning).toMatchObject({ usedVectors: true })
    expect(byMeaning.hits[0]).toMatchObject({ chunkSeq: seqs.sleep, wordRank: null, vectorRank: 1 })
  })

  test('gives a client’s own document to nobody else, by either way of searching', async () => {
    const shelf = openShelf()
    const { grief = 0 } = fill(shelf)
    const { searcher, ready } = startSearcher(shelf)
    await ready()
    const found = async (clientId: string) => {
      const scope = { reader: { kind: 'client', clientId } } as const
      const { hits } = await searcher.search(ask('grief comes in waves', texts.grief, { scope }))
      return hits.map(({ chunkSeq }) => chunkSeq)
    }
    expect(await found('maya')).toContain(grief)
    expect(await found('tom')).not.toContain(grief)
    shelf.write((tx) => tx.queries.update(documents).set({ clientId: null }).where(eq(documents.id, 'grief')).run())
    expect(await found('tom')).toContain(grief)
  })

  test('ignores a vector of a space that is no longer in use', async () => {
    const shelf = openShelf()
    fill(shelf)
    const { searcher, ready } = startSearcher(shelf)
    await ready()
    const vector = { spaceId: 'another', figures: new Float32Array(dimensions).fill(1) }
    expect(await searcher.search(ask('money', null, { vector }))).toMatchObject({
      usedVectors: false,
      hits: [{ documentId: 'money' }],
    })
  })

  test('is started again after it crashed, and words answer meanwhile', async () => {
    const shelf = openShelf()
    const seqs = fill(shelf)
    const { searcher, workers, ready } = startSearcher(shelf)
    await ready()
    const crash = ended(workers[0])
    const asked = searcher.search(ask('speak about money', texts.sleep))
    void workers[0]?.terminate()
    expect((await asked).hits.map(({ chunkSeq }) => chunkSeq)).toContain(seqs.money)
    await crash
    expect(await searcher.search(ask('speak about money', texts.sleep))).toMatchObject({
      usedVectors: false,
      hits: [{ chunkSeq: seqs.money }],
    })
    await ready(2)
    expect(workers).toHaveLength(2)
    expect(await searcher.search(ask('speak about money', texts.sleep))).toMatchObject({ usedVectors: true })
  })

  test('lets go of a search that nobody waits for any more', async () => {
    const shelf = openShelf()
    fill(shelf)
    const { searcher, ready } = startSearcher(shelf)
    await ready()
    const abort = new AbortController()
    const asked = searcher.search(ask('money'), abort.signal)
    abort.abort(new Error('no longer wanted'))
    await expect(asked).rejects.toThrow('no longer wanted')
    await expect(searcher.search(ask('money'), abort.signal)).rejects.toThrow('no longer wanted')
    expect((await searcher.search(ask('money'))).hits).toHaveLength(1)
  })

  test('has ended once it is stopped, in the middle of loading too, and does not come back', async () => {
    const shelf = openShelf()
    fill(shelf)
    const { searcher, workers } = startSearcher(shelf)
    const gone = ended(workers[0])
    await searcher.stop()
    expect(await gone).toBe(0)
    expect(workers[0]?.threadId).toBe(-1)
    expect((await searcher.search(ask('money'))).usedVectors).toBe(false)
    expect(workers).toHaveLength(1)
  })

  test('is let go where it says something that nobody understands, and words answer', async () => {
    const shelf = openShelf()
    const seqs = fill(shelf)
    const { searcher, workers, ready } = startSearcher(shelf)
    await ready()
    const crash = ended(workers[0])
    workers[0]?.emit('message', { kind: 'nonsense' })
    expect(await crash).toBe(0)
    expect((await searcher.search(ask('speak about money'))).hits[0]?.chunkSeq).toBe(seqs.money)
  })
})
