import { blob, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { deliveryStatuses, owners, senderTypes } from '../../shared/taxonomy/conversation.ts'

export const conversations = sqliteTable('conversations', {
  id: text().primaryKey(),
  clientId: text('client_id').notNull(),
  channel: text().notNull(),
  externalChatId: text('external_chat_id').notNull(),
  owner: text({ enum: owners }).notNull().default('ai'),
  epoch: integer().notNull().default(0),
  unreadCount: integer('unread_count').notNull().default(0),
  lastSeq: integer('last_seq').notNull().default(0),
  lastClientSeq: integer('last_client_seq').notNull().default(0),
  lastMessageId: text('last_message_id'),
  lastMessageAt: integer('last_message_at').notNull(),
  waitingSince: integer('waiting_since'),
  createdAt: integer('created_at').notNull(),
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
