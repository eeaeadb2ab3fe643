import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { z } from 'zod'
import { lastClientText } from '../../host/replies/prompt/index.ts'
import type { BaseIntent } from '../../shared/taxonomy/conversation.ts'
import { listenOnLoopback } from './loopback.ts'
import { type Misbehaviour, misbehave } from './modelMisbehaviour.ts'

const chatRequest = z.strictObject({
  model: z.string().min(1),
  messages: z
    .array(z.strictObject({ role: z.enum(['system', 'user', 'assistant']), content: z.string().min(1) }))
    .min(1),
  response_format: z
    .discriminatedUnion('type', [
      z.strictObject({ type: z.literal('json_object') }),
      z.strictObject({
        type: z.literal('json_schema'),
        json_schema: z.strictObject({
          name: z.string().regex(/^[\w-]{1,64}$/),
          strict: z.literal(true),
          schema: z.object({
            type: z.literal('object'),
            additionalProperties: z.literal(false),
            required: z.array(z.string()).min(1),
            properties: z.record(z.string(), z.unknown()),
          }),
        }),
      }),
    ])
    .optional(),
})

/** What a test sees of one request that was in order. */
export interface ModelRequest {
  readonly model: string
  readonly messages: readonly { role: 'system' | 'user' | 'assistant'; content: string }[]
  readonly format: 'json_schema' | 'json_object' | 'plain'
  readonly clientText: string
  readonly body: string
  readonly headers: IncomingMessage['headers']
  readonly path: string
}

export interface FakeAnswer {
  readonly reply?: string
  readonly confidence?: number
  readonly baseIntent?: BaseIntent
  readonly requiresResponse?: boolean
  readonly citations?: readonly string[]
}

/** An answer, or the exact words of the model. */
export type Respond = (request: ModelRequest) => FakeAnswer | string

/** The exact words of the model about messages that it is given to read. */
type Read = (request: ModelRequest) => string

export interface ModelServerOptions {
  readonly port?: number
  /** Only this key is let in; without it any is. */
  readonly apiKey?: string
  /** The one model it knows; without it any will do. */
  readonly model?: string
  /** How long it thinks, milliseconds. */
  readonly delayMs?: number
  readonly respond?: Respond
}

const openings: Partial<Record<BaseIntent, string>> = {
  STRUGGLE: 'That sounds heavy, and I am glad you told me.',
  PROGRESS: 'That is a real step forward, well done.',
  DECISION: 'That is a big one, so let us take it slowly.',
  QUESTION: 'Good question, let us look at it together.',
  GRATITUDE: 'You are welcome, it was your work.',
  HUMAN_REQUEST: 'Of course, I will let your coach know that you would like to talk in person.',
  SCHEDULING: 'Let us find a time that suits you.',
}

