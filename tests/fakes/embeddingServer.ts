import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { z } from 'zod'
import { seededRandom } from '../soak/random.ts'
import { listenOnLoopback } from './loopback.ts'

/** Ways in which servers of vectors have been seen to fail. */
export type EmbeddingMisbehaviour =
  | 'error_500'
  | 'error_401'
  | 'error_404'
  | 'quota'
  | 'cut_before_answer'
  | 'cut_mid_answer'
  | 'hang'
  | 'html'
  | 'wrong_dimensions'
  | 'mixed_dimensions'
  | 'not_a_number'
  | 'infinity'
  | 'zero_vector'
  | 'one_too_few'
  | 'one_too_many'
  | 'shuffled'
  | 'same_index_twice'
  | 'empty'
  | { readonly busyForSeconds: number }

export interface EmbeddingRequest {
  readonly model: string
  readonly texts: readonly string[]
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

export interface EmbeddingServerOptions {
  readonly apiKey?: string
  readonly model?: string
  /** The size its model gives. */
  readonly dimensions?: number
  /** It can give fewer figures where it is asked to; else it refuses the wish. */
  readonly knowsDimensions?: boolean
  /** Texts longer than this are refused, characters. */
  readonly longestText?: number
  /** Words that mean the same, group by group; its model knows that. */
  readonly synonyms?: readonly (readonly string[])[]
}

const request = z.strictObject({
  model: z.string().min(1),
  input: z.union([z.string().min(1), z.array(z.string().min(1)).min(1).max(2_048)]),
  encoding_format: z.enum(['float', 'base64']).optional(),
  dimensions: z.int().positive().optional(),
})

const hash = (word: string): number => {
  let sum = 2_166_136_261
  for (const character of word) sum = Math.imul(sum ^ (character.codePointAt(0) ?? 0), 16_777_619)
  return sum >>> 0
}

/** Texts that share words get vectors that lie near each other, as those of a real model do. */
export const vectorOf = (text: string, dimensions: number, synonyms: readonly (readonly string[])[] = []): number[] => {
  const vector = new Array<number>(dimensions).fill(0)
  for (const word of text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? ['nothing']) {
    const random = seededRandom(hash(synonyms.find((group) => group.includes(word))?.[0] ?? word))
    for (let at = 0; at < dimensions; at += 1) vector[at] = (vector[at] ?? 0) + random() - 0.5
  }
  const length = Math.hypot(...vector)
  return vector.map((figure) => figure / length)
}

const sendJson = (response: ServerResponse, status: number, value: unknown, headers: Record<string, string> = {}) => {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(typeof value === 'string' ? value : JSON.stringify(value))
}

const refuse = (response: ServerResponse, status: number, message: string, headers: Record<string, string> = {}) =>
  sendJson(response, status, { error: { message, type: 'invalid_request_error', param: null, code: null } }, headers)

const readBody = async (incoming: IncomingMessage): Promise<string> => {
  const parts: Buffer[] = []
  for await (const part of incoming) parts.push(part)
  return Buffer.concat(parts).toString('utf8')
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

type Item = { object: 'embedding'; index: number; embedding: (number | null)[] }

const answerOf = (model: string, data: readonly Item[]): string =>
  JSON.stringify({ object: 'list', data, model, usage: { prompt_tokens: data.length, total_tokens: data.length } })

const misbehave = (kind: EmbeddingMisbehaviour, response: ServerResponse, model: string, data: Item[]): void => {
  if (typeof kind === 'object') {
    return refuse(response, 429, 'Rate limit reached.', { 'retry-after': String(kind.busyForSeconds) })
  }
  const say = (items: readonly Item[]) => sendJson(response, 200, answerOf(model, items))
  const [first] = data
  const changed = (embedding: (number | null)[]) =>
    say(data.map((item, at) => (at === 0 ? { ...item, embedding } : item)))
  const figures = first?.embedding ?? []
  switch (kind) {
    case 'error_500':
      return refuse(response, 500, 'The server had an error.')
    case 'error_401':
      return refuse(response, 401, 'Incorrect API key provided.')
    case 'error_404':
      return refuse(response, 404, 'Not Found')
    case 'quota':
      return refuse(response, 429, 'You exceeded your current quota, please check your plan.')
    case 'cut_before_answer':
      return void response.destroy()
    case 'cut_mid_answer': {
      const whole = answerOf(model, data)
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': whole.length })
      return void response.write(whole.slice(0, 40), () => response.destroy())
    }
    case 'hang':
      return
    case 'html':
      response.writeHead(200, { 'content-type': 'text/html' })
      return void response.end('<h1>Welcome to nginx!</h1>')
    case 'wrong_dimensions':
      return say(data.map((item) => ({ ...item, embedding: item.embedding.slice(0, -1) })))
    case 'mixed_dimensions':
      return changed(figures.slice(1))
    case 'not_a_number':
      return changed([null, ...figures.slice(1)])
    case 'infinity':
      return sendJson(response, 200, answerOf(model, data).replace(/-?\d+\.\d+(?:e-?\d+)?/u, '1e999'))
    case 'zero_vector':
      return changed(figures.map(() => 0))
    case 'one_too_few':
      return say(data.slice(1))
    case 'one_too_many':
      return say([...data, ...data.slice(0, 1)])
    case 'shuffled':
      return say(data.toReversed())
    case 'same_index_twice':
      return say(data.map((item) => ({ ...item, index: 0 })))
    case 'empty':
      return sendJson(response, 200, '')
  }
}

/** A strict stand-in for an OpenAI-compatible server of vectors on loopback, which can also be made to misbehave. */
export const startEmbeddingServer = async (options: EmbeddingServerOptions = {}) => {
  const natural = options.dimensions ?? 64
  const requests: EmbeddingRequest[] = []
  const complaints: string[] = []
  const paid: string[] = []
  const planned: EmbeddingMisbehaviour[] = []
  let always: EmbeddingMisbehaviour | null = null
  let beforeAnswer: () => Promise<void> = () => Promise.resolve()

  const complain = (response: ServerResponse, status: number, message: string): void => {
    complaints.push(message)
    refuse(response, status, message)
  }

  const handle = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (options.apiKey !== undefined && incoming.headers.authorization !== `Bearer ${options.apiKey}`) {
      return refuse(response, 401, 'Incorrect API key provided.')
    }
    if (incoming.url !== '/v1/embeddings') return complain(response, 404, `There is nothing at ${incoming.url}.`)
    if (incoming.method !== 'POST') return complain(response, 405, `${incoming.method} is not allowed here.`)
    const body = await readBody(incoming)
    if (!/^application\/json\b/u.test(incoming.headers['content-type'] ?? '')) {
      return complain(response, 415, 'The content type must be application/json.')
    }
    const shaped = request.safeParse(parsed(body))
    if (!shaped.success) return complain(response, 400, z.prettifyError(shaped.error))
    const { model, input, dimensions = natural } = shaped.data
    if (options.model !== undefined && model !== options.model) {
      return refuse(response, 404, `The model ${model} does not exist.`)
    }
    if (dimensions !== natural && (!options.knowsDimensions || dimensions > natural)) {
      return refuse(response, 400, 'This model does not support specifying dimensions.')
    }
    const texts = typeof input === 'string' ? [input] : input
    requests.push({ model, texts, headers: incoming.headers, body })
    if (texts.some((text) => text.length > (options.longestText ?? Number.POSITIVE_INFINITY))) {
      return refuse(response, 400, 'The input is longer than the context length of this model.')
    }
    await beforeAnswer()
    const data = texts.map(
      (text, index): Item => ({ object: 'embedding', index, embedding: vectorOf(text, dimensions, options.synonyms) }),
    )
    const trick = planned.shift() ?? always
    if (trick !== null) return misbehave(trick, response, model, data)
    sendJson(response, 200, answerOf(model, data))
    paid.push(...texts)
  }

  const server = createServer((incoming, response) => {
    handle(incoming, response).catch(() => response.destroy())
  })
  const port = await listenOnLoopback(server, 0)

  return {
    url: `http://127.0.0.1:${port}/v1`,
    /** Every well-formed request, oldest first. */
    requests,
    complaints,
    /** Every text that a good answer was given for, and will be on the bill. */
    paid,
    /** One trick a request, in this order, and then good behaviour again. */
    misbehave: (...tricks: EmbeddingMisbehaviour[]): void => {
      planned.push(...tricks)
    },
    misbehaveAlways: (trick: EmbeddingMisbehaviour | null): void => {
      always = trick
    },
    /** What must be over before an answer is given. */
    waitFor: (work: () => Promise<void>): void => {
      beforeAnswer = work
    },
    close: (): Promise<void> =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
