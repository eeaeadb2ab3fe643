import { createHash } from 'node:crypto'
import { z } from 'zod'
import {
  type EvidenceStance,
  type InsightType,
  insightTypes,
  type MemoryLayer,
  type MemoryType,
  memoryTypes,
  preferenceCategories,
  type RelationshipAspect,
  relationshipAspects,
} from '../../../shared/taxonomy/memory.ts'

/** What a layer may hold; anything else that a reader hands over is refused. */
const kindsOf = {
  insight: insightTypes,
  episodic: memoryTypes,
  preference: preferenceCategories,
  relationship: relationshipAspects,
} as const satisfies Record<MemoryLayer, readonly string[]>

export const evidenceDetail = z.object({
  /** A time that is named in the statement, milliseconds UTC, `to` not in it. */
  time: z.object({ from: z.number(), to: z.number(), text: z.string(), isSince: z.boolean() }).optional(),
  /** Key and value of a preference. */
  key: z.string().optional(),
  value: z.string().optional(),
  /** Content words, stemmed; what items are found and matched by. */
  tags: z.array(z.string()).default([]),
  /** -1 to 1. */
  valence: z.number().min(-1).max(1).default(0),
  isSensitive: z.boolean().default(false),
})
export type EvidenceDetail = z.infer<typeof evidenceDetail>

/** One statement of a client that is worth remembering, and where in their message it stands. */
export interface Finding {
  readonly layer: MemoryLayer
  readonly kind: string
  /** What it is about: of the statements of one subject only the last holds. */
  readonly subject: string
  /** What it says of it; the same subject and value said again is one more piece of evidence. */
  readonly value: string
  readonly stance: EvidenceStance
  /** Where in the message: the first character, and the one after the last. */
  readonly start: number
  readonly finish: number
  readonly content: string
  readonly detail: EvidenceDetail
  /** 0 to 1. */
  readonly confidence: number
}

export interface Message {
  readonly text: string
}

export type FindingRefusal = 'unknown_kind' | 'not_in_message' | 'bad_confidence'

/**
 * Why a finding may not be kept, null where it may: its kind is of the closed vocabulary of its layer, and its words stand
 * where it says in the message it comes from. Rules and models pass the same gate.
 */
export const refusalOf = (finding: Finding, { text }: Message): FindingRefusal | null => {
  const kinds: readonly string[] = kindsOf[finding.layer]
  if (!kinds.includes(finding.kind)) return 'unknown_kind'
  const isPlaced = finding.start >= 0 && finding.finish <= text.length && finding.start < finding.finish
  if (!isPlaced || text.slice(finding.start, finding.finish).trim() === '') return 'not_in_message'
  return finding.confidence >= 0 && finding.confidence <= 1 ? null : 'bad_confidence'
}

/** Not a word of the client's in it, so that the mark of a forgotten item tells nothing. */
const hashOf = (...parts: readonly string[]): string =>
  createHash('sha256').update(parts.join('\u0000')).digest('base64url').slice(0, 22)

export const slotOf = ({ layer, kind, subject }: Pick<Finding, 'layer' | 'kind' | 'subject'>): string =>
  hashOf(layer, kind, subject)

export const itemKeyOf = (finding: Pick<Finding, 'layer' | 'kind' | 'subject' | 'value' | 'stance'>): string =>
  hashOf(finding.layer, finding.kind, finding.subject, finding.value, finding.stance)

export type FindingKind =
  | InsightType
  | Exclude<MemoryType, 'insight' | 'preference'>
  | RelationshipAspect
  | 'preference'
