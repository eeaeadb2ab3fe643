import { Worker } from 'node:worker_threads'
import { Problem } from '../../../shared/problem.ts'
import { workerUrl } from '../../workers/index.ts'
import { type PastMessage, type PastTask, pastGoOn, pastMessageShape } from './messages.ts'
import { PastProblem } from './problem.ts'

const mostMemoryMb = 768

interface Watch {
  readonly onProgress: (done: number, total: number) => void
  /** Keeps turns; the thread reads on once it returns. What it throws ends the thread. */
  readonly onTurns: (turns: Extract<PastMessage, { kind: 'turns' }>['turns']) => void
  readonly signal: AbortSignal
}

type Answer = Extract<PastMessage, { kind: 'preview' | 'selected' }>

const problemOfDeath = (error: unknown): PastProblem => {
  const isMemory = error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
  return new PastProblem(isMemory ? 'too_much_memory' : 'reader_failed')
}

const sentence = (problem: PastProblem): Problem => new Problem('INVALID_INPUT', problem.message)

/**
 * Reads a file in a thread of its own, so that the host goes on answering. Throws INVALID_INPUT with a sentence where
 * the file cannot be read, the signal's reason where it is aborted, or what `onTurns` threw.
 */
export const runPast = (task: PastTask, { onProgress, onTurns, signal }: Watch): Promise<Answer> =>
  new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason)
    // What libraries print may hold words of the file, so nothing of it is passed on.
    const worker = new Worker(workerUrl('past'), {
      workerData: task,
      execArgv: [],
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: mostMemoryMb },
    })
    worker.stdout.resume()
    worker.stderr.resume()

    const end = (settle: () => void): void => {
      signal.removeEventListener('abort', stop)
      settle()
      void worker.terminate()
    }
    const stop = (): void => end(() => reject(signal.reason))
    const hear = (message: PastMessage): void => {
      if (signal.aborted) return
      if (message.kind === 'progress') onProgress(message.done, message.total)
      else if (message.kind === 'problem') end(() => reject(sentence(new PastProblem(message.code))))
      else if (message.kind === 'turns') {
        onTurns(message.turns)
        worker.postMessage(pastGoOn)
      } else end(() => resolve(message))
    }

    signal.addEventListener('abort', stop, { once: true })
    worker.on('message', (raw: unknown) => {
      try {
        hear(pastMessageShape.parse(raw))
      } catch (error) {
        end(() => reject(error))
      }
    })
    worker.on('error', (error) => end(() => reject(sentence(problemOfDeath(error)))))
    worker.on('exit', () => end(() => reject(sentence(new PastProblem('reader_failed')))))
  })
