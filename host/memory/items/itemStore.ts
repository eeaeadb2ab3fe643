import { and, eq, isNotNull } from 'drizzle-orm'
import { newId } from '../../../db/ids.ts'
import {
  aiEpisodicMemory,
  clientInsights,
  learnedUserPreferences,
  relationshipContext,
} from '../../../db/schema/index.ts'
import type { Queries } from '../../../db/sqlite.ts'
import type { Tx } from '../../../db/write.ts'
import {
  insightTypes,
  type MemoryLayer,
  type PreferenceSource,
  preferenceCategories,
  relationshipAspects,
} from '../../../shared/taxonomy/memory.ts'
import { type DateLanguage, timeIn } from '../dates/index.ts'
import { expiresAt } from '../decay.ts'
import type { EvidenceDetail } from '../extraction/index.ts'
import { zoneOfClient } from '../zone.ts'
import { dropEvidenceOfItem, evidenceOfSlot, plansToldBy, type Slot, victoriesAfter } from './evidenceStore.ts'
import {
  type CoachWord,
  type Evidence,
  type FoldedItem,
  foldSlot,
  memoryTypeOf,
  tellsOf,
  withCoachWord,
} from './fold.ts'
import { itemTables as tables } from './itemTables.ts'

interface KnownItem {
  readonly seq: number
  readonly id: string
  readonly itemKey: string
  readonly pinnedAt: number | null
  readonly correctedText: string | null
  readonly forgottenAt: number | null
  readonly lastSaidAt: number
  readonly sensitiveMark: boolean | null
}

const itemsOfSlot = (tx: Tx, clientId: string, { layer, slot }: Slot): KnownItem[] => {
  const table = tables[layer]
  return tx.queries
    .select({
      seq: table.seq,
      id: table.id,
      itemKey: table.itemKey,
      pinnedAt: table.pinnedAt,
      correctedText: table.correctedText,
      forgottenAt: table.forgottenAt,
      lastSaidAt: table.lastSaidAt,
      sensitiveMark: table.sensitiveMark,
    })
    .from(table)
    .where(and(eq(table.clientId, clientId), eq(table.slot, slot)))
    .all()
}

/**
 * Makes the items of a slot what its evidence says. An item without evidence goes, unless the coach pinned it or put it in
 * their own words; one that the coach made forgotten stays forgotten, whatever is said again.
 */
export const refold = (tx: Tx, clientId: string, slot: Slot, now: number): void => {
  const known = itemsOfSlot(tx, clientId, slot)
  const forgotten = new Set(known.filter(({ forgottenAt }) => forgottenAt !== null).map(({ itemKey }) => itemKey))
  for (const itemKey of forgotten) dropEvidenceOfItem(tx, clientId, slot.layer, itemKey)
  const evidence = evidenceOfSlot(tx.queries, clientId, slot)
  const words = coachWords(tx, clientId, slot)
  const folded = foldSlot(evidence, (plan) => doneAt(tx, clientId, plan)).map((item) =>
    withCoachWord(item, words.get(item.itemKey)),
  )
  const told = new Set(folded.map(({ itemKey }) => itemKey))
  const untold = known.filter(({ itemKey }) => !told.has(itemKey) && !forgotten.has(itemKey))
  const kept = untold.filter(({ pinnedAt, correctedText }) => pinnedAt !== null || correctedText !== null)
  for (const item of untold) if (!kept.includes(item)) remove(tx, clientId, slot.layer, item.seq)
  const ids = new Map(
    folded.map(({ itemKey }) => [itemKey, known.find((item) => item.itemKey === itemKey)?.id ?? newId(now)]),
  )
  const marks = new Map(known.map(({ itemKey, sensitiveMark }) => [itemKey, sensitiveMark]))
  const holds = folded.find(({ supersededBy }) => supersededBy === null)
  keepUntold(tx, { clientId, layer: slot.layer }, kept, holds ? (ids.get(holds.itemKey) ?? null) : null)
  // Those that no longer hold first: of a preference only one may be active at a time.
  for (const item of folded.toSorted((a, b) => Number(a.isActive) - Number(b.isActive))) {
    const supersededBy = item.supersededBy === null ? null : (ids.get(item.supersededBy) ?? null)
    const isSensitive = marks.get(item.itemKey) ?? item.isSensitive
    const id = ids.get(item.itemKey) ?? newId(now)
    put(tx, { clientId, layer: slot.layer, id, supersededBy, now }, { ...item, isSensitive })
  }
}

/**
 * What the coach keeps although no message says it any more: behind what is said of the same subject now, and else the one
 * said last holds.
 */
