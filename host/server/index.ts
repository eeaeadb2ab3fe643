import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import { Problem } from '../../shared/problem.ts'
import type { Host } from '../host.ts'
import { type Access, createAccess } from './access.ts'
import { servedFile } from './files.ts'
import { securityHeaders } from './headers.ts'

export interface LoopbackServer {
  /** The address to open once; holds the token that becomes the cookie. */
  readonly url: string
  readonly port: number
  close(): Promise<void>
}

const largestFrame = 16 * 1024 * 1024

/** Serves the console on 127.0.0.1 to whoever holds the token of the first URL, and to nobody else. Port 0: any free one. */
export const serveLoopback = async (
  host: Pick<Host, 'attachSocket'>,
  options: { port: number; rendererFolder: string },
): Promise<LoopbackServer> => {
  const server = createServer()
  const port = await listen(server, options.port)
  const access = createAccess(port)
  const sockets = new WebSocketServer({ noServer: true, maxPayload: largestFrame })

  server.on('request', (request, response) => {
    answer(request, response, access, port, options.rendererFolder).catch(() =>
      refuse(response, port, 500, 'The page could not be read.'),
    )
  })
  server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    stream.on('error', () => stream.destroy())
    const isAllowed =
      request.url === '/rpc' &&
      access.isAllowedHost(request.headers.host) &&
      access.isAllowedOrigin(request.headers.origin, true) &&
      access.hasCookie(request.headers.cookie)
    if (!isAllowed) {
      stream.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
      return
    }
    sockets.handleUpgrade(request, stream, head, (socket) => {
      // A frame that is broken or too large closes this window's connection; unheard, the error would end the host.
      socket.on('error', () => undefined)
      host.attachSocket(socket)
    })
  })

  return {
    url: `http://127.0.0.1:${port}/?token=${access.token}`,
    port,
    close: async () => {
      for (const socket of sockets.clients) socket.terminate()
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

const listen = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE'
          ? new Problem(
              'CONFLICT',
              `Port ${port} is already in use. Choose another with --port, or leave it out for a free one.`,
            )
          : error,
      )
    })
    server.listen(port, '127.0.0.1', () => {
      const address = server.address()
      if (address !== null && typeof address === 'object') resolve(address.port)
    })
  })

const answer = async (
  request: IncomingMessage,
  response: ServerResponse,
  access: Access,
  port: number,
  folder: string,
): Promise<void> => {
  if (!access.isAllowedHost(request.headers.host))
    return refuse(response, port, 421, 'This address is not the console.')
  if (!access.isAllowedOrigin(request.headers.origin, false))
    return refuse(response, port, 403, 'Other pages may not talk to the console.')
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return refuse(response, port, 405, 'Only pages are served here.')
  // Split by hand: read as an address, a path that begins with // would name another host.
  const [path = '/', query] = (request.url ?? '/').split('?')
  const token = new URLSearchParams(query).get('token')
  if (token !== null && access.isToken(token)) {
    response.writeHead(302, { ...securityHeaders(port), location: '/', 'set-cookie': access.cookieHeader() }).end()
    return
  }
  if (!access.hasCookie(request.headers.cookie)) {
    return refuse(
      response,
      port,
      401,
      'This page belongs to an OpenCoach that was closed, or was opened without its key. Start OpenCoach again and use the page that it opens.',
    )
  }
  const file = await servedFile(folder, path)
  if (!file) return refuse(response, port, 404, 'There is no such page.')
  response.writeHead(200, { ...securityHeaders(port, file.nonce), 'content-type': file.type })
  response.end(request.method === 'HEAD' ? undefined : file.body)
}

const refuse = (response: ServerResponse, port: number, status: number, sentence: string): void => {
  if (response.headersSent) return void response.end()
  response
    .writeHead(status, { ...securityHeaders(port), 'content-type': 'text/plain; charset=utf-8' })
    .end(`${sentence}\n`)
}
