import { and, asc, eq, gt, inArray } from 'drizzle-orm'
import { memoryEvidence } from '../../../db/schema/index.ts'
import type { Queries } from '../../../db/sqlite.ts'
import type { Tx } from '../../../db/write.ts'
import type { EvidenceReader, MemoryLayer } from '../../../shared/taxonomy/memory.ts'
import { type Finding, itemKeyOf, slotOf } from '../extraction/index.ts'
import { type Evidence, type EvidenceRow, readEvidence, tellsOf } from './fold.ts'

/** Subjects whose items have to be folded again. */
export interface Slot {
  readonly layer: MemoryLayer
  readonly slot: string
}

export interface SourceMessage {
  readonly clientId: string
  readonly conversationId: string
  readonly seq: number
  readonly id: string
  readonly sentAt: number
}

type NewEvidence = typeof memoryEvidence.$inferInsert

const toRow = (message: SourceMessage, finding: Finding, reader: EvidenceReader): NewEvidence => ({
  clientId: message.clientId,
  conversationId: message.conversationId,
  messageSeq: message.seq,
  messageId: message.id,
  layer: finding.layer,
  kind: finding.kind,
  slot: slotOf(finding),
  itemKey: itemKeyOf(finding),
  stance: finding.stance,
  reader,
  start: finding.start,
  finish: finding.finish,
  content: finding.content,
  detail: JSON.stringify(finding.detail),
  confidence: finding.confidence,
  saidAt: message.sentAt,
})

const compared = [
  'layer',
  'itemKey',
  'start',
  'finish',
  'content',
  'detail',
  'saidAt',
  'messageId',
  'conversationId',
] as const
const markOf = (row: NewEvidence): string => JSON.stringify(compared.map((name) => row[name]))

export const evidenceOfMessage = (queries: Queries, clientId: string, messageSeq: number): EvidenceRow[] =>
  queries
    .select()
    .from(memoryEvidence)
    .where(and(eq(memoryEvidence.clientId, clientId), eq(memoryEvidence.messageSeq, messageSeq)))
    .all()

/**
 * Makes what rules found the evidence of a message, and answers with the slots that this changed; none where it was so
 * already. `isChanged`: the words are others than before, and what a model read in them goes too.
 */
export const replaceEvidence = (
  tx: Tx,
  message: SourceMessage,
  findings: readonly Finding[],
  { isChanged }: { isChanged: boolean },
): Evidence[] =>
  replaceRead(tx, message, findings, 'rules', ({ reader }) => reader === 'rules' || (isChanged && reader === 'model'))

/** The same for what a model read in a message; what rules and the coach say of it stays. */
export const replaceModelEvidence = (tx: Tx, message: SourceMessage, findings: readonly Finding[]): Evidence[] =>
  replaceRead(tx, message, findings, 'model', ({ reader }) => reader === 'model')

const replaceRead = (
  tx: Tx,
  message: SourceMessage,
  findings: readonly Finding[],
  reader: EvidenceReader,
  isReplaced: (row: EvidenceRow) => boolean,
): Evidence[] => {
  const before = evidenceOfMessage(tx.queries, message.clientId, message.seq).filter(isReplaced)
  const after = findings.map((finding) => toRow(message, finding, reader))
  const kept = new Set(after.map(markOf))
  const known = new Set(before.map(markOf))
  const gone = before.filter((row) => !kept.has(markOf(row)))
  const added = after.filter((row) => !known.has(markOf(row)))
  if (gone.length > 0) removeEvidence(tx, message.clientId, gone)
  const written = added.map((row) =>
    tx.queries.insert(memoryEvidence).values(row).onConflictDoNothing().returning().all(),
  )
  return [...gone, ...written.flat()].map(readEvidence)
}

const removeEvidence = (tx: Tx, clientId: string, rows: readonly EvidenceRow[]): void => {
  const seqs = rows.map(({ seq }) => seq)
  tx.queries
    .delete(memoryEvidence)
    .where(and(eq(memoryEvidence.clientId, clientId), inArray(memoryEvidence.seq, seqs)))
    .run()
}

/** Takes back all evidence of a message that is no longer this client's. */
export const dropEvidence = (tx: Tx, clientId: string, messageSeq: number): Evidence[] => {
  const rows = evidenceOfMessage(tx.queries, clientId, messageSeq)
  if (rows.length > 0) removeEvidence(tx, clientId, rows)
  return rows.map(readEvidence)
}

