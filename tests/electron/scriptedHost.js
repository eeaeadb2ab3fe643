import { appendFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'

// A host that writes down what the shell tells it, and does what the test's page asks for over its port.
const { parentPort } = process
let folder = ''
let hangs = false

const note = (line) => appendFileSync(join(folder, 'heard.jsonl'), `${JSON.stringify(line)}\n`)

const obey = {
  echo: (value, port) => port.postMessage({ echo: value }),
  say: (message) => parentPort.postMessage(message),
  crash: () => process.exit(7),
  hang: () => {
    hangs = true
  },
}

parentPort.on('message', ({ data, ports: [port] }) => {
  if (data.type === 'start') {
    folder = data.dataFolder
    mkdirSync(folder, { recursive: true })
    note(data)
    parentPort.postMessage({ type: 'ready' })
    return
  }
  note(data)
  if (data.type === 'connect') {
    port.on('message', ({ data: { order, value } }) => obey[order](value, port))
    port.start()
  }
  if (data.type === 'stop' && !hangs) {
    setTimeout(() => {
      note({ type: 'drained' })
      parentPort.postMessage({ type: 'stopped' })
      process.exit(0)
    }, 300)
  }
})
