import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { newId } from '../db/ids.ts'
import { migrate } from '../db/migrate.ts'
import { openDatabase } from '../db/open.ts'
import { coaches, conversations } from '../db/schema/index.ts'
import type { Queries, SqliteDatabase } from '../db/sqlite.ts'
import { createWriter, type Write } from '../db/write.ts'
import { receiveMessage } from '../host/inbox/index.ts'
import { createMessageSearch } from '../host/memory/index.ts'
import { createSettings } from '../host/settings/index.ts'
import type { Sample, Turn } from './locomo.ts'

export interface KeptConversations {
  /** Ids of turns, best first: as replies search what a client said. */
  search(sample: Sample, question: string, most: number): string[]
  /** The messages of a client that answer best, best first. */
  searchHits(sample: Sample, question: string, most: number): { messageId: string; seq: number }[]
  /** The turn that a message is. */
  turnOf(sample: Sample, seq: number): string
  clientOf(sample: Sample): string
  readonly sqlite: SqliteDatabase
  readonly queries: Queries
  readonly write: Write
  /** By FTS5's own BM25 of any of the words, with nothing left out. */
  searchPlain(sample: Sample, question: string, most: number): string[]
  /** Deletes what was kept. */
  close(): void
}

const channel = 'practice'
const dayMs = 86_400_000
const seqAndExternalId = z.array(z.tuple([z.number(), z.string()]))
const seqs = z.array(z.number())

/**
 * A house of its own, encrypted and migrated as the coach's, into which every turn comes as messages do: what the second
 * speaker says is the coach writing on their own phone.
 */
export const keepConversations = (samples: readonly Sample[]): KeptConversations => {
  const folder = mkdtempSync(join(tmpdir(), 'opencoach-eval-'))
  const { sqlite, queries, close } = openDatabase({ file: join(folder, 'opencoach.db'), key: randomBytes(32) })
  const remove = (): void => {
    close()
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    migrate(sqlite)
    const write = createWriter(sqlite, queries, () => undefined)
    queries
      .insert(coaches)
      .values({ id: newId(0), name: 'Coach', createdAt: 0 })
      .run()
    const settings = createSettings(queries, {}).values()
    const clientIds = samples.map((sample, number) => {
      const chatId = `chat-${number}`
      write((tx) => {
        sample.turns.forEach((turn, position) => {
          receiveMessage(tx, inboundOf(sample, turn, chatId, position), () => [], {
            channel,
            isPractice: true,
            asksBeforeAccepting: false,
            settings,
            now: turn.sentAt,
          })
        })
      })
      return queries.select().from(conversations).where(eq(conversations.externalChatId, chatId)).get()?.clientId ?? ''
    })
    const clientOf = (sample: Sample): string => clientIds[samples.indexOf(sample)] ?? ''
    const turnIds = samples.map((sample, number) => {
      const rows = sqlite
        .prepare('SELECT seq, external_id FROM messages WHERE client_id = ? AND external_id IS NOT NULL')
        .raw()
        .all(clientIds[number])
      return new Map(
        seqAndExternalId.parse(rows).map(([seq, external]) => [seq, sample.turns[Number(external)]?.id ?? '']),
      )
    })
    const turnOf = (sample: Sample, seq: number): string => turnIds[samples.indexOf(sample)]?.get(seq) ?? ''
    const toTurns = (sample: Sample, found: readonly number[]): string[] => found.map((seq) => turnOf(sample, seq))
    const messages = createMessageSearch(sqlite)
    const plain = sqlite
      .prepare('SELECT rowid FROM messages_fts WHERE messages_fts MATCH ? ORDER BY rank LIMIT ?')
      .pluck()
    const searchHits = (sample: Sample, question: string, most: number) =>
      messages.search({
        clientId: clientOf(sample),
        text: question,
        coachName: sample.coachName,
        now: askedAt(sample),
        limit: most,
      })
    return {
      search: (sample, question, most) => searchHits(sample, question, most).map(({ seq }) => turnOf(sample, seq)),
      searchHits,
      turnOf,
      clientOf,
      sqlite,
      queries,
      write,
      searchPlain: (sample, question, most) => {
        const words = [...new Set(question.toLowerCase().match(/[\p{L}\p{N}]+/gu))].map((word) => `"${word}"`)
        if (words.length === 0) return []
        const match = `content : (${words.join(' OR ')}) AND client : "${clientOf(sample).replaceAll('-', '')}"`
        return toTurns(sample, seqs.parse(plain.all(match, most)))
      },
      close: remove,
    }
  } catch (error) {
    remove()
    throw error
  }
}

/** Questions are asked a day after the last turn; milliseconds UTC. */
export const askedAt = (sample: Sample): number => (sample.turns.at(-1)?.sentAt ?? 0) + dayMs

const inboundOf = (sample: Sample, turn: Turn, chatId: string, position: number) => ({
  updateId: `${chatId}-${position}`,
  chatId,
  externalId: String(position),
  senderName: turn.isClient ? sample.clientName : sample.coachName,
  clientName: sample.clientName,
  text: turn.text,
  sentAt: turn.sentAt,
  from: turn.isClient ? ('client' as const) : ('coach' as const),
})
