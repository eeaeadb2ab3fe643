import { oc } from '@orpc/contract'
import { z } from 'zod'
import { problems } from './problems.ts'

/** What every procedure of the contract starts from: the same typed errors. */
export const procedure = oc.errors(problems)

export const id = z.string().min(1).max(64)
/** Milliseconds since 1970, UTC. */
export const time = z.number().int()
export const done = z.object({})
export { maxMessageLength } from '../limits.ts'
