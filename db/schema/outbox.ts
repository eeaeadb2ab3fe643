import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { outboxAuthors, outboxStates } from '../../shared/taxonomy/conversation.ts'

export const outbox = sqliteTable('outbox', {
  seq: integer().primaryKey({ autoIncrement: true }),
  id: text().notNull(),
  conversationId: text('conversation_id').notNull(),
  clientId: text('client_id').notNull(),
  messageId: text('message_id'),
  draftId: text('draft_id'),
  executionId: text('execution_id'),
  author: text({ enum: outboxAuthors }).notNull(),
  text: text().notNull(),
  metadata: text().notNull().default('{}'),
  expectedEpoch: integer('expected_epoch'),
  expectedClientSeq: integer('expected_client_seq'),
  state: text({ enum: outboxStates }).notNull(),
  errorCode: text('error_code'),
  error: text(),
  attempts: integer().notNull().default(0),
  sendAfter: integer('send_after').notNull(),
  createdAt: integer('created_at').notNull(),
  settledAt: integer('settled_at'),
})
