import { z } from 'zod'
import {
  acceptances,
  feedbackReasons,
  handoffTriggers,
  inboxFilters,
  owners,
  replyModes,
  senderTypes,
} from '../taxonomy/conversation.ts'
import { done, id, maxMessageLength, procedure, time } from './base.ts'
import { message, ownerChange } from './messages.ts'

export type { InboxFilter } from '../taxonomy/conversation.ts'

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
  acceptance: z.enum(acceptances),
  snoozedUntil: time.nullable(),
  doneAt: time.nullable(),
  /** As the channel calls the client, such as `@name`. */
  handle: z.string().nullable(),
  /** False where the client blocked the channel. */
  isReachable: z.boolean(),
  /** When the first client message came that nobody has answered; null where all are. */
  unansweredSince: time.nullable(),
  /** The coach went quiet after answering on their own device: hand back? */
  asksToHandBack: z.boolean(),
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
  /** The answer of the clone that must not be sent, and a sentence why; null where there is none. */
  heldBack: z.object({ text: z.string(), why: z.string() }).nullable(),
})
export type OpenHandoff = z.infer<typeof openHandoff>

/** Fixed lines that a client can get before a draft. */
export const linesBeforeDraft = z.enum(['handoff_holding', 'out_of_hours', 'ai_answer', 'ai_disclosure', 'ai_drafts'])
export type LineBeforeDraft = z.infer<typeof linesBeforeDraft>

export const draft = z.object({
  id,
  executionId: id,
  text: z.string(),
  confidence: z.number().nullable(),
  createdAt: time,
  /** The client has written since the draft was made, or taken back what it answers. */
  isStale: z.boolean(),
  /** The client has taken back what it answers. */
  isTakenBack: z.boolean(),
  /** No model wrote it: it is put together from the coach's own earlier words. */
  isFromCases: z.boolean(),
  /** The fixed lines that would reach the client before it, in their order. */
  linesBefore: z.array(linesBeforeDraft),
})
export type Draft = z.infer<typeof draft>

export const conversation = conversationRow.extend({
  timeZone: z.string().nullable(),
  replyMode: z.enum(replyModes),
  isSensitive: z.boolean(),
  handoff: openHandoff.nullable(),
  draft: draft.nullable(),
  /** What the coach scheduled, soonest first; with a note where it was held back and the coach has to decide. */
  scheduled: z.array(
    z.object({
      outboxId: id,
      text: z.string(),
      sendAt: time,
      onlyIfSilent: z.boolean(),
      note: z.string().nullable(),
    }),
  ),
  /** Text the coach has written and not sent. */
  composerText: z.string(),
  /** A safety crisis ended with the client's newest message unanswered: the clone leaves that one to the coach. */
  isLeftToCoach: z.boolean(),
  /** The clone is thinking of an answer. */
  isThinking: z.boolean(),
  /** Why the clone has no answer, if its last run failed; a sentence for the coach. */
  lastTrouble: z.string().nullable(),
})
export type Conversation = z.infer<typeof conversation>

/** The last row of a page, to go on behind it. */
const listPlace = z.object({
  /** Its `lastSeq`. */
  seq: z.number().int(),
  /** Since when its client waits, where the list stands in that order; else null. */
  waitsSince: time.nullable(),
})

const inConversation = z.object({ conversationId: id })
const ofMessage = z.object({ messageId: id })

/** The state a triage changed, to put back with `restore`. */
export const triageBefore = z.object({
  conversationId: id,
  snoozedUntil: time.nullable(),
  doneAt: time.nullable(),
  unreadCount: z.number().int(),
  acceptance: z.enum(acceptances),
  /** The client's newest message then: what they wrote after it is not undone. */
  lastClientSeq: z.number().int(),
})
export type TriageBefore = z.infer<typeof triageBefore>

export const triageAction = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('done') }),
  z.object({ kind: z.literal('reopen') }),
  z.object({ kind: z.literal('snooze'), until: time }),
  z.object({ kind: z.literal('read') }),
  z.object({ kind: z.literal('unread') }),
  z.object({ kind: z.literal('accept') }),
  z.object({ kind: z.literal('decline') }),
])
export type TriageAction = z.infer<typeof triageAction>

export const searchHit = z.object({
  messageId: id,
  seq: z.number().int(),
  conversationId: id,
  clientId: id,
  clientName: z.string(),
  senderType: z.enum(senderTypes),
  sentAt: time,
  /** Part of the message around the first match. */
  snippet: z.string(),
  /** Where the words stand in the snippet, as character positions. */
  marks: z.array(z.object({ start: z.number().int(), end: z.number().int() })),
})
export type SearchHit = z.infer<typeof searchHit>
const outgoing = z.object({
  /** Made by the window; the same id is never sent twice. */
  requestId: z.uuid(),
  text: z.string().trim().min(1).max(maxMessageLength),
})

