import { z } from 'zod'

/** What the main process and the host's process say to each other; parsed on both sides. */

const requestId = z.number().int().nonnegative()

/** Secrets and their wrapped form travel as base64. */
export const keychainRequest = z.discriminatedUnion('operation', [
  z.object({ type: z.literal('keychain-request'), id: requestId, operation: z.literal('isAvailable') }),
  z.object({
    type: z.literal('keychain-request'),
    id: requestId,
    operation: z.enum(['wrap', 'unwrap']),
    value: z.base64(),
  }),
])
export type KeychainRequest = z.infer<typeof keychainRequest>

export const keychainAnswer = z.union([
  z.object({ type: z.literal('keychain-answer'), id: requestId, available: z.boolean() }),
  z.object({ type: z.literal('keychain-answer'), id: requestId, value: z.base64() }),
  z.object({ type: z.literal('keychain-answer'), id: requestId, failed: z.literal(true) }),
])
export type KeychainAnswer = z.infer<typeof keychainAnswer>

/** `connect` travels with one MessagePort. */
export const toHost = z.union([
  z.object({ type: z.literal('start'), dataFolder: z.string().min(1), demo: z.boolean() }),
  z.object({ type: z.enum(['connect', 'sleep', 'wake', 'stop']) }),
  keychainAnswer,
])
export type ToHost = z.infer<typeof toHost>

/** A person the coach has to look at; texts are short and never what a client wrote. */
export const attention = z.object({
  conversationId: z.string().min(1).max(64),
  title: z.string().min(1).max(80),
  body: z.string().max(120),
  /** How often it was called for by now; 0 for what is only told once. */
  level: z.number().int().nonnegative().default(0),
  isCrisis: z.boolean().default(false),
})
export type Attention = z.infer<typeof attention>

export const counts = z.object({ needsMe: z.number().int().nonnegative(), unread: z.number().int().nonnegative() })
export type Counts = z.infer<typeof counts>

export const fromHost = z.union([
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('stopped') }),
  /** The host cannot run at all, and starting it again would not help. */
  z.object({ type: z.literal('failed'), code: z.string(), message: z.string() }),
  z.object({ type: z.literal('counts'), counts }),
  z.object({ type: z.literal('attention'), attention }),
  keychainRequest,
])
export type FromHost = z.infer<typeof fromHost>
