import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { ledgerPurposes } from '../../shared/taxonomy/conversation.ts'
import { refinementStatuses } from '../../shared/taxonomy/memory.ts'

export const settings = sqliteTable('settings', {
  key: text().primaryKey(),
  value: text().notNull(),
  updatedAt: integer('updated_at').notNull(),
})

export const channelCursors = sqliteTable('channel_cursors', {
  channel: text().primaryKey(),
  cursor: text().notNull(),
  updatedAt: integer('updated_at').notNull(),
})

export const channelDedupe = sqliteTable('channel_dedupe', {
  channel: text().notNull(),
  updateId: text('update_id').notNull(),
  seenAt: integer('seen_at').notNull(),
})

export const channelGaps = sqliteTable('channel_gaps', {
  id: text().primaryKey(),
  channel: text().notNull(),
  fromAt: integer('from_at').notNull(),
  toAt: integer('to_at').notNull(),
})

export const channelMemory = sqliteTable('channel_memory', {
  channel: text().primaryKey(),
  memory: text().notNull(),
  updatedAt: integer('updated_at').notNull(),
})

export const jobs = sqliteTable('jobs', {
  seq: integer().primaryKey({ autoIncrement: true }),
  id: text().notNull(),
  kind: text().notNull(),
  dedupeKey: text('dedupe_key'),
  clientId: text('client_id'),
  payload: text().notNull(),
  state: text({ enum: ['queued', 'running', 'done', 'failed'] }).notNull(),
  runAt: integer('run_at').notNull(),
  attempts: integer().notNull().default(0),
  maxAttempts: integer('max_attempts').notNull(),
  leaseUntil: integer('lease_until'),
  errorCode: text('error_code'),
  createdAt: integer('created_at').notNull(),
  finishedAt: integer('finished_at'),
})

export const egressLedger = sqliteTable('egress_ledger', {
  seq: integer().primaryKey({ autoIncrement: true }),
  id: text().notNull(),
  purpose: text({ enum: ledgerPurposes }).notNull(),
  destination: text().notNull(),
  clientId: text('client_id'),
  executionId: text('execution_id'),
  messageId: text('message_id'),
  bytesOut: integer('bytes_out').notNull(),
  bytesIn: integer('bytes_in'),
  calls: integer().notNull().default(1),
  payload: text(),
  replacedNames: integer('replaced_names').notNull().default(0),
  status: text({ enum: ['pending', 'ok', 'failed', 'blocked'] }).notNull(),
  errorCode: text('error_code'),
  latencyMs: integer('latency_ms'),
  createdAt: integer('created_at').notNull(),
})

/** One reading of a batch of messages by a model: how far it came, what came of it and what it cost; no word of anybody's. */
export const memoryRefinements = sqliteTable('memory_refinements', {
  seq: integer().primaryKey({ autoIncrement: true }),
  id: text().notNull(),
  clientId: text('client_id').notNull(),
  conversationId: text('conversation_id').notNull(),
  status: text({ enum: refinementStatuses }).notNull(),
  /** The last message of the conversation that this or an earlier reading dealt with. */
  uptoSeq: integer('upto_seq').notNull(),
  /** Up to which change of the client's messages it took note. */
  changeSeq: integer('change_seq').notNull(),
  messageCount: integer('message_count').notNull(),
  kept: integer().notNull().default(0),
  /** Found, but rules had read it already, or the coach decided about it. */
  known: integer().notNull().default(0),
  rejected: integer().notNull().default(0),
  /** How many were rejected for which reason. */
  rejections: text().notNull().default('{}'),
  promptVersion: text('prompt_version').notNull(),
  model: text(),
  promptTokens: integer('prompt_tokens'),
  completionTokens: integer('completion_tokens'),
  costMicros: integer('cost_micros'),
  latencyMs: integer('latency_ms'),
  errorCode: text('error_code'),
  createdAt: integer('created_at').notNull(),
  finishedAt: integer('finished_at'),
})
