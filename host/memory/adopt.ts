import { and, eq, sql } from 'drizzle-orm'
import {
  aiEpisodicMemory,
  clientInsights,
  commitmentCheckIns,
  conversationSummaries,
  learnedUserPreferences,
  memoryEvidence,
  memoryProgress,
  memoryWishes,
  sessionSummaries,
  userInteractionPatterns,
} from '../../db/schema/index.ts'
import type { Tx } from '../../db/write.ts'
import { type MemoryLayer, memoryLayers } from '../../shared/taxonomy/memory.ts'
import { itemTables, refold, type Slot } from './items/index.ts'
import { refreshPatterns } from './patterns/index.ts'
import { lastChange } from './remember/progressStore.ts'
import { rollUp } from './sessions/index.ts'

interface Adoption {
  /** Whose memory becomes the other's. */
  readonly from: string
  readonly to: string
}

/**
 * Makes what is remembered of one client the memory of another, in the transaction that moves the messages. Evidence is
 * folded anew under the rules that always hold, so that of two statements the one said last does; what the coach pinned,
 * corrected, forgot or wished of either stays so. Afterwards every conversation of theirs is read again (wantAllMemory).
 */
export const adoptMemory = (tx: Tx, { from, to }: Adoption, now: number): void => {
  tx.queries.update(memoryEvidence).set({ clientId: to }).where(eq(memoryEvidence.clientId, from)).run()
  tx.queries.update(memoryWishes).set({ clientId: to }).where(eq(memoryWishes.clientId, from)).run()
  for (const layer of memoryLayers) adoptItems(tx, layer, { from, to })
  adoptCheckIns(tx, { from, to })
  for (const slot of slotsOf(tx, to)) refold(tx, to, slot, now)
  adoptSessions(tx, { from, to }, now)
  // No rules are called so: everything that came over is read once more, by the time zone of its new client.
  tx.queries
    .update(memoryProgress)
    .set({ clientId: to, recipe: 'another client' })
    .where(eq(memoryProgress.clientId, from))
    .run()
  const changeSeq = lastChange(tx.queries, to)
  tx.queries.update(memoryProgress).set({ changeSeq }).where(eq(memoryProgress.clientId, to)).run()
  tx.changed('memory', to)
}

const adoptItems = (tx: Tx, layer: MemoryLayer, { from, to }: Adoption): void => {
  const table = itemTables[layer]
  const ofClient = (clientId: string, itemKey: string) => and(eq(table.clientId, clientId), eq(table.itemKey, itemKey))
  const marks = {
    itemKey: table.itemKey,
    pinnedAt: table.pinnedAt,
    correctedText: table.correctedText,
    forgottenAt: table.forgottenAt,
    sensitiveMark: table.sensitiveMark,
  }
  for (const theirs of tx.queries.select(marks).from(table).where(eq(table.clientId, from)).all()) {
    const { itemKey } = theirs
    const own = tx.queries.select(marks).from(table).where(ofClient(to, itemKey)).get()
    // What was made forgotten holds for both, and of it nothing but the hash is there.
    if (own !== undefined && (theirs.forgottenAt === null || own.forgottenAt !== null)) {
      const set = {
        pinnedAt: own.pinnedAt ?? theirs.pinnedAt,
        correctedText: own.correctedText ?? theirs.correctedText,
        sensitiveMark: own.sensitiveMark ?? theirs.sensitiveMark,
      }
      if (own.forgottenAt === null) tx.queries.update(table).set(set).where(ofClient(to, itemKey)).run()
      if (layer === 'insight' && own.forgottenAt === null) takeCoachState(tx, itemKey, { from, to })
      if (layer === 'episodic') addReferences(tx, itemKey, { from, to })
      tx.queries.delete(table).where(ofClient(from, itemKey)).run()
      continue
    }
    if (own !== undefined) tx.queries.delete(table).where(ofClient(to, itemKey)).run()
    if (layer === 'preference') yieldToOwn(tx, itemKey, { from, to })
    tx.queries.update(table).set({ clientId: to }).where(ofClient(from, itemKey)).run()
  }
}

