import { Problem } from '../../../shared/problem.ts'
import { type Clock, rest } from '../../clock.ts'
import { type Errand, type PrivacyGate, retryAfter } from '../../privacy/index.ts'
import { readVectors } from './answer.ts'
import { isPassing, isPassingProblem, named, type Refusal, refusalProblem, refusesInput } from './refusal.ts'

/** Any server that speaks OpenAI's embeddings, in the cloud or on this machine. */
export interface EmbeddingServer {
  /** Empty: the address of OpenAI. */
  readonly baseUrl: string
  /** Empty for a server without one. */
  readonly apiKey: string
  readonly model: string
  /** Figures a vector has; null: whatever the model gives. */
  readonly dimensions: number | null
  /** Asks the server for that size, which not every server knows. */
  readonly sendsDimensions: boolean
}

export type EmbeddingErrand = Extract<Errand, { purpose: 'embedding' }>

export interface Effort {
  /** How often one request is tried. */
  readonly attempts: number
  /** For one request, milliseconds. */
  readonly timeoutMs: number
  readonly signal: AbortSignal
}

/** Where requests go: `/v1` where only a server was named, without what was pasted too much. */
export const embeddingUrl = (baseUrl: string): URL => {
  const url = new URL(baseUrl === '' ? 'https://api.openai.com/v1' : baseUrl)
  const path = url.pathname.replace(/\/embeddings\/?$|\/+$/u, '')
  url.pathname = `${path === '' || path === '/' ? '/v1' : path}/embeddings`
  return url
}

/** A request that was answered with no. */
class RefusedError extends Error {
  readonly refusal: Refusal
  readonly retryAfterMs: number | null
  constructor(refusal: Refusal, retryAfterMs: number | null) {
    super('refused')
    this.refusal = refusal
    this.retryAfterMs = retryAfterMs
  }
}

const pausesMs = [1_000, 4_000, 15_000, 40_000]
const longestPauseMs = 90_000
const shortenings = 3

/** The address without what belongs into a header, and that header. */
const addressed = ({ baseUrl, apiKey }: EmbeddingServer): { url: URL; authorization: string } => {
  const url = embeddingUrl(baseUrl)
  const { username, password } = url
  url.username = ''
  url.password = ''
  if (username === '') return { url, authorization: `Bearer ${apiKey === '' ? 'none' : apiKey}` }
  return { url, authorization: `Basic ${btoa(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`)}` }
}

/** Asks servers for vectors through the privacy gate; every attempt has its ledger row. */
export const createEmbedder = ({ gate, clock }: { readonly gate: PrivacyGate; readonly clock: Clock }) => {
  const once = async (
    server: EmbeddingServer,
    texts: readonly string[],
    errand: EmbeddingErrand,
    { timeoutMs, signal }: Effort,
  ): Promise<Float32Array[]> => {
    const ours = new AbortController()
    const lift = clock.after(timeoutMs, () => ours.abort(new Problem('MODEL_TIMEOUT')))
    const size = server.sendsDimensions && server.dimensions !== null ? { dimensions: server.dimensions } : {}
    const { url, authorization } = addressed(server)
    try {
      const response = await gate
        .open(errand, AbortSignal.any([signal, ours.signal]))
        .fetch(url, {
          method: 'POST',
          headers: { authorization, 'content-type': 'application/json', accept: 'application/json' },
          body: JSON.stringify({ model: server.model, input: texts, encoding_format: 'float', ...size }),
        })
        .catch((error: unknown) => Promise.reject(named(error)))
      const body = await response.text()
      if (!response.ok) {
        throw new RefusedError({ status: response.status, said: body }, retryAfter(response.headers, clock.now()))
      }
      return readVectors(body, texts.length, server.dimensions)
    } finally {
      lift()
    }
  }

  /** Tries again what may pass. Throws RefusedError for an input that the server does not take, else Problems. */
  const persist = async (
    server: EmbeddingServer,
    texts: readonly string[],
    errand: EmbeddingErrand,
    effort: Effort,
  ): Promise<Float32Array[]> => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await once(server, texts, errand, effort)
      } catch (error) {
        effort.signal.throwIfAborted()
        const refused = error instanceof RefusedError ? error : null
        if (refused && refusesInput(refused.refusal)) throw refused
        const pause = refused?.retryAfterMs ?? pausesMs[attempt - 1] ?? longestPauseMs
        const mayPass = refused ? isPassing(refused.refusal) : isPassingProblem(error)
        if (!mayPass || attempt >= effort.attempts || pause > longestPauseMs) {
          throw refused ? refusalProblem(refused.refusal) : error
        }
        await rest(clock, pause, effort.signal)
      }
    }
  }

  /** Asks for one text, shorter each time that the server does not take it; null where it takes none of it. */
  const embedShortened = async (
    server: EmbeddingServer,
    text: string,
    errand: EmbeddingErrand,
    effort: Effort,
  ): Promise<Float32Array | null> => {
    for (let part = text, tries = 0; tries <= shortenings; part = part.slice(0, part.length / 2), tries += 1) {
      try {
        const [vector] = await persist(server, [part], errand, effort)
        return vector ?? null
      } catch (error) {
        if (!(error instanceof RefusedError)) throw error
      }
    }
    return null
  }

  return {
    /** One vector a text, length 1. Throws Problems with a sentence for the coach, or the signal's reason. */
    embed: async (
      server: EmbeddingServer,
      texts: readonly string[],
      errand: EmbeddingErrand,
      effort: Effort,
    ): Promise<Float32Array[]> => {
      try {
        return await persist(server, texts, errand, effort)
      } catch (error) {
        throw error instanceof RefusedError ? refusalProblem(error.refusal) : error
      }
    },
    /** The same text by text where the server refuses them together; null for what it takes in no length. */
    embedEach: async (
      server: EmbeddingServer,
      texts: readonly string[],
      errand: EmbeddingErrand,
      effort: Effort,
    ): Promise<{ vectors: (Float32Array | null)[]; refusal: Problem | null }> => {
      try {
        return { vectors: await persist(server, texts, errand, effort), refusal: null }
      } catch (error) {
        if (!(error instanceof RefusedError)) throw error
        const vectors: (Float32Array | null)[] = []
        for (const text of texts) vectors.push(await embedShortened(server, text, errand, effort))
        return { vectors, refusal: refusalProblem(error.refusal) }
      }
    },
  }
}
export type Embedder = ReturnType<typeof createEmbedder>
