import type { memoryEvidence } from '../../../db/schema/index.ts'
import { type InsightState, type MemoryType, memoryTypes } from '../../../shared/taxonomy/memory.ts'
import { type EvidenceDetail, evidenceDetail } from '../extraction/index.ts'

export type EvidenceRow = typeof memoryEvidence.$inferSelect

/** A row of evidence as it is folded: its detail read. */
export interface Evidence extends Omit<EvidenceRow, 'detail'> {
  readonly detail: EvidenceDetail
}

export const readEvidence = (row: EvidenceRow): Evidence => ({
  ...row,
  detail: evidenceDetail.parse(JSON.parse(row.detail)),
})

/** What the statements of one subject come to: one item for each thing that is said of it. */
export interface FoldedItem {
  readonly itemKey: string
  readonly slot: string
  readonly evidence: readonly Evidence[]
  /** The last statement: its words stand for the item. */
  readonly last: Evidence
  readonly firstSaidAt: number
  readonly lastSaidAt: number
  readonly isActive: boolean
  /** The key of the item that took its place. */
  readonly supersededBy: string | null
  readonly state: InsightState
  /** When it was told to be done or dropped; null while it is open. */
  readonly stateAt: number | null
  readonly confidence: number
  readonly isSensitive: boolean
}

/** What is told in so many words counts for three observations. */
const explicitWeight = 3

/**
 * Folds the evidence of one slot, in the order in which it was said. The last statement holds; what it contradicts is kept,
 * superseded by it. A statement that only takes back what nobody said leaves nothing. `doneAt`: when the client later said
 * that they did it, null where they did not.
 */
export const foldSlot = (evidence: readonly Evidence[], doneAt: (item: Evidence) => number | null): FoldedItem[] => {
  const inOrder = evidence.toSorted((a, b) => a.messageSeq - b.messageSeq || a.start - b.start || a.seq - b.seq)
  const winner = inOrder.at(-1)
  if (winner === undefined || inOrder.every(({ stance }) => stance === 'retracts')) return []
  const groups = Map.groupBy(inOrder, ({ itemKey }) => itemKey)
  return [...groups].flatMap(([itemKey, group]) => {
    const [first, last] = [group[0], group.at(-1)]
    if (first === undefined || last === undefined) return []
    const isWinner = itemKey === winner.itemKey
    const isRetraction = last.stance === 'retracts'
    const others = inOrder.length - group.length
    const isDropped = isRetraction || winner.stance === 'retracts'
    const toldDoneAt = isDropped ? null : doneAt(last)
    return [
      {
        itemKey,
        slot: last.slot,
        evidence: group,
        last,
        firstSaidAt: Math.min(...group.map(({ saidAt }) => saidAt)),
        lastSaidAt: Math.max(...group.map(({ saidAt }) => saidAt)),
        isActive: isWinner && !isRetraction,
        supersededBy: isWinner ? null : winner.itemKey,
        state: isDropped ? 'dropped' : toldDoneAt === null ? 'open' : 'done',
        stateAt: isDropped ? (isRetraction ? last : winner).saidAt : toldDoneAt,
        confidence: last.layer === 'preference' ? betweenOf(group.length, others) : repeatedOf(group),
        isSensitive: group.some(({ detail }) => detail.isSensitive),
      } satisfies FoldedItem,
    ]
  })
}

/** What the coach said of a goal or commitment. */
export interface CoachWord {
  readonly state: InsightState
  readonly at: number
}

/** The coach's word holds until the client says something new of it. */
export const withCoachWord = (item: FoldedItem, word: CoachWord | undefined): FoldedItem => {
  if (word === undefined || Math.max(item.lastSaidAt, item.stateAt ?? 0) > word.at) return item
  const isDropped = word.state === 'dropped'
  return {
    ...item,
    state: word.state,
    stateAt: word.state === 'open' ? null : word.at,
    isActive: !isDropped,
    supersededBy: isDropped ? item.supersededBy : null,
  }
}

/** Laplace's rule of succession over what speaks for a value and what for another. */
const betweenOf = (own: number, others: number): number =>
  rounded((explicitWeight * own + 1) / (explicitWeight * (own + others) + 2))

/** Each time it is said again halves the doubt. */
const repeatedOf = (group: readonly Evidence[]): number => {
  const surest = Math.max(...group.map(({ confidence }) => confidence))
  return rounded(1 - (1 - surest) * 0.5 ** (group.length - 1))
}

const rounded = (value: number): number => Math.round(value * 1000) / 1000

const coveredShare = 2 / 3

/** Whether a victory tells that a goal or commitment is done: most of its words are the victory's words. */
export const tellsOf = (victory: EvidenceDetail, plan: EvidenceDetail): boolean => {
  if (plan.tags.length === 0) return false
  const told = new Set(victory.tags)
  const shared = plan.tags.filter((tag) => told.has(tag)).length
  return plan.tags.length === 1 ? shared === 1 && told.size <= 2 : shared / plan.tags.length >= coveredShare
}

export const memoryTypeOf = (kind: string): MemoryType => memoryTypes.find((type) => type === kind) ?? 'context'