/** Where the coach said of both how a plan stands, what they said last holds. */
const takeCoachState = (tx: Tx, itemKey: string, { from, to }: Adoption): void => {
  const said = (clientId: string) =>
    tx.queries
      .select({ coachState: clientInsights.coachState, coachStateAt: clientInsights.coachStateAt })
      .from(clientInsights)
      .where(and(eq(clientInsights.clientId, clientId), eq(clientInsights.itemKey, itemKey)))
      .get()
  const [theirs, own] = [said(from), said(to)]
  if (theirs?.coachStateAt == null || theirs.coachStateAt <= (own?.coachStateAt ?? 0)) return
  tx.queries
    .update(clientInsights)
    .set(theirs)
    .where(and(eq(clientInsights.clientId, to), eq(clientInsights.itemKey, itemKey)))
    .run()
}

/** A commitment that was decided about for either of them is not suggested again. */
const adoptCheckIns = (tx: Tx, { from, to }: Adoption): void => {
  const theirs = tx.queries.select().from(commitmentCheckIns).where(eq(commitmentCheckIns.clientId, from)).all()
  tx.queries.delete(commitmentCheckIns).where(eq(commitmentCheckIns.clientId, from)).run()
  for (const row of theirs)
    tx.queries
      .insert(commitmentCheckIns)
      .values({ ...row, clientId: to })
      .onConflictDoNothing()
      .run()
}

/** An episode that replies of both used was used so often. */
const addReferences = (tx: Tx, itemKey: string, { from, to }: Adoption): void => {
  const theirs = tx.queries
    .select({ times: aiEpisodicMemory.timesReferenced, at: aiEpisodicMemory.lastReferencedAt })
    .from(aiEpisodicMemory)
    .where(and(eq(aiEpisodicMemory.clientId, from), eq(aiEpisodicMemory.itemKey, itemKey)))
    .get()
  if (!theirs?.at) return
  tx.queries
    .update(aiEpisodicMemory)
    .set({
      timesReferenced: sql`${aiEpisodicMemory.timesReferenced} + ${theirs.times}`,
      lastReferencedAt: sql`max(coalesce(${aiEpisodicMemory.lastReferencedAt}, 0), ${theirs.at})`,
    })
    .where(and(eq(aiEpisodicMemory.clientId, to), eq(aiEpisodicMemory.itemKey, itemKey)))
    .run()
}

/** Of a preference one value holds at a time; until the evidence is folded, the one the kept client has. */
const yieldToOwn = (tx: Tx, itemKey: string, { from, to }: Adoption): void => {
  const table = learnedUserPreferences
  const isTheirs = and(eq(table.clientId, from), eq(table.itemKey, itemKey))
  const theirs = tx.queries.select().from(table).where(isTheirs).get()
  if (!theirs?.isActive) return
  const own = tx.queries
    .select({ id: table.id })
    .from(table)
    .where(
      and(
        eq(table.clientId, to),
        eq(table.preferenceCategory, theirs.preferenceCategory),
        eq(table.preferenceKey, theirs.preferenceKey),
        eq(table.isActive, true),
      ),
    )
    .get()
  if (own) tx.queries.update(table).set({ isActive: false, supersededBy: own.id }).where(isTheirs).run()
}

const slotsOf = (tx: Tx, clientId: string): Slot[] =>
  tx.queries
    .selectDistinct({ layer: memoryEvidence.layer, slot: memoryEvidence.slot })
    .from(memoryEvidence)
    .where(eq(memoryEvidence.clientId, clientId))
    .all()

const adoptSessions = (tx: Tx, { from, to }: Adoption, now: number): void => {
  const moved = tx.queries
    .update(sessionSummaries)
    .set({ clientId: to, isStale: true })
    .where(eq(sessionSummaries.clientId, from))
    .returning({ localDate: sessionSummaries.localDate })
    .all()
  tx.queries.delete(conversationSummaries).where(eq(conversationSummaries.clientId, from)).run()
  tx.queries.delete(userInteractionPatterns).where(eq(userInteractionPatterns.clientId, from)).run()
  rollUp(tx, to, new Set(moved.map(({ localDate }) => localDate)), now)
  refreshPatterns(tx, to, now)
}
