import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { procedure } from './base.ts'

/** What may have changed after a commit; a window refetches what it shows of it. */
export const topics = [
  'vault',
  'inbox',
  'conversation',
  'clients',
  'settings',
  'ledger',
  'backups',
  'channels',
  'jobs',
  'alerts',
  'notes',
  'canned',
  'library',
  'memory',
  'learning',
  'past',
] as const
export type Topic = (typeof topics)[number]

export const change = z.object({
  topic: z.enum(topics),
  /** The conversation or client concerned; absent where the whole topic changed. */
  id: z.string().optional(),
})
export type Change = z.infer<typeof change>

export const events = {
  /** First an empty batch as soon as the subscription stands, then one batch a commit. */
  changes: procedure.output(eventIterator(z.array(change))),
}
