import type { AuditEvent, CrisisRecord } from '../../../shared/contract/handoffs.ts'

/** Whose doing a line of the record was; decides its mark. */
export const markOf = {
  message: 'client',
  client_wrote: 'client',
  detected: 'danger',
  locked: 'danger',
  notice_queued: 'console',
  notice_sent: 'console',
  notice_failed: 'danger',
  alert: 'alert',
  acknowledged: 'coach',
  taken_over: 'coach',
  coach_wrote: 'coach',
  handed_back: 'coach',
  follow_up: 'console',
  follow_up_done: 'coach',
} as const satisfies Record<AuditEvent['kind'], 'client' | 'danger' | 'console' | 'alert' | 'coach'>

/** Where a crisis stands, in a word or two. */
export const stateOf = ({ acknowledgedAt, endedAt }: CrisisRecord): 'open' | 'acknowledged' | 'ended' => {
  if (endedAt !== null) return 'ended'
  return acknowledgedAt === null ? 'open' : 'acknowledged'
}

export const stateWords = { open: 'Not acknowledged', acknowledged: 'Acknowledged', ended: 'Over' } as const
