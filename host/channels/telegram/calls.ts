import { Api, GrammyError, HttpError, type RawApi } from 'grammy'
import { z } from 'zod'
import type { Clock } from '../../clock.ts'
import type { ChannelCall } from '../channel.ts'
import { type Transport, type WireAnswer, WireError, type WireRequest } from './transport.ts'

export type Failure =
  /** Certainly nothing reached the server. */
  | { readonly kind: 'not_connected' }
  /** The server may have acted; what came back, if anything, does not tell. */
  | { readonly kind: 'no_answer' }
  /** Telegram said no, so it did nothing. */
  | {
      readonly kind: 'refused'
      readonly code: number
      readonly description: string
      readonly retryAfterMs: number | null
    }

export type Answer<T> = { readonly ok: true; readonly result: T } | { readonly ok: false; readonly failure: Failure }

interface CallOptions<T> {
  readonly shape: z.ZodType<T>
  /** Null for what the outbox records itself. */
  readonly purpose: ChannelCall['purpose'] | null
  readonly timeoutMs?: number
  readonly signal?: AbortSignal
}

export interface Calls {
  /** One request and never another; answers instead of throwing. */
  call<T>(ask: (methods: RawApi) => Promise<unknown>, options: CallOptions<T>): Promise<Answer<T>>
  /** Fetches a file by the path that getFile gave; null where it did not come whole. */
  download(filePath: string, limits: Pick<WireRequest, 'timeoutMs' | 'maxBytes' | 'signal'>): Promise<Uint8Array | null>
}

interface Parts {
  readonly clock: Clock
  readonly transport: Transport
  readonly token: string
  readonly apiRoot: string
  readonly record: (call: ChannelCall) => void
}

const usualTimeoutMs = 20_000
const longestAnswerBytes = 20_000_000
/** Ours ends a call sooner; grammY's own limit only stands behind it. */
const grammyTimeoutSeconds = 500

export const createCalls = ({ clock, transport, token, apiRoot, record }: Parts): Calls => {
  const metered = async <T>(
    purpose: ChannelCall['purpose'] | null,
    exchange: (meter: { bytesOut: number; bytesIn: number }) => Promise<{ value: T; ok: boolean }>,
  ): Promise<T> => {
    const startedAt = clock.now()
    const meter = { bytesOut: 0, bytesIn: 0 }
    const { value, ok } = await exchange(meter)
    if (purpose) record({ purpose, ...meter, ok, latencyMs: Math.max(0, clock.now() - startedAt) })
    return value
  }

  return {
    call: (ask, { shape, purpose, timeoutMs = usualTimeoutMs, signal }) =>
      metered(purpose, async (meter) => {
        const send = async (url: string | URL, init?: { body?: unknown }): Promise<Response> => {
          const body = typeof init?.body === 'string' ? init.body : '{}'
          meter.bytesOut = Buffer.byteLength(body)
          const request = { url: new URL(url), method: 'POST', body, timeoutMs, maxBytes: longestAnswerBytes } as const
          const answer = await transport(signal ? { ...request, signal } : request)
          meter.bytesIn = answer.bytes.byteLength
          return asResponse(answer)
        }
        const api = new Api(token, { apiRoot, fetch: send, timeoutSeconds: grammyTimeoutSeconds })
        const value = await answerOf(() => ask(api.raw), shape)
        return { value, ok: value.ok }
      }),
    download: (filePath, limits) =>
      metered('channel_file', async (meter) => {
        const path = filePath.split('/').map(encodeURIComponent).join('/')
        try {
          const url = new URL(`${apiRoot}/file/bot${token}/${path}`)
          const answer = await transport({ ...limits, url, method: 'GET' })
          meter.bytesIn = answer.bytes.byteLength
          return answer.status === 200 ? { value: answer.bytes, ok: true } : { value: null, ok: false }
        } catch {
          return { value: null, ok: false }
        }
      }),
  }
}

const asResponse = ({ status, bytes }: WireAnswer): Response =>
  new Response(bytes.byteLength === 0 ? null : bytes, { status: status >= 200 && status <= 599 ? status : 502 })

// Errors of grammY hold the payload, and with it what people wrote: none of them leaves this function.
const answerOf = async <T>(ask: () => Promise<unknown>, shape: z.ZodType<T>): Promise<Answer<T>> => {
  try {
    const parsed = shape.safeParse(await ask())
    return parsed.success ? { ok: true, result: parsed.data } : { ok: false, failure: { kind: 'no_answer' } }
  } catch (error) {
    return { ok: false, failure: failureOf(error) }
  }
}

const refusal = z.object({
  error_code: z.number().int().min(400).max(499),
  description: z.string(),
  parameters: z.object({ retry_after: z.number().min(0).max(86_400).optional().catch(undefined) }).catch({}),
})

const failureOf = (error: unknown): Failure => {
  if (error instanceof HttpError && error.error instanceof WireError && !error.error.mayHaveArrived) {
    return { kind: 'not_connected' }
  }
  const said = error instanceof GrammyError ? refusal.safeParse(error) : undefined
  if (!said?.success) return { kind: 'no_answer' }
  const { error_code: code, description, parameters } = said.data
  const wait = parameters.retry_after
  return { kind: 'refused', code, description, retryAfterMs: wait === undefined ? null : wait * 1_000 }
}
