import { type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { Readable } from 'node:stream'
import { outgoingHeaders } from './transport.ts'

/** A body too large to be held in memory. */
export interface Upload {
  readonly headers: Readonly<Record<string, string>>
  /** How many bytes `parts` gives in all. */
  readonly bytes: number
  /** Read as fast as the other side takes them; what it throws ends the request. */
  readonly parts: () => Iterable<Uint8Array>
}

const withoutBody: ReadonlySet<number> = new Set([204, 205, 304])

const headersOf = (incoming: IncomingMessage): Headers => {
  const headers = new Headers()
  for (const [name, values] of Object.entries(incoming.headersDistinct)) {
    for (const value of values ?? []) headers.append(name, value)
  }
  return headers
}

const bodyOf = (incoming: IncomingMessage): ReadableStream<Uint8Array<ArrayBuffer>> =>
  new ReadableStream({
    start: (controller) => {
      incoming.on('data', (part: Buffer) => controller.enqueue(new Uint8Array(part)))
      incoming.once('end', () => controller.close())
      incoming.once('error', (error) => controller.error(error))
    },
    cancel: () => void incoming.destroy(),
  })

/** Posts a large body. Node's own fetch gives up after five minutes without an answer, and a recording takes longer. */
export const sendUpload = (url: URL, { headers, bytes, parts }: Upload, signal: AbortSignal): Promise<Response> =>
  new Promise((resolve, reject) => {
    const send = url.protocol === 'https:' ? requestHttps : requestHttp
    const outgoing = send(url, {
      method: 'POST',
      headers: {
        ...Object.fromEntries(outgoingHeaders(new Headers(headers))),
        'content-length': bytes,
        connection: 'close',
      },
      signal,
    })
    const source = Readable.from(parts(), { objectMode: false })
    outgoing.on('error', reject)
    outgoing.once('close', () => source.destroy())
    source.once('error', (error) => outgoing.destroy(error))
    outgoing.once('response', (incoming) => {
      const status = incoming.statusCode ?? 0
      // Who says no before having read everything will not read on.
      if (status >= 400) source.unpipe(outgoing)
      incoming.once('end', () => outgoing.destroy())
      try {
        const hasBody = !withoutBody.has(status)
        if (!hasBody) incoming.resume()
        resolve(new Response(hasBody ? bodyOf(incoming) : null, { status, headers: headersOf(incoming) }))
      } catch (error) {
        outgoing.destroy()
        reject(error)
      }
    })
    source.pipe(outgoing)
  })
