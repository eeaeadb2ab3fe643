import type { MethodName } from './methods.ts'

/** What an account on Telegram is, as far as the stand-in knows it. */
export interface Person {
  readonly id: number
  readonly first_name: string
  readonly last_name?: string
  readonly username?: string
}

export interface SentMessage {
  readonly chatId: number
  readonly messageId: number
  text: string
  readonly replyTo: number | null
  readonly connectionId: string | null
  keyboard: unknown
}

type Params = Readonly<Record<string, unknown>>
export type Update = { update_id: number } & Record<string, unknown>

/** Telegram says no; the HTTP status is the code. */
export class Refusal extends Error {
  readonly code: number
  constructor(code: number, description: string) {
    super(description)
    this.code = code
  }
}

const badRequest = (description: string): Refusal => new Refusal(400, `Bad Request: ${description}`)

export const botPerson = { id: 123456789, is_bot: true, first_name: 'Kit', username: 'kit_coach_bot' } as const

/** The far side: people, their chats with the bot, messages, files, and the queue of updates. */
export const createWorld = () => {
  const people = new Map<number, Person>()
  const blockedBy = new Set<number>()
  const gone = new Set<number>()
  const groups = new Set<number>()
  const connections = new Map<string, { owner: Person; canReply: boolean; isEnabled: boolean }>()
  const messages: SentMessage[] = []
  const deleted: { chatId: number; messageId: number }[] = []
  const files = new Map<string, { path: string; bytes: Uint8Array; size: number }>()
  const answeredQueries: { id: string; text: string | null }[] = []
  const left: number[] = []
  let queue: Update[] = []
  let repeated: Update[] = []
  let nextMessageId = 1
  let nextUpdateId = 500_000
  const listeners = new Set<() => void>()

  const push = (fields: Record<string, unknown>): number => {
    const update = { update_id: nextUpdateId, ...fields }
    nextUpdateId += 1
    queue.push(update)
    for (const listener of listeners) listener()
    return update.update_id
  }

  const chatFor = (params: Params): { chatId: number; connectionId: string | null } => {
    const chatId = Number(params.chat_id)
    if (typeof params.business_connection_id === 'string') {
      const connection = connections.get(params.business_connection_id)
      if (!connection?.isEnabled) throw badRequest('BUSINESS_CONNECTION_INVALID')
      if (!connection.canReply) throw badRequest('BUSINESS_CONNECTION_NOT_ALLOWED')
      return { chatId, connectionId: params.business_connection_id }
    }
    if (gone.has(chatId)) throw new Refusal(403, 'Forbidden: user is deactivated')
    if (blockedBy.has(chatId)) throw new Refusal(403, 'Forbidden: bot was blocked by the user')
    if (!people.has(chatId) && !groups.has(chatId)) throw badRequest('chat not found')
    return { chatId, connectionId: null }
  }

  const textOf = (params: Params): string => {
    const text = typeof params.text === 'string' ? params.text.trim() : ''
    if (text === '') throw badRequest('message text is empty')
    if (text.length > 4_096) throw badRequest('message is too long')
    return text
  }

  const messageOf = (params: Params): SentMessage => {
    const { chatId } = chatFor(params)
    const found = messages.find((one) => one.chatId === chatId && one.messageId === params.message_id)
    if (!found) throw badRequest('message to edit not found')
    return found
  }

  const field = (value: unknown, name: string): unknown =>
    typeof value === 'object' && value !== null && name in value ? Reflect.get(value, name) : undefined

  const remove = (chatId: number | null, messageId: unknown): void => {
    const index = messages.findIndex((one) => one.messageId === messageId && (chatId === null || one.chatId === chatId))
    const [found] = index === -1 ? [] : messages.splice(index, 1)
    if (!found) throw badRequest('message to delete not found')
    deleted.push({ chatId: found.chatId, messageId: found.messageId })
  }

  const perform: Record<Exclude<MethodName, 'getUpdates'>, (params: Params) => unknown> = {
    getMe: () => ({
      ...botPerson,
      can_join_groups: true,
      can_read_all_group_messages: false,
      can_connect_to_business: true,
    }),
    getFile: ({ file_id: id }) => {
      const file = files.get(String(id))
      if (!file) throw badRequest('invalid file_id')
      if (file.size > 20 * 1024 * 1024) throw badRequest('file is too big')
      return { file_id: id, file_unique_id: `u${id}`, file_size: file.size, file_path: file.path }
    },
    getBusinessConnection: ({ business_connection_id: id }) => {
      const connection = connections.get(String(id))
      if (!connection) throw badRequest('BUSINESS_CONNECTION_INVALID')
      return connectionObject(String(id), connection)
    },
    sendMessage: (params) => {
      const { chatId, connectionId } = chatFor(params)
      const text = textOf(params)
      const replyTo = field(params.reply_parameters, 'message_id')
      const message: SentMessage = {
        chatId,
        messageId: nextMessageId,
        text,
        replyTo: typeof replyTo === 'number' ? replyTo : null,
        connectionId,
        keyboard: params.reply_markup ?? null,
      }
      nextMessageId += 1
      messages.push(message)
      const from = connectionId === null ? botPerson : connections.get(connectionId)?.owner
      const sent = { message_id: message.messageId, from, chat: chatObject(chatId), date: nowSeconds(), text }
      if (connectionId === null) return sent
      const own = { ...sent, business_connection_id: connectionId, sender_business_bot: botPerson }
      push({ business_message: own })
      return own
    },
    sendChatAction: (params) => {
      chatFor(params)
      return true
    },
    editMessageText: (params) => {
      const message = messageOf(params)
      const text = textOf(params)
      if (message.text === text) throw badRequest('message is not modified')
      message.text = text
      return { message_id: message.messageId, chat: chatObject(message.chatId), date: nowSeconds(), text }
    },
    editMessageReplyMarkup: (params) => {
      const message = messageOf(params)
      message.keyboard = params.reply_markup ?? null
      return { message_id: message.messageId, chat: chatObject(message.chatId), date: nowSeconds(), text: message.text }
    },
    deleteMessage: (params) => {
      remove(chatFor(params).chatId, params.message_id)
      return true
    },
    deleteBusinessMessages: ({ business_connection_id: id, message_ids: ids }) => {
      if (!connections.get(String(id))?.isEnabled) throw badRequest('BUSINESS_CONNECTION_INVALID')
      for (const one of Array.isArray(ids) ? ids : []) remove(null, one)
      return true
    },
    answerCallbackQuery: ({ callback_query_id: id, text }) => {
      answeredQueries.push({ id: String(id), text: typeof text === 'string' ? text : null })
      return true
    },
    leaveChat: ({ chat_id: id }) => {
      if (!groups.delete(Number(id))) throw badRequest('chat not found')
      left.push(Number(id))
      return true
    },
  }

  const nowSeconds = (): number => Math.floor(Date.now() / 1_000)

  const chatObject = (id: number): Record<string, unknown> => {
    const person = people.get(id)
    return person ? { ...person, type: 'private' } : { id, type: groups.has(id) ? 'group' : 'private' }
  }

  const connectionObject = (
    id: string,
    { owner, canReply, isEnabled }: { owner: Person; canReply: boolean; isEnabled: boolean },
  ) => ({
    id,
    user: { ...owner, is_bot: false },
    user_chat_id: owner.id,
    date: nowSeconds(),
    ...(canReply ? { rights: { can_reply: true } } : {}),
    is_enabled: isEnabled,
  })

  return {
    people,
    blockedBy,
    gone,
    groups,
    connections,
    connectionObject,
    messages,
    deleted,
    files,
    answeredQueries,
    left,
    perform,
    push,
    nowSeconds,
    chatObject,
    takeMessageId: (): number => {
      nextMessageId += 1
      return nextMessageId - 1
    },
    /** Forgets what lies before this offset: whoever asks from there on has it. */
    confirm: (offset: number): void => {
      queue = queue.filter((update) => update.update_id >= offset)
    },
    updates: (limit: number, allowed: readonly string[]): Update[] => {
      const again = repeated
      repeated = []
      return [...again, ...queue]
        .filter((update) => Object.keys(update).some((key) => allowed.includes(key)))
        .slice(0, limit)
    },
    waiting: (): number => queue.length,
    /** Gives an update with the next answer, whether or not it was confirmed: Telegram has been seen to do that. */
    repeat: (update: Update): void => {
      repeated.push(update)
    },
    /** A week went by: what nobody fetched is long thrown away, and ids go on anywhere. */
    restartIdsAt: (id: number): void => {
      queue = []
      nextUpdateId = id
    },
    onUpdate: (listener: () => void): (() => void) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
export type World = ReturnType<typeof createWorld>
