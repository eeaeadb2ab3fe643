import { z } from 'zod'
import { acceptances, owners, replyModes } from '../taxonomy/conversation.ts'
import { done, id, procedure, time } from './base.ts'

export const client = z.object({
  id,
  name: z.string(),
  timeZone: z.string().nullable(),
  region: z.string().nullable(),
  /** What the time zone suggests where the coach has not set the country: a crisis notice goes by it until they have. */
  guessedRegion: z.string().nullable(),
  /** Null: the default from Settings. */
  replyMode: z.enum(replyModes).nullable(),
  isSensitive: z.boolean(),
  isPractice: z.boolean(),
  about: z.string(),
  createdAt: time,
  conversationId: id.nullable(),
  owner: z.enum(owners).nullable(),
  /** Whether the coach let them in; null before there is a conversation. */
  acceptance: z.enum(acceptances).nullable(),
  lastMessageAt: time.nullable(),
  messageCount: z.number().int(),
})
export type Client = z.infer<typeof client>

export const clients = {
  list: procedure
    .input(
      z.object({ search: z.string().max(100), after: z.string().optional(), limit: z.number().int().min(1).max(200) }),
    )
    .output(
      z.object({
        rows: z.array(client.omit({ messageCount: true, about: true, guessedRegion: true })),
        next: z.string().nullable(),
      }),
    ),
  get: procedure.input(z.object({ clientId: id })).output(client),
  update: procedure
    .input(
      z.object({
        clientId: id,
        name: z.string().trim().min(1).max(120).optional(),
        timeZone: z.string().max(64).nullable().optional(),
        region: z.string().length(2).nullable().optional(),
        replyMode: z.enum(replyModes).nullable().optional(),
        isSensitive: z.boolean().optional(),
        about: z.string().max(4000).optional(),
      }),
    )
    .output(done),
}
