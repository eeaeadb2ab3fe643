import { z } from 'zod'
import { ledgerPurposes } from '../taxonomy/conversation.ts'
import { id, procedure, time } from './base.ts'

export const ledgerRow = z.object({
  id,
  seq: z.number().int(),
  purpose: z.enum(ledgerPurposes),
  destination: z.string(),
  clientName: z.string().nullable(),
  bytesOut: z.number().int(),
  bytesIn: z.number().int().nullable(),
  /** Polls of one hour are one row. */
  calls: z.number().int(),
  replacedNames: z.number().int(),
  status: z.enum(['pending', 'ok', 'failed', 'blocked']),
  errorCode: z.string().nullable(),
  latencyMs: z.number().int().nullable(),
  createdAt: time,
})
export type LedgerRow = z.infer<typeof ledgerRow>

export const privacy = {
  ledger: procedure
    .input(z.object({ before: z.number().int().optional(), limit: z.number().int().min(1).max(200) }))
    .output(z.object({ rows: z.array(ledgerRow), next: z.number().int().nullable() })),
  /** The exact bytes that left, as text; null where only size and destination are kept. */
  payload: procedure.input(z.object({ entryId: id })).output(z.object({ payload: z.string().nullable() })),
}
