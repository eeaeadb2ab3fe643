import { z } from 'zod'
import { learnedDecisions, ruleKinds, ruleScopes, ruleStates, taughtKinds } from '../taxonomy/learning.ts'
import { situations } from '../taxonomy/situations.ts'
import { done, id, procedure, time } from './base.ts'

const count = z.number().int().min(0)
const place = z.object({ conversationId: id, seq: z.number().int() })

/** A stretch of a draft beside what was sent. */
const diffPart = z.object({ change: z.enum(['kept', 'removed', 'added']), text: z.string() })
export type DiffPart = z.infer<typeof diffPart>

const accepted = z.object({ accepted: count, of: count })

const rule = z.object({
  id,
  scope: z.enum(ruleScopes),
  /** Of rules for one client. */
  client: z.object({ id, name: z.string() }).nullable(),
  /** Of rules for one situation. */
  situation: z.enum(situations).nullable(),
  kind: z.enum(ruleKinds),
  /** The words it is about; empty for kinds that need none. */
  detail: z.string(),
  origin: z.enum(['drafts', 'taught']),
  state: z.enum(ruleStates),
  /** What keeps it from going live, each a sentence; empty where nothing does. */
  objections: z.array(z.string()),
  /** How many safety cases were run with it. */
  safetyCases: count,
  /** Edits that ask for it, and drafts in which the coach did without or did the opposite. */
  timesSeen: count,
  timesAgainst: count,
  /** Replies it was given to, and those that followed it as far as is known. */
  timesGiven: count,
  timesUsed: count,
  /** Replies that went out as good as unedited (distance up to 0.2): with the rule, and without it in the same scope. */
  withRule: accepted,
  withoutRule: accepted,
  /** The message it was taught on, while that is there. */
  taughtOn: place.nullable(),
  createdAt: time,
  updatedAt: time,
})
export type LearnedRule = z.infer<typeof rule>

const behind = z.object({
  id,
  client: z.object({ id, name: z.string() }),
  situation: z.enum(situations),
  at: time,
  summary: z.string(),
  editDistance: z.number().min(0).max(1),
  diff: z.array(diffPart),
  /** The message that was sent; null where it is no longer there. */
  place: place.nullable(),
})
export type BehindRule = z.infer<typeof behind>

const decision = z.enum(learnedDecisions).nullable()
const next = z.number().int().nullable()
const page = { offset: count.max(1_000_000), limit: z.number().int().min(1).max(100) }

/** What the coach's edits and the coach themselves taught the clone, and the way back. */
export const rules = {
  /** Live ones first, then proposed, paused, undone; in each the last changed first. */
  list: procedure.input(z.object(page)).output(z.object({ rows: z.array(rule), total: count, next })),
  /** The edits that a rule comes from, the last first. NOT_FOUND where the rule is gone. */
  behind: procedure.input(z.object({ ruleId: id, ...page })).output(z.object({ rows: z.array(behind), next })),
  /** What a rule taught on this message could be about. */
  momentOf: procedure
    .input(z.object({ conversationId: id, messageId: id }))
    .output(z.object({ clientName: z.string(), situation: z.enum(situations).nullable() })),
  /**
   * Teaches on a message of the clone or the coach. `before` is what the coach had decided about the same rule, and
   * `isNew` whether there was none: with both it can be taken back.
   */
  teach: procedure
    .input(
      z.object({
        conversationId: id,
        messageId: id,
        kind: z.enum(taughtKinds),
        text: z.string().max(20_000),
        scope: z.enum(ruleScopes),
      }),
    )
    .output(
      z.object({
        ruleId: id,
        state: z.enum(ruleStates),
        objections: z.array(z.string()),
        isNew: z.boolean(),
        before: decision,
      }),
    ),
  /** As if it had never been taught. INVALID_INPUT for a rule that comes from edits. */
  unteach: procedure.input(z.object({ ruleId: id })).output(done),
  /** Pauses or undoes a rule; null lets it hold again. Answers with what was decided before. */
  decide: procedure.input(z.object({ ruleId: id, decision })).output(z.object({ before: decision })),
}
