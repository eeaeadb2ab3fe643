import { integer, real, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { handoffTriggers, owners } from '../../shared/taxonomy/conversation.ts'

export const handoffs = sqliteTable('handoffs', {
  seq: integer().primaryKey({ autoIncrement: true }),
  id: text().notNull(),
  conversationId: text('conversation_id').notNull(),
  clientId: text('client_id').notNull(),
  executionId: text('execution_id'),
  messageSeq: integer('message_seq').notNull(),
  fromOwner: text('from_owner', { enum: owners }).notNull(),
  toOwner: text('to_owner', { enum: owners }).notNull(),
  trigger: text({ enum: handoffTriggers }).notNull(),
  reason: text().notNull(),
  score: integer(),
  parts: text().notNull().default('[]'),
  aiConfidenceBefore: real('ai_confidence_before'),
  aiConfidenceAfter: real('ai_confidence_after'),
  humanDurationMinutes: real('human_duration_minutes'),
  messagesInIntervention: integer('messages_in_intervention'),
  acknowledgedAt: integer('acknowledged_at'),
  endedAt: integer('ended_at'),
  createdAt: integer('created_at').notNull(),
})
