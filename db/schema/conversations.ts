import { blob, integer, real, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import {
  acceptances,
  crisisSeverities,
  deliveryStatuses,
  owners,
  senderTypes,
  unreadableKinds,
} from '../../shared/taxonomy/conversation.ts'
import { emotions, situations } from '../../shared/taxonomy/situations.ts'

export const conversations = sqliteTable('conversations', {
  id: text().primaryKey(),
  clientId: text('client_id').notNull(),
  channel: text().notNull(),
  externalChatId: text('external_chat_id').notNull(),
  owner: text({ enum: owners }).notNull().default('ai'),
  epoch: integer().notNull().default(0),
  unreadCount: integer('unread_count').notNull().default(0),
  lastSeq: integer('last_seq').notNull().default(0),
  /** The client's newest message that they have not taken back. */
  lastClientSeq: integer('last_client_seq').notNull().default(0),
  lastMessageId: text('last_message_id'),
  lastMessageAt: integer('last_message_at').notNull(),
  waitingSince: integer('waiting_since'),
  createdAt: integer('created_at').notNull(),
  acceptance: text({ enum: acceptances }).notNull().default('accepted'),
  snoozedUntil: integer('snoozed_until'),
  doneAt: integer('done_at'),
  handle: text(),
  isReachable: integer('is_reachable', { mode: 'boolean' }).notNull().default(true),
  handbackAskedAt: integer('handback_asked_at'),
})

export const messages = sqliteTable('messages', {
  seq: integer().primaryKey({ autoIncrement: true }),
  id: text().notNull(),
  conversationId: text('conversation_id').notNull(),
  clientId: text('client_id').notNull(),
  channel: text().notNull(),
  externalId: text('external_id'),
  senderType: text('sender_type', { enum: senderTypes }).notNull(),
  senderId: text('sender_id').notNull(),
  content: text().notNull(),
  metadata: text().notNull().default('{}'),
  deliveryStatus: text('delivery_status', { enum: deliveryStatuses }).notNull(),
  sentAt: integer('sent_at').notNull(),
  createdAt: integer('created_at').notNull(),
  deliveredAt: integer('delivered_at'),
  readAt: integer('read_at'),
  engagedAt: integer('engaged_at'),
  costMicros: integer('cost_micros'),
  editedAt: integer('edited_at'),
  removedAt: integer('removed_at'),
  replyTo: text('reply_to'),
  unreadable: text({ enum: unreadableKinds }),
})

/** Earlier texts of an edited message, oldest first. */
export const messageVersions = sqliteTable('message_versions', {
  messageId: text('message_id').notNull(),
  version: integer().notNull(),
  content: text().notNull(),
  replacedAt: integer('replaced_at').notNull(),
})

/** Ids of the further parts of a text the channel had to split. */
export const messageParts = sqliteTable('message_parts', {
  messageId: text('message_id').notNull(),
  position: integer().notNull(),
  externalId: text('external_id').notNull(),
})

export const messageSignals = sqliteTable('message_signals', {
  messageSeq: integer('message_seq').primaryKey(),
  crisisSeverity: text('crisis_severity', { enum: crisisSeverities }).notNull(),
  crisisKinds: text('crisis_kinds').notNull().default('[]'),
  sentiment: real().notNull(),
  urgency: real().notNull(),
  highStakes: integer('high_stakes', { mode: 'boolean' }).notNull(),
  requestsHuman: integer('requests_human', { mode: 'boolean' }).notNull(),
  emotion: text({ enum: emotions }).notNull(),
  situation: text({ enum: situations }).notNull(),
})

export const composerTexts = sqliteTable('composer_texts', {
  conversationId: text('conversation_id').primaryKey(),
  text: text().notNull(),
  updatedAt: integer('updated_at').notNull(),
})

export const files = sqliteTable('files', {
  id: text().primaryKey(),
  purpose: text({ enum: ['attachment', 'original', 'page', 'temporary'] }).notNull(),
  clientId: text('client_id'),
  name: text().notNull(),
  mediaType: text('media_type').notNull(),
  size: integer().notNull(),
  key: blob({ mode: 'buffer' }).notNull(),
  createdAt: integer('created_at').notNull(),
})

export const messageFiles = sqliteTable('message_files', {
  messageId: text('message_id').notNull(),
  fileId: text('file_id').notNull(),
  position: integer().notNull(),
})
