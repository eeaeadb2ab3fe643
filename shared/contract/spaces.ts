import { z } from 'zod'
import { done, procedure } from './base.ts'

/** Empty: OpenAI's own. */
const serverAddress = z.union([z.literal(''), z.url({ protocol: /^https?$/ }).max(500)])
const modelName = z.string().trim().min(1).max(200)
/** Figures a vector has; absent: 1,536 where the server can, else what its model gives. */
const dimensions = z.number().int().min(8).max(8_192).optional()
/** US dollars per million tokens; 0: it costs nothing. */
const priceUsd = z.number().min(0).max(1_000)
/** Never read back. */
const apiKey = z.string().max(500)

/** Vectors of the library, made by one model of one server. */
const space = z.object({
  model: z.string(),
  dimensions: z.number().int(),
  /** The server's name, such as "api.openai.com". */
  host: z.string(),
  /** The server is this machine. */
  isLocal: z.boolean(),
  /** Passages with a vector. */
  passages: z.number().int(),
  /** Passages that may be sent and have no vector yet. */
  missing: z.number().int(),
  /** Passages of sensitive clients, which stay on this machine. */
  keptBack: z.number().int(),
  /** Whether moments of clients go there too; one of an older console was set up without. */
  moments: z.boolean(),
  /** Until none is missing; null while that cannot be told. */
  secondsLeft: z.number().nullable(),
  /** Why it does not get on, or gave no answer last time, in a sentence. */
  problem: z.string().nullable(),
})
export type SpaceStatus = z.infer<typeof space>

/** Why a search was answered by words alone. */
export const wordsOnlyReasons = ['no_space', 'filling', 'starting', 'unreachable', 'sensitive'] as const
export type WordsOnlyReason = (typeof wordsOnlyReasons)[number]

/** Search by meaning: which vectors answer, and which are being made. */
export const spaces = {
  status: procedure.output(
    z.object({
      /** What answers beside words; null: words alone. */
      active: space.nullable(),
      /** What is being made and takes its place once it is full. */
      building: space.nullable(),
    }),
  ),
  /** What a set-up would send, and its price. Nothing is sent for it. */
  estimate: procedure.input(z.object({ baseUrl: serverAddress, model: modelName, dimensions, priceUsd })).output(
    z.object({
      passages: z.number().int(),
      /** Moments of clients, which are sent beside them. */
      moments: z.number().int(),
      /** Of all of it. */
      tokens: z.number().int(),
      usd: z.number(),
      keptBack: z.number().int(),
    }),
  ),
  /**
   * Tries the server out and begins. Without a key, the model's own is used where it is for the same server.
   * Throws INVALID_INPUT and the MODEL_ problems with a sentence, and nothing changed.
   */
  setUp: procedure
    .input(z.object({ baseUrl: serverAddress, model: modelName, dimensions, priceUsd, apiKey }))
    .output(z.object({ dimensions: z.number().int() })),
  /** Asks the server once, with another key if one is given, and goes on where it stopped. Throws as setUp does. */
  tryAgain: procedure
    .input(z.object({ which: z.enum(['active', 'building']), apiKey: apiKey.min(1).optional() }))
    .output(done),
  cancelBuilding: procedure.output(done),
  /** Back to words alone; all vectors and the keys are removed. */
  turnOff: procedure.output(done),
}
