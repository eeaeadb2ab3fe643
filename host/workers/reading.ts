// Reads documents and cuts them into passages off the host's own thread.
import { parentPort } from 'node:worker_threads'
import { readSealedFile } from '../../db/fileStore.ts'
import { chunkDocument } from '../library/chunking/index.ts'
import { readDocument, toReadingProblem } from '../reading/readers.ts'
import { readDocumentShape } from '../reading/shape.ts'
import { type ThreadMessage, type ThreadTask, threadTaskShape } from '../reading/threadMessages.ts'

const tell = (message: ThreadMessage): void => parentPort?.postMessage(message)

const perform = async (task: ThreadTask): Promise<unknown> => {
  if (task.kind !== 'chunk') {
    const onProgress = (done: number, total: number): void => tell({ kind: 'progress', done, total })
    const bytes = task.kind === 'read' ? task.bytes : readSealedFile(task.sealed)
    return readDocument(bytes, task.documentKind, { ...task.options, onProgress })
  }
  const { blocks, ...about } = readDocumentShape.parse(JSON.parse(task.read))
  const { title, pages, pageLabels, notes } = about
  return {
    about: { title, pages, pageLabels, notes },
    chunks: await chunkDocument({ ...about, blocks }, task.title),
  }
}

parentPort?.on('message', async (raw: unknown) => {
  try {
    tell({ kind: 'done', answer: await perform(threadTaskShape.parse(raw)) })
  } catch (error) {
    tell({ kind: 'problem', code: toReadingProblem(error).code })
  }
})
