import { and, desc, eq, inArray } from 'drizzle-orm'
import { memoryEvidence, messages } from '../../../db/schema/index.ts'
import type { Queries } from '../../../db/sqlite.ts'
import type { MemoryEvidence } from '../../../shared/contract/memory.ts'
import { type ItemName, itemNamed } from './item.ts'
import { type Page, pageOf } from './page.ts'

/** So much of a message is shown before and after the words. */
const aroundBefore = 160
const aroundAfter = 240

/** Where an item comes from, the last first; throws NOT_FOUND. */
export const listEvidence = (queries: Queries, named: ItemName, asked: Page) => {
  const { layer, clientId } = named
  const { itemKey } = itemNamed(queries, named)
  return pageOf(asked, (limit) => {
    const rows = queries
      .select()
      .from(memoryEvidence)
      .where(
        and(
          eq(memoryEvidence.clientId, clientId),
          eq(memoryEvidence.layer, layer),
          eq(memoryEvidence.itemKey, itemKey),
        ),
      )
      .orderBy(desc(memoryEvidence.messageSeq), desc(memoryEvidence.start))
      .limit(limit)
      .offset(asked.offset)
      .all()
    const seqs = [...new Set(rows.map(({ messageSeq }) => messageSeq))]
    const contents = new Map(
      queries
        .select({ seq: messages.seq, content: messages.content })
        .from(messages)
        .where(and(eq(messages.clientId, clientId), inArray(messages.seq, seqs)))
        .all()
        .map(({ seq, content }) => [seq, content]),
    )
    return rows.map(
      ({ conversationId, messageSeq, saidAt, reader, stance, start, finish, content }): MemoryEvidence => ({
        conversationId,
        seq: messageSeq,
        saidAt,
        reader,
        takesBack: stance === 'retracts',
        ...stretch(contents.get(messageSeq) ?? content, start, finish),
      }),
    )
  })
}

/** The part of a message around some words, and where they stand in it. */
const stretch = (text: string, start: number, finish: number): { text: string; start: number; end: number } => {
  const from = wholeCharacter(text, Math.max(0, start - aroundBefore))
  const to = wholeCharacter(text, Math.min(text.length, finish + aroundAfter))
  const head = from > 0 ? '…' : ''
  const shift = head.length - from
  const end = Math.min(finish, text.length)
  return {
    text: `${head}${text.slice(from, to)}${to < text.length ? '…' : ''}`,
    start: Math.min(start, end) + shift,
    end: end + shift,
  }
}

/** Not between the two halves of one character. */
const wholeCharacter = (text: string, at: number): number => ((text.charCodeAt(at) & 0xfc00) === 0xdc00 ? at - 1 : at)
