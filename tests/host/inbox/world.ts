import { eq } from 'drizzle-orm'
import {
  agentExecutions,
  conversations,
  drafts,
  followUps,
  handoffs,
  jobs,
  messages,
  outbox,
} from '../../../db/schema/index.ts'
import { openMemoryDatabase } from '../../fixtures/memoryDatabase.ts'

type New<Table extends { $inferInsert: object }> = Partial<Table['$inferInsert']>

/** A real database with short hands for what an inbox is made of; messages move their conversation on as the house does. */
export const openInbox = () => {
  const database = openMemoryDatabase()
  const { queries, addClient } = database
  let made = 0
  const nextId = (kind: string): string => {
    made += 1
    return `${kind}-${made}`
  }
  const insertJob = (more: New<typeof jobs>): void => {
    queries
      .insert(jobs)
      .values({
        id: nextId('job'),
        kind: 'reply',
        payload: '{}',
        state: 'queued',
        runAt: 1,
        maxAttempts: 3,
        createdAt: 1,
        ...more,
      })
      .run()
  }
  return {
    ...database,
    nextId,
    /** A client with one conversation, both called by the same name. */
    addConversation: (id: string, more: New<typeof conversations> = {}): string => {
      const clientId = more.clientId ?? `client-${id}`
      if (more.clientId === undefined) addClient(clientId, id)
      queries
        .insert(conversations)
        .values({ id, clientId, channel: 'fake', externalChatId: id, lastMessageAt: 0, createdAt: 1, ...more })
        .run()
      return id
    },
    addMessage: (conversationId: string, more: New<typeof messages> = {}) => {
      const senderType = more.senderType ?? 'client'
      const conversation = queries.select().from(conversations).where(eq(conversations.id, conversationId)).get()
      if (!conversation) throw new Error(`No conversation ${conversationId}.`)
      const row = queries
        .insert(messages)
        .values({
          id: nextId('message'),
          conversationId,
          clientId: conversation.clientId,
          channel: conversation.channel,
          senderType,
          senderId: senderType,
          content: 'Hello',
          deliveryStatus: senderType === 'client' ? 'received' : 'sent',
          sentAt: 1_000,
          createdAt: 1_000,
          ...more,
        })
        .returning()
        .get()
      queries
        .update(conversations)
        .set({
          lastSeq: row.seq,
          lastMessageId: row.id,
          lastMessageAt: row.sentAt,
          ...(senderType === 'client' ? { lastClientSeq: row.seq } : {}),
        })
        .where(eq(conversations.id, conversationId))
        .run()
      return row
    },
    addRun: (conversationId: string, more: New<typeof agentExecutions>): string => {
      const id = nextId('run')
      queries
        .insert(agentExecutions)
        .values({
          id,
          conversationId,
          clientId: `client-${conversationId}`,
          epoch: 0,
          lastClientSeq: 0,
          status: 'sent',
          createdAt: 1,
          ...more,
        })
        .run()
      return id
    },
    addDraft: (conversationId: string, executionId: string, more: New<typeof drafts> = {}): void => {
      queries
        .insert(drafts)
        .values({
          id: nextId('draft'),
          conversationId,
          clientId: `client-${conversationId}`,
          executionId,
          text: 'A draft',
          lastClientSeq: 0,
          state: 'pending',
          createdAt: 1,
          ...more,
        })
        .run()
    },
    addOutgoing: (conversationId: string, more: New<typeof outbox>): string => {
      const id = nextId('outbox')
      queries
        .insert(outbox)
        .values({
          id,
          conversationId,
          clientId: `client-${conversationId}`,
          author: 'human',
          text: 'On its way',
          state: 'queued',
          sendAfter: 1,
          createdAt: 1,
          ...more,
        })
        .run()
      return id
    },
    addHandoff: (conversationId: string, more: New<typeof handoffs>): string => {
      const id = nextId('handoff')
      queries
        .insert(handoffs)
        .values({
          id,
          conversationId,
          clientId: `client-${conversationId}`,
          messageSeq: 0,
          fromOwner: 'ai',
          toOwner: 'waiting',
          trigger: 'score',
          reason: 'Because.',
          createdAt: 1,
          ...more,
        })
        .run()
      return id
    },
    addReplyJob: (conversationId: string): void => insertJob({ dedupeKey: conversationId }),
    addFollowUp: (conversationId: string, more: New<typeof followUps> = {}): void => {
      queries
        .insert(followUps)
        .values({
          id: nextId('followUp'),
          conversationId,
          clientId: `client-${conversationId}`,
          reason: 'Ask how they are',
          dueAt: 1,
          createdAt: 1,
          ...more,
        })
        .run()
    },
  }
}
export type Inbox = ReturnType<typeof openInbox>
