import type { Conversation } from '../../../shared/contract/inbox.ts'
import { notify, notifyProblem } from '../../app/action.ts'
import { pushUndo } from '../../app/undo.ts'
import { firstName, plural } from '../../components/words.ts'
import { host } from '../../transport/console.ts'
import { clearUnsent, requestIdFor, type SendPlan, takeBack, unsentOf } from './composerStore.ts'
import { focusReply } from './focus.ts'
import { removeLeaving } from './leaving.ts'

/** How to withdraw what Z offers, by outbox row: what is taken back in the thread is not offered any more. */
const offers = new Map<string, () => void>()

const withdraw = (outboxId: string) => {
  offers.get(outboxId)?.()
  offers.delete(outboxId)
}

/** Lets Z take back a send until the given time, milliseconds UTC, at which it goes; null: for as long as it waits. */
export const offerUndo = (outboxId: string, label: string, until: number | null, undo: () => Promise<unknown>) => {
  if (until === null) return offers.set(outboxId, pushUndo({ label, undo }))
  const seconds = Math.max(1, Math.round((until - Date.now()) / 1_000))
  return offers.set(outboxId, pushUndo({ label, says: `${label} goes in ${plural(seconds, 'second')}`, undo, until }))
}

/** Sends what stands in the reply field, now or as planned. Rejects with what the host says; the text then stays. */
export const sendUnsent = async (conversation: Conversation, plan: SendPlan | null): Promise<void> => {
  const { id } = conversation
  const { text, replyTo, cannedReplyId } = unsentOf(id)
  const { outboxId, undoUntil } = await host.inbox.send({
    conversationId: id,
    requestId: requestIdFor(id),
    text,
    ...(plan ?? {}),
    ...(replyTo ? { replyTo: replyTo.messageId } : {}),
    ...(cannedReplyId ? { cannedReplyId } : {}),
  })
  clearUnsent(id)
  if (!plan && undoUntil === null) return
  const name = firstName(conversation.clientName)
  offerUndo(outboxId, `Message to ${name}${plan ? ' scheduled' : ''}`, plan ? null : undoUntil, async () => {
    await takeBack(id, outboxId, { replyTo, cannedReplyId })
    focusReply()
  })
}

/** Takes back what waits in its undo window, from the thread itself. */
export const undoSend = async (conversationId: string, outboxId: string): Promise<void> => {
  try {
    await takeBack(conversationId, outboxId)
    withdraw(outboxId)
    removeLeaving(outboxId)
    focusReply()
  } catch (error) {
    notifyProblem(error)
  }
}

/** Takes a scheduled text back into the reply field, to be changed or kept there. */
export const unschedule = async (
  conversationId: string,
  { outboxId, sendAt, onlyIfSilent }: Conversation['scheduled'][number],
  isToChange: boolean,
): Promise<void> => {
  try {
    const plan = isToChange && sendAt > Date.now() ? { sendAt, onlyIfSilent } : null
    await takeBack(conversationId, outboxId, { plan })
    withdraw(outboxId)
    if (isToChange) focusReply()
    else notify('It will not be sent. The words are in the reply field.')
  } catch (error) {
    notifyProblem(error)
  }
}
