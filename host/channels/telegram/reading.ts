import { createHash } from 'node:crypto'
import type { z } from 'zod'
import type { InboundChange, InboundMessage } from '../channel.ts'
import { type Content, contentOf, type FileWish, hasWords } from './content.ts'
import type { LinkAttempt } from './linking.ts'
import { connectionOf, isTrusted, type Memory, withCoachChat, withConnection } from './memory.ts'
import {
  parts,
  type RawUpdate,
  type TelegramChat,
  type TelegramMessage,
  type TelegramUser,
  type UpdateKind,
  updateKinds,
} from './shapes.ts'

/** What is done once the update is stored. */
export type Afterwards =
  | { readonly kind: 'leave_group'; readonly chatId: number }
  | { readonly kind: 'confirm_link'; readonly chatId: string }
  | {
      readonly kind: 'refuse_link'
      readonly chatId: string
      readonly attempt: Exclude<LinkAttempt, { outcome: 'linked' }>
    }
  | {
      readonly kind: 'thank_coach'
      readonly callbackId: string
      readonly chatId: number
      readonly messageId: number | null
    }
  | { readonly kind: 'refuse_connection' }

export interface Reading {
  /** Absent for what belongs to no client. */
  readonly message?: InboundMessage
  readonly file?: FileWish
  readonly change?: InboundChange
  readonly memory?: Memory
  readonly afterwards?: Afterwards
}

export interface ReadingContext {
  readonly memory: Memory
  readonly now: number
  /** Looks whether this is the code that the console shows at this moment; counts attempts. */
  readonly tryLink: (chatId: string, code: string) => LinkAttempt
}

const nothing: Reading = {}
const telegramItself = 777_000

/** The id of a message as the house knows it. Ids begin anew with another bot, so the bot's own is part of it. */
export const externalIdOf = (botId: string, messageId: number): string => `${botId}.${messageId}`

/** The ids in the chat; null where one of them went out through another bot. */
export const messageIdsOf = (botId: string, externalIds: readonly string[]): number[] | null => {
  const ids = externalIds.map((id) => (id.startsWith(`${botId}.`) ? Number(id.slice(botId.length + 1)) : Number.NaN))
  return ids.every((one) => Number.isSafeInteger(one) && one > 0) ? ids : null
}

/** Turns one update into what the house is told. Null where its shape is not known and nobody wrote it. */
export const readUpdate = (update: RawUpdate, context: ReadingContext): Reading | null => {
  const kind = updateKinds.find((one) => update[one] !== undefined)
  return kind ? readers[kind](update, context) : null
}

type Reader = (update: RawUpdate, context: ReadingContext) => Reading | null

const readers: Record<UpdateKind, Reader> = {
  message: (update, context) =>
    parsed(parts.message, update.message, (message) => readPrivate(message, update, context)),
  edited_message: (update, context) =>
    parsed(parts.edited_message, update.edited_message, (message) => readEdit(message, 'private', context)),
  business_message: (update, context) =>
    parsed(parts.business_message, update.business_message, (message) => readBusiness(message, update, context)),
  edited_business_message: (update, context) =>
    parsed(parts.edited_business_message, update.edited_business_message, (message) =>
      readEdit(message, 'business', context),
    ),
  message_reaction: (update, context) =>
    parsed(parts.message_reaction, update.message_reaction, (reaction) => readReaction(reaction, update, context)),
  my_chat_member: (update, context) =>
    parsed(parts.my_chat_member, update.my_chat_member, (member) => readMember(member, update, context)),
  callback_query: (update, context) =>
    parsed(parts.callback_query, update.callback_query, (query) => readButton(query, context)),
  business_connection: (update, context) =>
    parsed(parts.business_connection, update.business_connection, (given) => {
      const connection = connectionOf(given)
      return isTrusted(context.memory, connection.userId)
        ? { memory: withConnection(context.memory, connection) }
        : { afterwards: { kind: 'refuse_connection' } }
    }),
  deleted_business_messages: (update, context) =>
    parsed(parts.deleted_business_messages, update.deleted_business_messages, (deleted) =>
      isKnown(context.memory, deleted.business_connection_id) ? readRemoval(deleted, context) : nothing,
    ),
}

const parsed = <T>(shape: z.ZodType<T>, value: unknown, read: (part: T) => Reading | null): Reading | null => {
  const result = shape.safeParse(value)
  return result.success ? read(result.data) : null
}

