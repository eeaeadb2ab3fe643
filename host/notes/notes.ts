import { desc, eq } from 'drizzle-orm'
import { newId } from '../../db/ids.ts'
import { clients, notes } from '../../db/schema/index.ts'
import type { Queries } from '../../db/sqlite.ts'
import type { Tx } from '../../db/write.ts'
import type { Note } from '../../shared/contract/notes.ts'
import { Problem } from '../../shared/problem.ts'

/** What the coach wrote about a client, newest first. */
export const listNotes = (queries: Queries, clientId: string): { rows: Note[] } => ({
  rows: queries
    .select()
    .from(notes)
    .where(eq(notes.clientId, clientId))
    .orderBy(desc(notes.createdAt), desc(notes.id))
    .all(),
})

/** Throws NOT_FOUND where the client is not there. */
export const addNote = (tx: Tx, { clientId, text }: { clientId: string; text: string }, now: number): Note => {
  const client = tx.queries.select({ id: clients.id }).from(clients).where(eq(clients.id, clientId)).get()
  if (!client) throw new Problem('NOT_FOUND')
  tx.changed('notes', clientId)
  return tx.queries
    .insert(notes)
    .values({ id: newId(now), clientId, text, createdAt: now, updatedAt: now })
    .returning()
    .get()
}

/** Throws NOT_FOUND where the note was removed. */
export const updateNote = (tx: Tx, { noteId, text }: { noteId: string; text: string }, now: number): void => {
  const changed = tx.queries
    .update(notes)
    .set({ text, updatedAt: now })
    .where(eq(notes.id, noteId))
    .returning({ clientId: notes.clientId })
    .get()
  if (!changed) throw new Problem('NOT_FOUND')
  tx.changed('notes', changed.clientId)
}

/** Removing what is gone already is no failure. */
export const removeNote = (tx: Tx, noteId: string): void => {
  const removed = tx.queries.delete(notes).where(eq(notes.id, noteId)).returning({ clientId: notes.clientId }).get()
  if (removed) tx.changed('notes', removed.clientId)
}
