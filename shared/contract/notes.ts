import { z } from 'zod'
import { done, id, maxMessageLength, procedure, time } from './base.ts'

/** What the coach writes about a client, newest first; no client, model or other machine ever sees it. */
export const note = z.object({ id, clientId: id, text: z.string(), createdAt: time, updatedAt: time })
export type Note = z.infer<typeof note>

const text = z.string().trim().min(1).max(10_000)

export const notes = {
  list: procedure.input(z.object({ clientId: id })).output(z.object({ rows: z.array(note) })),
  add: procedure.input(z.object({ clientId: id, text })).output(note),
  update: procedure.input(z.object({ noteId: id, text })).output(done),
  remove: procedure.input(z.object({ noteId: id })).output(done),
}

/** A text the coach uses often. `{{first_name}}`, `{{name}}`, `{{coach_name}}` and `{{day}}` are filled in when it is inserted. */
export const cannedReply = z.object({
  id,
  name: z.string(),
  text: z.string(),
  timesUsed: z.number().int(),
})
export type CannedReply = z.infer<typeof cannedReply>

export const canned = {
  list: procedure.output(z.object({ rows: z.array(cannedReply) })),
  /** Without an id a new one; a name that is taken is refused with CONFLICT. */
  save: procedure
    .input(
      z.object({
        id: id.optional(),
        name: z.string().trim().min(1).max(60),
        text: z.string().trim().min(1).max(maxMessageLength),
      }),
    )
    .output(z.object({ id })),
  remove: procedure.input(z.object({ id })).output(done),
}
