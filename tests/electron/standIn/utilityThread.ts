import { EventEmitter } from 'node:events'
import { type MessagePort, parentPort as thread, workerData } from 'node:worker_threads'
import { z } from 'zod'
import { FakePortMain } from '../../fakes/electronPorts.ts'

// A utility process played by a thread, because only threads can be handed a MessagePort by plain Node.
const { modulePath } = z.object({ modulePath: z.string() }).parse(workerData)
const parentPort = Object.assign(new EventEmitter(), {
  postMessage: (message: unknown) => thread?.postMessage(message),
})
Object.assign(process, { parentPort })

thread?.on('message', ({ message, ports }: { message: unknown; ports: MessagePort[] }) => {
  parentPort.emit('message', { data: message, ports: ports.map((port) => new FakePortMain(port)) })
})
await import(modulePath)
