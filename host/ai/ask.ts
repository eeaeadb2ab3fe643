import type OpenAI from 'openai'
import { Problem } from '../../shared/problem.ts'
import { type Fetch, retryAfter } from '../privacy/index.ts'

export interface ModelSettings {
  /** Empty: the address of OpenAI. */
  readonly baseUrl: string
  /** Empty for a local server without one. */
  readonly apiKey: string
  readonly model: string
  /** For a whole answer, further attempts included. */
  readonly timeoutMs: number
}

export interface ModelMessage {
  readonly role: 'system' | 'user' | 'assistant'
  readonly content: string
}

/** How the model is told to answer in our form; `any` where the form does not matter. */
export type AnswerFormat = 'json_schema' | 'json_object' | 'plain' | 'any'

/** What to try with a server that refuses a format; plain words every server takes. */
export const weakerFormat: Readonly<Record<AnswerFormat, AnswerFormat | null>> = {
  json_schema: 'json_object',
  json_object: 'plain',
  plain: null,
  any: null,
}

export type Asked =
  | { readonly accepted: true; readonly body: string }
  | { readonly accepted: false; readonly status: number; readonly said: string; readonly retryAfterMs: number | null }

/** Where requests go: `/v1` where only a server was named, without what was pasted too much. */
export const endpointOf = (baseUrl: string): URL => {
  const url = new URL(baseUrl === '' ? 'https://api.openai.com/v1' : baseUrl)
  url.pathname = url.pathname.replace(/\/chat\/completions\/?$|\/+$/u, '')
  if (url.pathname === '/') url.pathname = '/v1'
  return url
}

/** The form in which a model is asked to answer. */
export interface AnswerForm {
  /** Letters and underscores. */
  readonly name: string
  /** JSON Schema; every field required, as strict servers want it. */
  readonly schema: Readonly<Record<string, unknown>>
  /** The same in words, for servers that know no structured output. */
  readonly inWords: string
}

const bodyFor = (
  model: string,
  messages: readonly ModelMessage[],
  form: AnswerForm,
  format: AnswerFormat,
): OpenAI.ChatCompletionCreateParamsNonStreaming => {
  const plain = { model, messages: [...messages] }
  if (format === 'any') return plain
  if (format === 'json_schema') {
    const schema = { name: form.name, strict: true, schema: form.schema }
    return { ...plain, response_format: { type: 'json_schema', json_schema: schema } }
  }
  const reminder: ModelMessage = {
    role: 'system',
    content: `Answer with one JSON object and nothing else: ${form.inWords}`,
  }
  const reminded = { model, messages: [...messages, reminder] }
  return format === 'json_object' ? { ...reminded, response_format: { type: 'json_object' } } : reminded
}

/**
 * One request through the openai package, never repeated by it. A refusal by HTTP status is an answer; what
 * `fetch` throws comes out as it is.
 */
export const ask = async (
  settings: ModelSettings,
  messages: readonly ModelMessage[],
  form: AnswerForm,
  format: AnswerFormat,
  fetch: Fetch,
  now: number,
): Promise<Asked> => {
  const { default: Client, APIError } = await import('openai')
  const endpoint = endpointOf(settings.baseUrl)
  const { username, password } = endpoint
  const login = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  let failure: { readonly error: unknown } | undefined
  const client = new Client({
    apiKey: settings.apiKey === '' ? 'none' : settings.apiKey,
    baseURL: `${endpoint.origin}${endpoint.pathname}`,
    organization: null,
    project: null,
    adminAPIKey: null,
    webhookSecret: null,
    maxRetries: 0,
    timeout: 2 ** 31 - 1,
    logLevel: 'off',
    defaultQuery: Object.fromEntries(endpoint.searchParams),
    ...(username === '' ? {} : { defaultHeaders: { authorization: `Basic ${btoa(login)}` } }),
    fetch: async (input, init) => {
      try {
        return await fetch(input, init)
      } catch (error) {
        failure = { error }
        throw error
      }
    },
  })
  try {
    const response = await client.chat.completions.create(bodyFor(settings.model, messages, form, format)).asResponse()
    return { accepted: true, body: await response.text() }
  } catch (error) {
    if (failure !== undefined) throw failure.error
    if (!(error instanceof APIError) || error.status === undefined) {
      throw new Problem('MODEL_BAD_ANSWER', undefined, { cause: error })
    }
    return {
      accepted: false,
      status: error.status,
      said: error.message,
      retryAfterMs: error.headers ? retryAfter(error.headers, now) : null,
    }
  }
}
