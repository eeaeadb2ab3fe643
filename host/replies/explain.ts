import { and, eq, inArray } from 'drizzle-orm'
import { z } from 'zod'
import { agentExecutions, chunks, clients, messages } from '../../db/schema/index.ts'
import type { Queries } from '../../db/sqlite.ts'
import { scorePart } from '../../shared/contract/inbox.ts'
import { type ContextItem, contextItem, type Explanation } from '../../shared/contract/replies.ts'
import { Problem } from '../../shared/problem.ts'
import { type MemoryItemKind, memoryItemKinds } from '../../shared/taxonomy/memory.ts'
import { memoryTexts } from '../memory/index.ts'
import { promptText } from './prompt/index.ts'

/** "Why this reply": what the clone was given and how sure it was. Only texts of the same client are ever read. */
export const explain = (queries: Queries, executionId: string): Explanation => {
  const run = queries.select().from(agentExecutions).where(eq(agentExecutions.id, executionId)).get()
  if (!run) throw new Problem('NOT_FOUND')
  const items = z.array(contextItem).parse(JSON.parse(run.contextItems))
  const ids = items.filter(({ kind }) => kind === 'message' || kind === 'case').map((item) => item.id)
  const texts = new Map(
    queries
      .select({
        id: messages.id,
        content: messages.content,
        conversationId: messages.conversationId,
        seq: messages.seq,
        removedAt: messages.removedAt,
      })
      .from(messages)
      .where(and(inArray(messages.id, ids), eq(messages.clientId, run.clientId)))
      .all()
      .map((message) => [message.id, message]),
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
  const remembered = memoryTexts(queries, run.clientId, items.filter(isRemembered))
  const textOf = ({ kind, id, given }: z.infer<typeof contextItem>): string => {
    if (given !== undefined) return given
    if (kind === 'message') return texts.get(id)?.content ?? ''
    if (kind === 'case') return texts.get(id)?.removedAt === null ? (texts.get(id)?.content ?? '') : ''
    if (kind === 'passage') return passages.get(id) ?? ''
    if (kind === 'about') return about
    return kind === 'instructions' ? promptText(id) : (remembered.get(id)?.text ?? '')
  }
  return {
    executionId: run.id,
    clientId: run.clientId,
    status: run.status,
    baseIntent: run.baseIntent,
    confidence: run.confidence,
    confidenceParts: z.array(scorePart).parse(JSON.parse(run.confidenceParts)),
    context: items.map((item) => {
      const { conversationId, seq } = (item.kind === 'case' ? texts : remembered).get(item.id) ?? {}
      const place = conversationId === undefined || seq === undefined ? {} : { place: { conversationId, seq } }
      return { ...item, text: textOf(item), ...place }
    }),
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

const isRemembered = (item: ContextItem): item is ContextItem & { kind: MemoryItemKind } =>
  memoryItemKinds.some((kind) => kind === item.kind)
