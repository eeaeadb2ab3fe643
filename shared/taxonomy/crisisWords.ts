import type { CrisisKind, CrisisSeverity } from './conversation.ts'

/** What a crisis is about, for the coach. */
export const crisisKindWords = {
  suicide: 'suicide',
  self_harm: 'hurting themselves',
  harm_to_others: 'hurting somebody else',
  abuse: 'abuse',
} as const satisfies Record<CrisisKind, string>

/** How grave it is, for the coach. */
export const crisisSeverityWords = {
  none: 'no danger',
  mention: 'danger only mentioned',
  concern: 'cause for concern',
  high: 'serious danger',
  imminent: 'immediate danger',
} as const satisfies Record<CrisisSeverity, string>
