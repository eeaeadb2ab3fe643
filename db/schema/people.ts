import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { replyModes } from '../../shared/taxonomy/conversation.ts'

export const coaches = sqliteTable('coaches', {
  id: text().primaryKey(),
  name: text().notNull(),
  createdAt: integer('created_at').notNull(),
})

/** What the coach writes about a client and no client ever sees. */
export const notes = sqliteTable('notes', {
  id: text().primaryKey(),
  clientId: text('client_id').notNull(),
  text: text().notNull(),
  createdAt: integer('created_at').notNull(),
  updatedAt: integer('updated_at').notNull(),
})

export const cannedReplies = sqliteTable('canned_replies', {
  id: text().primaryKey(),
  name: text().notNull(),
  text: text().notNull(),
  timesUsed: integer('times_used').notNull().default(0),
  createdAt: integer('created_at').notNull(),
  updatedAt: integer('updated_at').notNull(),
})

export const clients = sqliteTable('clients', {
  id: text().primaryKey(),
  coachId: text('coach_id').notNull(),
  name: text().notNull(),
  timeZone: text('time_zone'),
  region: text(),
  replyMode: text('reply_mode', { enum: replyModes }),
  isSensitive: integer('is_sensitive', { mode: 'boolean' }).notNull().default(false),
  isPractice: integer('is_practice', { mode: 'boolean' }).notNull().default(false),
  about: text().notNull().default(''),
  /** Names under which they were another client before a merge; they are hidden from models like the present one. */
  formerNames: text('former_names', { mode: 'json' }).$type<readonly string[]>().notNull().default([]),
  createdAt: integer('created_at').notNull(),
  updatedAt: integer('updated_at').notNull(),
})
