import {
  agentExecutions,
  conversations,
  draftFeedback,
  handoffs,
  messages,
  outbox,
  replyFeedback,
} from '../../../db/schema/index.ts'
import type { MessageMetadata } from '../../../shared/contract/messages.ts'
import type { ExecutionStatus, HandoffTrigger, Owner, SenderType } from '../../../shared/taxonomy/conversation.ts'
import { openMemoryDatabase } from '../../fixtures/memoryDatabase.ts'

/** A database in which a test says what happened, and when. */
export const openLedger = () => {
  const db = openMemoryDatabase()
  let count = 0
  const nextId = (kind: string): string => {
    count += 1
    return `${kind}-${count}`
  }
  const of = (client: string) => ({ clientId: client, conversationId: `with-${client}` })

  return {
    queries: db.queries,
    sqlite: db.sqlite,
    close: db.close,
    client: (name: string, isPractice = false): string => {
      db.addClient(name, name, { isPractice })
      db.queries
        .insert(conversations)
        .values({
          id: `with-${name}`,
          clientId: name,
          channel: 'fake',
          externalChatId: name,
          lastMessageAt: 1,
          createdAt: 1,
        })
        .run()
      return name
    },
    message: (client: string, senderType: SenderType, createdAt: number, metadata: MessageMetadata = {}) =>
      db.queries
        .insert(messages)
        .values({
          ...of(client),
          id: nextId('message'),
          channel: 'fake',
          senderType,
          senderId: senderType,
          content: `Words of ${senderType}`,
          metadata: JSON.stringify(metadata),
          deliveryStatus: 'sent',
          sentAt: createdAt,
          createdAt,
        })
        .returning()
        .get(),
    handoff: (
      client: string,
      createdAt: number,
      more: {
        from?: Owner
        to?: Owner
        trigger?: HandoffTrigger
        acknowledgedAt?: number
        endedAt?: number
        messageSeq?: number
        executionId?: string
      } = {},
    ) =>
      db.queries
        .insert(handoffs)
        .values({
          ...of(client),
          id: nextId('handoff'),
          messageSeq: more.messageSeq ?? 0,
          fromOwner: more.from ?? 'ai',
          toOwner: more.to ?? 'waiting',
          trigger: more.trigger ?? 'score',
          reason: `Because of ${more.trigger ?? 'score'}.`,
          acknowledgedAt: more.acknowledgedAt ?? null,
          endedAt: more.endedAt ?? null,
          executionId: more.executionId ?? null,
          createdAt,
        })
        .run(),
    run: (
      client: string,
      finishedAt: number,
      status: ExecutionStatus,
      more: Partial<typeof agentExecutions.$inferInsert> = {},
    ): string => {
      const id = nextId('run')
      db.queries
        .insert(agentExecutions)
        .values({ ...of(client), id, epoch: 1, lastClientSeq: 0, status, createdAt: finishedAt, finishedAt, ...more })
        .run()
      return id
    },
    draft: (
      client: string,
      createdAt: number,
      outcome: 'sent' | 'edited' | 'discarded',
      editDistance: number | null,
      messageId?: string,
    ): void => {
      const executionId = nextId('run')
      db.queries
        .insert(agentExecutions)
        .values({ ...of(client), id: executionId, epoch: 1, lastClientSeq: 0, status: 'sent', createdAt })
        .run()
      db.queries
        .insert(draftFeedback)
        .values({
          ...of(client),
          id: nextId('feedback'),
          executionId,
          outcome,
          originalDraft: 'Draft',
          sentVersion: outcome === 'discarded' ? null : 'Sent draft',
          editDistance,
          createdAt,
        })
        .run()
      if (messageId === undefined) return
      const draftId = nextId('draft')
      db.sqlite
        .prepare(
          `INSERT INTO drafts (id, conversation_id, client_id, execution_id, text, last_client_seq, state, created_at)
           VALUES (?, ?, ?, ?, 'Draft', 0, 'sent', ?)`,
        )
        .run(draftId, `with-${client}`, client, executionId, createdAt)
      db.queries
        .insert(outbox)
        .values({
          ...of(client),
          id: nextId('outbox'),
          messageId,
          draftId,
          executionId,
          author: 'approved_draft',
          text: 'Sent draft',
          state: 'sent',
          sendAfter: createdAt,
          createdAt,
        })
        .run()
    },
    /** The words of a run have gone out as this message. */
    sent: (client: string, executionId: string, messageId: string, createdAt: number): void =>
      void db.queries
        .insert(outbox)
        .values({
          ...of(client),
          id: nextId('outbox'),
          messageId,
          executionId,
          author: 'ai',
          text: 'Words of ai',
          state: 'sent',
          sendAfter: createdAt,
          createdAt,
        })
        .run(),
    /** What the coach did with the draft of a run. */
    decision: (
      client: string,
      executionId: string,
      outcome: 'sent' | 'edited' | 'discarded',
      editDistance: number | null,
      createdAt: number,
    ): void =>
      void db.queries
        .insert(draftFeedback)
        .values({
          ...of(client),
          id: nextId('feedback'),
          executionId,
          outcome,
          originalDraft: 'Draft',
          sentVersion: 'Sent draft',
          editDistance,
          createdAt,
        })
        .run(),
    mark: (messageId: string, createdAt: number): void =>
      void db.queries
        .insert(replyFeedback)
        .values({ messageId, author: 'coach', shouldHaveHandedOver: true, createdAt })
        .run(),
  }
}
export type Ledger = ReturnType<typeof openLedger>
