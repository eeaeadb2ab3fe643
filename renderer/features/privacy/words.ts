import type { LedgerRow } from '../../../shared/contract/privacy.ts'

export const purposeWords = {
  reply: 'Answer by the model',
  model_test: 'Test of the model',
  channel_send: 'Message to a client',
  sync: 'Shared patterns',
} as const satisfies Record<LedgerRow['purpose'], string>

export const stayedHere = 'stayed on this machine'

export const statusWords = {
  pending: 'On its way',
  ok: 'Done',
  failed: 'Failed',
  blocked: 'Blocked',
} as const satisfies Record<LedgerRow['status'], string>
