import { type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Queries } from '../../db/sqlite.ts'
import { type DocumentRow, documentRow } from '../../shared/contract/library.ts'
import { Problem } from '../../shared/problem.ts'
import type { documentSorts } from '../../shared/taxonomy/library.ts'
import type { Ingest } from './ingest.ts'

const working = sql`('queued','reading','chunking','indexing')`

const states = {
  ready: sql`d.state = 'ready'`,
  working: sql`d.state IN ${working}`,
  failed: sql`d.state = 'failed'`,
  paused: sql`d.state = 'paused'`,
} satisfies Record<string, SQL>

/** While everything is paused, nothing is being read. */
const whilePaused = {
  ...states,
  working: sql`0`,
  paused: sql`(d.state = 'paused' OR d.state IN ${working})`,
} satisfies typeof states

/** Every order ends with the id, so that a page can go on after the last row of the one before. */
const orders = {
  newest: { by: sql`-d.created_at`, key: sql`-d.created_at` },
  title: { by: sql`d.title COLLATE NOCASE`, key: sql`d.title COLLATE NOCASE` },
  last_used: { by: sql`-coalesce(d.last_used_at, 0)`, key: sql`-coalesce(d.last_used_at, 0)` },
  largest: { by: sql`-d.bytes`, key: sql`-d.bytes` },
} satisfies Record<(typeof documentSorts)[number], { by: SQL; key: SQL }>

const stored = documentRow.omit({ progress: true, notes: true, tags: true }).extend({
  isWatched: z.coerce.boolean(),
  isSourceGone: z.coerce.boolean(),
  notes: z.string(),
  tags: z.string(),
  sortKey: z.union([z.string(), z.number()]),
})
const texts = z.array(z.string())
const cursorShape = z.tuple([z.union([z.string(), z.number()]), z.string()])

const columns = (key: SQL) => sql`
  SELECT d.id, d.title, d.file_name AS fileName, d.folder, d.kind, d.bytes, d.pages, d.passages, d.state, d.problem, d.notes,
    d.client_id AS clientId, cl.name AS clientName, d.watched_folder_id IS NOT NULL AS isWatched, d.source_gone_at IS NOT NULL AS isSourceGone,
    d.content_version AS contentVersion, d.times_used AS timesUsed, d.last_used_at AS lastUsedAt,
    d.created_at AS createdAt, d.updated_at AS updatedAt, ${key} AS sortKey,
    (SELECT json_group_array(t.tag) FROM document_tags t WHERE t.document_id = d.id) AS tags
  FROM documents d LEFT JOIN clients cl ON cl.id = d.client_id`

export interface ListInput {
  readonly words?: string | undefined
  readonly folder?: string | undefined
  readonly tag?: string | undefined
  readonly state?: keyof typeof states | undefined
  readonly clientId?: string | undefined
  readonly sort: (typeof documentSorts)[number]
  readonly cursor?: string | undefined
  readonly limit: number
}

type Progress = Pick<Ingest, 'progressOf' | 'isPaused'>

const toRow = (raw: unknown, progress: Progress): DocumentRow & { sortKey: string | number } => {
  const row = stored.parse(raw)
  return {
    ...row,
    notes: texts.parse(JSON.parse(row.notes)),
    tags: texts.parse(JSON.parse(row.tags)),
    progress: progress.progressOf(row.id),
  }
}

const escapeLike = (text: string): string => text.replace(/[\\%_]/gu, (sign) => `\\${sign}`)

