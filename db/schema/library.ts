import { blob, integer, primaryKey, real, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import {
  documentKinds,
  documentStates,
  updateStatuses,
  updateTriggers,
  updateTypes,
} from '../../shared/taxonomy/library.ts'

export const watchedFolders = sqliteTable('watched_folders', {
  id: text().primaryKey(),
  path: text().notNull(),
  checkedAt: integer('checked_at'),
  problem: text(),
  createdAt: integer('created_at').notNull(),
})

/**
 * Files of watched folders that are not taken in: removed by the coach (no time: never again), or with the content of
 * another document (until they change).
 */
export const ignoredFiles = sqliteTable('ignored_files', {
  path: text().primaryKey(),
  watchedFolderId: text('watched_folder_id').notNull(),
  modifiedAt: integer('modified_at'),
  bytes: integer(),
})

export const documents = sqliteTable('documents', {
  id: text().primaryKey(),
  title: text().notNull(),
  fileName: text('file_name').notNull(),
  folder: text().notNull().default(''),
  kind: text({ enum: documentKinds }).notNull(),
  watchedFolderId: text('watched_folder_id'),
  sourcePath: text('source_path'),
  sourceModifiedAt: integer('source_modified_at'),
  sourceGoneAt: integer('source_gone_at'),
  bytes: integer().notNull(),
  contentHash: text('content_hash').notNull(),
  /** The version that is searched; 0 until the first one is ready. Its passages carry the same number. */
  contentVersion: integer('content_version').notNull().default(0),
  /** The version that is being made, or the same where nothing is to be done. */
  nextVersion: integer('next_version').notNull().default(1),
  attempts: integer().notNull().default(0),
  fileId: text('file_id'),
  clientId: text('client_id'),
  state: text({ enum: documentStates }).notNull(),
  problem: text(),
  /** Why reading failed the last time, in the words of readingProblemCodes or of the contract's problems. */
  problemCode: text('problem_code'),
  notes: text({ mode: 'json' }).$type<readonly string[]>().notNull().default([]),
  pages: integer(),
  pageLabels: text('page_labels', { mode: 'json' }).$type<readonly string[]>(),
  passages: integer().notNull().default(0),
  lastUsedAt: integer('last_used_at'),
  timesUsed: integer('times_used').notNull().default(0),
  createdAt: integer('created_at').notNull(),
  updatedAt: integer('updated_at').notNull(),
})

export const documentTags = sqliteTable(
  'document_tags',
  { tag: text().notNull(), documentId: text('document_id').notNull() },
  (table) => [primaryKey({ columns: [table.tag, table.documentId] })],
)

/** What a reader made of a version of a document: the whole ReadDocument as JSON. */
export const documentTexts = sqliteTable(
  'document_texts',
  {
    documentId: text('document_id').notNull(),
    contentVersion: integer('content_version').notNull(),
    read: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.documentId, table.contentVersion] })],
)

export const chunks = sqliteTable('chunks', {
  seq: integer().primaryKey({ autoIncrement: true }),
  id: text().notNull(),
  documentId: text('document_id').notNull(),
  position: integer().notNull(),
  contentVersion: integer('content_version').notNull(),
  contentHash: text('content_hash').notNull(),
  title: text().notNull(),
  headingPath: text('heading_path').notNull().default(''),
  text: text().notNull(),
  tokens: integer().notNull(),
  pageFrom: integer('page_from'),
  pageTo: integer('page_to'),
  seconds: integer(),
  charFrom: integer('char_from').notNull(),
  charTo: integer('char_to').notNull(),
  indexedAt: integer('indexed_at'),
})

export const documentUpdates = sqliteTable('document_updates', {
  id: text().primaryKey(),
  documentId: text('document_id').notNull(),
  updateType: text('update_type', { enum: updateTypes }).notNull(),
  status: text({ enum: updateStatuses }).notNull(),
  chunksUpdated: integer('chunks_updated').notNull().default(0),
  chunksTotal: integer('chunks_total').notNull().default(0),
  triggeredBy: text('triggered_by', { enum: updateTriggers }).notNull(),
  problem: text(),
  createdAt: integer('created_at').notNull(),
  finishedAt: integer('finished_at'),
})

export const spaces = sqliteTable('spaces', {
  id: text().primaryKey(),
  model: text().notNull(),
  dimensions: integer().notNull(),
  state: text({ enum: ['building', 'active', 'retired'] }).notNull(),
  threshold: real(),
  /** What is taken from a vector before its signs are kept: the mean of the space, as float32. */
  centre: blob({ mode: 'buffer' }),
  /** Which row of chunk_bits goes with this centre. */
  centring: integer().notNull().default(0),
  problem: text(),
  details: text().notNull().default('{}'),
  createdAt: integer('created_at').notNull(),
})

export const chunkVectors = sqliteTable(
  'chunk_vectors',
  {
    spaceId: text('space_id').notNull(),
    chunkSeq: integer('chunk_seq').notNull(),
    vector: blob({ mode: 'buffer' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.spaceId, table.chunkSeq] })],
)

export const chunkBits = sqliteTable(
  'chunk_bits',
  {
    spaceId: text('space_id').notNull(),
    chunkSeq: integer('chunk_seq').notNull(),
    centring: integer().notNull(),
    bits: blob({ mode: 'buffer' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.spaceId, table.chunkSeq, table.centring] })],
)

export const conceptLinks = sqliteTable('concept_links', {
  id: text().primaryKey(),
  term: text().notNull(),
  other: text().notNull(),
  createdAt: integer('created_at').notNull(),
})

export const searchGaps = sqliteTable('search_gaps', {
  id: text().primaryKey(),
  question: text().notNull(),
  clientId: text('client_id'),
  times: integer().notNull().default(1),
  askedAt: integer('asked_at').notNull(),
  dismissedAt: integer('dismissed_at'),
})
