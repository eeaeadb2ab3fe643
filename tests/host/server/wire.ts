import { type IncomingHttpHeaders, request } from 'node:http'
import { connect } from 'node:net'
import { WebSocket } from 'ws'

export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

interface Asked {
  readonly path?: string
  readonly method?: string
  readonly headers?: Record<string, string>
  readonly body?: string
}

/** One request as written: no normalised path, no header that is not given except Host. */
export const ask = (port: number, { path = '/', method = 'GET', headers = {}, body }: Asked = {}): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, path, method, headers: { host: `127.0.0.1:${port}`, ...headers } }
    const asked = request({ ...options, agent: false }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString('utf8'),
        }),
      )
    })
    asked.on('error', reject)
    asked.end(body)
  })

/** Bytes on a bare socket; answers with everything that came back until the other side closed. */
export const askRaw = (port: number, bytes: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes))
    socket.on('data', (chunk: Buffer) => chunks.push(chunk))
    socket.on('close', () => resolve(Buffer.concat(chunks).toString('utf8')))
    socket.on('error', reject)
  })

/** The cookie that the first address is exchanged for, as `name=value`. */
export const cookieFrom = async (url: string): Promise<string> => {
  const { port, pathname, search } = new URL(url)
  const answer = await ask(Number(port), { path: pathname + search })
  return answer.headers['set-cookie']?.[0]?.split(';')[0] ?? ''
}

/** Tries to open the WebSocket; the socket, or the HTTP status it was refused with. */
export const upgrade = (
  port: number,
  headers: Record<string, string>,
  path = '/rpc',
): Promise<{ socket: WebSocket } | { refused: number }> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { headers })
    socket.on('open', () => resolve({ socket }))
    socket.on('unexpected-response', (asked, response) => {
      resolve({ refused: response.statusCode ?? 0 })
      asked.destroy()
    })
    socket.on('error', reject)
  })

/** True where something accepts connections at this address. */
export const accepts = (host: string, port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host, port }, () => {
      socket.destroy()
      resolve(true)
    })
    socket.on('error', () => resolve(false))
  })