const keepUntold = (
  tx: Tx,
  { clientId, layer }: { clientId: string; layer: MemoryLayer },
  kept: readonly KnownItem[],
  holderId: string | null,
): void => {
  const table = tables[layer]
  const inOrder = kept.toSorted((a, b) => b.lastSaidAt - a.lastSaidAt || a.seq - b.seq)
  const holder = holderId ?? inOrder[0]?.id ?? null
  for (const { seq, id } of inOrder.toReversed()) {
    const isHolder = id === holder
    tx.queries
      .update(table)
      .set({ evidenceCount: 0, isActive: isHolder, supersededBy: isHolder ? null : holder })
      .where(and(eq(table.clientId, clientId), eq(table.seq, seq)))
      .run()
  }
}

/** When the client last told that they did it; null where they never did. */
const doneAt = (tx: Tx, clientId: string, plan: Evidence): number | null => {
  if (plan.kind !== 'goal' && plan.kind !== 'commitment') return null
  const told = victoriesAfter(tx.queries, clientId, plan.messageSeq).filter((victory) =>
    tellsOf(victory.detail, plan.detail),
  )
  return told.length === 0 ? null : Math.max(...told.map(({ saidAt }) => saidAt))
}

const coachWords = (tx: Tx, clientId: string, { layer, slot }: Slot): ReadonlyMap<string, CoachWord> => {
  if (layer !== 'insight') return new Map()
  const rows = tx.queries
    .select({ itemKey: clientInsights.itemKey, state: clientInsights.coachState, at: clientInsights.coachStateAt })
    .from(clientInsights)
    .where(
      and(eq(clientInsights.clientId, clientId), eq(clientInsights.slot, slot), isNotNull(clientInsights.coachState)),
    )
    .all()
  return new Map(
    rows.flatMap(({ itemKey, state, at }) => (state === null || at === null ? [] : [[itemKey, { state, at }]])),
  )
}

/** Folds the subjects of evidence that came or went, and the plans that a victory among it may have settled. */
export const refoldTouched = (tx: Tx, clientId: string, touched: readonly Evidence[], now: number): void => {
  const victories = touched.filter(({ layer, kind }) => layer === 'episodic' && kind === 'victory')
  const slots = new Map<string, Slot>()
  for (const { layer, slot } of [...touched, ...plansToldBy(tx.queries, clientId, victories)])
    slots.set(`${layer} ${slot}`, { layer, slot })
  for (const slot of slots.values()) refold(tx, clientId, slot, now)
}

/** Whether the coach made an item forgotten or put it in their own words. */
export const isDecidedByCoach = (queries: Queries, clientId: string, layer: MemoryLayer, itemKey: string): boolean => {
  const table = tables[layer]
  const item = queries
    .select({ correctedText: table.correctedText, forgottenAt: table.forgottenAt })
    .from(table)
    .where(and(eq(table.clientId, clientId), eq(table.itemKey, itemKey)))
    .get()
  return item !== undefined && (item.correctedText !== null || item.forgottenAt !== null)
}

const remove = (tx: Tx, clientId: string, layer: MemoryLayer, seq: number): void => {
  const table = tables[layer]
  tx.queries
    .delete(table)
    .where(and(eq(table.clientId, clientId), eq(table.seq, seq)))
    .run()
}

interface Place {
  readonly clientId: string
  readonly layer: MemoryLayer
  readonly id: string
  readonly supersededBy: string | null
  readonly now: number
}

const common = ({ clientId, id, supersededBy, now }: Place, item: FoldedItem) => ({
  id,
  clientId,
  itemKey: item.itemKey,
  slot: item.slot,
  evidenceCount: item.evidence.length,
  firstSaidAt: item.firstSaidAt,
  lastSaidAt: item.lastSaidAt,
  isActive: item.isActive,
  supersededBy,
  isSensitive: item.isSensitive,
  createdAt: now,
  updatedAt: now,
})

const put = (tx: Tx, place: Place, item: FoldedItem): void => {
  switch (place.layer) {
    case 'insight':
      return putInsight(tx, place, item)
    case 'episodic':
      return putEpisode(tx, place, item)
    case 'preference':
      return putPreference(tx, place, item)
    case 'relationship':
      return putRelationship(tx, place, item)
  }
}

/** What an update keeps: the id, when it was first remembered, and what the coach did with it. */
const withoutBirth = <Row extends { id: string; createdAt: number }>(row: Row) => {
  const { id: _, createdAt: __, ...rest } = row
  return rest
}

const dateLanguages = ['en', 'de', 'es', 'fr', 'pt'] as const satisfies readonly DateLanguage[]

