import { type ShellApi, windowMessages } from '../../shared/shellWindow.ts'

declare global {
  interface Window {
    /** What the Electron preload puts on the window; absent in a browser. */
    readonly opencoach?: ShellApi
  }
}

const isPortMessage = (event: MessageEvent<unknown>): boolean =>
  event.source === window &&
  typeof event.data === 'object' &&
  event.data !== null &&
  'type' in event.data &&
  event.data.type === windowMessages.port

/** Resolves with a started port to the host; rejects when none came within the time (milliseconds). */
export const askForPort = (bridge: ShellApi, withinMs: number): Promise<MessagePort> =>
  new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer)
      window.removeEventListener('message', receive)
    }
    const receive = (event: MessageEvent<unknown>) => {
      const port = event.ports[0]
      if (!isPortMessage(event) || !port) return
      stop()
      port.start()
      resolve(port)
    }
    const timer = setTimeout(() => {
      stop()
      reject(new Error('No port came from the shell.'))
    }, withinMs)
    window.addEventListener('message', receive)
    bridge.requestPort()
  })
