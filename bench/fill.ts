import { z } from 'zod'
import { newId } from '../db/ids.ts'
import type { SqliteDatabase } from '../db/sqlite.ts'
import { seededRandom } from '../tests/soak/random.ts'

/** The words of the messages, the frequent ones first. */
export const vocabulary =
  `the to and I a of it that my was in me for is not but so with about be have on this what when you
just like really think work time know feel going want week today manager project sleep family morning plan talk hard better again still
tried maybe because meeting people could would never always started enough tired goal small step promise walk evening weekend call home
boundary pressure deadline breathe decision worried hopeful progress habit journal honest afraid proud support quiet answer question`.split(
    /\s+/,
  )

interface Filling {
  readonly messages: number
  readonly clients: number
  /** Put into the first conversation beside its share, so that one thread is long. */
  readonly longThread?: number
}

/**
 * Fills an open, migrated database with clients, conversations and messages; seeded, word lengths and order as in chat.
 * Ids of the conversations; the one with the long thread is the first.
 */
export const fillMessages = (sqlite: SqliteDatabase, { messages, clients, longThread = 0 }: Filling): string[] =>
  indexedInBulk(sqlite, () => fill(sqlite, { messages, clients, longThread }))

const indexTriggers = z.array(z.object({ name: z.string(), sql: z.string() }))

/** Fills the full-text index once at the end: a row at a time it takes several times as long. */
const indexedInBulk = <T>(sqlite: SqliteDatabase, work: () => T): T => {
  const triggers = indexTriggers.parse(
    sqlite.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'messages'").all(),
  )
  const newest =
    sqlite.prepare<[], { seq: number }>('SELECT coalesce(max(seq), 0) AS seq FROM messages').get()?.seq ?? 0
  for (const { name } of triggers) sqlite.exec(`DROP TRIGGER ${name}`)
  const done = work()
  sqlite.exec(
    `INSERT INTO messages_fts(rowid, content, client)
       SELECT seq, content, replace(client_id, '-', '') FROM messages WHERE seq > ${newest}`,
  )
  for (const trigger of triggers) sqlite.exec(trigger.sql)
  return done
}

const fill = (sqlite: SqliteDatabase, { messages, clients, longThread }: Required<Filling>): string[] => {
  const random = seededRandom(42)
  const start = Date.UTC(2026, 0, 1)
  const coachId = sqlite.prepare<[], { id: string }>('SELECT id FROM coaches').get()?.id ?? newId(start)
  const sentence = (): string => {
    const words = 4 + Math.floor(random() ** 2 * 30)
    // Squaring favours the head of the list, as word frequencies do.
    return Array.from({ length: words }, () => vocabulary[Math.floor(random() ** 2 * vocabulary.length)]).join(' ')
  }
  const conversationIds: string[] = []
  const clientIds: string[] = []
  const addClient = sqlite.prepare(
    'INSERT INTO clients (id, coach_id, name, created_at, updated_at) VALUES (?, ?, ?, ?, ?)',
  )
  const addConversation = sqlite.prepare(
    "INSERT INTO conversations (id, client_id, channel, external_chat_id, last_message_at, created_at) VALUES (?, ?, 'practice', ?, ?, ?)",
  )
  const addMessage = sqlite.prepare(
    `INSERT INTO messages (id, conversation_id, client_id, channel, external_id, sender_type, sender_id, content, delivery_status, sent_at, created_at)
     VALUES (?, ?, ?, 'practice', ?, ?, ?, ?, ?, ?, ?)`,
  )
  sqlite.transaction(() => {
    sqlite.prepare('INSERT OR IGNORE INTO coaches (id, name, created_at) VALUES (?, ?, ?)').run(coachId, 'Coach', start)
    for (let index = 0; index < clients; index += 1) {
      const [clientId, conversationId] = [newId(start), newId(start)]
      clientIds.push(clientId)
      conversationIds.push(conversationId)
      addClient.run(clientId, coachId, `Client ${index + 1}`, start, start)
      addConversation.run(conversationId, clientId, `chat-${index}`, start, start)
    }
  })()
  const addRun = sqlite.prepare(
    `INSERT INTO agent_executions (id, conversation_id, client_id, epoch, last_client_seq, status, created_at) VALUES (?, ?, ?, ?, ?, 'sent', ?)`,
  )
  const addSend = sqlite.prepare(
    `INSERT INTO outbox (id, conversation_id, client_id, author, text, state, send_after, created_at) VALUES (?, ?, ?, 'ai', ?, 'sent', ?, ?)`,
  )
  const addCall = sqlite.prepare(
    `INSERT INTO egress_ledger (id, purpose, destination, client_id, bytes_out, payload, status, created_at)
     VALUES (?, 'reply', 'https://model.example/v1/chat/completions', ?, 8000, ?, 'ok', ?)`,
  )
  // What ten messages leave behind besides themselves: a run, a send, and every fifth time a call with its payload.
  const addTraces = (index: number, which: number, at: number): void => {
    addRun.run(newId(at), conversationIds[which], clientIds[which], index, index, at)
    addSend.run(newId(at), conversationIds[which], clientIds[which], sentence(), at, at)
    if (index % 50 === 0) addCall.run(newId(at), clientIds[which], Array.from({ length: 50 }, sentence).join(' '), at)
  }
  const longEvery = longThread > 0 ? Math.max(1, Math.floor(messages / longThread)) : Number.POSITIVE_INFINITY
  const step = (300 * 24 * 3_600_000) / messages
  for (let from = 0; from < messages; from += 50_000) {
    sqlite.transaction(() => {
      for (let index = from; index < Math.min(messages, from + 50_000); index += 1) {
        const share = Math.floor(random() * clients)
        const which = index % longEvery === 0 ? 0 : share
        const isClient = random() < 0.5
        const at = Math.floor(start + index * step)
        addMessage.run(
          newId(at),
          conversationIds[which],
          clientIds[which],
          `m${index}`,
          isClient ? 'client' : 'ai',
          isClient ? clientIds[which] : 'ai_clone',
          sentence(),
          isClient ? 'received' : 'sent',
          at,
          at,
        )
        if (index % 10 === 0) addTraces(index, which, at)
      }
    })()
  }
  sqlite.exec(`
    UPDATE conversations SET
      last_seq = (SELECT max(seq) FROM messages m WHERE m.conversation_id = conversations.id),
      last_client_seq = coalesce((SELECT max(seq) FROM messages m WHERE m.conversation_id = conversations.id AND m.sender_type = 'client'), 0);
    UPDATE conversations SET last_message_id = (SELECT id FROM messages m WHERE m.seq = conversations.last_seq),
      last_message_at = (SELECT sent_at FROM messages m WHERE m.seq = conversations.last_seq);
    ANALYZE`)
  return conversationIds
}
