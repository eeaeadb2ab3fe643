import { asc, eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { OpenedDatabase } from '../../../db/open.ts'
import { clients, conversations, documents, followUps, handoffs, notes } from '../../../db/schema/index.ts'
import type { MemoryLayer } from '../../../shared/taxonomy/memory.ts'
import { evidenceOfItem, recallOf } from '../../memory/index.ts'

interface Told {
  readonly clientId: string
  readonly coachName: string
  /** Where each file lies in the archive, by its id; null where it could not be read. */
  readonly attachments: ReadonlyMap<string, string | null>
  readonly now: number
}

const mostRemembered = 1_000_000
const evidenceShown = 20
const end = '\r\n'

const timeZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone
const days = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full' })
const times = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short' })
const both = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' })

/** Line ends of this text are the same everywhere, whatever somebody wrote; what moves a cursor or hides text goes. */
const clean = (text: string): string =>
  text
    .replace(/\r\n?|\u2028|\u2029/gu, '\n')
    .replace(/[^\P{Cc}\n\t]|[\u202a-\u202e\u2066-\u2069]/gu, '')
    .replaceAll('\n', end)

const indented = (text: string): string => clean(text).replaceAll(end, `${end}    `)
const line = (text = ''): string => `${text}${end}`
const heading = (text: string): string => `${end}${end}${text}${end}${'='.repeat(text.length)}${end}${end}`
const oneLine = (text: string): string => clean(text).replaceAll(end, ' ')

/** Everything about one client as a plain text for people. Nothing in it is ever taken for markup. */
export function* readableForm({ sqlite, queries }: OpenedDatabase, told: Told): Generator<string, void> {
  const client = queries.select().from(clients).where(eq(clients.id, told.clientId)).get()
  if (!client) return
  // The mark by which every editor knows that this is UTF-8.
  yield `\ufeff${line(oneLine(client.name))}`
  yield line(`Saved from OpenCoach on ${both.format(told.now)}. All times are in ${timeZone()}.`)
  yield line('This file is not encrypted. Keep it where only those can read it who may.')
  yield heading('About')
  yield line(`Client since ${days.format(client.createdAt)}`)
  if (client.formerNames.length > 0) yield line(`Also known as: ${client.formerNames.map(oneLine).join(', ')}`)
  if (client.timeZone) yield line(`Time zone: ${oneLine(client.timeZone)}`)
  if (client.region) yield line(`Country: ${oneLine(client.region)}`)
  if (client.isSensitive) yield line('Marked as sensitive')
  if (client.about.trim()) yield `${end}${line(clean(client.about))}`
  yield* notesOf(queries, told)
  yield* rememberedOf(queries, told)
  yield* handoffsOf(queries, told)
  yield* documentsOf(queries, told)
  yield* conversationsOf({ sqlite, queries }, told, oneLine(client.name))
}

type Reader = Pick<OpenedDatabase, 'sqlite' | 'queries'>

function* notesOf(queries: OpenedDatabase['queries'], { clientId }: Told): Generator<string, void> {
  const all = queries.select().from(notes).where(eq(notes.clientId, clientId)).orderBy(asc(notes.createdAt)).all()
  if (all.length > 0) yield heading('Notes of the coach')
  for (const { createdAt, text } of all) yield line(`${both.format(createdAt)}  ${indented(text)}`)
  const open = queries
    .select()
    .from(followUps)
    .where(eq(followUps.clientId, clientId))
    .orderBy(asc(followUps.dueAt))
    .all()
  if (open.length > 0) yield heading('Follow-ups')
  for (const { dueAt, doneAt, reason } of open)
    yield line(`${both.format(dueAt)}  ${oneLine(reason)}${doneAt === null ? '' : ` (done ${both.format(doneAt)})`}`)
}

function* rememberedOf(queries: OpenedDatabase['queries'], { clientId, now }: Told): Generator<string, void> {
  const recall = recallOf(queries, clientId)
  const item = function* (layer: MemoryLayer, itemKey: string, text: string, corrected: string | null) {
    yield line(`- ${indented(corrected ?? text)}`)
    for (const { content, saidAt } of evidenceOfItem(queries, clientId, layer, itemKey).slice(-evidenceShown))
      yield line(`    said ${both.format(saidAt)}: ${oneLine(content)}`)
  }
  yield heading('What is remembered')
  for (const one of recall.insights(mostRemembered))
    yield* item('insight', one.itemKey, `${one.insightType}: ${one.content}`, one.correctedText)
  for (const one of recall.episodes(now, mostRemembered))
    yield* item('episodic', one.itemKey, `${one.memoryType}: ${one.memoryDescription}`, one.correctedText)
  for (const one of recall.preferences()) yield* item('preference', one.itemKey, one.preferenceText, one.correctedText)
  for (const one of recall.relationship())
    yield* item('relationship', one.itemKey, `${one.aspect}: ${one.content}`, one.correctedText)
  const sessions = recall.sessions(mostRemembered)
  if (sessions.length > 0) yield heading('Sessions, newest first')
  for (const one of sessions) {
    const topics = z.array(z.string()).parse(JSON.parse(one.topics))
    const mood = one.userMotivationLevel === null ? '' : `, motivation ${one.userMotivationLevel} of 10`
    yield line(`${both.format(one.startedAt)}  ${one.messageCount} messages, ${one.emotionalState}${mood}`)
    if (topics.length > 0) yield line(`    ${oneLine(topics.join(', '))}`)
    if (one.summary.trim()) yield line(`    ${indented(one.summary)}`)
  }
}

function* handoffsOf(queries: OpenedDatabase['queries'], { clientId }: Told): Generator<string, void> {
  const all = queries.select().from(handoffs).where(eq(handoffs.clientId, clientId)).orderBy(asc(handoffs.seq)).all()
  if (all.length > 0) yield heading('Who answered when')
  const owners = { ai: 'the clone', waiting: 'waiting for the coach', human: 'the coach', locked: 'locked in a crisis' }
  for (const { createdAt, fromOwner, toOwner, reason } of all)
    yield line(`${both.format(createdAt)}  ${owners[fromOwner]} → ${owners[toOwner]}: ${oneLine(reason)}`)
}

function* documentsOf(queries: OpenedDatabase['queries'], { clientId }: Told): Generator<string, void> {
  const all = queries.select({ title: documents.title }).from(documents).where(eq(documents.clientId, clientId)).all()
  if (all.length > 0) yield heading('Documents of the library for this client only (not in this archive)')
  for (const { title } of all) yield line(`- ${oneLine(title)}`)
}

const said = z.object({
  id: z.string(),
  sender_type: z.enum(['client', 'ai', 'human_coach', 'system']),
  content: z.string(),
  sent_at: z.number(),
  edited_at: z.number().nullable(),
  removed_at: z.number().nullable(),
  delivery_status: z.string(),
})
const undelivered: Readonly<Record<string, string>> = {
  failed: ' (never reached them)',
  unknown: ' (may not have reached them)',
  queued: ' (not sent yet)',
  sending: ' (being sent)',
}

function* conversationsOf({ sqlite, queries }: Reader, told: Told, clientName: string): Generator<string, void> {
  const { clientId, attachments, coachName } = told
  const names = { client: clientName, ai: 'Clone', human_coach: coachName.trim() || 'Coach', system: 'Notice' }
  const filesOf = sqlite.prepare('SELECT file_id FROM message_files WHERE message_id = ? ORDER BY position').pluck()
  const versionsOf = sqlite
    .prepare('SELECT content FROM message_versions WHERE message_id = ? ORDER BY version')
    .pluck()
  const threads = queries
    .select()
    .from(conversations)
    .where(eq(conversations.clientId, clientId))
    .orderBy(sql`${conversations.createdAt}`)
    .all()
  for (const { id, channel } of threads) {
    yield heading(`Conversation on ${oneLine(channel)}`)
    let day = ''
    const all = sqlite.prepare('SELECT * FROM messages WHERE client_id = ? AND conversation_id = ? ORDER BY seq')
    for (const row of all.iterate(clientId, id)) {
      const message = said.parse(row)
      if (days.format(message.sent_at) !== day) {
        day = days.format(message.sent_at)
        yield `${end}${line(day)}${line('-'.repeat(day.length))}`
      }
      const marks = `${undelivered[message.delivery_status] ?? ''}${message.removed_at === null ? '' : ' (deleted later)'}`
      yield line(
        `${times.format(message.sent_at)}  ${names[message.sender_type]}${marks}: ${indented(message.content)}`,
      )
      if (message.edited_at !== null)
        for (const before of versionsOf.all(message.id))
          yield line(`    before it was changed: ${indented(String(before))}`)
      for (const fileId of filesOf.all(message.id)) {
        const place = attachments.get(String(fileId))
        yield line(place ? `    file: ${place}` : '    a file that could not be read')
      }
    }
  }
}
