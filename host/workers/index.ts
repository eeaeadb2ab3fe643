import { Worker } from 'node:worker_threads'
import { isProblemCode } from '../../shared/contract/problems.ts'
import { Problem } from '../../shared/problem.ts'
import type { SearchWorkerData } from '../retrieval/searchMessages.ts'
import { answerShape, type Task } from './task.ts'
import { workerUrl } from './url.ts'

export type { Task } from './task.ts'
export { workerUrl } from './url.ts'

const running = new Set<Worker>()

const interrupted = (): Problem =>
  new Problem('BACKUP_FAILED', 'The work was interrupted before it was done. Nothing was changed.')

/** Writes a backup or makes one ready for restoring, in a thread of its own; answers with its folder. */
export const runBackupTask = (task: Task): Promise<string> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(workerUrl('maintenance'), { workerData: task, execArgv: [] })
    running.add(worker)
    worker.once('message', (raw: unknown) => {
      const answer = answerShape.safeParse(raw)
      if (!answer.success) reject(interrupted())
      else if (answer.data.ok) resolve(answer.data.folder)
      else reject(new Problem(isProblemCode(answer.data.code) ? answer.data.code : 'INTERNAL', answer.data.message))
    })
    worker.once('error', (error) => reject(new Problem('INTERNAL', undefined, { cause: error })))
    worker.once('exit', () => {
      running.delete(worker)
      reject(interrupted())
    })
  })

/** Starts the thread that searches the library in a database file; it wipes the key once the file is open. */
export const startSearchWorker = ({ file, key }: SearchWorkerData): Worker => {
  const copy = Uint8Array.from(key)
  const worker = new Worker(workerUrl('search'), { workerData: { file, key: copy }, execArgv: [] })
  copy.fill(0)
  running.add(worker)
  worker.once('exit', () => running.delete(worker))
  return worker
}

/** Ends what still runs; a backup cut off this way leaves nothing that looks like one. */
export const stopWorkers = async (): Promise<void> => {
  await Promise.all([...running].map((worker) => worker.terminate()))
}
