import { type Memory, usableConnection } from './memory.ts'
import { withoutConnection, withoutPermission } from './sentences.ts'

export interface Target {
  readonly chat_id: number
  readonly business_connection_id?: string
}

/** Where a chat of ours lies on Telegram, or a sentence that says why nothing can go there. */
export const targetOf = (chatId: string, memory: Memory): Target | { readonly refusal: string } => {
  const found = /^(business:)?(\d{1,16})$/u.exec(chatId)
  if (!found) return { refusal: 'This is not a chat on Telegram.' }
  const chat = Number(found[2])
  if (found[1] === undefined) return { chat_id: chat }
  const connection = usableConnection(memory)
  if (!connection) return { refusal: withoutConnection }
  return connection.canReply ? { chat_id: chat, business_connection_id: connection.id } : { refusal: withoutPermission }
}
