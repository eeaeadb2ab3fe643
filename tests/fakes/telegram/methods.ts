/** The methods of the Bot API that the console uses, as the public documentation lists them; written by hand. */

export interface Field {
  /** As documented: `Integer`, `String`, `Boolean`, `Array of Integer`, or the name of an object. */
  readonly types: readonly string[]
  readonly required: boolean
}
export type Fields = Readonly<Record<string, Field>>

const must = (...types: string[]): Field => ({ types, required: true })
const may = (...types: string[]): Field => ({ types, required: false })

const anyKeyboard = ['InlineKeyboardMarkup', 'ReplyKeyboardMarkup', 'ReplyKeyboardRemove', 'ForceReply']

export const methods = {
  getMe: {},
  getUpdates: {
    offset: may('Integer'),
    limit: may('Integer'),
    timeout: may('Integer'),
    allowed_updates: may('Array of String'),
  },
  getFile: { file_id: must('String') },
  getBusinessConnection: { business_connection_id: must('String') },
  sendMessage: {
    business_connection_id: may('String'),
    chat_id: must('Integer', 'String'),
    message_thread_id: may('Integer'),
    direct_messages_topic_id: may('Integer'),
    text: must('String'),
    parse_mode: may('String'),
    entities: may('Array of MessageEntity'),
    link_preview_options: may('LinkPreviewOptions'),
    disable_notification: may('Boolean'),
    protect_content: may('Boolean'),
    allow_paid_broadcast: may('Boolean'),
    message_effect_id: may('String'),
    suggested_post_parameters: may('SuggestedPostParameters'),
    reply_parameters: may('ReplyParameters'),
    reply_markup: may(...anyKeyboard),
  },
  sendChatAction: {
    business_connection_id: may('String'),
    chat_id: must('Integer', 'String'),
    message_thread_id: may('Integer'),
    action: must('String'),
  },
  editMessageText: {
    business_connection_id: may('String'),
    chat_id: may('Integer', 'String'),
    message_id: may('Integer'),
    inline_message_id: may('String'),
    text: may('String'),
    parse_mode: may('String'),
    entities: may('Array of MessageEntity'),
    link_preview_options: may('LinkPreviewOptions'),
    rich_message: may('InputRichMessage'),
    reply_markup: may('InlineKeyboardMarkup'),
  },
  editMessageReplyMarkup: {
    business_connection_id: may('String'),
    chat_id: may('Integer', 'String'),
    message_id: may('Integer'),
    inline_message_id: may('String'),
    reply_markup: may('InlineKeyboardMarkup'),
  },
  deleteMessage: { chat_id: must('Integer', 'String'), message_id: must('Integer') },
  deleteBusinessMessages: { business_connection_id: must('String'), message_ids: must('Array of Integer') },
  answerCallbackQuery: {
    callback_query_id: must('String'),
    text: may('String'),
    show_alert: may('Boolean'),
    url: may('String'),
    cache_time: may('Integer'),
  },
  leaveChat: { chat_id: must('Integer', 'String') },
} as const satisfies Record<string, Fields>
export type MethodName = keyof typeof methods

/** The objects inside parameters that the console sends. Others are only known to be objects. */
export const objects: Readonly<Record<string, Fields>> = {
  LinkPreviewOptions: {
    is_disabled: may('Boolean'),
    url: may('String'),
    prefer_small_media: may('Boolean'),
    prefer_large_media: may('Boolean'),
    show_above_text: may('Boolean'),
  },
  ReplyParameters: {
    message_id: must('Integer'),
    chat_id: may('Integer', 'String'),
    allow_sending_without_reply: may('Boolean'),
    quote: may('String'),
    quote_parse_mode: may('String'),
    quote_entities: may('Array of MessageEntity'),
    quote_position: may('Integer'),
    checklist_task_id: may('Integer'),
    poll_option_id: may('String'),
  },
  InlineKeyboardMarkup: { inline_keyboard: must('Array of Array of InlineKeyboardButton') },
  InlineKeyboardButton: {
    text: must('String'),
    icon_custom_emoji_id: may('String'),
    style: may('String'),
    url: may('String'),
    callback_data: may('String'),
    web_app: may('WebAppInfo'),
    login_url: may('LoginUrl'),
    switch_inline_query: may('String'),
    switch_inline_query_current_chat: may('String'),
    switch_inline_query_chosen_chat: may('SwitchInlineQueryChosenChat'),
    copy_text: may('CopyTextButton'),
    callback_game: may('CallbackGame'),
    pay: may('Boolean'),
  },
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const arrayOf = 'Array of '

const isOfType = (value: unknown, type: string): boolean => {
  if (type.startsWith(arrayOf)) {
    return Array.isArray(value) && value.every((one) => isOfType(one, type.slice(arrayOf.length)))
  }
  if (type === 'Integer') return Number.isSafeInteger(value)
  if (type === 'String') return typeof value === 'string'
  if (type === 'Boolean') return typeof value === 'boolean'
  const fields = objects[type]
  return isRecord(value) && (fields === undefined || mistakeIn(value, fields) === null)
}

/** What is wrong with these parameters, or null. Stricter than Telegram, which passes over what it does not know. */
export const mistakeIn = (given: Readonly<Record<string, unknown>>, fields: Fields): string | null => {
  for (const [name, value] of Object.entries(given)) {
    const field = fields[name]
    if (!field) return `there is no parameter "${name}"`
    if (!field.types.some((type) => isOfType(value, type)))
      return `parameter "${name}" is not ${field.types.join(' or ')}`
  }
  const missing = Object.entries(fields).find(([name, field]) => field.required && given[name] === undefined)
  return missing ? `parameter "${missing[0]}" is required` : null
}

export const isMethod = (name: string): name is MethodName => Object.hasOwn(methods, name)
