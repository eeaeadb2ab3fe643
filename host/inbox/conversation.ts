import { eq } from 'drizzle-orm'
import { clients, composerTexts } from '../../db/schema/index.ts'
import type { Queries } from '../../db/sqlite.ts'
import type { Conversation } from '../../shared/contract/inbox.ts'
import type { SettingsValues } from '../../shared/contract/settings.ts'
import { getConversation } from '../conversations/index.ts'
import { openHandoffOf } from '../handoff/index.ts'
import { scheduledIn } from '../outbox/index.ts'
import { isLeftToCoach, openDraft, replyState } from '../replies/index.ts'
import { rowOf } from './list.ts'

/** Everything one open thread shows besides its messages; throws NOT_FOUND. */
export const readConversation = (queries: Queries, conversationId: string, settings: SettingsValues): Conversation => {
  const record = getConversation(queries, conversationId)
  const client = queries.select().from(clients).where(eq(clients.id, record.clientId)).get()
  const composer = queries.select().from(composerTexts).where(eq(composerTexts.conversationId, conversationId)).get()
  return {
    ...rowOf(queries, conversationId),
    timeZone: client?.timeZone ?? null,
    replyMode: client?.replyMode ?? settings.defaultReplyMode,
    isSensitive: client?.isSensitive ?? false,
    handoff: openHandoffOf(queries, conversationId),
    draft: openDraft(queries, record, settings),
    composerText: composer?.text ?? '',
    scheduled: scheduledIn(queries, conversationId),
    isLeftToCoach: isLeftToCoach(queries, record),
    ...replyState(queries, record),
  }
}
