import type { Tx } from '../../db/write.ts'
import type { SettingsValues } from '../../shared/contract/settings.ts'
import { settleTrouble } from '../outbox/index.ts'
import { answerWhatIsOpen } from './open.ts'

/** The coach settles a send that failed or may not have arrived; the clone thinks anew about what is still open. */
export const settleAsCoach = (
  tx: Tx,
  { outboxId, decision }: { outboxId: string; decision: 'arrived' | 'send_again' | 'drop' },
  settings: SettingsValues,
  now: number,
): void => {
  const conversationId = settleTrouble(tx, outboxId, decision, now)
  if (decision !== 'drop') answerWhatIsOpen(tx, conversationId, settings, now)
}
