import { z } from 'zod'

// What Telegram sends changes with every version: a part of another shape is left out, and never the whole.
const lenient = <T extends z.ZodType>(shape: T) => shape.optional().catch(undefined)

const id = z.number().int()
const text = lenient(z.string())
const number = lenient(z.number())

const user = z.object({ id, is_bot: lenient(z.boolean()), first_name: text, last_name: text, username: text })
export type TelegramUser = z.infer<typeof user>

const chat = z.object({ id, type: text, first_name: text, last_name: text, username: text })
export type TelegramChat = z.infer<typeof chat>

const file = z.object({
  file_id: z.string(),
  file_size: number,
  file_name: text,
  mime_type: text,
  duration: number,
  width: number,
  height: number,
  title: text,
})
export type TelegramFile = z.infer<typeof file>

const place = z.object({ latitude: z.number(), longitude: z.number(), live_period: number })

const message = z.looseObject({
  message_id: lenient(id),
  date: number,
  edit_date: number,
  chat,
  from: lenient(user),
  business_connection_id: text,
  sender_business_bot: lenient(z.looseObject({})),
  reply_to_message: lenient(z.object({ message_id: id, chat: lenient(chat) })),
  text,
  caption: text,
  photo: lenient(z.array(file).min(1)),
  voice: lenient(file),
  audio: lenient(file),
  video: lenient(file),
  video_note: lenient(file),
  animation: lenient(file),
  document: lenient(file),
  sticker: lenient(z.object({ emoji: text })),
  location: lenient(place),
  venue: lenient(z.object({ title: z.string(), address: text })),
  contact: lenient(z.object({ first_name: text, last_name: text, phone_number: text })),
  poll: lenient(z.object({ question: z.string(), options: z.array(z.object({ text: z.string() })) })),
  dice: lenient(z.object({ emoji: text, value: z.number() })),
  rich_message: lenient(z.looseObject({})),
})
export type TelegramMessage = z.infer<typeof message>

const reactions = z.array(z.object({ type: z.string(), emoji: text }))
export const businessConnection = z.object({
  id: z.string(),
  user,
  is_enabled: z.boolean(),
  can_reply: lenient(z.boolean()),
  rights: lenient(z.object({ can_reply: lenient(z.boolean()) })),
})

/** The parts of an update that we read, by the name of the field they come in. */
export const parts = {
  message,
  edited_message: message,
  business_message: message,
  edited_business_message: message,
  message_reaction: z.object({
    chat,
    message_id: id,
    user,
    date: number,
    old_reaction: reactions.catch([]),
    new_reaction: reactions,
  }),
  my_chat_member: z.object({ chat, date: number, new_chat_member: z.object({ status: z.string() }) }),
  callback_query: z.object({
    id: z.string(),
    from: user,
    data: text,
    message: lenient(z.object({ message_id: id, chat })),
  }),
  business_connection: businessConnection,
  deleted_business_messages: z.object({ business_connection_id: z.string(), chat, message_ids: z.array(id).min(1) }),
} as const
export type UpdateKind = keyof typeof parts
export const updateKinds = [
  'message',
  'edited_message',
  'message_reaction',
  'my_chat_member',
  'callback_query',
  'business_connection',
  'business_message',
  'edited_business_message',
  'deleted_business_messages',
] as const satisfies readonly UpdateKind[]

/** An update with whatever it carries, unread. */
export const rawUpdate = z.looseObject({ update_id: id })
export type RawUpdate = z.infer<typeof rawUpdate>
