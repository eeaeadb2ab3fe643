import { z } from 'zod'
import { baseIntents, executionStatuses } from '../taxonomy/conversation.ts'
import { learnedKinds, moves } from '../taxonomy/learning.ts'
import { memoryItemKinds } from '../taxonomy/memory.ts'
import { id, procedure, time } from './base.ts'
import { scorePart } from './inbox.ts'

/** One thing the clone was given for a reply. */
export const contextItem = z.object({
  kind: z.enum(['instructions', 'about', 'message', 'passage', 'case', ...memoryItemKinds, ...learnedKinds]),
  id: z.string(),
  label: z.string(),
  /** Of a passage: the document it stands in, and whether the reply says that it rests on it. */
  documentId: z.string().optional(),
  isCited: z.boolean().optional(),
  /** Of something remembered: whether the reply that went out speaks of it. */
  isUsed: z.boolean().optional(),
  /** Of something learned: the line as it was given, and what an answer that follows it is built of. Of a case: the words. */
  given: z.string().optional(),
  structure: z.array(z.enum(moves)).optional(),
})
export type ContextItem = z.infer<typeof contextItem>

export const explanation = z.object({
  executionId: id,
  clientId: id,
  status: z.enum(executionStatuses),
  baseIntent: z.enum(baseIntents),
  confidence: z.number().nullable(),
  confidenceParts: z.array(scorePart),
  context: z.array(
    contextItem.extend({
      text: z.string(),
      /** Where in a thread it stands, of past messages, talks and the coach's own words. */
      place: z.object({ conversationId: id, seq: z.number().int() }).optional(),
    }),
  ),
  model: z.string().nullable(),
  promptVersion: z.string().nullable(),
  promptTokens: z.number().int().nullable(),
  completionTokens: z.number().int().nullable(),
  latencyMs: z.number().int().nullable(),
  costMicros: z.number().int().nullable(),
  wordCount: z.number().int().nullable(),
  /** What the coach wished for this answer, where they asked for another. */
  hint: z.string().nullable(),
  originalDraft: z.string().nullable(),
  error: z.string().nullable(),
  createdAt: time,
})
export type Explanation = z.infer<typeof explanation>

export const replies = {
  why: procedure.input(z.object({ executionId: id })).output(explanation),
}
