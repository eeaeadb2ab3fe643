import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { listenOnLoopback } from '../loopback.ts'
import { isMethod, type MethodName, methods, mistakeIn } from './methods.ts'
import { createPeople } from './people.ts'
import { createWorld, Refusal, type Update } from './world.ts'

/** Ways in which Telegram, or what lies before it, has been seen to fail. */
export type Misbehaviour =
  | { readonly busyForSeconds: number }
  | 'conflict'
  | 'server_error'
  | 'bad_gateway'
  | 'not_json'
  | 'empty_answer'
  /** Closes the connection before it did what was asked. */
  | 'drop_before'
  /** Does what was asked, and closes the connection instead of answering. */
  | 'drop_after'
  | 'drop_mid_answer'
  | 'hang_before'
  | 'hang_after'

interface Received {
  readonly method: string
  readonly params: Readonly<Record<string, unknown>>
}

export interface TelegramServerOptions {
  readonly token?: string
  /** How long a second of Telegram's takes, milliseconds; 1000 unless told. */
  readonly secondMs?: number
}

export const practiceToken = '123456789:AAE-only_a_stand_in_0123456789abcdef'

const readBody = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}

const parseParams = (body: string): Record<string, unknown> | null => {
  try {
    const value: unknown = body === '' ? {} : JSON.parse(body)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null
  } catch {
    return null
  }
}

const answer = (response: ServerResponse, status: number, value: unknown): void => {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(value))
}

const refuse = (response: ServerResponse, code: number, description: string, parameters?: unknown): void =>
  answer(response, code, { ok: false, error_code: code, description, ...(parameters ? { parameters } : {}) })

