import { eq, sql } from 'drizzle-orm'
import { dropMovedClient, moveRowsTo } from '../../db/clientRows.ts'
import { clients, conversations } from '../../db/schema/index.ts'
import type { Tx } from '../../db/write.ts'
import type { SettingsValues } from '../../shared/contract/settings.ts'
import { Problem } from '../../shared/problem.ts'
import { adoptLearning, adoptRules, relearn } from '../learning/index.ts'
import { adoptMemory, wantAllMemory } from '../memory/index.ts'
import { addNote } from '../notes/index.ts'
import { answerWhatIsOpen } from '../replies/index.ts'
import { type ClientRecord, clientRecord, crisisSentence, isInCrisis } from './holdings.ts'

export interface Merge {
  /** Who stays, with name and settings. */
  readonly keptId: string
  /** Who becomes part of the other and is gone as a client of their own. */
  readonly mergedId: string
}

/** As much as the field for it takes. */
const longestAbout = 4_000

/** Throws NOT_FOUND, or a sentence where these two cannot be one. */
export const checkMerge = (tx: Pick<Tx, 'queries'>, { keptId, mergedId }: Merge): [ClientRecord, ClientRecord] => {
  if (keptId === mergedId) throw new Problem('INVALID_INPUT', 'Choose another client to merge with.')
  const kept = clientRecord(tx.queries, keptId)
  const merged = clientRecord(tx.queries, mergedId)
  if (kept.isPractice !== merged.isPractice)
    throw new Problem(
      'CONFLICT',
      'A practice client and a real one cannot be merged: practice must stay out of real work.',
    )
  for (const { id, name } of [kept, merged])
    if (isInCrisis(tx.queries, id)) throw new Problem('CONFLICT', crisisSentence(name))
  return [kept, merged]
}

/**
 * Makes two clients one, in the caller's transaction: conversations, messages, memory and all else of the one become the
 * other's. Each conversation keeps its owner and its thread; its epoch rises, so that whatever the clone was about to say
 * without knowing the rest is thought about anew.
 */
export const mergeClients = (tx: Tx, merge: Merge, settings: SettingsValues, now: number): void => {
  const [kept, merged] = checkMerge(tx, merge)
  adoptLearning(tx, { from: merged.id, to: kept.id })
  moveRowsTo(tx, merged.id, kept.id)
  adoptMemory(tx, { from: merged.id, to: kept.id }, now)
  adoptRules(tx, { from: merged.id, to: kept.id })
  dropMovedClient(tx, merged.id)
  relearn(tx, kept.id)
  joinAbout(tx, kept, merged, now)
  const formerNames = [...new Set([...kept.formerNames, ...merged.formerNames, merged.name])]
  tx.queries
    .update(clients)
    .set({
      timeZone: kept.timeZone ?? merged.timeZone,
      region: kept.region ?? merged.region,
      isSensitive: kept.isSensitive || merged.isSensitive,
      formerNames: formerNames.filter((name) => name !== kept.name),
      createdAt: Math.min(kept.createdAt, merged.createdAt),
      updatedAt: now,
    })
    .where(eq(clients.id, kept.id))
    .run()
  const all = tx.queries
    .update(conversations)
    .set({ epoch: sql`${conversations.epoch} + 1` })
    .where(eq(conversations.clientId, kept.id))
    .returning({ id: conversations.id })
    .all()
  for (const { id } of all) {
    answerWhatIsOpen(tx, id, settings, now)
    tx.changed('conversation', id)
  }
  wantAllMemory(tx, now, 0)
  for (const topic of ['clients', 'inbox', 'alerts', 'notes', 'ledger', 'library', 'memory', 'learning'] as const)
    tx.changed(topic)
}

/** What does not fit into the one text is kept as a note. */
const joinAbout = (tx: Tx, kept: ClientRecord, merged: ClientRecord, now: number): void => {
  const theirs = merged.about.trim()
  if (theirs === '' || kept.about.includes(theirs)) return
  const about = [kept.about.trim(), theirs].filter((text) => text !== '').join('\n\n')
  if (about.length > longestAbout) {
    addNote(tx, { clientId: kept.id, text: `About ${merged.name}, before the merge:\n\n${theirs}` }, now)
    return
  }
  tx.queries.update(clients).set({ about }).where(eq(clients.id, kept.id)).run()
}
