import { existsSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import { isProblemCode } from '../../shared/contract/problems.ts'
import { Problem } from '../../shared/problem.ts'
import { answerShape, type Task } from './task.ts'

export type { Task } from './task.ts'

// From source the worker is a neighbour; bundled, it lies in the folder `workers` beside the bundle or its chunks.
const maintenanceUrl = (): URL => {
  const here = import.meta.url
  if (here.endsWith('.ts')) return new URL('./maintenance.ts', here)
  const beside = new URL('./workers/maintenance.js', here)
  return existsSync(beside) ? beside : new URL('../workers/maintenance.js', here)
}

const running = new Set<Worker>()

const interrupted = (): Problem =>
  new Problem('BACKUP_FAILED', 'The work was interrupted before it was done. Nothing was changed.')

/** Writes a backup or makes one ready for restoring, in a thread of its own; answers with its folder. */
export const runBackupTask = (task: Task): Promise<string> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(maintenanceUrl(), { workerData: task, execArgv: [] })
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

/** Ends what still runs; a backup cut off this way leaves nothing that looks like one. */
export const stopWorkers = async (): Promise<void> => {
  await Promise.all([...running].map((worker) => worker.terminate()))
}
