import type { ClientLink } from '@orpc/client'
import { RPCLink as PortLink } from '@orpc/client/message-port'
import { RPCLink as SocketLink } from '@orpc/client/websocket'
import type { ShellApi } from '../../shared/shellWindow.ts'
import { askForPort } from './bridge.ts'

/** One unbroken connection to the host. */
export interface Session {
  readonly link: ClientLink<Record<never, never>>
  /** True from the moment on when the connection is gone, whoever ended it. */
  isClosed(): boolean
  close(): void
}

const portTimeoutMs = 10_000
const socketTimeoutMs = 10_000

const overPort = async (bridge: ShellApi): Promise<Session> => {
  const port = await askForPort(bridge, portTimeoutMs)
  let gone = false
  port.addEventListener('close', () => {
    gone = true
  })
  return {
    link: new PortLink({ port }),
    isClosed: () => gone,
    close: () => {
      port.dispatchEvent(new Event('close'))
      port.close()
    },
  }
}

const overSocket = async (): Promise<Session> => {
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws'
  const socket = new WebSocket(`${scheme}://${location.host}/rpc`)
  socket.binaryType = 'arraybuffer'
  const link = new SocketLink({ websocket: socket })
  await new Promise<void>((open, fail) => {
    const timer = setTimeout(() => socket.close(), socketTimeoutMs)
    socket.addEventListener('open', () => {
      clearTimeout(timer)
      open()
    })
    socket.addEventListener('close', () => {
      clearTimeout(timer)
      fail(new Error('The host did not accept the connection.'))
    })
  })
  return { link, isClosed: () => socket.readyState >= WebSocket.CLOSING, close: () => socket.close() }
}

/** Opens a connection to the host: through the shell in Electron, else over the page's own WebSocket. */
export const openSession = (): Promise<Session> => (window.opencoach ? overPort(window.opencoach) : overSocket())

/** Whether the host answers this page, but only to turn it away; the shell's own port is never refused. */
export const isPageRefused = async (): Promise<boolean> => {
  if (window.opencoach) return false
  const answer = await fetch(location.pathname, { method: 'HEAD', cache: 'no-store' }).catch(() => undefined)
  return answer?.status === 401
}
