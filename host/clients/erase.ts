import { setImmediate as nextTurn } from 'node:timers/promises'
import { and, eq, inArray, isNotNull } from 'drizzle-orm'
import { deleteRowsOf } from '../../db/clientRows.ts'
import type { FileStore } from '../../db/fileStore.ts'
import { emptyLog, mergeMessageWords } from '../../db/remains.ts'
import { rewriteOrMark } from '../../db/rewrite.ts'
import { documents, files as fileRows, ignoredFiles, outbox } from '../../db/schema/index.ts'
import type { SqliteDatabase } from '../../db/sqlite.ts'
import type { Tx } from '../../db/write.ts'
import { Problem } from '../../shared/problem.ts'
import { enqueueJob, type JobHandlers } from '../jobs/index.ts'
import { concludeRules, relearn } from '../learning/index.ts'
import { clientRecord, crisisSentence, isInCrisis } from './holdings.ts'

const remainsKind = 'erased_remains'

const asTyped = (name: string): string => name.normalize('NFC').trim().replace(/\s+/gu, ' ').toLowerCase()

/**
 * Throws NOT_FOUND, or a sentence where the client must not be erased: another name was typed, or they are in a crisis.
 */
export const checkErasure = (tx: Pick<Tx, 'queries'>, clientId: string, typedName: string): void => {
  const { name } = clientRecord(tx.queries, clientId)
  if (asTyped(typedName) !== asTyped(name))
    throw new Problem('INVALID_INPUT', `To erase this client, type the name as it stands here: ${name}`)
  if (isInCrisis(tx.queries, clientId)) throw new Problem('CONFLICT', crisisSentence(name))
}

/**
 * Removes a client and everything that is theirs, in the caller's transaction: it is all there or all gone. Bytes of
 * files go after the commit, or at the next start; what is left in indexes and the log, a job that outlives a crash
 * removes. Answers with how many messages were on their way to them at that moment, which nobody can call back.
 */
export const eraseClient = (
  tx: Tx,
  files: Pick<FileStore, 'drop'>,
  { clientId, typedName }: { readonly clientId: string; readonly typedName: string },
  now: number,
): { onTheWay: number } => {
  checkErasure(tx, clientId, typedName)
  const sending = and(eq(outbox.clientId, clientId), inArray(outbox.state, ['sending']))
  const onTheWay = tx.queries.select({ id: outbox.id }).from(outbox).where(sending).all().length
  const fileIds = tx.queries.select({ id: fileRows.id }).from(fileRows).where(eq(fileRows.clientId, clientId)).all()
  keepFromComingBack(tx, clientId)
  deleteRowsOf(tx, clientId)
  relearn(tx, null)
  concludeRules(tx)
  for (const { id } of fileIds) files.drop(tx, id)
  enqueueJob(tx, { kind: remainsKind, dedupeKey: remainsKind, payload: {}, runAt: now, maxAttempts: 100 }, now)
  for (const topic of [
    'clients',
    'inbox',
    'conversation',
    'alerts',
    'notes',
    'ledger',
    'library',
    'memory',
    'learning',
  ] as const)
    tx.changed(topic)
  return { onTheWay }
}

/** A file of a watched folder would be taken in anew at the next look, and then for every client. */
const keepFromComingBack = (tx: Tx, clientId: string): void => {
  const watched = tx.queries
    .select({ path: documents.sourcePath, folder: documents.watchedFolderId })
    .from(documents)
    .where(and(eq(documents.clientId, clientId), isNotNull(documents.sourcePath)))
    .all()
  for (const { path, folder } of watched) {
    if (path === null || folder === null) continue
    tx.queries.insert(ignoredFiles).values({ path, watchedFolderId: folder }).onConflictDoNothing().run()
  }
}

/** The job that removes what deleting rows leaves: words in the full-text index, traces in pages, the log. */
export const remainsJob = (sqlite: SqliteDatabase): JobHandlers => ({
  [remainsKind]: async ({ signal }) => {
    for (const _ of mergeMessageWords(sqlite)) {
      await nextTurn()
      signal.throwIfAborted()
    }
    rewriteOrMark(sqlite)
    if (!emptyLog(sqlite)) throw new Error('Somebody still reads the log of changes.')
  },
})