/** A strict stand-in for Telegram's Bot API on loopback, with people on its far side, that can be made to misbehave. */
export const startTelegramServer = async ({ token = practiceToken, secondMs = 1_000 }: TelegramServerOptions = {}) => {
  const world = createWorld()
  const received: Received[] = []
  const complaints: string[] = []
  const downloads: string[] = []
  const planned = new Map<string, Misbehaviour[]>()
  const always = new Map<string, Misbehaviour>()
  let isRevoked = false
  let webhook: string | null = null
  let poller: (() => void) | null = null
  let shuffle: (updates: Update[]) => Update[] = (updates) => updates

  const getUpdates = (params: Readonly<Record<string, unknown>>, response: ServerResponse): void => {
    if (webhook !== null) {
      return refuse(
        response,
        409,
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
      )
    }
    poller?.()
    if (typeof params.offset === 'number') world.confirm(params.offset)
    const limit = typeof params.limit === 'number' ? params.limit : 100
    const waitMs = (typeof params.timeout === 'number' ? params.timeout : 0) * secondMs
    const allowed = Array.isArray(params.allowed_updates) ? params.allowed_updates : []
    const give = (): boolean => {
      const updates = world.updates(limit, allowed)
      if (updates.length > 0) finish(() => answer(response, 200, { ok: true, result: shuffle(updates) }))
      return updates.length > 0
    }
    const finish = (end: () => void): void => {
      stop()
      end()
    }
    const stop = (): void => {
      clearTimeout(timer)
      unlisten()
      if (poller === conflict) poller = null
    }
    const conflict = (): void =>
      finish(() =>
        refuse(
          response,
          409,
          'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
        ),
      )
    const timer = setTimeout(() => finish(() => answer(response, 200, { ok: true, result: [] })), waitMs)
    const unlisten = world.onUpdate(() => setImmediate(() => !response.writableEnded && give()))
    response.once('close', stop)
    poller = conflict
    give()
  }

  const perform = (method: MethodName, params: Readonly<Record<string, unknown>>, response: ServerResponse): void => {
    if (method === 'getUpdates') return getUpdates(params, response)
    try {
      answer(response, 200, { ok: true, result: world.perform[method](params) })
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      refuse(response, error.code, error.message)
    }
  }

  /** Does what was asked and throws the answer away. */
  const performUnheard = (method: MethodName, params: Readonly<Record<string, unknown>>): void => {
    if (method !== 'getUpdates') world.perform[method](params)
  }

  const misbehave = (
    kind: Misbehaviour,
    method: MethodName,
    params: Readonly<Record<string, unknown>>,
    response: ServerResponse,
  ): void => {
    if (typeof kind === 'object') {
      const { busyForSeconds: seconds } = kind
      return refuse(response, 429, `Too Many Requests: retry after ${seconds}`, { retry_after: seconds })
    }
    switch (kind) {
      case 'conflict':
        return refuse(
          response,
          409,
          'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
        )
      case 'server_error':
        return refuse(response, 500, 'Internal Server Error')
      case 'bad_gateway':
        response.writeHead(502, { 'content-type': 'text/html' })
        response.end('<html><body><h1>502 Bad Gateway</h1></body></html>')
        return
      case 'not_json':
        performUnheard(method, params)
        response.end('{"ok":tr')
        return
      case 'empty_answer':
        performUnheard(method, params)
        answer(response, 200, {})
        return
      case 'drop_after':
        performUnheard(method, params)
        response.destroy()
        return
      case 'drop_mid_answer':
        performUnheard(method, params)
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': 400 })
        response.write('{"ok":true,"result":{', () => response.destroy())
        return
      case 'drop_before':
        response.destroy()
        return
      case 'hang_after':
        performUnheard(method, params)
        return
      case 'hang_before':
    }
  }

  const handleMethod = async (name: string, incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const params = parseParams(await readBody(incoming))
    const wrong = !isMethod(name)
      ? `there is no method "${name}"`
      : params === null
        ? 'the parameters are not a JSON object'
        : mistakeIn(params, methods[name])
    if (!isMethod(name) || params === null || wrong !== null) {
      complaints.push(`${name}: ${wrong}`)
      return refuse(response, isMethod(name) ? 400 : 404, isMethod(name) ? `Bad Request: ${wrong}` : 'Not Found')
    }
    received.push({ method: name, params })
    const trick = planned.get(name)?.shift() ?? always.get(name)
    return trick === undefined ? perform(name, params, response) : misbehave(trick, name, params, response)
  }

  const handleFile = (path: string, response: ServerResponse): void => {
    downloads.push(path)
    const file = [...world.files.values()].find((one) => one.path === path)
    const trick = planned.get('file')?.shift() ?? always.get('file')
    if (trick === 'drop_before') return void response.destroy()
    if (trick === 'hang_before') return
    if (!file || trick !== undefined) return refuse(response, 404, 'Not Found')
    response.writeHead(200, { 'content-type': 'application/octet-stream' })
    response.end(file.bytes)
  }

  const server = createServer((incoming, response) => {
    const { pathname } = new URL(incoming.url ?? '/', 'http://localhost')
    const [, isFile, given, rest] = /^(\/file)?\/bot([^/]+)\/(.+)$/u.exec(pathname) ?? []
    if (given === undefined || rest === undefined) return refuse(response, 404, 'Not Found')
    if (given !== token || isRevoked) return refuse(response, 401, 'Unauthorized')
    if (isFile) return handleFile(decodeURIComponent(rest), response)
    handleMethod(rest, incoming, response).catch(() => response.destroy())
  })
  let port = await listenOnLoopback(server, 0)

  const goAway = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })

  return {
    ...createPeople(world),
    url: `http://127.0.0.1:${port}`,
    token,
    /** Every call in order that was well formed. */
    received,
    callsOf: (method: MethodName) => received.filter((one) => one.method === method),
    /** What was wrong with calls that were not. */
    complaints,
    /** The files that were asked for, whether or not they were given. */
    downloads,
    /** What people see in their chats with the bot. */
    messages: world.messages,
    deleted: world.deleted,
    left: world.left,
    answeredQueries: world.answeredQueries,
    waiting: world.waiting,
    pushRaw: world.push,
    restartIdsAt: world.restartIdsAt,
    repeat: world.repeat,
    /** One trick a call, in this order, and then good behaviour again; `file` is the download. */
    misbehave: (method: MethodName | 'file', ...tricks: Misbehaviour[]): void => {
      planned.set(method, [...(planned.get(method) ?? []), ...tricks])
    },
    misbehaveAlways: (method: MethodName | 'file', trick: Misbehaviour | null): void => {
      if (trick === null) always.delete(method)
      else always.set(method, trick)
    },
    shuffleUpdates: (how: (updates: Update[]) => Update[]): void => {
      shuffle = how
    },
    revokeToken: (): void => {
      isRevoked = true
      poller?.()
    },
    restoreToken: (): void => {
      isRevoked = false
    },
    setWebhook: (url: string | null): void => {
      webhook = url
      poller?.()
    },
    /** No connection is possible until it comes back. */
    goAway,
    comeBack: async (): Promise<void> => {
      port = await listenOnLoopback(server, port)
    },
    close: async (): Promise<void> => {
      if (server.listening) await goAway()
    },
  }
}
export type TelegramServer = Awaited<ReturnType<typeof startTelegramServer>>
