import { z } from 'zod'
import {
  deliveryStatuses,
  feedbackReasons,
  handoffTriggers,
  owners,
  senderTypes,
  unreadableKinds,
} from '../taxonomy/conversation.ts'
import { id, time } from './base.ts'

/** Attribution of a message; the names are the specification's. */
export const messageMetadata = z.object({
  is_handoff: z.boolean().optional(),
  is_handback: z.boolean().optional(),
  handoff_reason: z.string().optional(),
  handoff_trigger: z.enum(handoffTriggers).optional(),
  ai_confidence_before: z.number().optional(),
  ai_confidence_after: z.number().optional(),
  human_duration_minutes: z.number().optional(),
  messages_in_intervention: z.number().int().optional(),
  /** The run of the clone this text comes from. */
  execution_id: z.string().optional(),
  confidence: z.number().optional(),
  /** The coach approved this draft; original_draft and edit_distance where they changed it. */
  approved_by_coach: z.boolean().optional(),
  original_draft: z.string().optional(),
  edit_distance: z.number().optional(),
  /** Which fixed, vetted notice a system message is. */
  notice: z.string().optional(),
  /** The country, two letters, whose help a crisis notice names, where only the client's time zone suggested it. */
  guessed_region: z.string().optional(),
  /** The coach chose this time for it, milliseconds UTC. */
  scheduled_for: z.number().int().optional(),
  /** The coach wrote it on their own device, not in the console. */
  from_own_device: z.boolean().optional(),
})
export type MessageMetadata = z.infer<typeof messageMetadata>

export const attachment = z.object({ id, name: z.string(), mediaType: z.string(), size: z.number().int() })

export const message = z.object({
  id,
  seq: z.number().int(),
  senderType: z.enum(senderTypes),
  senderName: z.string(),
  content: z.string(),
  metadata: messageMetadata,
  deliveryStatus: z.enum(deliveryStatuses),
  sentAt: time,
  deliveredAt: time.nullable(),
  readAt: time.nullable(),
  attachments: z.array(attachment),
  editedAt: time.nullable(),
  /** Deleted on the channel; the text is kept here. */
  removedAt: time.nullable(),
  /** The message this one answers, if it is known here. */
  replyTo: z.object({ messageId: id, seq: z.number().int(), preview: z.string() }).nullable(),
  unreadable: z.enum(unreadableKinds).nullable(),
  /** While it waits to be sent: when it goes, and what to call it back by. */
  waiting: z.object({ outboxId: id, sendAfter: time, note: z.string().nullable() }).nullable(),
  /** The channel lets the coach change or delete it. */
  canChange: z.boolean(),
  feedback: z
    .object({
      isHelpful: z.boolean().nullable(),
      reason: z.enum(feedbackReasons).nullable(),
      shouldHaveHandedOver: z.boolean(),
      /** The client's own opinion, where the channel carries it. */
      clientFoundHelpful: z.boolean().nullable(),
    })
    .nullable(),
  /** The outbox row, where the coach has to decide about it (failed or unknown), with a sentence why. */
  trouble: z.object({ outboxId: id, state: z.enum(['failed', 'unknown']), message: z.string() }).nullable(),
})
export type Message = z.infer<typeof message>

/** The conversation changed hands. */
export const ownerChange = z.object({
  id,
  at: time,
  from: z.enum(owners),
  to: z.enum(owners),
  trigger: z.enum(handoffTriggers),
  /** The coach's own doing; false where the console did it. */
  byCoach: z.boolean(),
  /** The record of the safety crisis can be read under this id. */
  hasCrisisRecord: z.boolean(),
  /** What was learned from the takeover that this handback ended; null where nothing was. */
  interventionId: id.nullable(),
  /** The seq of the message it stands before; null at the end of the thread. */
  beforeSeq: z.number().int().nullable(),
})
export type OwnerChange = z.infer<typeof ownerChange>
