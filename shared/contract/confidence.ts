import { z } from 'zod'
import { id, procedure, time } from './base.ts'

const share = z.number().min(0).max(1)
const error = z.object({ value: share, low: share, high: share })

export const confidence = {
  /** How sure the clone was of its drafts, beside what the coach did with them; the newest 1,000, without practice. */
  record: procedure.output(
    z.object({
      decided: z.number().int(),
      /** From so many decided replies on the record corrects how sure the clone is. */
      needed: z.number().int(),
      isInUse: z.boolean(),
      /** Ten, from 0 to 1; those without a reply too. */
      bins: z.array(
        z.object({
          from: share,
          to: share,
          count: z.number().int(),
          /** Sent, changed by no more than a fifth. */
          accepted: z.number().int(),
          /** Means of what the clone said without the record, and of what is shown with it; null without a reply. */
          said: share.nullable(),
          shown: share.nullable(),
          /** 95 % interval of the share that was accepted. */
          low: share,
          high: share,
        }),
      ),
      /** Mean distance between what was said and what the coach did, without and with the record; null while it is not in use. */
      error: z.object({ before: error, after: error }).nullable(),
    }),
  ),
  /** The replies behind one bin, by where it begins, newest first. */
  behind: procedure.input(z.object({ from: share, limit: z.number().int().min(1).max(100) })).output(
    z.object({
      rows: z.array(
        z.object({
          conversationId: id,
          clientName: z.string(),
          text: z.string(),
          messageSeq: z.number().int(),
          said: share,
          /** What the coach did with it, in words. */
          decision: z.string(),
          at: time,
        }),
      ),
    }),
  ),
}
