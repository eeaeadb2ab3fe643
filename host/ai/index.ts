import type { z } from 'zod'
import { Problem } from '../../shared/problem.ts'
import type { BaseIntent } from '../../shared/taxonomy/conversation.ts'
import { type Clock, rest } from '../clock.ts'
import type { Log } from '../log/index.ts'
import { type Fetch, mapTexts, type PrivacyGate } from '../privacy/index.ts'
import { type Completion, completion, readAnswer, readForm, replyForm } from './answer.ts'
import {
  type AnswerForm,
  type AnswerFormat,
  ask,
  endpointOf,
  type ModelMessage,
  type ModelSettings,
  weakerFormat,
} from './ask.ts'
import { isPassing, type Refusal, refusalProblem, refusesFormat } from './refusal.ts'

export type { AnswerForm, ModelMessage, ModelSettings } from './ask.ts'
export { withoutMarks } from './marks.ts'
export { costOf } from './prices.ts'

export interface ReplyRequest {
  readonly system: string
  readonly messages: readonly ModelMessage[]
  readonly clientId: string
  readonly executionId: string
  readonly signal?: AbortSignal
}

export interface FormRequest<Value> {
  readonly system: string
  readonly message: string
  readonly form: AnswerForm
  /** What an answer has to be; the names in its texts are the real ones again. */
  readonly reader: z.ZodType<Value>
  readonly clientId: string
  readonly signal?: AbortSignal
}

/** What an answer took, whether it was of use or not. */
interface Usage {
  /** As the server names it. */
  readonly model: string
  readonly promptTokens: number | null
  readonly completionTokens: number | null
  /** What the server says the answer cost, US dollars; most say nothing. */
  readonly statedCostUsd: number | null
  readonly latencyMs: number
}

export interface FormAnswer<Value> extends Usage {
  /** Null where the model answered otherwise than it was asked to. */
  readonly value: Value | null
}

export interface ReplyAnswer extends Usage {
  /** Empty only where no response is required. */
  readonly reply: string
  /** The model's own figure, 0 to 1. */
  readonly confidence: number
  readonly baseIntent: BaseIntent
  readonly requiresResponse: boolean
  /** What the model says that its answer rests on; not checked yet. */
  readonly citations: readonly string[]
  /** The server knows no structured output, so the form of the answer was only asked for. */
  readonly usedFallback: boolean
}

export interface Model {
  /**
   * One answer of the configured model. Throws NO_MODEL, PRIVACY_BLOCKED, the MODEL_ problems, what kept the
   * ledger from being written, or the signal's reason.
   */
  generateReply(request: ReplyRequest): Promise<ReplyAnswer>
  /** One reading for a client's memory, in a form of the caller's. Throws like generateReply. */
  fillForm<Value>(request: FormRequest<Value>): Promise<FormAnswer<Value>>
  /** Asks for one word, once. Throws like generateReply. */
  test(): Promise<{ model: string; latencyMs: number }>
}

export interface ModelParts {
  readonly gate: PrivacyGate
  readonly settings: () => ModelSettings
  readonly clock: Clock
  readonly log: Log
}

const longestReply = 8_000
const longestContent = 64_000
const pausesMs = [500, 1_500]
const longestPauseMs = 20_000

/** A model is connected: an address or a key, and a name. */
const isModelReady = (settings: ModelSettings): boolean =>
  settings.model !== '' && (settings.baseUrl !== '' || settings.apiKey !== '')

