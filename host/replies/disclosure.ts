import { and, asc, eq, inArray } from 'drizzle-orm'
import { outbox } from '../../db/schema/index.ts'
import type { Queries } from '../../db/sqlite.ts'
import type { Tx } from '../../db/write.ts'
import { type LineBeforeDraft, linesBeforeDraft } from '../../shared/contract/inbox.ts'
import type { SettingsValues } from '../../shared/contract/settings.ts'
import { type ConversationRecord, readMetadata, replyModeOf } from '../conversations/index.ts'
import { noticeText } from '../handoff/index.ts'
import { enqueueOutgoing, hasNotice } from '../outbox/index.ts'
import type { Signals } from '../signals/index.ts'

/** What has told the client as much: that an AI answers says more than that the coach has one help. */
const saysAsMuch = {
  ai_disclosure: ['ai_disclosure', 'ai_answer'],
  ai_drafts: ['ai_drafts', 'ai_disclosure', 'ai_answer'],
} as const
type Disclosure = keyof typeof saysAsMuch

/** Who asked and was told in a fixed line has been told. */
const isTold = (queries: Queries, conversationId: string, disclosure: Disclosure): boolean =>
  saysAsMuch[disclosure].some((notice) => hasNotice({ queries }, conversationId, notice))

/** What is true of an approved draft's client: whether the clone also answers them by itself. */
export const disclosureOf = (
  queries: Queries,
  conversation: ConversationRecord,
  settings: Pick<SettingsValues, 'defaultReplyMode'>,
): Disclosure => (replyModeOf(queries, conversation, settings) === 'autopilot' ? 'ai_disclosure' : 'ai_drafts')

/** The first word the clone says to a client says what it is, and whether the coach reads it before. */
export const discloseOnce = (
  tx: Tx,
  conversation: ConversationRecord,
  disclosure: Disclosure,
  { coachName, sendAfter, language }: { coachName: string; sendAfter?: number; language: Signals['language'] },
  now: number,
): void => {
  if (isTold(tx.queries, conversation.id, disclosure)) return
  enqueueOutgoing(
    tx,
    conversation,
    {
      author: 'notice',
      text: noticeText(disclosure, { coachName, region: null, ...(language === 'unknown' ? {} : { language }) }),
      metadata: { notice: disclosure },
      senderId: 'system',
      ...(sendAfter === undefined ? {} : { sendAfter }),
    },
    now,
  )
}

/** The fixed lines that reach the client before a draft that is approved now: what is on its way, and what it brings along. */
export const linesBefore = (
  queries: Queries,
  conversation: ConversationRecord,
  settings: Pick<SettingsValues, 'defaultReplyMode'>,
): LineBeforeDraft[] => {
  const onTheirWay = queries
    .select({ metadata: outbox.metadata })
    .from(outbox)
    .where(
      and(
        eq(outbox.conversationId, conversation.id),
        eq(outbox.author, 'notice'),
        inArray(outbox.state, ['queued', 'sending']),
      ),
    )
    .orderBy(asc(outbox.seq))
    .all()
    .flatMap(({ metadata }) => linesBeforeDraft.safeParse(readMetadata(metadata).notice).data ?? [])
  const disclosure = disclosureOf(queries, conversation, settings)
  return isTold(queries, conversation.id, disclosure) ? onTheirWay : [...onTheirWay, disclosure]
}
