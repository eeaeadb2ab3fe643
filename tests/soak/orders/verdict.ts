import { eq } from 'drizzle-orm'
import { conversations } from '../../../db/schema/index.ts'
import { isUnanswered } from '../../../host/conversations/index.ts'
import { crisisEndedAt, openHandoffOf } from '../../../host/handoff/index.ts'
import { readConversation, readThread } from '../../../host/inbox/index.ts'
import { chatOf } from './book.ts'
import type { World } from './world.ts'

/** What a person or the model may cause again by themselves, without a new word of the client. */
const newFailures: ReadonlySet<string> = new Set(['generation_failed', 'unsafe_generation', 'no_model', 'budget'])

/** Holds the database against what clients, coach and far end know, once everything has come to rest. */
export const judgeRest = (world: World, chatId: string): void => {
  const { book } = world.state
  const fault = (words: string): void => void book.faults.push(`${chatId}: ${words}`)
  const { queries, settings } = world.house()
  const written = world.far.written.filter((entry) => entry.update.chatId === chatId)
  const conversation = queries.select().from(conversations).where(eq(conversations.externalChatId, chatId)).get()
  if (!conversation) {
    if (written.length > 0) fault('every message is lost')
    return
  }
  const rows = <T>(sql: string): T[] => world.sqlite().prepare<[string], T>(sql).all(conversation.id)

  const stored = rows<{ content: string }>(
    "SELECT content FROM messages WHERE conversation_id = ? AND sender_type = 'client' ORDER BY seq",
  ).map((row) => row.content)
  const sent = written.map((entry) => entry.update.text)
  if (stored.join('\n') !== sent.join('\n')) fault(`written: ${sent.join(' | ')}; stored: ${stored.join(' | ')}`)

  for (const { id, state } of rows<{ id: string; state: string }>(
    "SELECT id, state FROM outbox WHERE conversation_id = ? AND state IN ('queued','sending')",
  ))
    fault(`${id} is still ${state}`)
  if (rows("SELECT 1 FROM agent_executions WHERE conversation_id = ? AND status = 'running'").length > 0)
    fault('a run never ended')

  const unheard = rows<{ seq: number }>(
    `SELECT m.seq AS seq FROM messages m WHERE m.conversation_id = ? AND m.sender_type = 'client' AND m.content LIKE '%kill myself%'
       AND NOT EXISTS (SELECT 1 FROM handoffs h WHERE h.conversation_id = m.conversation_id AND h.trigger = 'safety_crisis'
         AND h.to_owner IN ('locked','human') AND h.message_seq <= m.seq
         AND NOT EXISTS (SELECT 1 FROM handoffs back WHERE back.conversation_id = h.conversation_id AND back.to_owner = 'ai'
                         AND back.seq > h.seq AND back.message_seq < m.seq))`,
  )
  for (const { seq } of unheard) fault(`the crisis in message ${seq} went unheard`)

  const shown = readConversation(queries, conversation.id, settings.values())
  const thread = readThread(queries, { conversationId: conversation.id, limit: 1_000 }, 'Robin Vale').messages
  const troubles = new Set(thread.flatMap((message) => (message.trouble ? [message.trouble.outboxId] : [])))
  for (const { id, state } of rows<{ id: string; state: string }>(
    'SELECT id, state FROM outbox WHERE conversation_id = ?',
  )) {
    if ((state === 'failed' || state === 'unknown') && !troubles.has(id)) fault(`${id} is ${state}, and nobody sees it`)
    const approval = book.approvals.get(id)
    if (!approval || book.settled.has(id) || state === 'sent' || troubles.has(id)) continue
    if (shown.draft?.id !== approval.draftId) fault(`the approved draft ${approval.text} is ${state} and gone`)
    else if (shown.draft.text !== approval.text) fault(`the approved draft ${approval.text} came back as it was before`)
  }
  if (Boolean(openHandoffOf(queries, conversation.id)) !== (conversation.owner !== 'ai'))
    fault(`the owner is ${conversation.owner}, and the open handoff says otherwise`)

  for (const loop of rows<{ trigger: string }>(
    `SELECT raised.trigger AS trigger FROM handoffs raised JOIN handoffs back ON back.seq =
       (SELECT max(seq) FROM handoffs WHERE conversation_id = raised.conversation_id AND seq < raised.seq AND to_owner = 'ai')
     WHERE raised.conversation_id = ? AND raised.to_owner IN ('waiting','locked')
       AND NOT EXISTS (SELECT 1 FROM messages WHERE conversation_id = raised.conversation_id AND sender_type = 'client'
                       AND seq > back.message_seq AND seq <= raised.message_seq)`,
  ))
    if (!newFailures.has(loop.trigger)) fault(`${loop.trigger} was raised again without a new word of the client`)

  if (conversation.owner !== 'ai' || shown.replyMode === 'off' || !isUnanswered(queries, conversation)) return
  const endedCrisis = crisisEndedAt(queries, conversation.id) >= conversation.lastClientSeq
  const neededNone =
    rows<{ seq: number }>(
      "SELECT last_client_seq AS seq FROM agent_executions WHERE conversation_id = ? AND status = 'silent' ORDER BY seq DESC",
    )[0]?.seq === conversation.lastClientSeq
  const wasDiscarded = chatOf(book, chatId).discardedAt === conversation.lastClientSeq
  // A reply the channel refused is shown as trouble, and is the coach's to settle.
  const wasTried =
    rows(
      `SELECT 1 FROM outbox o JOIN messages m ON m.id = o.message_id JOIN conversations c ON c.id = o.conversation_id
       WHERE o.conversation_id = ? AND o.author <> 'notice' AND o.attempts > 0 AND m.seq > c.last_client_seq`,
    ).length > 0
  if (endedCrisis || neededNone || wasTried) return
  if (shown.replyMode === 'drafts' ? !shown.draft && !wasDiscarded : true)
    fault(`the clone stays silent in mode ${shown.replyMode}`)
}
