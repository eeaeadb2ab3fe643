import { Problem } from '../../shared/problem.ts'

export type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>

/** Answers longer than this are cut off while they come in. Bytes. */
const maxAnswerBytes = 1_000_000
/** Vectors are many figures, and some servers write one a line. */
const maxVectorBytes = 8_000_000

/** The words of ten hours with their times, and what some servers write beside them. */
const maxTranscriptionBytes = 16_000_000

export const maxAnswerBytesFor = (purpose: string): number => {
  if (purpose === 'transcription') return maxTranscriptionBytes
  return purpose === 'embedding' ? maxVectorBytes : maxAnswerBytes
}

const neverAnswered: ReadonlySet<string> = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT'])
const closedOnUs: ReadonlySet<string> = new Set(['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE'])

const codesOf = (error: unknown): string[] => {
  if (!(error instanceof Error)) return []
  const own = 'code' in error && typeof error.code === 'string' ? [error.code] : []
  return [...own, ...codesOf(error.cause)]
}

const isNotHttp = (error: unknown): boolean =>
  error instanceof Error &&
  (error.name === 'HTTPParserError' || codesOf(error).some((code) => code.startsWith('HPE_')) || isNotHttp(error.cause))

/** What went wrong on the wire, in the contract's words; `hasBegun` once the head of an answer was there. */
export const transportProblem = (error: unknown, hasBegun: boolean): Problem => {
  if (error instanceof Problem) return error
  const codes = codesOf(error)
  const options = { cause: error }
  if (codes.some((code) => neverAnswered.has(code))) return new Problem('MODEL_TIMEOUT', undefined, options)
  if (isNotHttp(error)) return new Problem('MODEL_BAD_ANSWER', undefined, options)
  if (hasBegun || codes.some((code) => closedOnUs.has(code))) return new Problem('MODEL_BROKE_OFF', undefined, options)
  return new Problem('MODEL_UNREACHABLE', undefined, options)
}

/** Reads an answer whole; MODEL_TOO_LARGE as soon as it is longer than `most` bytes. */
export const readWhole = async (
  response: Response,
  most: number,
  received: (bytes: number) => void,
): Promise<Uint8Array<ArrayBuffer>> => {
  if (response.body === null) return new Uint8Array()
  const reader = response.body.getReader()
  const chunks: Uint8Array[] = []
  let length = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    chunks.push(value)
    length += value.byteLength
    received(length)
    if (length > most) {
      await reader.cancel()
      throw new Problem('MODEL_TOO_LARGE')
    }
  }
  const whole = new Uint8Array(length)
  let at = 0
  for (const chunk of chunks) {
    whole.set(chunk, at)
    at += chunk.byteLength
  }
  return whole
}

const kept = (headers: Headers, names: readonly string[]): Headers => {
  const result = new Headers()
  for (const name of names) {
    const value = headers.get(name)
    if (value !== null) result.set(name, value)
  }
  return result
}

/** Only these headers leave: client libraries add the system, its version and more. */
export const outgoingHeaders = (headers: Headers): Headers => kept(headers, ['authorization', 'content-type', 'accept'])

/** The answer as the caller gets it, already read and unpacked. */
export const wholeResponse = (response: Response, body: Uint8Array<ArrayBuffer>): Response =>
  new Response(body.byteLength === 0 ? null : body, {
    status: response.status,
    headers: kept(response.headers, ['content-type', 'retry-after', 'retry-after-ms']),
  })

/** How long a server wants to be left alone, milliseconds; null where it does not say. */
export const retryAfter = (headers: Headers, now: number): number | null => {
  const exact = headers.get('retry-after-ms') ?? ''
  if (/^\d+$/u.test(exact)) return Number(exact)
  const value = headers.get('retry-after') ?? ''
  if (/^\d+(?:\.\d+)?$/u.test(value)) return Number(value) * 1000
  const date = Date.parse(value)
  return Number.isNaN(date) ? null : Math.max(0, date - now)
}
