import { integer, real, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { alertOutcomes, alertRoutes, handoffTriggers, owners } from '../../shared/taxonomy/conversation.ts'

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

/** Every time the coach was called about a handoff: louder each level, in the console or on their own device. */
export const alerts = sqliteTable('alerts', {
  seq: integer().primaryKey({ autoIncrement: true }),
  handoffId: text('handoff_id').notNull(),
  level: integer().notNull(),
  route: text({ enum: alertRoutes }).notNull(),
  outcome: text({ enum: alertOutcomes }).notNull(),
  detail: text().notNull().default(''),
  createdAt: integer('created_at').notNull(),
})

export const followUps = sqliteTable('follow_ups', {
  id: text().primaryKey(),
  clientId: text('client_id').notNull(),
  conversationId: text('conversation_id').notNull(),
  handoffId: text('handoff_id'),
  reason: text().notNull(),
  dueAt: integer('due_at').notNull(),
  doneAt: integer('done_at'),
  createdAt: integer('created_at').notNull(),
})
