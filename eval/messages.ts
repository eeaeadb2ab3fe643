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
import { createWriter } from '../db/write.ts'
import { receiveMessage } from '../host/inbox/index.ts'
import { createMessageSearch } from '../host/memory/index.ts'
import { createSettings } from '../host/settings/index.ts'
import type { Sample, Turn } from './locomo.ts'

export interface KeptConversations {
  /** Ids of turns, best first: as replies search what a client said. */
  search(sample: Sample, question: string, most: number): string[]
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
    const toTurns = (sample: Sample, found: readonly number[]): string[] =>
      found.map((seq) => turnIds[samples.indexOf(sample)]?.get(seq) ?? '')
    const messages = createMessageSearch(sqlite)
    const plain = sqlite
      .prepare('SELECT rowid FROM messages_fts WHERE messages_fts MATCH ? ORDER BY rank LIMIT ?')
      .pluck()
    return {
      search: (sample, question, most) => {
        const hits = messages.search({
          clientId: clientOf(sample),
          text: question,
          coachName: sample.coachName,
          now: (sample.turns.at(-1)?.sentAt ?? 0) + dayMs,
          limit: most,
        })
        return toTurns(
          sample,
          hits.map(({ seq }) => seq),
        )
      },
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
