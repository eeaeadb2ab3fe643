import { Worker } from 'node:worker_threads'
import { ReadingProblem } from './problem.ts'
import { type ThreadTask, threadMessageShape } from './threadMessages.ts'

export type OnProgress = (done: number, total: number) => void

/** A thread that does one task after another. */
export interface Thread {
  readonly isAlive: () => boolean
  /** Rejects with a ReadingProblem, or with what `end` was given. */
  readonly run: (task: ThreadTask, onProgress: OnProgress) => Promise<unknown>
  /** Ends the thread at once, whatever it does. */
  readonly end: (reason: unknown) => Promise<void>
}

interface Running {
  readonly onProgress: OnProgress
  readonly resolve: (answer: unknown) => void
  readonly reject: (reason: unknown) => void
}

// A view of a part of a buffer is copied: handing over the buffer would take away what else lies in it.
const withOwnBytes = (task: ThreadTask): { task: ThreadTask; transfer: ArrayBuffer[] } => {
  if (task.kind !== 'read') return { task, transfer: [] }
  const isWhole = task.bytes.byteLength === task.bytes.buffer.byteLength
  const bytes = isWhole && task.bytes.buffer instanceof ArrayBuffer ? task.bytes : new Uint8Array(task.bytes)
  return { task: { ...task, bytes }, transfer: bytes.buffer instanceof ArrayBuffer ? [bytes.buffer] : [] }
}

const problemOfDeath = (error: unknown): ReadingProblem => {
  const isMemory = error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
  return new ReadingProblem(isMemory ? 'too_much_memory' : 'reader_failed')
}

/** Starts a thread; `memoryMb` is the most its heap may hold, in MiB. */
export const startThread = (entry: URL, memoryMb: number): Thread => {
  let running: Running | null = null
  let isAlive = true
  // What libraries print may hold words of the document, so nothing of it is passed on.
  const worker = new Worker(entry, {
    execArgv: [],
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: memoryMb },
  })
  worker.stdout.resume()
  worker.stderr.resume()

  const settle = (how: (job: Running) => void): void => {
    const job = running
    running = null
    if (job) how(job)
  }
  const die = (reason: unknown): void => {
    isAlive = false
    settle((job) => job.reject(reason))
  }

  worker.on('message', (raw: unknown) => {
    const message = threadMessageShape.safeParse(raw)
    if (!message.success) return
    const { data } = message
    if (data.kind === 'progress') running?.onProgress(data.done, data.total)
    else if (data.kind === 'done') settle((job) => job.resolve(data.answer))
    else settle((job) => job.reject(new ReadingProblem(data.code)))
  })
  worker.on('messageerror', () => settle((job) => job.reject(new ReadingProblem('reader_failed'))))
  worker.on('error', (error) => die(problemOfDeath(error)))
  worker.on('exit', () => die(new ReadingProblem('reader_failed')))

  return {
    isAlive: () => isAlive,
    run: (asked, onProgress) =>
      new Promise((resolve, reject) => {
        if (!isAlive) return reject(new ReadingProblem('reader_failed'))
        running = { onProgress, resolve, reject }
        const { task, transfer } = withOwnBytes(asked)
        worker.postMessage(task, transfer)
      }),
    end: async (reason) => {
      die(reason)
      await worker.terminate()
    },
  }
}