const isPrivate = ({ type, id }: TelegramChat): boolean => (type === undefined ? id > 0 : type === 'private')

const isCoach = ({ id }: TelegramChat, { coachChatId }: Memory): boolean => String(id) === coachChatId

const leave = ({ id }: TelegramChat): Reading => ({ afterwards: { kind: 'leave_group', chatId: id } })

const readPrivate = (message: TelegramMessage, update: RawUpdate, context: ReadingContext): Reading => {
  const { chat } = message
  if (!isPrivate(chat)) return chat.type === 'channel' ? nothing : leave(chat)
  const chatId = String(chat.id)
  if (isCoach(chat, context.memory)) return nothing
  const code = linkCodeIn(message)
  if (code !== null) return readLink(chatId, code, update, context)
  const content = contentOf(message)
  return content ? inbound(message, content, chatId, update, context) : nothing
}

/** What stands after `/link`, well typed or not; null where the words are a client's. A whole sentence is somebody's words. */
const linkCodeIn = ({ text = '' }: TelegramMessage): string | null => {
  const code = /^\/link(?:@\w+)?(?![a-z])(.*)$/isu.exec(text.trim())?.[1]
  return code === undefined || code.trim().split(/\s+/u).length > mostPiecesOfCode ? null : code.replaceAll(/\s/gu, '')
}

const mostPiecesOfCode = 3

const readLink = (
  chatId: string,
  code: string,
  { update_id }: RawUpdate,
  { memory, tryLink }: ReadingContext,
): Reading => {
  const attempt = tryLink(chatId, code)
  if (attempt.outcome !== 'linked') return { afterwards: { kind: 'refuse_link', chatId, attempt } }
  return {
    memory: withCoachChat(memory, chatId),
    change: { kind: 'own_chat', updateId: `l:${memory.botId}:${update_id}`, chatId },
    afterwards: { kind: 'confirm_link', chatId },
  }
}

const readBusiness = (message: TelegramMessage, update: RawUpdate, context: ReadingContext): Reading => {
  const { memory } = context
  const { chat, from, business_connection_id: connectionId } = message
  const owner = memory.connections.find((one) => one.id === connectionId)
  const isOurOwn = message.sender_business_bot !== undefined || String(chat.id) === memory.botId
  const isNobodys = chat.id === telegramItself || String(chat.id) === owner?.userId
  if (!owner || isOurOwn || isNobodys || !isPrivate(chat)) return nothing
  const content = contentOf(message)
  if (!content) return nothing
  const reading = inbound(message, content, businessChatOf(chat), update, context)
  // In a private chat the other person's id is the chat's: whoever else writes there is the coach.
  return from && from.id !== chat.id && reading.message
    ? { ...reading, message: { ...reading.message, from: 'coach', clientName: nameOf(chat) } }
    : reading
}

const businessChatOf = ({ id }: TelegramChat): string => `business:${id}`

const isKnown = (memory: Memory, connectionId: string | undefined): boolean =>
  memory.connections.some((one) => one.id === connectionId)

const inbound = (
  message: TelegramMessage,
  { text, unreadable, file }: Content,
  chatId: string,
  update: RawUpdate,
  { memory, now }: ReadingContext,
): Reading => {
  const { message_id: messageId, reply_to_message: answered, chat, from } = message
  const externalId =
    messageId === undefined
      ? `${memory.botId}.u${update.update_id}.${message.date ?? now}`
      : externalIdOf(memory.botId, messageId)
  const handle = from?.username ?? chat.username
  return {
    message: {
      updateId: `m:${chatId}:${externalId}`,
      chatId,
      externalId,
      senderName: nameOf(from) || nameOf(chat) || 'Someone on Telegram',
      text,
      sentAt: message.date === undefined ? now : message.date * 1_000,
      ...(handle === undefined ? {} : { handle: `@${handle}` }),
      ...(answered ? { replyTo: externalIdOf(memory.botId, answered.message_id) } : {}),
      ...(unreadable ? { unreadable } : {}),
    },
    ...(file ? { file } : {}),
  }
}

const nameOf = (who: TelegramUser | TelegramChat | undefined): string =>
  [who?.first_name, who?.last_name].filter(Boolean).join(' ').trim()

