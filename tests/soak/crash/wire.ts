import { z } from 'zod'

/** What the soak and the host it kills say to each other. The soak outlives the host, as a real channel does. */
export const toHost = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('offer'), updateId: z.number(), chatId: z.string(), text: z.string() }),
  z.object({ kind: z.literal('sent'), outboxId: z.string(), externalId: z.string() }),
  z.object({ kind: z.literal('act'), act: z.enum(['takeOver', 'handBack', 'send', 'sendDraft']), pick: z.number() }),
])
export type ToHost = z.infer<typeof toHost>

export const toSoak = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  z.object({ kind: z.literal('stored'), updateId: z.number() }),
  z.object({ kind: z.literal('send'), outboxId: z.string(), chatId: z.string(), text: z.string() }),
])
export type ToSoak = z.infer<typeof toSoak>
