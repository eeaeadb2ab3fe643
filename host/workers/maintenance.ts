// Copies, hashes and checks databases off the host's own thread.
import { parentPort, workerData } from 'node:worker_threads'
import { writeBackup } from '../../db/backup.ts'
import { stageBackup } from '../../db/backupStage.ts'
import { parseEnvelope } from '../../db/envelope.ts'
import { toStoreProblem } from '../../db/storeProblem.ts'
import { type Answer, type Task, taskShape } from './task.ts'

const perform = (task: Task): string => {
  if (task.kind === 'write') return writeBackup(task).folder
  stageBackup({ ...task, envelope: parseEnvelope(task.envelope) })
  return task.folder
}

const answer = (): Answer => {
  try {
    return { ok: true, folder: perform(taskShape.parse(workerData)) }
  } catch (error) {
    const { code, message } = toStoreProblem(error)
    return { ok: false, code, message }
  }
}

parentPort?.postMessage(answer())
