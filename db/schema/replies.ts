import { integer, real, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { baseIntents, draftStates, executionStatuses, feedbackReasons } from '../../shared/taxonomy/conversation.ts'
import { situations } from '../../shared/taxonomy/situations.ts'

export const agentExecutions = sqliteTable('agent_executions', {
  seq: integer().primaryKey({ autoIncrement: true }),
  id: text().notNull(),
  conversationId: text('conversation_id').notNull(),
  clientId: text('client_id').notNull(),
  epoch: integer().notNull(),
  lastClientSeq: integer('last_client_seq').notNull(),
  status: text({ enum: executionStatuses }).notNull(),
  baseIntent: text('base_intent', { enum: baseIntents }).notNull().default('UNKNOWN'),
  requiresResponse: integer('requires_response', { mode: 'boolean' }),
  draftReply: text('draft_reply'),
  confidence: real(),
  confidenceParts: text('confidence_parts').notNull().default('[]'),
  contextItems: text('context_items').notNull().default('[]'),
  signals: text().notNull().default('{}'),
  promptVersion: text('prompt_version'),
  model: text(),
  promptTokens: integer('prompt_tokens'),
  completionTokens: integer('completion_tokens'),
  latencyMs: integer('latency_ms'),
  errorCode: text('error_code'),
  error: text(),
  createdAt: integer('created_at').notNull(),
  finishedAt: integer('finished_at'),
  costMicros: integer('cost_micros'),
  wordCount: integer('word_count'),
  hint: text(),
  handoffScore: integer('handoff_score'),
})

export const replyFeedback = sqliteTable('reply_feedback', {
  messageId: text('message_id').notNull(),
  author: text({ enum: ['coach', 'client'] }).notNull(),
  isHelpful: integer('is_helpful', { mode: 'boolean' }),
  reason: text({ enum: feedbackReasons }),
  shouldHaveHandedOver: integer('should_have_handed_over', { mode: 'boolean' }).notNull().default(false),
  createdAt: integer('created_at').notNull(),
})

export const drafts = sqliteTable('drafts', {
  id: text().primaryKey(),
  conversationId: text('conversation_id').notNull(),
  clientId: text('client_id').notNull(),
  executionId: text('execution_id').notNull(),
  text: text().notNull(),
  lastClientSeq: integer('last_client_seq').notNull(),
  state: text({ enum: draftStates }).notNull(),
  createdAt: integer('created_at').notNull(),
  decidedAt: integer('decided_at'),
})

export const draftFeedback = sqliteTable('draft_feedback', {
  id: text().primaryKey(),
  conversationId: text('conversation_id').notNull(),
  clientId: text('client_id').notNull(),
  executionId: text('execution_id').notNull(),
  outcome: text({ enum: ['sent', 'edited', 'discarded'] }).notNull(),
  originalDraft: text('original_draft').notNull(),
  sentVersion: text('sent_version'),
  editDistance: real('edit_distance'),
  analyzed: integer({ mode: 'boolean' }).notNull().default(false),
  createdAt: integer('created_at').notNull(),
  situationType: text('situation_type', { enum: situations }).notNull().default('other'),
  changeKinds: text('change_kinds').notNull().default('[]'),
  diffSummary: text('diff_summary').notNull().default(''),
  traits: text().notNull().default('{}'),
})
