import { afterEach, describe, expect, test } from 'vitest'
import {
  createReadingThreads,
  type ReadingThreads,
  readDocumentShape,
  type ThreadLimits,
} from '../../../host/reading/index.ts'
import type { ThreadTask } from '../../../host/reading/threadMessages.ts'
import type { DocumentKind } from '../../../shared/taxonomy/library.ts'
import { createFakeClock, type FakeClock } from '../../fakes/clock.ts'
import { bytesOf, options, problemOf, wordParagraph, wordParts, zipOf } from './files.ts'

const limits: ThreadLimits = { places: 1, memoryMb: 256, timeLimitMs: 60_000, silenceLimitMs: 20_000, idleMs: 5_000 }
const misbehaving = new URL('./misbehavingThread.ts', import.meta.url)

const open: ReadingThreads[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((threads) => threads.stop()))
})
const start = (clock: FakeClock, entry?: URL, more: Partial<ThreadLimits> = {}): ReadingThreads => {
  const threads = createReadingThreads({ ...limits, ...more }, clock, entry)
  open.push(threads)
  return threads
}

const taskFor = (bytes: Uint8Array, documentKind: DocumentKind, fileName = 'file'): ThreadTask => {
  const { onProgress: _, ocrLanguages, ...rest } = options({ fileName })
  return { kind: 'read', bytes, documentKind, options: { ...rest, ocrLanguages: [...ocrLanguages] } }
}
const never = new AbortController().signal
const ignore = (): void => undefined
const run = (threads: ReadingThreads, fileName: string, signal = never, onProgress: (done: number) => void = ignore) =>
  threads.run(taskFor(bytesOf('x'), 'text', fileName), onProgress, signal)

describe('a document is read in a thread of its own', () => {
  test('and comes back as it was read, and in passages', async () => {
    const threads = start(createFakeClock(0))
    const file = zipOf(wordParts(wordParagraph('Saying no', 'berschrift1') + wordParagraph('Say it.'), 'The art of no'))
    const told: number[] = []
    const answer = await threads.run(taskFor(file, 'docx'), (done) => told.push(done), never)
    const document = readDocumentShape.parse(answer)
    expect(document.title).toBe('The art of no')
    expect(document.blocks.map(({ text }) => text)).toEqual(['Saying no', 'Say it.'])
    const task = { kind: 'chunk', read: JSON.stringify(document), title: 'The art of no' } as const
    expect(await threads.run(task, ignore, never)).toMatchObject({
      about: { title: 'The art of no', pages: null },
      chunks: [{ position: 0, text: 'Saying no\n\nSay it.', headingPath: 'Saying no', charFrom: 0, charTo: 18 }],
    })
  })

  test('and what is wrong with it crosses as its code', async () => {
    const threads = start(createFakeClock(0))
    expect(await problemOf(threads.run(taskFor(bytesOf(''), 'pptx'), ignore, never))).toBe('empty')
    expect(await problemOf(threads.run(taskFor(bytesOf('Say no.'), 'docx'), ignore, never))).toBe('not_that_kind')
    expect(await problemOf(threads.run({ kind: 'chunk', read: '{"blocks": 3}', title: '' }, ignore, never))).toBe(
      'reader_failed',
    )
  })

  test('and its bytes are handed over, but not what else lies in the same buffer', async () => {
    const threads = start(createFakeClock(0))
    const whole = bytesOf('Say no.')
    await threads.run(taskFor(whole, 'text'), ignore, never)
    expect(whole.length).toBe(0)
    const buffer = new Uint8Array([...bytesOf('Before. Say no.')])
    const answer = await threads.run(taskFor(buffer.subarray(8), 'text'), ignore, never)
    expect(readDocumentShape.parse(answer).blocks[0]?.text).toBe('Say no.')
    expect(buffer.length).toBe(15)
  })
})

describe('a reader that misbehaves harms one document only', () => {
  test.each(['crash', 'leave', 'throw later'])(
    'one that ends its thread (%s) has failed, and the next document is read',
    async (how) => {
      const threads = start(createFakeClock(0), misbehaving)
      const before = await run(threads, 'well')
      const error = await run(threads, how).catch((reason: Error) => reason)
      expect(error).toMatchObject({ code: 'reader_failed' })
      expect(JSON.stringify([error, String(error), (error as Error).cause])).not.toContain('secret')
      expect(await run(threads, 'well')).not.toBe(before)
    },
  )

  test('one that hangs is stopped when its time is up', async () => {
    const clock = createFakeClock(0)
    const threads = start(clock, misbehaving)
    const hanging = problemOf(run(threads, 'hang'))
    const next = run(threads, 'well')
    await clock.advance(limits.silenceLimitMs)
    expect(await hanging).toBe('took_too_long')
    expect(await next).toBeGreaterThan(0)
  })

  test('progress gives it more time, but not for ever', async () => {
    const clock = createFakeClock(0)
    const threads = start(clock, misbehaving)
    const told = Promise.withResolvers<number>()
    const hanging = problemOf(run(threads, 'tell, then hang', never, told.resolve))
    await clock.advance(limits.silenceLimitMs - 1)
    expect(await told.promise).toBe(1)
    let isEnded = false
    void hanging.then(() => {
      isEnded = true
    })
    await clock.advance(2)
    expect(isEnded).toBe(false)
    await clock.advance(limits.silenceLimitMs)
    expect(await hanging).toBe('took_too_long')
  })

  test('one that wants more memory than there is ends alone', async () => {
    const threads = start(createFakeClock(0), misbehaving, { memoryMb: 32 })
    expect(await problemOf(run(threads, 'memory'))).toBe('too_much_memory')
    expect(await run(threads, 'well')).toBeGreaterThan(0)
  })

  test('what it says that nobody asked for is not heard', async () => {
    expect(await run(start(createFakeClock(0), misbehaving), 'babble')).toBeGreaterThan(0)
  })
})

describe('threads are kept and shared', () => {
  test('one thread reads one document after another', async () => {
    const threads = start(createFakeClock(0), misbehaving)
    const numbers = await Promise.all([run(threads, 'a'), run(threads, 'b'), run(threads, 'c')])
    expect(new Set(numbers).size).toBe(1)
  })

  test('as many as there are places read at once', async () => {
    const threads = start(createFakeClock(0), misbehaving, { places: 2 })
    const ended = expect(run(threads, 'hang')).rejects.toMatchObject({ name: 'AbortError' })
    expect(await run(threads, 'well')).toBeGreaterThan(0)
    await threads.stop()
    await ended
  })

  test('a thread without work ends, and another begins when there is some', async () => {
    const clock = createFakeClock(0)
    const threads = start(clock, misbehaving)
    const first = await run(threads, 'well')
    expect(await run(threads, 'well')).toBe(first)
    await clock.advance(limits.idleMs)
    expect(await run(threads, 'well')).not.toBe(first)
  })

  test('what is called off ends at once, whether it runs or waits', async () => {
    const threads = start(createFakeClock(0), misbehaving)
    const [running, waiting] = [new AbortController(), new AbortController()]
    const hanging = run(threads, 'hang', running.signal)
    const queued = run(threads, 'well', waiting.signal)
    const next = run(threads, 'well')
    waiting.abort(new Error('Not that one.'))
    await expect(queued).rejects.toThrow('Not that one.')
    running.abort(new Error('Nor that one.'))
    await expect(hanging).rejects.toThrow('Nor that one.')
    expect(await next).toBeGreaterThan(0)
    await expect(run(threads, 'well', AbortSignal.abort(new Error('Too late.')))).rejects.toThrow('Too late.')
  })
})