/** Takes back all evidence of an item that the coach made forgotten. */
export const dropEvidenceOfItem = (tx: Tx, clientId: string, layer: MemoryLayer, itemKey: string): void => {
  tx.queries
    .delete(memoryEvidence)
    .where(
      and(eq(memoryEvidence.clientId, clientId), eq(memoryEvidence.layer, layer), eq(memoryEvidence.itemKey, itemKey)),
    )
    .run()
}

export const evidenceOfSlot = (queries: Queries, clientId: string, { layer, slot }: Slot): Evidence[] =>
  queries
    .select()
    .from(memoryEvidence)
    .where(and(eq(memoryEvidence.clientId, clientId), eq(memoryEvidence.layer, layer), eq(memoryEvidence.slot, slot)))
    .orderBy(asc(memoryEvidence.messageSeq), asc(memoryEvidence.start))
    .all()
    .map(readEvidence)

/** Evidence of one item, oldest first: what the coach is shown. */
export const evidenceOfItem = (queries: Queries, clientId: string, layer: MemoryLayer, itemKey: string): Evidence[] =>
  queries
    .select()
    .from(memoryEvidence)
    .where(
      and(eq(memoryEvidence.clientId, clientId), eq(memoryEvidence.layer, layer), eq(memoryEvidence.itemKey, itemKey)),
    )
    .orderBy(asc(memoryEvidence.messageSeq))
    .all()
    .map(readEvidence)

/** Where each item of a layer was said last, by its key. */
export const lastPlaces = (
  queries: Queries,
  clientId: string,
  layer: MemoryLayer,
): ReadonlyMap<string, { conversationId: string; seq: number }> => {
  const rows = queries
    .select({
      itemKey: memoryEvidence.itemKey,
      conversationId: memoryEvidence.conversationId,
      seq: memoryEvidence.messageSeq,
    })
    .from(memoryEvidence)
    .where(and(eq(memoryEvidence.clientId, clientId), eq(memoryEvidence.layer, layer)))
    .orderBy(asc(memoryEvidence.messageSeq))
    .all()
  return new Map(rows.map(({ itemKey, conversationId, seq }) => [itemKey, { conversationId, seq }]))
}

/** Evidence in a stretch of a conversation, in the order in which it was said. */
export const evidenceBetween = (
  queries: Queries,
  clientId: string,
  { conversationId, firstSeq, lastSeq }: { conversationId: string; firstSeq: number; lastSeq: number },
): Evidence[] =>
  queries
    .select()
    .from(memoryEvidence)
    .where(
      and(
        eq(memoryEvidence.clientId, clientId),
        eq(memoryEvidence.conversationId, conversationId),
        gt(memoryEvidence.messageSeq, firstSeq - 1),
      ),
    )
    .orderBy(asc(memoryEvidence.messageSeq), asc(memoryEvidence.start))
    .all()
    .filter(({ messageSeq }) => messageSeq <= lastSeq)
    .map(readEvidence)

/** What the client said went well after a message. */
export const victoriesAfter = (queries: Queries, clientId: string, messageSeq: number): Evidence[] =>
  queries
    .select()
    .from(memoryEvidence)
    .where(
      and(
        eq(memoryEvidence.clientId, clientId),
        eq(memoryEvidence.layer, 'episodic'),
        eq(memoryEvidence.kind, 'victory'),
        gt(memoryEvidence.messageSeq, messageSeq),
      ),
    )
    .all()
    .map(readEvidence)

/** The goals and commitments of a client that a victory may be about. */
export const plansToldBy = (queries: Queries, clientId: string, victories: readonly Evidence[]): Slot[] => {
  if (victories.length === 0) return []
  return queries
    .select()
    .from(memoryEvidence)
    .where(
      and(
        eq(memoryEvidence.clientId, clientId),
        eq(memoryEvidence.layer, 'insight'),
        inArray(memoryEvidence.kind, ['goal', 'commitment']),
      ),
    )
    .all()
    .map(readEvidence)
    .filter((plan) => victories.some((victory) => tellsOf(victory.detail, plan.detail)))
    .map(({ layer, slot }) => ({ layer, slot }))
}
