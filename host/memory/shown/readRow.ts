import { z } from 'zod'
import {
  insightStates,
  insightTypes,
  memoryLayers,
  memoryTypes,
  preferenceCategories,
  relationshipAspects,
} from '../../../shared/taxonomy/memory.ts'

const flag = z.union([z.literal(0), z.literal(1)]).transform((value) => value === 1)

const stored = z.object({
  id: z.string(),
  layer: z.enum(memoryLayers),
  kind: z.enum([...insightTypes, ...memoryTypes, ...preferenceCategories, ...relationshipAspects]),
  readText: z.string(),
  correctedText: z.string().nullable(),
  firstSaidAt: z.number(),
  lastSaidAt: z.number(),
  evidenceCount: z.number(),
  isActive: flag,
  supersededBy: z.string().nullable(),
  isSensitive: flag,
  pinnedAt: z.number().nullable(),
  confidence: z.number().nullable().default(null),
  state: z.enum(insightStates).nullable().default(null),
  dueAt: z.number().nullable().default(null),
})

const episode = z.object({
  kind: z.enum(memoryTypes),
  happenedAt: z.number(),
  strength: z.number(),
  lastReinforcedAt: z.number(),
  timesReferenced: z.number(),
  expiresAt: z.number().nullable(),
})

/** An item of any layer as the database gives it; `episode` holds what only moments have. */
export const readRow = (raw: unknown) => {
  const row = stored.parse(raw)
  if (row.layer !== 'episodic') return { ...row, episode: null }
  const { kind, ...rest } = episode.parse(raw)
  return { ...row, episode: { memoryType: kind, ...rest } }
}