/** A time that the coach's own words name, seen from when the client said it; null where they name none. */
const correctedTime = (tx: Tx, clientId: string, { itemKey, last }: FoldedItem): EvidenceDetail['time'] | null => {
  const text = tx.queries
    .select({ text: clientInsights.correctedText })
    .from(clientInsights)
    .where(and(eq(clientInsights.clientId, clientId), eq(clientInsights.itemKey, itemKey)))
    .get()?.text
  if (!text) return null
  const { timeZone } = zoneOfClient(tx.queries, clientId)
  const read = dateLanguages.map((language) => timeIn(text, { at: last.saidAt, timeZone, language }))
  const time = read.find((one) => one !== null)
  return time ? { ...time, text: text.slice(time.start, time.end) } : null
}

const putInsight = (tx: Tx, place: Place, item: FoldedItem): void => {
  const insightType = insightTypes.find((type) => type === item.last.kind)
  if (insightType === undefined) return
  const time = correctedTime(tx, place.clientId, item) ?? item.last.detail.time
  const due = insightType === 'commitment' || insightType === 'goal' ? time : undefined
  const row = {
    ...common(place, item),
    insightType,
    content: item.last.content,
    state: item.state,
    stateAt: item.stateAt,
    dueFrom: due && !due.isSince ? due.from : null,
    dueTo: due && !due.isSince ? due.to : null,
    dueText: due && !due.isSince ? due.text : null,
    confidence: item.confidence,
  }
  const target = [clientInsights.clientId, clientInsights.itemKey]
  tx.queries
    .insert(clientInsights)
    .values(row)
    .onConflictDoUpdate({ target, set: withoutBirth(row) })
    .run()
}

const leastStrength = 0.6

const putEpisode = (tx: Tx, place: Place, item: FoldedItem): void => {
  const { last } = item
  const before = tx.queries
    .select({ times: aiEpisodicMemory.timesReferenced, at: aiEpisodicMemory.lastReferencedAt })
    .from(aiEpisodicMemory)
    .where(and(eq(aiEpisodicMemory.clientId, place.clientId), eq(aiEpisodicMemory.itemKey, item.itemKey)))
    .get()
  const memoryType = memoryTypeOf(last.kind)
  const strength = leastStrength + (1 - leastStrength) * Math.abs(last.detail.valence)
  const lastReinforcedAt = Math.max(item.lastSaidAt, before?.at ?? 0)
  const reinforcements = item.evidence.length - 1 + (before?.times ?? 0)
  const happened = last.detail.time
  const row = {
    ...common(place, item),
    memoryType,
    memoryDescription: last.content,
    originalTimestamp: happened && happened.from < last.saidAt ? happened.from : item.firstSaidAt,
    sourceType: 'conversation' as const,
    sourceId: last.messageId,
    strength,
    lastReinforcedAt,
    emotionalValence: last.detail.valence,
    tags: JSON.stringify(last.detail.tags),
    expiresAt: expiresAt({ type: memoryType, strength, lastReinforcedAt, reinforcements }),
  }
  const target = [aiEpisodicMemory.clientId, aiEpisodicMemory.itemKey]
  tx.queries
    .insert(aiEpisodicMemory)
    .values(row)
    .onConflictDoUpdate({ target, set: withoutBirth(row) })
    .run()
}

const putPreference = (tx: Tx, place: Place, item: FoldedItem): void => {
  const { last } = item
  const preferenceCategory = preferenceCategories.find((category) => category === last.kind)
  if (preferenceCategory === undefined) return
  const row = {
    ...common(place, item),
    preferenceCategory,
    preferenceKey: last.detail.key ?? '',
    preferenceValue: last.detail.value ?? '',
    preferenceText: last.content,
    confidence: item.confidence,
    learnedFrom: JSON.stringify(['explicit_statement'] satisfies PreferenceSource[]),
    lastConfirmedAt: item.lastSaidAt,
  }
  const target = [learnedUserPreferences.clientId, learnedUserPreferences.itemKey]
  tx.queries
    .insert(learnedUserPreferences)
    .values(row)
    .onConflictDoUpdate({ target, set: withoutBirth(row) })
    .run()
}

const putRelationship = (tx: Tx, place: Place, item: FoldedItem): void => {
  const aspect = relationshipAspects.find((one) => one === item.last.kind)
  if (aspect === undefined) return
  const row = { ...common(place, item), aspect, content: item.last.content, confidence: item.confidence }
  const target = [relationshipContext.clientId, relationshipContext.itemKey]
  tx.queries
    .insert(relationshipContext)
    .values(row)
    .onConflictDoUpdate({ target, set: withoutBirth(row) })
    .run()
}