const guessIntent = (text: string): BaseIntent => {
  if (/\b(?:real person|human|your? coach in person|talk to (?:someone|you))\b/iu.test(text)) return 'HUMAN_REQUEST'
  if (/\b(?:thank|thanks|grateful)\b/iu.test(text)) return 'GRATITUDE'
  if (/\b(?:reschedule|appointment|calendar|tomorrow at|next week at)\b/iu.test(text)) return 'SCHEDULING'
  if (/\b(?:decide|quit|should i|choose|offer)\b/iu.test(text)) return 'DECISION'
  if (/\b(?:stuck|tired|can't|cannot|afraid|anxious|overwhelmed|hard|failed)\b/iu.test(text)) return 'STRUGGLE'
  if (/\b(?:did it|managed|finished|finally|proud|done)\b/iu.test(text)) return 'PROGRESS'
  return text.includes('?') ? 'QUESTION' : 'CHECK_IN'
}

const guessConfidence = (intent: BaseIntent): number =>
  intent === 'HUMAN_REQUEST' ? 0.3 : intent === 'DECISION' ? 0.55 : 0.86

const topicOf = (text: string): string =>
  text
    .split(/[.!?\n]/u)[0]
    ?.trim()
    .split(/\s+/u)
    .slice(0, 12)
    .join(' ') ?? ''

const plausible = (text: string): Required<FakeAnswer> => {
  const baseIntent = guessIntent(text)
  const opening = openings[baseIntent] ?? 'Thank you for checking in.'
  const topic = topicOf(text)
  const question = 'What would be one small thing you could do about it before we speak again?'
  const heard = topic === '' ? '' : ` You wrote “${topic}”.`
  return {
    reply: `${opening}${heard} ${question}`,
    confidence: guessConfidence(baseIntent),
    baseIntent,
    requiresResponse: true,
    citations: [],
  }
}

/** What is asked for is not an answer to a client but what their messages say. */
const isReadingForMemory = ({ messages }: Pick<ModelRequest, 'messages'>): boolean =>
  messages.some(({ role, content }) => role === 'system' && content.includes('"findings"'))

/** What is asked for is what a coach did in a takeover. */
const isReadingTakeover = ({ messages }: Pick<ModelRequest, 'messages'>): boolean =>
  messages.some(({ role, content }) => role === 'system' && content.includes('"key_phrases"'))

const schemaNode = z.looseObject({
  type: z.string(),
  required: z.array(z.string()).optional(),
  additionalProperties: z.boolean().optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  items: z.unknown().optional(),
})

/** Servers with strict output refuse a form in which a field of any object may be left out or added. */
const isStrictSchema = (schema: unknown): boolean => {
  const { data: node } = schemaNode.safeParse(schema)
  if (node === undefined) return false
  const { properties = {}, required = [] } = node
  const isWhole = Object.keys(properties).every((name) => required.includes(name))
  if (node.type === 'object' && !(isWhole && node.additionalProperties === false)) return false
  return Object.values(properties).every(isStrictSchema) && (node.items === undefined || isStrictSchema(node.items))
}

interface Reads {
  readonly read: Read
  readonly analyse: Read
}

const answerText = (request: ModelRequest, respond: Respond | undefined, { read, analyse }: Reads): string => {
  if (isReadingForMemory(request)) return read(request)
  if (isReadingTakeover(request)) return analyse(request)
  const given = respond?.(request) ?? {}
  if (typeof given === 'string') return given
  if (!request.messages.some((message) => message.content.includes('base_intent'))) return 'ready'
  const whole = { ...plausible(request.clientText), ...given }
  return JSON.stringify({
    reply: whole.reply,
    confidence: whole.confidence,
    base_intent: whole.baseIntent,
    requires_response: whole.requiresResponse,
    citations: whole.citations,
  })
}

const countTokens = (text: string): number => Math.ceil(text.length / 4)

const completionOf = (request: ModelRequest, content: string) => {
  const prompt = countTokens(request.messages.map((message) => message.content).join(''))
  const answer = countTokens(content)
  return {
    id: 'chatcmpl-fake',
    object: 'chat.completion',
    created: Math.floor(Date.now() / 1000),
    model: request.model,
    choices: [
      { index: 0, finish_reason: 'stop', logprobs: null, message: { role: 'assistant', content, refusal: null } },
    ],
    usage: { prompt_tokens: prompt, completion_tokens: answer, total_tokens: prompt + answer },
  }
}

const sendJson = (
  response: ServerResponse,
  status: number,
  value: unknown,
  headers: Record<string, string> = {},
): void => {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(JSON.stringify(value))
}

const refuse = (response: ServerResponse, status: number, message: string, param: string | null = null): void =>
  sendJson(response, status, { error: { message, type: 'invalid_request_error', param, code: null } })

const readBody = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** A strict stand-in for an OpenAI-compatible server on loopback, which can also be made to misbehave. */
export const startModelServer = async (options: ModelServerOptions = {}) => {
  const known = options.model ?? 'practice-model'
  const requests: ModelRequest[] = []
  const readings: ModelRequest[] = []
  const analyses: ModelRequest[] = []
  const complaints: string[] = []
  const planned: Misbehaviour[] = []
  let always: Misbehaviour | null = null
  let respond = options.respond
  let read: Read = () => JSON.stringify({ findings: [] })
  let analyse: Read = () => 'I have nothing to say about that.'
  let delayMs = options.delayMs ?? 0

  const complain = (response: ServerResponse, status: number, message: string, param: string | null = null): void => {
    complaints.push(message)
    refuse(response, status, message, param)
  }

  const complete = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readBody(incoming)
    if (!/^application\/json\b/u.test(incoming.headers['content-type'] ?? '')) {
      return complain(response, 415, 'The content type must be application/json.')
    }
    const parsed = chatRequest.safeParse(parseJson(body))
    if (!parsed.success) return complain(response, 400, z.prettifyError(parsed.error))
    const { messages, response_format: responseFormat } = parsed.data
    if (responseFormat?.type === 'json_schema' && !isStrictSchema(responseFormat.json_schema.schema))
      return complain(response, 400, 'Invalid schema: every object must list all its fields and allow no others.')
    const request: ModelRequest = {
      model: parsed.data.model,
      messages,
      format: responseFormat?.type ?? 'plain',
      clientText: lastClientText(messages),
      body,
      headers: incoming.headers,
      path: incoming.url ?? '',
    }
    const kept = isReadingForMemory(request) ? readings : isReadingTakeover(request) ? analyses : requests
    kept.push(request)
    if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs))
    const content = () => JSON.stringify(completionOf(request, answerText(request, respond, { read, analyse })))
    const trick = planned.shift() ?? always
    if (trick !== null && misbehave(trick, request.format, response, content)) return
    if (options.model !== undefined && parsed.data.model !== options.model)
      return refuse(response, 404, `The model ${parsed.data.model} does not exist.`)
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(content())
  }

  const handle = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = new URL(incoming.url ?? '/', 'http://localhost').pathname
    if (options.apiKey !== undefined && incoming.headers.authorization !== `Bearer ${options.apiKey}`) {
      return refuse(response, 401, 'Incorrect API key provided.')
    }
    if (path === '/v1/models' && incoming.method === 'GET') {
      return sendJson(response, 200, {
        object: 'list',
        data: [{ id: known, object: 'model', created: 0, owned_by: 'tests' }],
      })
    }
    if (path !== '/v1/chat/completions') return complain(response, 404, `There is nothing at ${path}.`)
    if (incoming.method !== 'POST') return complain(response, 405, `${incoming.method} is not allowed here.`)
    return complete(incoming, response)
  }

  const server = createServer((incoming, response) => {
    handle(incoming, response).catch(() => response.destroy())
  })
  const port = await listenOnLoopback(server, options.port ?? 0)

  return {
    url: `http://127.0.0.1:${port}/v1`,
    port,
    model: known,
    /** Every request in order that came in, oldest first, except those that read for memory or read a takeover. */
    requests,
    /** Those that read for memory. */
    readings,
    /** Those that read a takeover. */
    analyses,
    /** What was wrong with requests that were not. */
    complaints,
    respond: (next: Respond): void => {
      respond = next
    },
    /** What it finds in messages that it reads for memory; without it, nothing. */
    read: (next: Read): void => {
      read = next
    },
    /** What it says of a takeover; without it, nothing of use. */
    analyse: (next: Read): void => {
      analyse = next
    },
    /** One trick a request, in this order, and then good behaviour again. */
    misbehave: (...tricks: Misbehaviour[]): void => {
      planned.push(...tricks)
    },
    misbehaveAlways: (trick: Misbehaviour | null): void => {
      always = trick
    },
    think: (ms: number): void => {
      delayMs = ms
    },
    close: (): Promise<void> =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
export type ModelServer = Awaited<ReturnType<typeof startModelServer>>

if (import.meta.main) {
  const at = process.argv.indexOf('--port')
  const server = await startModelServer({ port: at === -1 ? 0 : Number(process.argv[at + 1]), delayMs: 600 })
  process.stdout.write(`${JSON.stringify({ url: server.url, model: server.model, pid: process.pid })}\n`)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void server.close())
}
