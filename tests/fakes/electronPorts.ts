import { EventEmitter } from 'node:events'
import { MessageChannel, type MessagePort } from 'node:worker_threads'
import type * as Electron from 'electron'

/** A port as the main and utility process see it: messages come wrapped as `{ data, ports }`. */
export class FakePortMain extends EventEmitter implements Pick<Electron.MessagePortMain, 'postMessage' | 'close'> {
  readonly raw: MessagePort
  constructor(raw: MessagePort) {
    super()
    this.raw = raw
    raw.on('close', () => this.emit('close'))
  }
  postMessage(message: unknown): void {
    this.raw.postMessage(message)
  }
  start(): void {
    this.raw.on('message', (data: unknown) => this.emit('message', { data, ports: [] }))
  }
  close(): void {
    this.raw.close()
  }
}

/** Both ends stay silent until they are started or sent on, as in Electron. */
export class FakeMessageChannelMain {
  readonly port1: FakePortMain
  readonly port2: FakePortMain
  constructor() {
    const { port1, port2 } = new MessageChannel()
    this.port1 = new FakePortMain(port1)
    this.port2 = new FakePortMain(port2)
  }
}
