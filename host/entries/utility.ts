import { toProblem } from '../../shared/problem.ts'
import { type FromHost, toHost } from '../../shared/shellProtocol.ts'
import { createPracticeChannel } from '../channels/practice/index.ts'
import { systemClock } from '../clock.ts'
import { createHost, type Host } from '../host.ts'
import { createLog, endOnUncaught, silenceLibraries } from '../log/index.ts'
import { keychainOverPort } from '../vault/keychainOverPort.ts'

// The host as Electron's utility process: one MessagePort a window, told what to do over the parent port.
const { parentPort } = process
const log = createLog((line) => process.stderr.write(line))
silenceLibraries(log)
endOnUncaught(log)
const tell = (message: FromHost): void => parentPort.postMessage(message)
const keychain = keychainOverPort({
  send: tell,
  listen: (listener) => parentPort.on('message', ({ data }) => listener(data)),
})

const start = async (dataFolder: string, demo: boolean): Promise<Host> => {
  const host = await createHost({
    dataFolder,
    shell: 'electron',
    keychain,
    log,
    environment: process.env,
    practiceChannel: () => createPracticeChannel({ clock: systemClock }),
  })
  if (demo) await host.prepareDemo()
  host.onCounts((counts) => tell({ type: 'counts', counts }))
  host.onAttention(({ title, body, ...rest }) =>
    tell({ type: 'attention', attention: { ...rest, title: title.slice(0, 80), body: body.slice(0, 120) } }),
  )
  tell({ type: 'ready' })
  return host
}

let starting: Promise<Host> | undefined
const withHost = (act: (host: Host) => void): void => void starting?.then(act, () => undefined)

const startOnce = (dataFolder: string, demo: boolean): void => {
  if (starting) return
  starting = start(dataFolder, demo)
  starting.catch((error: unknown) => {
    const { code, message } = toProblem(error)
    log('error', 'host_failed', { code })
    tell({ type: 'failed', code, message })
    // Leaves the message the time to arrive.
    setTimeout(() => process.exit(1), 200)
  })
}

const stop = async (): Promise<void> => {
  const host = await starting?.catch(() => undefined)
  await host?.stop()
  tell({ type: 'stopped' })
  process.exit(0)
}

parentPort.on('message', ({ data, ports }) => {
  const parsed = toHost.safeParse(data)
  if (!parsed.success) return
  const message = parsed.data
  const [port] = ports
  if (message.type === 'start') startOnce(message.dataFolder, message.demo)
  else if (message.type === 'connect' && port) {
    withHost((host) => {
      host.attachPort(port)
      port.start()
    })
  } else if (message.type === 'sleep') withHost((host) => host.onSleep())
  else if (message.type === 'wake') withHost((host) => host.onWake())
  else if (message.type === 'stop') void stop()
})
