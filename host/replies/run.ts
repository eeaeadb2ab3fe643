import type { SettingsValues } from '../../shared/contract/settings.ts'
import type { ConversationRecord } from '../conversations/index.ts'
import type { Signals } from '../signals/index.ts'

/** One run of the clone, with the state of the conversation it began with. */
export interface Run {
  readonly executionId: string
  readonly conversation: ConversationRecord
  readonly signals: Signals
  readonly settings: SettingsValues
  /** The coach asked for it, with a wish that may be empty: it ends as a draft, whoever has the conversation. */
  readonly wish: string | null
}
