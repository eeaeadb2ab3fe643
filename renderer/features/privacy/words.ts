import type { LedgerRow } from '../../../shared/contract/privacy.ts'
import { isOnThisMachine } from '../../components/addresses.ts'

export const purposeWords = {
  reply: 'Answer by the model',
  model_test: 'Test of the model',
  channel_send: 'Message to a client',
  sync: 'Shared patterns',
} as const satisfies Record<LedgerRow['purpose'], string>

export const stayedHere = 'stayed on this machine'

/** Practice clients live in the console itself, and a model may run beside it. */
export const hasStayedHere = ({ destination }: LedgerRow): boolean =>
  destination === 'practice' || isOnThisMachine(destination)

export const statusWords = {
  pending: 'On its way',
  ok: 'Done',
  failed: 'Failed',
  blocked: 'Blocked',
} as const satisfies Record<LedgerRow['status'], string>
