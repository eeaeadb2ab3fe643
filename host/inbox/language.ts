import { and, desc, eq } from 'drizzle-orm'
import { messages } from '../../db/schema/index.ts'
import type { Tx } from '../../db/write.ts'
import type { HouseLanguage } from '../../shared/taxonomy/conversation.ts'
import type { ConversationRecord } from '../conversations/index.ts'
import { languageOf } from '../signals/index.ts'

const readBack = 8

/** The language a fixed notice is said in: that of the words at hand, else of the client's newest, else English. */
export const languageFor = (tx: Pick<Tx, 'queries'>, conversation: ConversationRecord, text: string): HouseLanguage => {
  // No words are of no language; the reader would call them English.
  const own = text.trim() === '' ? 'unknown' : languageOf(text)
  if (own !== 'unknown') return own
  const recent = tx.queries
    .select({ content: messages.content })
    .from(messages)
    .where(and(eq(messages.conversationId, conversation.id), eq(messages.senderType, 'client')))
    .orderBy(desc(messages.seq))
    .limit(readBack)
    .all()
  const found = languageOf(recent.map((message) => message.content).join('\n'))
  return found === 'unknown' ? 'en' : found
}
