// Reads past conversations off the host's own thread, frame by frame of the sealed file.
import { once } from 'node:events'
import { parentPort, workerData } from 'node:worker_threads'
import { readSealedFrames } from '../../db/fileStore.ts'
import { type PastMessage, pastTaskShape } from '../learning/past/messages.ts'
import { performPast, toPastProblem } from '../learning/past/perform.ts'
import { decodeParts, encodingOfParts } from '../reading/decodeParts.ts'

/** Between two reports so many bytes are read. */
const reportBytes = 4 * 1024 * 1024

const serve = async (port: NonNullable<typeof parentPort>): Promise<void> => {
  const tell = (message: PastMessage): void => port.postMessage(message)
  const task = pastTaskShape.parse(workerData)
  const { sealed } = task
  const frames = () => readSealedFrames(sealed)
  const encoding = encodingOfParts(frames())

  // To find out how dates are meant takes a pass of its own, and so does finding the newest turns.
  const looksTwice = task.kind === 'preview' || (task.format !== 'telegram' && task.format !== 'writing')
  const total = sealed.size * (looksTwice ? 2 : 1) * (task.kind === 'select' ? 2 : 1)
  let finished = 0
  const texts = function* () {
    let done = 0
    let reported = 0
    const watched = function* () {
      for (const frame of frames()) {
        yield frame
        done += frame.length
        if (done - reported < reportBytes) continue
        reported = done
        tell({ kind: 'progress', done: Math.min(total, finished + done), total })
      }
      finished += done
    }
    yield* decodeParts(watched(), encoding)
  }
  await performPast(task, texts, {
    tell,
    isKept: async () => {
      await once(port, 'message')
    },
  })
}

if (parentPort) {
  const port = parentPort
  try {
    await serve(port)
  } catch (error) {
    port.postMessage({ kind: 'problem', code: toPastProblem(error).code } satisfies PastMessage)
  }
  port.close()
}
