import type { ConversationRow, TriageAction } from '../../../../shared/contract/inbox.ts'
import { notifyProblem } from '../../../app/action.ts'
import { triage } from './triage.ts'

type Rows = readonly ConversationRow[]

/** Resolves with whether it worked; a failure is told to the coach. */
export const attempt = (rows: Rows, action: TriageAction): Promise<boolean> =>
  triage(rows, action).then(
    () => true,
    (error: unknown) => {
      notifyProblem(error)
      return false
    },
  )

/** Done, or in the inbox again where all of them are done. */
export const doneOrReopen = (rows: Rows): TriageAction => ({
  kind: rows.every((row) => row.doneAt !== null) ? 'reopen' : 'done',
})

/** Read where anything is unread, else unread. */
export const readOrUnread = (rows: Rows): TriageAction => ({
  kind: rows.some((row) => row.unreadCount > 0) ? 'read' : 'unread',
})