/** One page of the library; `cursor` is the `nextCursor` of the page before. */
export const listDocuments = (
  queries: Queries,
  input: ListInput,
  progress: Progress,
): { rows: DocumentRow[]; nextCursor: string | null; total: number } => {
  const { by, key } = orders[input.sort]
  const conditions: SQL[] = [sql`1`]
  if (input.words)
    for (const word of input.words.trim().split(/\s+/u))
      conditions.push(sql`(d.title || ' ' || d.file_name) LIKE ${`%${escapeLike(word)}%`} ESCAPE '\\'`)
  if (input.folder !== undefined)
    conditions.push(
      sql`(d.folder = ${input.folder} OR substr(d.folder, 1, ${input.folder.length + 1}) = ${`${input.folder}/`})`,
    )
  if (input.tag !== undefined)
    conditions.push(sql`EXISTS (SELECT 1 FROM document_tags t WHERE t.document_id = d.id AND t.tag = ${input.tag})`)
  if (input.state !== undefined) conditions.push((progress.isPaused() ? whilePaused : states)[input.state])
  if (input.clientId !== undefined) conditions.push(sql`d.client_id = ${input.clientId}`)
  const where = sql.join(conditions, sql` AND `)
  const { total } = z
    .object({ total: z.number() })
    .parse(queries.get(sql`SELECT count(*) AS total FROM documents d WHERE ${where}`))
  const after = input.cursor === undefined ? sql`` : afterCursor(input.cursor, key)
  const found = queries
    .all(sql`${columns(key)} WHERE ${where} ${after} ORDER BY ${by}, d.id LIMIT ${input.limit + 1}`)
    .map((raw) => toRow(raw, progress))
  const rows = found.slice(0, input.limit)
  const last = rows.at(-1)
  const nextCursor = found.length > input.limit && last ? JSON.stringify([last.sortKey, last.id]) : null
  return { rows: rows.map(({ sortKey: _key, ...row }) => row), nextCursor, total }
}

const afterCursor = (cursor: string, key: SQL): SQL => {
  try {
    const [sortKey, id] = cursorShape.parse(JSON.parse(cursor))
    return sql`AND (${key}, d.id) > (${sortKey}, ${id})`
  } catch {
    throw new Problem('INVALID_INPUT', 'This page of the library cannot be found. Start again from the top.')
  }
}

/** One document; throws NOT_FOUND. */
export const getDocument = (queries: Queries, documentId: string, progress: Progress): DocumentRow => {
  const raw = queries.get(sql`${columns(sql`0`)} WHERE d.id = ${documentId}`)
  if (!raw) throw new Problem('NOT_FOUND')
  const { sortKey: _key, ...row } = toRow(raw, progress)
  return row
}

const counted = z.object({
  documents: z.number(),
  ready: z.number(),
  failed: z.number(),
  working: z.number(),
  passages: z.number(),
  bytes: z.number(),
})

/** The library at a glance. */
export const readOverview = (queries: Queries, ingest: Pick<Ingest, 'isPaused' | 'secondsLeft'>) => {
  const { working: open, ...counts } = counted.parse(
    queries.get(sql`SELECT count(*) AS documents, count(*) FILTER (WHERE state = 'ready') AS ready,
      count(*) FILTER (WHERE state = 'failed') AS failed, count(*) FILTER (WHERE state IN ${working}) AS working,
      coalesce(sum(passages), 0) AS passages, coalesce(sum(bytes), 0) AS bytes FROM documents`),
  )
  const folders = z
    .array(z.object({ folder: z.string(), documents: z.number() }))
    .parse(queries.all(sql`SELECT folder, count(*) AS documents FROM documents GROUP BY folder ORDER BY folder`))
  const tags = z
    .array(z.object({ tag: z.string(), documents: z.number() }))
    .parse(queries.all(sql`SELECT tag, count(*) AS documents FROM document_tags GROUP BY tag ORDER BY tag`))
  const { gaps } = z
    .object({ gaps: z.number() })
    .parse(queries.get(sql`SELECT count(*) AS gaps FROM search_gaps WHERE dismissed_at IS NULL`))
  return {
    ...counts,
    folders,
    tags,
    gaps,
    progress:
      open === 0
        ? null
        : {
            done: counts.documents - open,
            total: counts.documents,
            secondsLeft: ingest.secondsLeft(),
            isPaused: ingest.isPaused(),
          },
  }
}
