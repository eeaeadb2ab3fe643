import { Agent as HttpAgent, request as httpRequest } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import type { Socket } from 'node:net'
import type { Clock } from '../../clock.ts'

export interface WireRequest {
  readonly url: URL
  readonly method: 'GET' | 'POST'
  readonly body?: string
  /** Milliseconds for the whole exchange. */
  readonly timeoutMs: number
  /** An answer longer than this is dropped. Bytes. */
  readonly maxBytes: number
  readonly signal?: AbortSignal
}

export interface WireAnswer {
  readonly status: number
  readonly bytes: Uint8Array<ArrayBuffer>
}

/** An exchange that did not come to an answer. It carries no words of anybody: the address holds the bot's token. */
export class WireError extends Error {
  /** False where the connection never stood, so that certainly nothing was written. */
  readonly mayHaveArrived: boolean
  constructor(mayHaveArrived: boolean) {
    super(mayHaveArrived ? 'The exchange broke off.' : 'There was no connection.')
    this.name = 'WireError'
    this.mayHaveArrived = mayHaveArrived
  }
}

export type Transport = (request: WireRequest) => Promise<WireAnswer>

const longestConnectMs = 15_000
// Slow lines need longer than Node's quarter of a second for each family of addresses.
const connecting = { keepAlive: false, autoSelectFamilyAttemptTimeout: 1_000 }
const httpAgent = new HttpAgent(connecting)
const httpsAgent = new HttpsAgent(connecting)

/**
 * One request on a connection of its own: a kept one may be half closed, and then nobody knows what arrived.
 * Follows no redirect. Rejects with a WireError.
 */
export const createTransport =
  (clock: Clock): Transport =>
  ({ url, method, body, timeoutMs, maxBytes, signal }) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(new WireError(false))
      const isSecure = url.protocol === 'https:'
      let isConnected = false
      const request = (isSecure ? httpsRequest : httpRequest)(url, {
        method,
        agent: isSecure ? httpsAgent : httpAgent,
        headers:
          body === undefined
            ? {}
            : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) },
      })
      const stop = (): void => {
        request.destroy()
        fail()
      }
      const cancels = [
        clock.after(timeoutMs, stop),
        clock.after(longestConnectMs, () => {
          if (!isConnected) stop()
        }),
        () => signal?.removeEventListener('abort', stop),
      ]
      const settle = (): void => {
        for (const cancel of cancels) cancel()
      }
      const fail = (): void => {
        settle()
        reject(new WireError(isConnected))
      }
      signal?.addEventListener('abort', stop)
      request.once('socket', (socket: Socket) => {
        const connected = (): void => {
          isConnected = true
        }
        if (!socket.connecting) connected()
        socket.once(isSecure ? 'secureConnect' : 'connect', connected)
      })
      request.on('error', fail)
      request.once('response', (response) => {
        const chunks: Buffer[] = []
        let length = 0
        response.on('data', (chunk: Buffer) => {
          chunks.push(chunk)
          length += chunk.byteLength
          if (length > maxBytes) stop()
        })
        response.on('error', fail)
        response.once('close', () => {
          if (!response.complete) return fail()
          settle()
          resolve({ status: response.statusCode ?? 0, bytes: new Uint8Array(Buffer.concat(chunks)) })
        })
      })
      request.end(body)
    })