/** The one AI provider: any server that speaks OpenAI's chat completions, reached through the privacy gate. */
export const createModel = ({ gate, settings, clock, log }: ModelParts): Model => {
  const knownFormats = new Map<string, AnswerFormat>()

  const readySettings = (): ModelSettings => {
    const current = settings()
    if (!isModelReady(current)) throw new Problem('NO_MODEL')
    return current
  }

  const converse = async (
    current: ModelSettings,
    messages: readonly ModelMessage[],
    form: AnswerForm,
    wanted: AnswerFormat,
    attempts: number,
    fetch: Fetch,
    limit: TimeLimit,
  ): Promise<{ completion: Completion; format: AnswerFormat }> => {
    let format = wanted
    for (let attempt = 1; ; ) {
      const tried = await attemptOnce(current, messages, form, format, fetch, clock)
      if ('body' in tried) return { completion: readCompletion(tried.body), format }
      const weaker = weakerFormat[format]
      if (tried.refusal !== undefined && weaker !== null && refusesFormat(tried.refusal)) {
        format = weaker
        continue
      }
      const pause = tried.pauseMs ?? pausesMs[attempt - 1] ?? longestPauseMs
      const isInTime = pause <= longestPauseMs && clock.now() + pause < limit.endsAt
      if (!tried.isPassing || attempt >= attempts || !isInTime) throw tried.problem
      log('warn', 'model_attempt_failed', { code: tried.problem.code, attempt })
      await rest(clock, pause, limit.signal)
      attempt += 1
    }
  }

  /** With the strongest format that the server is known to take. */
  const askInForm = async (
    current: ModelSettings,
    turns: readonly ModelMessage[],
    form: AnswerForm,
    fetch: Fetch,
    limit: TimeLimit,
  ): Promise<{ completion: Completion; format: AnswerFormat }> => {
    const server = `${endpointOf(current.baseUrl)} ${current.model} ${form.name}`
    const wanted = knownFormats.get(server) ?? 'json_schema'
    const result = await converse(current, turns, form, wanted, pausesMs.length + 1, fetch, limit)
    knownFormats.set(server, result.format)
    return result
  }

  return {
    generateReply: async ({ system, messages, clientId, executionId, signal: callerSignal }) => {
      const current = readySettings()
      const startedAt = clock.now()
      const limit = timeLimit(clock, current.timeoutMs, callerSignal)
      try {
        const passage = gate.open({ purpose: 'reply', clientId, executionId }, limit.signal)
        const turns = [{ role: 'system' as const, content: system }, ...messages]
        const result = await askInForm(current, turns, replyForm, passage.fetch, limit)
        const answer = readReply(result.completion)
        return {
          reply: passage.restore(answer.reply),
          confidence: answer.confidence,
          baseIntent: answer.base_intent,
          requiresResponse: answer.requires_response,
          citations: answer.citations,
          ...usageOf(result.completion, current, clock.now() - startedAt),
          usedFallback: result.format !== 'json_schema',
        }
      } finally {
        limit.lift()
      }
    },

    fillForm: async ({ system, message, form, reader, clientId, signal: callerSignal }) => {
      const current = readySettings()
      const startedAt = clock.now()
      const limit = timeLimit(clock, current.timeoutMs, callerSignal)
      try {
        const passage = gate.open({ purpose: 'memory', clientId }, limit.signal)
        const turns = [
          { role: 'system' as const, content: system },
          { role: 'user' as const, content: message },
        ]
        const { completion: result } = await askInForm(current, turns, form, passage.fetch, limit)
        const content = contentOf(result)
        const isReadable = content !== '' && content.length <= longestContent
        const restore = (object: unknown) => mapTexts(object, passage.restore)
        return {
          value: isReadable ? readForm(content, reader, restore) : null,
          ...usageOf(result, current, clock.now() - startedAt),
        }
      } finally {
        limit.lift()
      }
    },

    test: async () => {
      const current = readySettings()
      const startedAt = clock.now()
      const limit = timeLimit(clock, current.timeoutMs, undefined)
      try {
        const passage = gate.open({ purpose: 'model_test' }, limit.signal)
        const question = { role: 'user' as const, content: 'Answer with the one word: ready' }
        const result = await converse(current, [question], replyForm, 'any', 1, passage.fetch, limit)
        if (contentOf(result.completion) === '') throw new Problem('MODEL_BAD_ANSWER')
        return { model: result.completion.model ?? current.model, latencyMs: clock.now() - startedAt }
      } finally {
        limit.lift()
      }
    },
  }
}

const usageOf = ({ model, usage }: Completion, settings: ModelSettings, latencyMs: number): Usage => ({
  model: model ?? settings.model,
  promptTokens: usage?.prompt_tokens ?? null,
  completionTokens: usage?.completion_tokens ?? null,
  statedCostUsd: usage?.cost ?? null,
  latencyMs,
})

type Attempt =
  | { readonly body: string }
  | {
      readonly problem: Problem
      readonly isPassing: boolean
      readonly pauseMs: number | null
      readonly refusal?: Refusal
    }

const attemptOnce = async (
  settings: ModelSettings,
  messages: readonly ModelMessage[],
  form: AnswerForm,
  format: AnswerFormat,
  fetch: Fetch,
  clock: Clock,
): Promise<Attempt> => {
  try {
    const asked = await ask(settings, messages, form, format, fetch, clock.now())
    if (asked.accepted) return { body: asked.body }
    return {
      problem: refusalProblem(asked),
      isPassing: isPassing(asked),
      pauseMs: asked.retryAfterMs,
      refusal: asked,
    }
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'MODEL_UNREACHABLE') throw error
    return { problem: error, isPassing: true, pauseMs: null }
  }
}

const readCompletion = (body: string): Completion => {
  try {
    return completion.parse(JSON.parse(body))
  } catch (error) {
    throw new Problem('MODEL_BAD_ANSWER', undefined, { cause: error })
  }
}

const contentOf = (result: Completion): string => result.choices[0]?.message.content?.trim() ?? ''

const readReply = (result: Completion) => {
  const content = contentOf(result)
  if (content === '' && result.choices[0]?.message.refusal) {
    throw new Problem('MODEL_BAD_ANSWER', 'The model declined to answer this message. Answer it yourself.')
  }
  if (content.length > longestContent) throw new Problem('MODEL_TOO_LARGE')
  const answer = readAnswer(content)
  if (answer === null) {
    const sentence = 'The model did not answer in the form it was asked for. Try again, or choose another model.'
    throw new Problem('MODEL_BAD_ANSWER', sentence)
  }
  if (answer.reply.length > longestReply) throw new Problem('MODEL_TOO_LARGE')
  if (answer.reply === '' && answer.requires_response) {
    throw new Problem('MODEL_BAD_ANSWER', 'The model gave an empty answer. Try again, or answer yourself.')
  }
  return answer
}

interface TimeLimit {
  readonly signal: AbortSignal
  readonly endsAt: number
  lift(): void
}

const timeLimit = (clock: Clock, ms: number, caller: AbortSignal | undefined): TimeLimit => {
  const ours = new AbortController()
  const lift = clock.after(ms, () => ours.abort(new Problem('MODEL_TIMEOUT')))
  const signal = caller === undefined ? ours.signal : AbortSignal.any([caller, ours.signal])
  return { signal, endsAt: clock.now() + ms, lift }
}
