import { z } from 'zod'
import { baseIntents } from '../../shared/taxonomy/conversation.ts'
import type { AnswerForm } from './ask.ts'

const answerSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['reply', 'confidence', 'base_intent', 'requires_response', 'citations'],
  properties: {
    reply: { type: 'string' },
    confidence: { type: 'number' },
    base_intent: { type: 'string', enum: baseIntents },
    requires_response: { type: 'boolean' },
    citations: { type: 'array', items: { type: 'string' } },
  },
}

/** What the model is asked for when it answers a client. */
export const replyForm = {
  name: 'coach_reply',
  schema: answerSchema,
  inWords:
    '{"reply": string, "confidence": number from 0 to 1, ' +
    `"base_intent": one of ${baseIntents.join(', ')}, "requires_response": boolean, "citations": array of strings}`,
} satisfies AnswerForm

// Servers without structured output let models write "85" or 85 where 0.85 is meant.
const confidence = z
  .union([z.number(), z.string().regex(/^\s*\d+(?:\.\d+)?\s*%?\s*$/u)])
  .transform((figure) => (typeof figure === 'string' ? Number.parseFloat(figure) : figure))
  .pipe(z.number().min(0).max(100))
  .transform((figure) => (figure > 1 ? figure / 100 : figure))

const mostCitations = 50

const answer = z.object({
  reply: z.string().transform((text) => text.trim()),
  confidence,
  base_intent: z
    .string()
    .transform((word) => word.trim().toUpperCase())
    .pipe(z.enum(baseIntents))
    .catch('UNKNOWN'),
  requires_response: z
    .union([z.boolean(), z.stringbool()])
    .nullish()
    .transform((needed) => needed ?? true),
  citations: z
    .array(z.union([z.string(), z.number()]).transform(String))
    .max(mostCitations)
    .nullish()
    .catch(null)
    .transform((marks) => marks ?? []),
})
export type ModelAnswer = z.infer<typeof answer>

const mostStarts = 100

/** Every JSON object that stands in a text, outermost ones only. */
const objectsIn = (text: string): unknown[] => {
  const found: unknown[] = []
  let start = text.indexOf('{')
  for (let tries = 0; start !== -1 && tries < mostStarts; tries += 1) {
    const end = endOfObject(text, start)
    const object = end === -1 ? undefined : parsed(text.slice(start, end))
    if (object !== undefined) found.push(object)
    start = text.indexOf('{', object === undefined ? start + 1 : end)
  }
  return found
}

const endOfObject = (text: string, start: number): number => {
  let depth = 0
  let inString = false
  for (let at = start; at < text.length; at += 1) {
    const character = text[at]
    if (inString) {
      if (character === '\\') at += 1
      else if (character === '"') inString = false
    } else if (character === '"') inString = true
    else if (character === '{') depth += 1
    else if (character === '}') {
      depth -= 1
      if (depth === 0) return at + 1
    }
  }
  return -1
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** What a model wrote in a form, with code fences, thoughts and words around it left out; null where there is none. */
export const readForm = <Value>(
  content: string,
  reader: z.ZodType<Value>,
  prepare: (object: unknown) => unknown = (object) => object,
): Value | null => {
  const spoken = content.replace(/<think(?:ing)?>[\s\S]*?<\/think(?:ing)?>/giu, '')
  const valid = objectsIn(spoken)
    .map((object) => reader.safeParse(prepare(object)))
    .filter((result) => result.success)
  return valid.at(-1)?.data ?? null
}

export const readAnswer = (content: string): ModelAnswer | null => readForm(content, answer)

const tokens = z.number().int().nonnegative().nullish().catch(null)

/** The part of a chat completion that we read. */
export const completion = z.object({
  model: z.string().nullish().catch(null),
  choices: z
    .array(
      z.object({
        finish_reason: z.string().nullish(),
        message: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }),
      }),
    )
    .min(1),
  usage: z
    .object({ prompt_tokens: tokens, completion_tokens: tokens, cost: z.number().min(0).nullish().catch(null) })
    .nullish()
    .catch(null),
})
export type Completion = z.infer<typeof completion>
