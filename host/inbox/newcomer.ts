import { and, eq } from 'drizzle-orm'
import { newId } from '../../db/ids.ts'
import { clients, coaches, conversations } from '../../db/schema/index.ts'
import type { Tx } from '../../db/write.ts'
import { Problem } from '../../shared/problem.ts'
import type { InboundMessage } from '../channels/index.ts'
import type { ConversationRecord } from '../conversations/index.ts'

interface Arrival {
  readonly channel: string
  readonly isPractice: boolean
  readonly asksBeforeAccepting: boolean
  readonly now: number
}

/** The conversation a message belongs to; where it is the first, a new client with one, or a request to become one. */
export const conversationFor = (tx: Tx, inbound: InboundMessage, arrival: Arrival): ConversationRecord =>
  findConversation(tx, arrival.channel, inbound.chatId) ?? openConversation(tx, inbound, arrival)

export const findConversation = (
  { queries }: Pick<Tx, 'queries'>,
  channel: string,
  chatId: string,
): ConversationRecord | undefined =>
  queries
    .select()
    .from(conversations)
    .where(and(eq(conversations.channel, channel), eq(conversations.externalChatId, chatId)))
    .get()

const openConversation = (
  tx: Tx,
  inbound: InboundMessage,
  { channel, isPractice, asksBeforeAccepting, now }: Arrival,
): ConversationRecord => {
  const coach = tx.queries.select({ id: coaches.id }).from(coaches).get()
  if (!coach) throw new Problem('INTERNAL', 'The console is not set up yet.')
  const clientId = newId(now)
  tx.queries
    .insert(clients)
    .values({
      id: clientId,
      coachId: coach.id,
      name: (inbound.clientName ?? inbound.senderName).trim().slice(0, 120) || 'New client',
      timeZone: inbound.timeZone ?? null,
      isPractice,
      createdAt: now,
      updatedAt: now,
    })
    .run()
  tx.changed('clients')
  return tx.queries
    .insert(conversations)
    .values({
      id: newId(now),
      clientId,
      channel,
      externalChatId: inbound.chatId,
      handle: inbound.from === 'coach' ? null : (inbound.handle ?? null),
      // Whom the coach writes to on their own phone may be a friend: the clone answers only who was let in.
      acceptance: asksBeforeAccepting ? 'requested' : 'accepted',
      lastMessageAt: inbound.sentAt,
      createdAt: now,
    })
    .returning()
    .get()
}
