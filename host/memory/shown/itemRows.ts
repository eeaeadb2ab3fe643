import { type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Queries } from '../../../db/sqlite.ts'
import type { MemoryItem, MemoryItemWithEarlier } from '../../../shared/contract/memory.ts'
import { type MemoryGroup, type MemoryLayer, memoryLayers } from '../../../shared/taxonomy/memory.ts'
import { fadedBelow } from '../decay.ts'
import { strengthNow } from '../remember/index.ts'
import { mentionableTo } from '../wishes.ts'
import { groups } from './groups.ts'
import { readRow } from './readRow.ts'

/** What differs between the tables of items, under the names that all share here. */
const sources = {
  insight: {
    table: 'client_insights',
    kind: 'insight_type',
    text: 'content',
    more: `confidence, due_to - 1 AS dueAt, CASE WHEN insight_type IN ('goal','commitment') THEN state END AS state`,
  },
  episodic: {
    table: 'ai_episodic_memory',
    kind: 'memory_type',
    text: 'memory_description',
    more: `original_timestamp AS happenedAt, strength, last_reinforced_at AS lastReinforcedAt,
      times_referenced AS timesReferenced, expires_at AS expiresAt`,
  },
  preference: {
    table: 'learned_user_preferences',
    kind: 'preference_category',
    text: 'preference_text',
    more: 'confidence',
  },
  relationship: { table: 'relationship_context', kind: 'aspect', text: 'content', more: 'confidence' },
} as const satisfies Record<MemoryLayer, { table: string; kind: string; text: string; more: string }>

const mostEarlier = 20

const select = (layer: MemoryLayer): SQL => {
  const { table, kind, text, more } = sources[layer]
  return sql.raw(`SELECT id, '${layer}' AS layer, ${kind} AS kind, ${text} AS readText, corrected_text AS correctedText,
    first_said_at AS firstSaidAt, last_said_at AS lastSaidAt, evidence_count AS evidenceCount, is_active AS isActive,
    superseded_by AS supersededBy, is_sensitive AS isSensitive, pinned_at AS pinnedAt, ${more} FROM ${table}`)
}

/** Whose, not forgotten, and not expired: what a coach is shown of a layer. */
const shown = (layer: MemoryLayer, clientId: string, now: number): SQL =>
  layer === 'episodic'
    ? sql`WHERE client_id = ${clientId} AND forgotten_at IS NULL
        AND (expires_at IS NULL OR expires_at > ${now} OR pinned_at IS NOT NULL)`
    : sql`WHERE client_id = ${clientId} AND forgotten_at IS NULL`

const ofKinds = (group: MemoryGroup): SQL => {
  const { layer, kinds } = groups[group]
  if (kinds === null) return sql``
  return sql`AND ${sql.raw(sources[layer].kind)} IN (${sql.join(
    kinds.map((kind) => sql`${kind}`),
    sql`, `,
  )})`
}

interface Asked {
  readonly queries: Queries
  readonly clientId: string
  readonly now: number
}

const toItems = ({ queries, clientId, now }: Asked, rows: readonly unknown[]) => {
  const isMentionable = mentionableTo(queries, clientId)
  return rows.map((raw) => {
    const row = readRow(raw)
    const strength = row.episode ? strengthNow({ ...row, ...row.episode }, now) : null
    const text = row.correctedText ?? row.readText
    return {
      supersededBy: row.supersededBy,
      item: {
        id: row.id,
        layer: row.layer,
        kind: row.kind,
        text,
        readText: row.correctedText === null ? null : row.readText,
        firstSaidAt: row.firstSaidAt,
        lastSaidAt: row.lastSaidAt,
        evidenceCount: row.evidenceCount,
        isActive: row.isActive,
        isReplaced: row.supersededBy !== null,
        isSensitive: row.isSensitive,
        isPinned: row.pinnedAt !== null,
        isKeptQuiet: !isMentionable(text),
        confidence: row.confidence,
        state: row.state,
        dueAt: row.dueAt,
        happenedAt: row.episode?.happenedAt ?? null,
        strength,
        isFaded: strength !== null && strength < fadedBelow,
        expiresAt: row.pinnedAt === null ? (row.episode?.expiresAt ?? null) : null,
      } satisfies MemoryItem,
    }
  })
}

/** What took nothing's place, of a group; what it took the place of stands behind it. */
export const itemsOfGroup = (
  asked: Asked,
  group: MemoryGroup,
  { offset, limit }: { offset: number; limit: number },
): MemoryItemWithEarlier[] => {
  const { queries, clientId, now } = asked
  const { layer } = groups[group]
  const openFirst = layer === 'insight' ? sql.raw(`state = 'open' DESC,`) : sql``
  const heads = toItems(
    asked,
    queries.all(sql`${select(layer)} ${shown(layer, clientId, now)} ${ofKinds(group)} AND superseded_by IS NULL
      ORDER BY pinned_at IS NOT NULL DESC, is_active DESC, ${openFirst} last_said_at DESC, seq DESC
      LIMIT ${limit} OFFSET ${offset}`),
  )
  if (heads.length === 0) return []
  const ids = sql.join(
    heads.map(({ item }) => sql`${item.id}`),
    sql`, `,
  )
  const earlier = Map.groupBy(
    toItems(
      asked,
      queries.all(sql`${select(layer)} ${shown(layer, clientId, now)} AND superseded_by IN (${ids})
        ORDER BY last_said_at DESC, seq DESC LIMIT ${heads.length * mostEarlier}`),
    ),
    ({ supersededBy }) => supersededBy,
  )
  return heads.map(({ item }) => ({
    ...item,
    earlier: (earlier.get(item.id) ?? []).slice(0, mostEarlier).map((each) => each.item),
  }))
}

const counted = z.object({ total: z.number().int() })

/** How many items a group shows, those behind others not counted. */
export const countGroup = ({ queries, clientId, now }: Asked, group: MemoryGroup): number => {
  const { layer } = groups[group]
  const from = sql.raw(`SELECT count(*) AS total FROM ${sources[layer].table}`)
  return counted.parse(
    queries.get(sql`${from} ${shown(layer, clientId, now)} ${ofKinds(group)} AND superseded_by IS NULL`),
  ).total
}

const texts = z.object({ readText: z.string(), correctedText: z.string().nullable() })

/** Every item of a client whose text is wanted; those that were replaced after the others, and the last first. */
export const itemsThat = (asked: Asked, isWanted: (text: string) => boolean): MemoryItem[] =>
  memoryLayers
    .flatMap((layer) => {
      const rows = asked.queries.all(sql`${select(layer)} ${shown(layer, asked.clientId, asked.now)}`)
      // Of thousands a few are wanted: only those are read whole.
      const wanted = rows.filter((raw) => {
        const { readText, correctedText } = texts.parse(raw)
        return isWanted(correctedText ?? readText)
      })
      return toItems(asked, wanted)
    })
    .map(({ item }) => item)
    .toSorted((a, b) => Number(a.isReplaced) - Number(b.isReplaced) || b.lastSaidAt - a.lastSaidAt)
