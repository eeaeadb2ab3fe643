import { type Clock, systemClock } from '../clock.ts'
import { workerUrl } from '../workers/index.ts'
import { ReadingProblem } from './problem.ts'
import { type OnProgress, startThread, type Thread } from './thread.ts'
import type { ThreadTask } from './threadMessages.ts'

export interface ReadingThreads {
  /** How many tasks run at once; others wait their turn. */
  readonly places: number
  /**
   * Runs a task in a thread of its own and gives its answer. Bytes in the task are handed over: the caller's view of
   * them is empty afterwards. Throws a ReadingProblem, or the signal's reason where it is aborted.
   */
  readonly run: (task: ThreadTask, onProgress: OnProgress, signal: AbortSignal) => Promise<unknown>
  /** Ends all threads; what still ran or waited is rejected with an AbortError. */
  readonly stop: () => Promise<void>
}

export interface ThreadLimits {
  readonly places: number
  /** Most that the heap of one thread may hold, in MiB; a task that needs more is `too_much_memory`. */
  readonly memoryMb: number
  /** Longest time for a task in milliseconds; then it is `took_too_long`. */
  readonly timeLimitMs: number
  /** Longest time without progress in milliseconds; then it is `took_too_long` too. */
  readonly silenceLimitMs: number
  /** A thread without work ends after so many milliseconds. */
  readonly idleMs: number
}

/** Hands out a number of places in the order in which they were asked for. */
const createTurns = (places: number) => {
  let free = places
  let waiting: (() => void)[] = []
  return {
    take: (signal: AbortSignal): Promise<void> =>
      new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason)
        if (free > 0) {
          free -= 1
          return resolve()
        }
        const leave = (): void => {
          waiting = waiting.filter((one) => one !== go)
          reject(signal.reason)
        }
        const go = (): void => {
          signal.removeEventListener('abort', leave)
          resolve()
        }
        waiting.push(go)
        signal.addEventListener('abort', leave, { once: true })
      }),
    leave: (): void => {
      const next = waiting.shift()
      if (next) next()
      else free += 1
    },
  }
}

/** Threads in which documents are read, kept for the next document; one that crashed or hung is replaced. */
export const createReadingThreads = (
  limits: ThreadLimits,
  clock: Clock = systemClock,
  entry: URL = workerUrl('reading'),
): ReadingThreads => {
  const turns = createTurns(limits.places)
  const threads = new Set<Thread>()
  const idle = new Map<Thread, () => void>()
  const stopped = new AbortController()

  const end = async (thread: Thread, reason: unknown): Promise<void> => {
    threads.delete(thread)
    idle.get(thread)?.()
    idle.delete(thread)
    await thread.end(reason)
  }

  const takeThread = (): Thread => {
    for (const [thread, cancelEnd] of idle) {
      cancelEnd()
      idle.delete(thread)
      if (thread.isAlive()) return thread
      threads.delete(thread)
    }
    const thread = startThread(entry, limits.memoryMb)
    threads.add(thread)
    return thread
  }

  const giveBack = (thread: Thread): void => {
    if (!thread.isAlive()) threads.delete(thread)
    else
      idle.set(
        thread,
        clock.after(limits.idleMs, () => void end(thread, null)),
      )
  }

  const perform = async (task: ThreadTask, onProgress: OnProgress, signal: AbortSignal): Promise<unknown> => {
    signal.throwIfAborted()
    const thread = takeThread()
    const endTooLong = (): void => void end(thread, new ReadingProblem('took_too_long'))
    const endAborted = (): void => void end(thread, signal.reason)
    const cancelLimit = clock.after(limits.timeLimitMs, endTooLong)
    let cancelSilence = clock.after(limits.silenceLimitMs, endTooLong)
    signal.addEventListener('abort', endAborted, { once: true })
    try {
      return await thread.run(task, (done, total) => {
        cancelSilence()
        cancelSilence = clock.after(limits.silenceLimitMs, endTooLong)
        onProgress(done, total)
      })
    } finally {
      cancelLimit()
      cancelSilence()
      signal.removeEventListener('abort', endAborted)
      giveBack(thread)
    }
  }

  return {
    places: limits.places,
    run: async (task, onProgress, asked) => {
      const signal = AbortSignal.any([asked, stopped.signal])
      await turns.take(signal)
      try {
        return await perform(task, onProgress, signal)
      } finally {
        turns.leave()
      }
    },
    stop: async () => {
      stopped.abort()
      await Promise.all([...threads].map((thread) => end(thread, stopped.signal.reason)))
    },
  }
}
