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

/** A backup or kept folder of old data that still holds a client after they were erased. */
const heldIn = z.object({
  /** The name of its folder. */
  name: z.string(),
  /** When it was written; null where the folder does not say. */
  createdAt: time.nullable(),
})

export const clientHoldings = z.object({
  name: z.string(),
  messages: z.number().int(),
  attachments: z.number().int(),
  notes: z.number().int(),
  memories: z.number().int(),
  crises: z.number().int(),
  /** Documents of the library that only this client's replies may use. */
  documents: z.array(z.object({ title: z.string(), isWatched: z.boolean() })),
  /** Why the client can be neither merged nor erased now; null where they can. */
  refusal: z.string().nullable(),
  backups: z.array(heldIn),
})
export type ClientHoldings = z.infer<typeof clientHoldings>

export const clientErased = z.object({
  /** Messages that were being sent at that moment and may still arrive. */
  onTheWay: z.number().int(),
  /** Deleted words leave traces in pages of the data file until the next start. */
  keepsTraces: z.boolean(),
  backups: z.array(heldIn),
})
export type ClientErased = z.infer<typeof clientErased>

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
    .output(done) /** What there is of a client, before it is saved, merged or erased. */,
  holdings: procedure.input(z.object({ clientId: id })).output(clientHoldings),
  /** Makes a zip of everything about one client. It waits, encrypted, until it was read and dropped, or for the next start. */
  export: procedure
    .input(z.object({ clientId: id }))
    .output(z.object({ exportId: id, name: z.string(), size: z.number().int() })),
  /** A stretch of that zip, base64, at most 1 MiB. */
  readExport: procedure
    .input(z.object({ exportId: id, from: z.number().int().min(0) }))
    .output(z.object({ base64: z.string() })),
  dropExport: procedure.input(z.object({ exportId: id })).output(done),
  /** Makes two clients one. It cannot be undone. */
  merge: procedure.input(z.object({ keptId: id, mergedId: id })).output(done),
  /** Removes a client for good, once their name was typed. */
  erase: procedure.input(z.object({ clientId: id, typedName: z.string().max(200) })).output(clientErased),
}
