import { eq } from 'drizzle-orm'
import { clients } from '../../db/schema/index.ts'
import type { Queries } from '../../db/sqlite.ts'
import type { SettingsValues } from '../../shared/contract/settings.ts'
import {
  type ConversationRecord,
  newestClientAt,
  type QuietHours,
  quietMsAfter,
  quietUntil,
} from '../conversations/index.ts'

type QuietSettings = Pick<SettingsValues, 'quietHoursOn' | 'quietFrom' | 'quietTo' | 'quietWhat'>

/** In the client's own time zone; in this machine's where it is not known. */
const hoursOf = (queries: Queries, conversation: ConversationRecord, settings: QuietSettings): QuietHours => ({
  from: settings.quietFrom,
  to: settings.quietTo,
  timeZone:
    queries.select({ timeZone: clients.timeZone }).from(clients).where(eq(clients.id, conversation.clientId)).get()
      ?.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
})

/** When the quiet hours that hold for a client end, milliseconds UTC; null where none hold. */
export const quietEndsAt = (
  queries: Queries,
  conversation: ConversationRecord,
  settings: QuietSettings,
  now: number,
): number | null => (settings.quietHoursOn ? quietUntil(hoursOf(queries, conversation, settings), now) : null)

/** How much longer than usual a client's newest message may wait, because it came in quiet hours; milliseconds. */
export const quietGraceMs = (queries: Queries, conversation: ConversationRecord, settings: QuietSettings): number => {
  const writtenAt = newestClientAt(queries, conversation)
  if (!settings.quietHoursOn || settings.quietWhat !== 'wait' || writtenAt === null) return 0
  return quietMsAfter(hoursOf(queries, conversation, settings), writtenAt)
}
