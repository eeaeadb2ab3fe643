import { and, eq, inArray } from 'drizzle-orm'
import { z } from 'zod'
import { agentExecutions, chunks, clients, messages } from '../../db/schema/index.ts'
import type { Queries } from '../../db/sqlite.ts'
import { scorePart } from '../../shared/contract/inbox.ts'
import { contextItem, type Explanation } from '../../shared/contract/replies.ts'
import { Problem } from '../../shared/problem.ts'
import { promptText } from './prompt/index.ts'

/** "Why this reply": what the clone was given and how sure it was. Only texts of the same client are ever read. */
export const explain = (queries: Queries, executionId: string): Explanation => {
  const run = queries.select().from(agentExecutions).where(eq(agentExecutions.id, executionId)).get()
  if (!run) throw new Problem('NOT_FOUND')
  const items = z.array(contextItem).parse(JSON.parse(run.contextItems))
  const ids = items.filter((item) => item.kind === 'message').map((item) => item.id)
  const texts = new Map(
    queries
      .select({ id: messages.id, content: messages.content })
      .from(messages)
      .where(and(inArray(messages.id, ids), eq(messages.clientId, run.clientId)))
      .all()
      .map((message) => [message.id, message.content]),
  )
  // The passage as it stands today; of one that is gone only its place is known.
  const passageIds = items.filter((item) => item.kind === 'passage').map((item) => item.id)
  const passages = new Map(
    queries
      .select({ id: chunks.id, text: chunks.text })
      .from(chunks)
      .where(inArray(chunks.id, passageIds))
      .all()
      .map((passage) => [passage.id, passage.text]),
  )
  const about =
    queries.select({ about: clients.about }).from(clients).where(eq(clients.id, run.clientId)).get()?.about ?? ''
  const textOf = ({ kind, id }: z.infer<typeof contextItem>): string => {
    if (kind === 'message') return texts.get(id) ?? ''
    if (kind === 'passage') return passages.get(id) ?? ''
    return kind === 'about' ? about : promptText(id)
  }
  return {
    executionId: run.id,
    status: run.status,
    baseIntent: run.baseIntent,
    confidence: run.confidence,
    confidenceParts: z.array(scorePart).parse(JSON.parse(run.confidenceParts)),
    context: items.map((item) => ({
      ...item,
      text: textOf(item),
    })),
    model: run.model,
    promptVersion: run.promptVersion,
    promptTokens: run.promptTokens,
    completionTokens: run.completionTokens,
    latencyMs: run.latencyMs,
    costMicros: run.costMicros,
    wordCount: run.wordCount,
    hint: run.hint,
    originalDraft: run.draftReply,
    error: run.error,
    createdAt: run.createdAt,
  }
}
