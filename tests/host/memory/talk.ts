import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { onTestFinished } from 'vitest'
import { migrate } from '../../../db/migrate.ts'
import { openDatabase } from '../../../db/open.ts'
import { clients, coaches, conversations, messages } from '../../../db/schema/index.ts'
import { createWriter } from '../../../db/write.ts'
import { appendMessage, getConversation } from '../../../host/conversations/index.ts'
import { createMessageSearch, type MessageQuestion } from '../../../host/memory/index.ts'
import type { SenderType } from '../../../shared/taxonomy/conversation.ts'
import { keyOf, temporaryFolder } from '../store/folder.ts'

export const dayMs = 86_400_000
/** A Wednesday. */
export const noon = Date.UTC(2026, 2, 18, 12)

type Said = string | { readonly by: SenderType; readonly text: string }

/** An encrypted database with clients who talk, and a read-only connection that searches, as a worker has it. */
export const openTalk = () => {
  const file = join(temporaryFolder(), 'opencoach.db')
  const key = keyOf(5)
  const { sqlite, queries, close } = openDatabase({ file, key })
  migrate(sqlite)
  // These tests are about what is found, not about a power cut.
  sqlite.pragma('synchronous = OFF')
  const write = createWriter(sqlite, queries, () => undefined)
  queries.insert(coaches).values({ id: 'coach', name: 'Robin', createdAt: 1 }).run()
  const reading = openDatabase({ file, key, readonly: true })
  onTestFinished(() => {
    reading.close()
    close()
  })
  const search = createMessageSearch(reading.sqlite)
  let times = 0

  const addClient = (id: string, name = 'Ada', more: Partial<typeof clients.$inferInsert> = {}): void => {
    const created = { createdAt: 1, updatedAt: 1 }
    queries
      .insert(clients)
      .values({ id, coachId: 'coach', name, timeZone: 'UTC', ...created, ...more })
      .run()
    queries
      .insert(conversations)
      .values({ id, clientId: id, channel: 'practice', externalChatId: id, lastMessageAt: 1, createdAt: 1 })
      .run()
  }

  /** One conversation, a minute between messages, the client's unless said otherwise; answers with the seqs. */
  const say = (clientId: string, at: number, ...said: readonly Said[]): number[] =>
    write((tx) =>
      said.map((one, index) => {
        const { by, text } = typeof one === 'string' ? { by: 'client' as const, text: one } : one
        times += 1
        return appendMessage(
          tx,
          getConversation(tx.queries, clientId),
          {
            senderType: by,
            senderId: by,
            content: text,
            deliveryStatus: by === 'client' ? 'received' : 'sent',
            externalId: String(times),
            sentAt: at + index * 60_000,
          },
          at,
        ).seq
      }),
    )

  const change = (seq: number, values: Partial<typeof messages.$inferInsert>): void => {
    write((tx) => tx.queries.update(messages).set(values).where(eq(messages.seq, seq)).run())
  }

  const ask = (clientId: string, text: string, more: Partial<MessageQuestion> = {}): number[] =>
    search.search({ clientId, text, coachName: 'Robin', now: noon, limit: 10, ...more }).map(({ seq }) => seq)

  return { sqlite, reading: reading.sqlite, queries, write, search, addClient, say, change, ask }
}

export type Talk = ReturnType<typeof openTalk>

export const coach = (text: string): Said => ({ by: 'human_coach', text })
export const clone = (text: string): Said => ({ by: 'ai', text })

/** Thirty messages of small talk over thirty days before `until`. */
export const fillDays = (talk: Talk, clientId: string, until = noon): number[] =>
  Array.from({ length: 30 }, (_, day) =>
    talk.say(clientId, until - (31 - day) * dayMs, `Walked the long way home, number ${day} of this month.`),
  ).flat()
