import type { LedgerRow } from '../../../shared/contract/privacy.ts'
import { isOnThisMachine } from '../../components/addresses.ts'
import { plural } from '../../components/words.ts'

export const purposeWords = {
  reply: 'Answer by the model',
  model_test: 'Test of the model',
  embedding: 'Search by meaning',
  transcription: 'Turning a recording into text',
  memory: 'Reading for memory',
  channel_send: 'Message to a client',
  channel_poll: 'Asking for new messages',
  channel_change: 'Change on the channel',
  channel_alert: 'Alert to your phone',
  channel_setup: 'Setting up a channel',
  channel_file: 'Fetching a file a client sent',
  sync: 'Shared patterns',
} as const satisfies Record<LedgerRow['purpose'], string>

export const stayedHere = 'stayed on this machine'

/** Practice clients live in the console itself, and a model may run beside it. */
export const hasStayedHere = ({ destination }: LedgerRow): boolean =>
  destination === 'practice' || isOnThisMachine(destination)

const noLongerKept = 'The content is no longer kept; its size and destination are.'

/** What is said where the ledger holds no content. */
export const contentWords = {
  reply: noLongerKept,
  model_test: noLongerKept,
  embedding: noLongerKept,
  transcription: noLongerKept,
  memory: noLongerKept,
  channel_send: 'The text itself is in the conversation; here only its size and destination are kept.',
  channel_poll: 'Only the question whether there are new messages. Nothing about your clients.',
  channel_change: 'The text itself is in the conversation; here only its size and destination are kept.',
  channel_alert: 'One fixed sentence, with the client’s name only if you allowed that in Settings.',
  channel_setup: 'Your bot’s own set-up. Nothing about your clients.',
  channel_file: 'Only which file to fetch. The file itself came here.',
  sync: noLongerKept,
} as const satisfies Record<LedgerRow['purpose'], string>

/** Small requests of one kind are added up by the hour. */
export const timesInTheHour = ({ calls }: LedgerRow): string => `${plural(calls, 'time')} in this hour`

export const statusWords = {
  pending: 'On its way',
  ok: 'Done',
  failed: 'Failed',
  blocked: 'Blocked',
} as const satisfies Record<LedgerRow['status'], string>
