import { and, desc, eq } from 'drizzle-orm'
import { conversations, messages } from '../../db/schema/index.ts'
import type { Tx } from '../../db/write.ts'
import type { SettingsValues } from '../../shared/contract/settings.ts'
import { getConversation, readMetadata } from '../conversations/index.ts'
import { enqueueJob } from '../jobs/index.ts'
import { lastIntervention, returnToClone } from './owner.ts'

const minuteMs = 60_000

/** After the coach wrote on their own device, where there is no button to hand back: looks again when they were silent. */
export const watchForSilence = (tx: Tx, conversationId: string, silenceMinutes: number, now: number): void =>
  enqueueJob(
    tx,
    {
      kind: 'silence',
      dedupeKey: conversationId,
      payload: { conversationId },
      runAt: now + silenceMinutes * minuteMs,
    },
    now,
  )

/**
 * Ends the intervention, or asks the coach about it, once they have been silent long enough. After a safety crisis it
 * is always asked. True where the clone has the conversation again.
 */
export const askOrEndAfterSilence = (
  tx: Tx,
  conversationId: string,
  settings: Pick<SettingsValues, 'silenceMinutes' | 'silenceWhat'>,
  now: number,
): boolean => {
  const conversation = getConversation(tx.queries, conversationId)
  if (conversation.owner !== 'human') return false
  const last = tx.queries
    .select({ metadata: messages.metadata, createdAt: messages.createdAt })
    .from(messages)
    .where(and(eq(messages.conversationId, conversationId), eq(messages.senderType, 'human_coach')))
    .orderBy(desc(messages.seq))
    .get()
  if (!last || readMetadata(last.metadata).from_own_device !== true) return false
  const quietSince = now - last.createdAt
  if (quietSince < settings.silenceMinutes * minuteMs) {
    watchForSilence(tx, conversationId, Math.ceil(settings.silenceMinutes - quietSince / minuteMs), now)
    return false
  }
  const isCrisis = lastIntervention(tx, conversationId)?.trigger === 'safety_crisis'
  if (settings.silenceWhat === 'end' && !isCrisis) {
    returnToClone(tx, conversationId, 'You were silent on your own device for as long as you had set.', now)
    return true
  }
  tx.queries.update(conversations).set({ handbackAskedAt: now }).where(eq(conversations.id, conversationId)).run()
  tx.changed('conversation', conversationId)
  tx.changed('inbox')
  return false
}
