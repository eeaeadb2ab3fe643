import type { OpenedDatabase } from '../../../db/open.ts'
import { clients, coaches, conversations, messages } from '../../../db/schema/index.ts'

type Data = Pick<OpenedDatabase, 'queries'>

/** A coach, a client and a conversation to hang messages on. */
export const insertConversation = ({ queries }: Data, id = 'c1'): void => {
  if (!queries.select().from(coaches).get()) {
    queries.insert(coaches).values({ id: 'coach', name: 'Mara', createdAt: 1 }).run()
  }
  const coach = queries.select().from(coaches).get()
  const person = { id, coachId: coach?.id ?? '', name: 'Noor', createdAt: 1, updatedAt: 1 }
  queries.insert(clients).values(person).run()
  const thread = { id, clientId: id, channel: 'practice', externalChatId: id, lastMessageAt: 1, createdAt: 1 }
  queries.insert(conversations).values(thread).run()
}

export const insertMessage = ({ queries }: Data, id: string, content: string, conversationId = 'c1'): void => {
  const row = {
    id,
    conversationId,
    clientId: conversationId,
    channel: 'practice',
    senderType: 'client',
    senderId: conversationId,
    content,
    deliveryStatus: 'received',
    sentAt: 1,
    createdAt: 1,
  } as const
  queries.insert(messages).values(row).run()
}

export const contents = ({ queries }: Data): string[] =>
  queries
    .select({ content: messages.content })
    .from(messages)
    .orderBy(messages.seq)
    .all()
    .map((row) => row.content)
