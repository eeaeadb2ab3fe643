import { z } from 'zod'
import { handoffTriggers, owners, replyModes, senderTypes } from '../taxonomy/conversation.ts'
import { done, id, maxMessageLength, procedure, time } from './base.ts'
import { message } from './messages.ts'

export const inboxFilters = ['needs_me', 'unread', 'all'] as const
export type InboxFilter = (typeof inboxFilters)[number]

export const conversationRow = z.object({
  id,
  clientId: id,
  clientName: z.string(),
  channel: z.string(),
  owner: z.enum(owners),
  unreadCount: z.number().int(),
  /** The order of the list; the newest conversation has the highest. */
  lastSeq: z.number().int(),
  lastMessageAt: time,
  preview: z.string(),
  previewSender: z.enum(senderTypes).nullable(),
  waitingSince: time.nullable(),
  trigger: z.enum(handoffTriggers).nullable(),
  hasDraft: z.boolean(),
  isPractice: z.boolean(),
})
export type ConversationRow = z.infer<typeof conversationRow>

export const scorePart = z.object({ name: z.string(), value: z.string().optional(), points: z.number() })

export const openHandoff = z.object({
  id,
  trigger: z.enum(handoffTriggers),
  reason: z.string(),
  score: z.number().int().nullable(),
  parts: z.array(scorePart),
  confidence: z.number().nullable(),
  createdAt: time,
  acknowledgedAt: time.nullable(),
})
export type OpenHandoff = z.infer<typeof openHandoff>

export const draft = z.object({
  id,
  executionId: id,
  text: z.string(),
  confidence: z.number().nullable(),
  createdAt: time,
  /** The client has written since the draft was made. */
  isStale: z.boolean(),
})
export type Draft = z.infer<typeof draft>

export const conversation = conversationRow.extend({
  timeZone: z.string().nullable(),
  replyMode: z.enum(replyModes),
  isSensitive: z.boolean(),
  handoff: openHandoff.nullable(),
  draft: draft.nullable(),
  /** Text the coach has written and not sent. */
  composerText: z.string(),
  /** The clone is thinking of an answer. */
  isThinking: z.boolean(),
  /** Why the clone has no answer, if its last run failed; a sentence for the coach. */
  lastTrouble: z.string().nullable(),
})
export type Conversation = z.infer<typeof conversation>

const inConversation = z.object({ conversationId: id })
const outgoing = z.object({
  /** Made by the window; the same id is never sent twice. */
  requestId: z.uuid(),
  text: z.string().trim().min(1).max(maxMessageLength),
})

export const inbox = {
  list: procedure
    .input(
      z.object({
        filter: z.enum(inboxFilters),
        before: z.number().int().optional(),
        limit: z.number().int().min(1).max(100),
      }),
    )
    .output(z.object({ rows: z.array(conversationRow), next: z.number().int().nullable() })),
  counts: procedure.output(z.object({ needsMe: z.number().int(), unread: z.number().int(), all: z.number().int() })),
  conversation: procedure.input(inConversation).output(conversation),
  /** Messages of one thread, oldest first; `before` is the seq to page back from. */
  thread: procedure
    .input(inConversation.extend({ before: z.number().int().optional(), limit: z.number().int().min(1).max(200) }))
    .output(z.object({ messages: z.array(message), hasEarlier: z.boolean() })),
  send: procedure.input(inConversation.extend(outgoing.shape)).output(z.object({ messageId: id })),
  takeOver: procedure.input(inConversation).output(done),
  /** After a safety crisis it is refused with CRISIS_HANDBACK until the coach says that they are sure. */
  handBack: procedure.input(inConversation.extend({ evenAfterCrisis: z.boolean().optional() })).output(done),
  acknowledge: procedure.input(inConversation).output(done),
  markRead: procedure.input(inConversation.extend({ upToSeq: z.number().int() })).output(done),
  markUnread: procedure.input(inConversation).output(done),
  saveComposer: procedure.input(inConversation.extend({ text: z.string().max(maxMessageLength) })).output(done),
  sendDraft: procedure.input(outgoing.extend({ draftId: id, evenIfClientWrote: z.boolean() })).output(done),
  discardDraft: procedure.input(z.object({ draftId: id })).output(done),
  /** The coach's word on a message that failed or may not have arrived. */
  settleTrouble: procedure
    .input(z.object({ outboxId: id, decision: z.enum(['arrived', 'send_again', 'drop']) }))
    .output(done),
  attachment: procedure
    .input(z.object({ fileId: id }))
    .output(z.object({ name: z.string(), mediaType: z.string(), base64: z.string() })),
}
