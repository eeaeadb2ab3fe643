import { asc, eq } from 'drizzle-orm'
import { conversations, messageParts, messages } from '../../db/schema/index.ts'
import type { Queries } from '../../db/sqlite.ts'
import type { Write } from '../../db/write.ts'
import { Problem } from '../../shared/problem.ts'
import type { ChangeResult, Channel, SentMessage } from '../channels/index.ts'
import { type Clock, within } from '../clock.ts'
import type { MessageRecord } from '../conversations/index.ts'
import { markRemoved, replaceText } from './change.ts'

/** The coach changes or deletes what was sent; here it changes only once the channel has said yes. */
export interface MessageChanges {
  /** Throws NOT_FOUND, INVALID_INPUT or CHANNEL_REFUSED, and then nothing has changed here. */
  edit(messageId: string, text: string): Promise<void>
  remove(messageId: string): Promise<void>
}

interface Parts {
  readonly write: Write
  readonly queries: Queries
  readonly clock: Clock
  readonly channelNamed: (name: string) => Channel | undefined
}

const longestChangeMs = 20_000
const slowSentence = 'The channel did not answer, so it is not known whether this was changed. Look at it on the phone.'
const cannot = 'This channel does not let sent messages be changed.'
const onlySent = 'Only messages that were sent from here can be changed.'

export const createMessageChanges = ({ write, queries, clock, channelNamed }: Parts): MessageChanges => {
  const find = (messageId: string): { message: MessageRecord; channel: Channel; sent: SentMessage } => {
    const message = queries.select().from(messages).where(eq(messages.id, messageId)).get()
    if (!message) throw new Problem('NOT_FOUND')
    const isOurs = message.senderType === 'ai' || message.senderType === 'human_coach'
    if (!isOurs || message.externalId === null || message.removedAt !== null)
      throw new Problem('INVALID_INPUT', onlySent)
    const conversation = queries.select().from(conversations).where(eq(conversations.id, message.conversationId)).get()
    const channel = channelNamed(message.channel)
    if (!conversation || !channel) throw new Problem('CHANNEL_REFUSED', 'This channel is not connected.')
    const further = queries
      .select({ externalId: messageParts.externalId })
      .from(messageParts)
      .where(eq(messageParts.messageId, messageId))
      .orderBy(asc(messageParts.position))
      .all()
    const externalIds = [message.externalId, ...further.map((part) => part.externalId)]
    return { message, channel, sent: { chatId: conversation.externalChatId, externalIds } }
  }

  const changed = async (asked: Promise<ChangeResult> | undefined): Promise<void> => {
    if (!asked) throw new Problem('CHANNEL_REFUSED', cannot)
    const unknown: ChangeResult = { outcome: 'refused', message: slowSentence }
    const result =
      (await within(
        clock,
        longestChangeMs,
        asked.catch(() => unknown),
      )) ?? unknown
    if (result.outcome === 'refused') throw new Problem('CHANNEL_REFUSED', result.message)
  }

  return {
    edit: async (messageId, text) => {
      const { message, channel, sent } = find(messageId)
      if (message.content === text) return
      await changed(channel.edit?.(sent, text))
      write((tx) => replaceText(tx, message, text, clock.now()))
    },
    remove: async (messageId) => {
      const { message, channel, sent } = find(messageId)
      await changed(channel.remove?.(sent))
      write((tx) => markRemoved(tx, message, clock.now()))
    },
  }
}
