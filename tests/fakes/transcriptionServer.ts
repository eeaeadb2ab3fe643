import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { listenOnLoopback } from './loopback.ts'

/** Ways in which transcription services have been seen to fail. */
export type TranscriptionMisbehaviour =
  | 'error_500'
  | 'error_401'
  | 'error_404'
  | 'unreadable'
  | 'too_large'
  | 'too_large_at_once'
  | 'quota'
  | 'cut_before_answer'
  | 'cut_mid_answer'
  | 'hang'
  | 'html'
  | 'error_as_answer'
  | 'no_words'
  | 'not_a_number'
  | 'out_of_order'
  | 'huge'
  | { readonly busyForMs: number }

export interface Spoken {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** What a test sees of one request that was in order. */
export interface TranscriptionRequest {
  readonly model: string
  readonly format: string
  readonly fileName: string
  readonly mediaType: string
  readonly sound: Uint8Array
  readonly headers: IncomingMessage['headers']
}

export interface TranscriptionServerOptions {
  readonly apiKey?: string
  readonly model?: string
  /** The forms of answer it knows; others are refused. */
  readonly formats?: readonly string[]
}

const words: readonly Spoken[] = [
  { start: 0, end: 4.2, text: ' Welcome to the hour about boundaries.' },
  { start: 95.4, end: 99, text: ' A boundary is a door that opens from your side.' },
  { start: 3_725, end: 3_729.5, text: ' Say the marigold sentence and then say nothing.' },
]

const send = (response: ServerResponse, status: number, type: string, body: string, headers = {}): void => {
  response.writeHead(status, { 'content-type': type, ...headers })
  response.end(body)
}

const refuse = (response: ServerResponse, status: number, message: string, headers = {}): void =>
  send(
    response,
    status,
    'application/json',
    JSON.stringify({ error: { message, type: 'invalid_request_error', param: null, code: null } }),
    headers,
  )

const readBody = async (incoming: IncomingMessage): Promise<Buffer> => {
  const parts: Buffer[] = []
  for await (const part of incoming) parts.push(part)
  return Buffer.concat(parts)
}

const textOf = (spoken: readonly Spoken[]): string =>
  spoken
    .map(({ text }) => text)
    .join('')
    .trim()

const verbose = (spoken: readonly Spoken[], more: object = {}): string =>
  JSON.stringify({
    task: 'transcribe',
    language: 'english',
    duration: spoken.at(-1)?.end ?? 0,
    text: textOf(spoken),
    segments: spoken.map((one, id) => ({
      id,
      seek: 0,
      ...one,
      tokens: [1, 2],
      avg_logprob: -0.2,
      no_speech_prob: 0.01,
    })),
    ...more,
  })

const answer = (response: ServerResponse, format: string, spoken: readonly Spoken[]): void => {
  if (format === 'text') return send(response, 200, 'text/plain; charset=utf-8', `${textOf(spoken)}\n`)
  const body = format === 'json' ? JSON.stringify({ text: textOf(spoken) }) : verbose(spoken)
  send(response, 200, 'application/json', body)
}

const misbehave = (kind: TranscriptionMisbehaviour, response: ServerResponse, spoken: readonly Spoken[]): void => {
  if (typeof kind === 'object') return refuse(response, 429, 'Rate limit.', { 'retry-after-ms': `${kind.busyForMs}` })
  const say = (body: string): void => send(response, 200, 'application/json', body)
  switch (kind) {
    case 'error_500':
      return refuse(response, 500, 'The server had an error.')
    case 'error_401':
      return refuse(response, 401, 'Incorrect API key provided: sk-secret.')
    case 'error_404':
      return refuse(response, 404, 'The model does not exist.')
    case 'unreadable':
      return refuse(response, 400, 'Invalid file format. Supported formats: flac, mp3, wav.')
    case 'too_large':
    case 'too_large_at_once':
      return refuse(response, 413, 'Maximum content size limit (26214400) exceeded.')
    case 'quota':
      return refuse(response, 429, 'You exceeded your current quota, please check your plan.')
    case 'cut_before_answer':
      return void response.destroy()
    case 'cut_mid_answer': {
      const whole = verbose(spoken)
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': whole.length })
      return void response.write(whole.slice(0, 60), () => response.destroy())
    }
    case 'hang':
      return
    case 'html':
      return send(response, 200, 'text/html', '<h1>Welcome to nginx!</h1>')
    case 'error_as_answer':
      return say(JSON.stringify({ error: { message: 'no credit' } }))
    case 'no_words':
      return say(JSON.stringify({ text: ' ', segments: [] }))
    case 'not_a_number':
      return say(verbose(spoken).replaceAll(/"(start|avg_logprob)":[-\d.]+/gu, '"$1": NaN'))
    case 'out_of_order':
      return say(verbose(spoken.toReversed()))
    case 'huge':
      return say(verbose(spoken, { padding: 'x'.repeat(20_000_000) }))
  }
}

/** A strict stand-in for an OpenAI-compatible transcription endpoint on loopback, which can be made to misbehave. */
export const startTranscriptionServer = async (options: TranscriptionServerOptions = {}) => {
  const requests: TranscriptionRequest[] = []
  const complaints: string[] = []
  const planned: TranscriptionMisbehaviour[] = []
  let always: TranscriptionMisbehaviour | null = null
  let spoken = words
  let heard = 0

  const complain = (response: ServerResponse, status: number, message: string): void => {
    complaints.push(message)
    refuse(response, status, message)
  }

  /** What is wrong with a form; null where nothing is. */
  const fault = (form: FormData): string | null => {
    const names = [...form.keys()].sort().join(' ')
    if (names !== 'file model response_format') return `The fields are ${names}.`
    const file = form.get('file')
    if (!(file instanceof File) || file.size === 0) return 'The file is missing.'
    return null
  }

  const handle = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (incoming.url !== '/v1/audio/transcriptions') return complain(response, 404, `Nothing at ${incoming.url}.`)
    if (incoming.method !== 'POST') return complain(response, 405, `${incoming.method} is not allowed here.`)
    if (planned[0] === 'too_large_at_once') {
      planned.shift()
      return misbehave('too_large_at_once', response, spoken)
    }
    const body = await readBody(incoming)
    const type = incoming.headers['content-type'] ?? ''
    if (!type.startsWith('multipart/form-data; boundary=')) return complain(response, 415, 'It must be a form.')
    if (Number(incoming.headers['content-length']) !== body.length) return complain(response, 411, 'Wrong length.')
    const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData()
    const wrong = fault(form)
    if (wrong !== null) return complain(response, 422, wrong)
    const file = form.get('file')
    if (!(file instanceof File)) return
    const [model, format] = [String(form.get('model')), String(form.get('response_format'))]
    requests.push({
      model,
      format,
      fileName: file.name,
      mediaType: file.type,
      sound: new Uint8Array(await file.arrayBuffer()),
      headers: incoming.headers,
    })
    if (options.apiKey !== undefined && incoming.headers.authorization !== `Bearer ${options.apiKey}`) {
      return refuse(response, 401, 'Incorrect API key provided: sk-secret.')
    }
    if (options.model !== undefined && model !== options.model) return refuse(response, 404, 'No such model.')
    const trick = planned.shift() ?? always
    if (trick !== null) return misbehave(trick, response, spoken)
    if (options.formats && !options.formats.includes(format)) {
      return refuse(response, 400, `response_format '${format}' is not compatible with this model.`)
    }
    answer(response, format, spoken)
    heard += 1
  }

  const server = createServer((incoming, response) => {
    handle(incoming, response).catch(() => response.destroy())
  })
  const port = await listenOnLoopback(server, 0)

  return {
    url: `http://127.0.0.1:${port}/v1`,
    requests,
    /** What was wrong with requests that were not in order. */
    complaints,
    /** How many recordings it has turned into text, which is what it would charge for. */
    heard: () => heard,
    /** What is said in every recording from now on. */
    speak: (next: readonly Spoken[]): void => {
      spoken = next
    },
    /** One trick a request, in this order, and then good behaviour again. */
    misbehave: (...tricks: TranscriptionMisbehaviour[]): void => {
      planned.push(...tricks)
    },
    misbehaveAlways: (trick: TranscriptionMisbehaviour | null): void => {
      always = trick
    },
    close: (): Promise<void> =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
export type TranscriptionServer = Awaited<ReturnType<typeof startTranscriptionServer>>
