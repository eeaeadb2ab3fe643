// Stands in for the reading thread and does what a broken reader might; the file's name says what.
import { parentPort, threadId } from 'node:worker_threads'

const fill = (): never => {
  const held: string[] = []
  for (;;) held.push(`${held.length} ${Math.random()}`.repeat(20))
}

const forever = (): void => {
  for (;;) Math.sqrt(2)
}

const crash = (): never => {
  throw new Error('The secret words of a document.')
}

const acts: Record<string, (port: NonNullable<typeof parentPort>) => void> = {
  hang: forever,
  'tell, then hang': (port) => {
    port.postMessage({ kind: 'progress', done: 1, total: 2 })
    port.once('message', () => undefined)
  },
  memory: fill,
  crash,
  leave: () => process.exit(3),
  'throw later': () => setTimeout(crash, 1),
  babble: (port) => {
    port.postMessage({ kind: 'done?', words: 'Something else.' })
    port.postMessage({ kind: 'done', answer: threadId })
  },
}

parentPort?.on('message', (task: { options: { fileName: string } }) => {
  const port = parentPort
  if (!port) return
  const act = acts[task.options.fileName]
  if (act) act(port)
  else port.postMessage({ kind: 'done', answer: threadId })
})