export const inbox = {
  /**
   * Who is in danger first. Then, under `needs_me`, whoever waits longest for an answer, and behind them what waits for
   * none; in every other list the newest. `after`: the `next` of the page before.
   */
  list: procedure
    .input(
      z.object({
        filter: z.enum(inboxFilters),
        clientId: id.optional(),
        after: listPlace.optional(),
        limit: z.number().int().min(1).max(100),
      }),
    )
    .output(z.object({ rows: z.array(conversationRow), next: listPlace.nullable() })),
  counts: procedure.output(
    z.object({
      needsMe: z.number().int(),
      unread: z.number().int(),
      all: z.number().int(),
      requests: z.number().int(),
      snoozed: z.number().int(),
    }),
  ),
  conversation: procedure.input(inConversation).output(conversation),
  /**
   * Messages of one thread, oldest first. `before`: the seq to page back from (not included). `after`: the seq to page
   * forward from (not included), for reading on from a search hit. Neither: the newest.
   */
  thread: procedure
    .input(
      inConversation.extend({
        before: z.number().int().optional(),
        after: z.number().int().optional(),
        limit: z.number().int().min(1).max(200),
      }),
    )
    .output(
      z.object({
        messages: z.array(message),
        hasEarlier: z.boolean(),
        hasLater: z.boolean(),
        /** Times in which the channel may have lost messages, oldest first. */
        gaps: z.array(z.object({ from: time, to: time })),
        /** How the conversation changed hands among these messages, oldest first. Each change is on one page only. */
        ownerChanges: z.array(ownerChange),
      }),
    ),
  /** Every word must occur (the last one as a beginning); newest first. */
  search: procedure
    .input(
      z.object({
        query: z.string().trim().min(1).max(200),
        clientId: id.optional(),
        before: z.number().int().optional(),
        limit: z.number().int().min(1).max(100),
      }),
    )
    .output(z.object({ rows: z.array(searchHit), next: z.number().int().nullable() })),
  /**
   * Queues the coach's words. Until `undoUntil` they can be taken back with `cancelSend`. `sendAt` in the future
   * schedules them: that changes no owner; with `onlyIfSilent` they come back to the coach if the client writes first.
   */
  send: procedure
    .input(
      inConversation.extend({
        ...outgoing.shape,
        sendAt: time.optional(),
        onlyIfSilent: z.boolean().optional(),
        replyTo: id.optional(),
        cannedReplyId: id.optional(),
      }),
    )
    .output(z.object({ outboxId: id, undoUntil: time.nullable() })),
  /** Takes back what is not on its way yet, scheduled or in its undo window; the text lies in the composer again. */
  cancelSend: procedure.input(z.object({ outboxId: id })).output(done),
  editMessage: procedure.input(ofMessage.extend({ text: outgoing.shape.text })).output(done),
  removeMessage: procedure.input(ofMessage).output(done),
  /** Earlier texts of an edited message, oldest first. */
  versions: procedure
    .input(ofMessage)
    .output(z.object({ rows: z.array(z.object({ content: z.string(), replacedAt: time })) })),
  triage: procedure
    .input(z.object({ conversationIds: z.array(id).min(1).max(500), action: triageAction }))
    .output(z.object({ before: z.array(triageBefore) })),
  restore: procedure.input(z.object({ before: z.array(triageBefore).min(1).max(500) })).output(done),
  setFeedback: procedure
    .input(
      ofMessage.extend({
        isHelpful: z.boolean().nullable().optional(),
        reason: z.enum(feedbackReasons).nullable().optional(),
        shouldHaveHandedOver: z.boolean().optional(),
      }),
    )
    .output(done),
  takeOver: procedure.input(inConversation).output(done),
  /** After a safety crisis it is refused with CRISIS_HANDBACK until the coach says that they are sure. */
  handBack: procedure.input(inConversation.extend({ evenAfterCrisis: z.boolean().optional() })).output(done),
  acknowledge: procedure.input(inConversation).output(done),
  markRead: procedure.input(inConversation.extend({ upToSeq: z.number().int() })).output(done),
  markUnread: procedure.input(inConversation).output(done),
  saveComposer: procedure.input(inConversation.extend({ text: z.string().max(maxMessageLength) })).output(done),
  sendDraft: procedure
    .input(outgoing.extend({ draftId: id, evenIfClientWrote: z.boolean() }))
    .output(z.object({ outboxId: id, undoUntil: time.nullable() })),
  discardDraft: procedure.input(z.object({ draftId: id })).output(done),
  /** Takes back a discard, while no newer draft lies there. */
  restoreDraft: procedure.input(z.object({ draftId: id })).output(done),
  /** Asks the clone for another draft; the hint is the coach's wish for it. The draft that lies there is set aside. */
  regenerate: procedure.input(inConversation.extend({ hint: z.string().trim().max(400) })).output(done),
  /** The coach's word on a message that failed or may not have arrived. */
  settleTrouble: procedure
    .input(z.object({ outboxId: id, decision: z.enum(['arrived', 'send_again', 'drop']) }))
    .output(done),
  attachment: procedure
    .input(z.object({ fileId: id }))
    .output(z.object({ name: z.string(), mediaType: z.string(), base64: z.string() })),
}
