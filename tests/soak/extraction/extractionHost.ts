// Memory in a process of its own, so that it can be killed: clients talk, change and take back what they said, and
// memory reads on in between, by rules and by a stand-in for a model. With `finish` it only reads what is left and ends.
import { join } from 'node:path'
import { eq, sql } from 'drizzle-orm'
import { migrate } from '../../../db/migrate.ts'
import { openDatabase } from '../../../db/open.ts'
import { clients, coaches, conversations, messages } from '../../../db/schema/index.ts'
import { createWriter } from '../../../db/write.ts'
import { appendMessage, getConversation } from '../../../host/conversations/index.ts'
import { readSlice, rememberAll } from '../../../host/memory/index.ts'
import { readSignals } from '../../../host/signals/index.ts'
import { seededRandom } from '../random.ts'
import { createReader, sessionGapMinutes } from './reader.ts'

const [folder = '', seed = '0', task = ''] = process.argv.slice(2)
const random = seededRandom(Number(seed))
const people = ['ada', 'ben', 'cleo']
const texts = [
  'I want to learn Italian.',
  "I don't want to learn Italian any more.",
  'I prefer mornings. Actually I prefer evenings.',
  "I'll call the bank tomorrow.",
  'I finally called the bank!',
  'My sister Ana is here.',
  "I'm struggling with sleep.",
  'Whenever my boss shouts I freeze.',
  'I realised that I say yes to please people.',
  'The weather is grey over the harbour.',
  'ok',
]
const pick = <Item>(items: readonly Item[], otherwise: Item): Item =>
  items[Math.floor(random() * items.length)] ?? otherwise

const { sqlite, queries, close } = openDatabase({ file: join(folder, 'opencoach.db'), key: new Uint8Array(32).fill(4) })
migrate(sqlite)
const write = createWriter(sqlite, queries, () => undefined)
write((tx) => {
  tx.queries.insert(coaches).values({ id: 'coach', name: 'Robin', createdAt: 1 }).onConflictDoNothing().run()
  for (const id of people) {
    const named = { id, coachId: 'coach', name: id, timeZone: 'UTC', createdAt: 1, updatedAt: 1 }
    const thread = { id, clientId: id, channel: 'practice', externalChatId: id, lastMessageAt: 1, createdAt: 1 }
    tx.queries.insert(clients).values(named).onConflictDoNothing().run()
    tx.queries.insert(conversations).values(thread).onConflictDoNothing().run()
  }
})
const newest = queries.get<{ at: number | null; count: number }>(
  sql`SELECT max(sent_at) AS at, count(*) AS count FROM messages`,
)
let at = newest?.at ?? Date.UTC(2026, 0, 1)
const model = createReader({ write, queries }, () => at + 3_600_000)
// The word lists are built at first use, which would take most of a short life.
readSignals('The garden needs rain.')
process.send?.('ready')

const say = (client: string): void =>
  write((tx) => {
    const isClient = random() < 0.7
    for (let nth = 0; nth < 20; nth += 1) {
      at += Math.floor(random() * 1_200_000)
      appendMessage(
        tx,
        getConversation(tx.queries, client),
        {
          senderType: isClient ? 'client' : 'human_coach',
          senderId: client,
          content: pick(texts, ''),
          deliveryStatus: isClient ? 'received' : 'sent',
          sentAt: at,
        },
        at,
      )
    }
  })

const change = (): void =>
  write((tx) => {
    const count = tx.queries.get<{ seq: number | null }>(sql`SELECT max(seq) AS seq FROM messages`)?.seq ?? 0
    const seq = 1 + Math.floor(random() * count)
    const values = random() < 0.6 ? { content: pick(texts, ''), editedAt: at } : { removedAt: at }
    tx.queries.update(messages).set(values).where(eq(messages.seq, seq)).run()
  })

if (task === 'finish') {
  rememberAll({ write, queries }, { sessionGapMinutes, now: at })
  await model.readAll()
} else {
  for (;;) {
    const client = pick(people, 'ada')
    const dice = random()
    if (dice < 0.3) say(client)
    else if (dice < 0.5) change()
    else if (dice < 0.75) await model.readOnce()
    else write((tx) => readSlice(tx, client, sessionGapMinutes, at))
    await new Promise((resolve) => setImmediate(resolve))
  }
}
close()
process.disconnect()