const readEdit = (message: TelegramMessage, kind: 'private' | 'business', context: ReadingContext): Reading => {
  const { chat, message_id: messageId } = message
  const { memory, now } = context
  if (!isPrivate(chat) || isCoach(chat, memory) || messageId === undefined || !hasWords(message)) return nothing
  const isOurs = message.sender_business_bot !== undefined || !isKnown(memory, message.business_connection_id)
  if (kind === 'business' && isOurs) return nothing
  const text = contentOf(message)?.text ?? ''
  const chatId = kind === 'business' ? businessChatOf(chat) : String(chat.id)
  const editedAt = message.edit_date === undefined ? now : message.edit_date * 1_000
  const externalId = externalIdOf(memory.botId, messageId)
  return {
    change: {
      kind: 'edit',
      // Two edits can fall into one second; only their words tell them apart.
      updateId: `e:${chatId}:${externalId}:${editedAt}:${fingerprint(text)}`,
      chatId,
      externalId,
      text,
      editedAt,
    },
  }
}

const fingerprint = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16)

const helpful: ReadonlySet<string> = new Set([
  '👍',
  '❤',
  '🔥',
  '🥰',
  '👏',
  '🎉',
  '🤩',
  '🙏',
  '👌',
  '💯',
  '🏆',
  '😍',
  '🤗',
  '🤝',
  '❤‍🔥',
])
const unhelpful: ReadonlySet<string> = new Set(['👎', '💩', '🤮', '😡', '🤬', '🖕', '🥱', '💔'])

type Reactions = readonly { readonly type: string; readonly emoji?: string | undefined }[]

const opinionOf = (given: Reactions): boolean | null => {
  const emojis = given.map(({ emoji }) => emoji?.replaceAll('\ufe0f', '') ?? '')
  if (emojis.some((emoji) => unhelpful.has(emoji))) return false
  return emojis.some((emoji) => helpful.has(emoji)) ? true : null
}

const readReaction = (
  reaction: z.infer<(typeof parts)['message_reaction']>,
  { update_id }: RawUpdate,
  { memory }: ReadingContext,
): Reading => {
  const { chat, user, message_id, date } = reaction
  if (!isPrivate(chat) || isCoach(chat, memory) || user.id !== chat.id) return nothing
  const isHelpful = opinionOf(reaction.new_reaction)
  if (isHelpful === opinionOf(reaction.old_reaction) && isHelpful === null && reaction.new_reaction.length > 0)
    return nothing
  return {
    change: {
      kind: 'opinion',
      updateId: `o:${memory.botId}:${update_id}:${date ?? 0}`,
      chatId: String(chat.id),
      externalId: externalIdOf(memory.botId, message_id),
      isHelpful,
    },
  }
}

const readMember = (
  { chat, date, new_chat_member: { status } }: z.infer<(typeof parts)['my_chat_member']>,
  { update_id }: RawUpdate,
  { memory }: ReadingContext,
): Reading => {
  const isInside = ['member', 'administrator', 'restricted'].includes(status)
  if (!isPrivate(chat)) return isInside ? leave(chat) : nothing
  if (isCoach(chat, memory)) return { memory: { ...memory, isCoachBlocking: !isInside } }
  const updateId = `r:${memory.botId}:${update_id}:${date ?? 0}`
  return { change: { kind: 'reach', updateId, chatId: String(chat.id), isReachable: isInside } }
}

const readButton = (query: z.infer<(typeof parts)['callback_query']>, { memory }: ReadingContext): Reading => {
  const handoffId = /^ack:(.+)$/u.exec(query.data ?? '')?.[1]
  const { coachChatId } = memory
  if (handoffId === undefined || coachChatId === null || String(query.from.id) !== coachChatId) return nothing
  if (query.message && !isCoach(query.message.chat, memory)) return nothing
  return {
    change: { kind: 'acknowledged', updateId: `a:${query.id}`, handoffId },
    afterwards: {
      kind: 'thank_coach',
      callbackId: query.id,
      chatId: query.from.id,
      messageId: query.message?.message_id ?? null,
    },
  }
}

const readRemoval = (
  { chat, message_ids }: z.infer<(typeof parts)['deleted_business_messages']>,
  { memory, now }: ReadingContext,
): Reading => {
  const chatId = businessChatOf(chat)
  const externalIds = message_ids.map((id) => externalIdOf(memory.botId, id))
  const updateId = `d:${chatId}:${fingerprint(externalIds.join(' '))}`
  return { change: { kind: 'removal', updateId, chatId, externalIds, removedAt: now } }
}
