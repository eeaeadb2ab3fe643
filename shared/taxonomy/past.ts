/** Why something of a past conversation was left out. */
export const leftOutReasons = [
  'system',
  'media',
  'deleted',
  'forwarded',
  'group',
  'heading',
  'empty',
  'broken',
  'not_chosen',
  'not_a_client',
  'older',
] as const

/** What is counted of an import: what was left out, and what the coach should know of what was kept. */
export const pastRemarks = [...leftOutReasons, 'out_of_order', 'shortened', 'without_time'] as const
export type PastRemark = (typeof pastRemarks)[number]
export type PastCounts = Partial<Record<PastRemark, number>>

/** Which comes first in dates such as 03/04/2023. */
export const dateOrders = ['day', 'month'] as const
export type DateOrder = (typeof dateOrders)[number]

/** `adding` and `removing` are seen by nobody but the next start, which clears them away. */
export const pastStates = ['adding', 'done', 'removing'] as const
