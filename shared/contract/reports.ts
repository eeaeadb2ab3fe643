import { z } from 'zod'
import { handoffTriggers, senderTypes } from '../taxonomy/conversation.ts'
import { id, procedure, time } from './base.ts'

const span = z.object({
  /** Milliseconds UTC, from included, to not. */
  from: time,
  to: time,
  /** Of the coach, for the borders of days and weeks. */
  timeZone: z.string().max(64),
  /** Practice clients are counted too. */
  withPractice: z.boolean(),
})

const bucket = z.object({
  /** Start of the day or week in the coach's time zone. */
  start: time,
})

export const reports = {
  /** Everything over time, by days where the span is at most 60 days, else by weeks. */
  overview: procedure.input(span).output(
    z.object({
      unit: z.enum(['day', 'week']),
      handoffs: z.array(bucket.extend({ trigger: z.enum(handoffTriggers), count: z.number().int() })),
      replies: z.array(
        bucket.extend({
          author: z.enum(['ai', 'approved_draft', 'human_coach', 'system']),
          count: z.number().int(),
        }),
      ),
      drafts: z.array(
        bucket.extend({
          /** accepted: edit distance at most 0.2; unedited ones are counted among them too. */
          accepted: z.number().int(),
          unedited: z.number().int(),
          edited: z.number().int(),
          discarded: z.number().int(),
        }),
      ),
      /** Milliseconds from alert to acknowledgement; null where there was none. */
      acknowledge: z.array(
        bucket.extend({ medianMs: z.number().nullable(), slowestMs: z.number().nullable(), count: z.number().int() }),
      ),
      totals: z.object({
        clientMessages: z.number().int(),
        aiReplies: z.number().int(),
        handoffs: z.number().int(),
        /** Handoffs of all turns the clone had to decide about; null where there were none. */
        handoffRate: z.number().nullable(),
        /** AI replies the coach marked as "should have been handed over", of all AI replies; always shown beside the rate above. */
        shouldHaveHandedOverRate: z.number().nullable(),
        shouldHaveHandedOver: z.number().int(),
        /** Milliseconds from alert to acknowledgement, the median of the whole span; null where there was none. */
        acknowledgeMedianMs: z.number().nullable(),
        costMicros: z.number().int(),
        tokens: z.number().int(),
      }),
    }),
  ),
  /** The messages behind a figure, newest first. */
  behind: procedure
    .input(
      span.extend({
        what: z.enum([
          'handoff',
          'ai_reply',
          'approved_draft',
          'coach_reply',
          'notice',
          'draft_accepted',
          'draft_edited',
          'draft_discarded',
          'should_have_handed_over',
          'slow_acknowledge',
        ]),
        trigger: z.enum(handoffTriggers).optional(),
        limit: z.number().int().min(1).max(100),
      }),
    )
    .output(
      z.object({
        rows: z.array(
          z.object({
            conversationId: id,
            messageId: id.nullable(),
            messageSeq: z.number().int().nullable(),
            clientName: z.string(),
            senderType: z.enum(senderTypes).nullable(),
            preview: z.string(),
            detail: z.string(),
            at: time,
          }),
        ),
      }),
    ),
}
