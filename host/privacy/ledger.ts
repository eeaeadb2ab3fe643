import { and, desc, eq, gte, isNotNull, lt, ne, sql } from 'drizzle-orm'
import { newId } from '../../db/ids.ts'
import { clients, egressLedger } from '../../db/schema/index.ts'
import type { Queries } from '../../db/sqlite.ts'
import type { Tx, Write } from '../../db/write.ts'
import type { LedgerRow } from '../../shared/contract/privacy.ts'
import { Problem } from '../../shared/problem.ts'

export interface LedgerPage {
  readonly rows: LedgerRow[]
  /** What to ask for as `before` to go on; null at the end. */
  readonly next: number | null
}

/** One page of what left this machine, newest first. */
export const readLedger = (queries: Queries, page: { before?: number | undefined; limit: number }): LedgerPage => {
  const rows = queries
    .select({
      id: egressLedger.id,
      seq: egressLedger.seq,
      purpose: egressLedger.purpose,
      destination: egressLedger.destination,
      clientName: clients.name,
      bytesOut: egressLedger.bytesOut,
      bytesIn: egressLedger.bytesIn,
      calls: egressLedger.calls,
      replacedNames: egressLedger.replacedNames,
      status: egressLedger.status,
      errorCode: egressLedger.errorCode,
      latencyMs: egressLedger.latencyMs,
      createdAt: egressLedger.createdAt,
    })
    .from(egressLedger)
    .leftJoin(clients, eq(clients.id, egressLedger.clientId))
    .where(page.before === undefined ? undefined : lt(egressLedger.seq, page.before))
    .orderBy(desc(egressLedger.seq))
    .limit(page.limit + 1)
    .all()
  const shown = rows.slice(0, page.limit)
  return { rows: shown, next: rows.length > page.limit ? (shown.at(-1)?.seq ?? null) : null }
}

/** The exact text that left with an entry; null where none is kept. Throws NOT_FOUND. */
export const readPayload = (queries: Queries, entryId: string): { payload: string | null } => {
  const row = queries
    .select({ payload: egressLedger.payload })
    .from(egressLedger)
    .where(eq(egressLedger.id, entryId))
    .get()
  if (row === undefined) throw new Problem('NOT_FOUND')
  return row
}

export interface LedgerEntry {
  readonly purpose: LedgerRow['purpose']
  readonly destination: string
  readonly clientId: string | null
  readonly executionId: string | null
  readonly payload: string | null
  readonly bytesOut: number
  readonly replacedNames: number
  readonly status: 'pending' | 'blocked'
  readonly errorCode: string | null
  readonly createdAt: number
}

/** Writes an entry in the caller's transaction and answers with its id. */
export const addEntry = (tx: Tx, entry: LedgerEntry): string => {
  const id = newId(entry.createdAt)
  tx.queries
    .insert(egressLedger)
    .values({ id, ...entry })
    .run()
  tx.changed('ledger')
  return id
}

export interface Outcome {
  readonly status: 'ok' | 'failed'
  readonly errorCode: string | null
  readonly bytesIn: number
  readonly latencyMs: number
}

/** One request of a channel to its servers, as the channel reports it once it is over. */
export interface ChannelEntry {
  readonly purpose: LedgerRow['purpose']
  readonly destination: string
  readonly bytesOut: number
  readonly bytesIn: number
  readonly ok: boolean
  readonly latencyMs: number
  readonly at: number
}

const hourMs = 3_600_000

/** Writes a channel's call; polls of one hour and outcome are added up in one row, or they would bury the rest. */
export const addChannelEntry = (tx: Tx, entry: ChannelEntry): void => {
  const status = entry.ok ? 'ok' : 'failed'
  const hour = entry.at - (entry.at % hourMs)
  const added =
    entry.purpose === 'channel_poll' &&
    tx.queries
      .update(egressLedger)
      .set({
        calls: sql`${egressLedger.calls} + 1`,
        bytesOut: sql`${egressLedger.bytesOut} + ${entry.bytesOut}`,
        bytesIn: sql`coalesce(${egressLedger.bytesIn}, 0) + ${entry.bytesIn}`,
      })
      .where(
        and(
          eq(egressLedger.purpose, 'channel_poll'),
          eq(egressLedger.destination, entry.destination),
          eq(egressLedger.status, status),
          gte(egressLedger.createdAt, hour),
        ),
      )
      .run().changes > 0
  if (!added) {
    const { purpose, destination, bytesOut, bytesIn, latencyMs } = entry
    tx.queries
      .insert(egressLedger)
      .values({ id: newId(entry.at), purpose, destination, bytesOut, bytesIn, latencyMs, status, createdAt: entry.at })
      .run()
  }
  tx.changed('ledger')
}

/** Records how a call ended. */
export const settleEntry = (write: Write, id: string, outcome: Outcome): void =>
  write((tx) => {
    tx.queries.update(egressLedger).set(outcome).where(eq(egressLedger.id, id)).run()
    tx.changed('ledger')
  })

/** Calls that were under way when the host stopped; run at start, before anything leaves. Answers with their number. */
export const settleInterrupted = (write: Write): number =>
  write((tx) => {
    // Channels settle their own: a send cut short may have arrived.
    const pending = and(sql`status = 'pending'`, ne(egressLedger.purpose, 'channel_send'))
    const { changes } = tx.queries
      .update(egressLedger)
      .set({ status: 'failed', errorCode: 'INTERRUPTED' })
      .where(pending)
      .run()
    if (changes > 0) tx.changed('ledger')
    return changes
  })

/** Drops the payloads of entries made before `payloadsBefore`, and whole entries made before `entriesBefore` (ms UTC). */
export const dropOldEntries = (
  write: Write,
  age: { payloadsBefore: number; entriesBefore: number },
): { payloads: number; entries: number } =>
  write((tx) => {
    const payloads = tx.queries
      .update(egressLedger)
      .set({ payload: null })
      .where(and(lt(egressLedger.createdAt, age.payloadsBefore), isNotNull(egressLedger.payload)))
      .run().changes
    const entries = tx.queries.delete(egressLedger).where(lt(egressLedger.createdAt, age.entriesBefore)).run().changes
    if (payloads + entries > 0) tx.changed('ledger')
    return { payloads, entries }
  })
