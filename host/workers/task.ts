import { z } from 'zod'
import { backupReasons } from '../../db/backupFormat.ts'
import { problemCodes } from '../../shared/contract/problems.ts'

const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array)

/** What the maintenance worker is asked. */
export const taskShape = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('write'),
    dataFolder: z.string(),
    backupFolder: z.string(),
    key: bytes,
    reason: z.enum(backupReasons),
    createdAt: z.int(),
  }),
  z.object({ kind: z.literal('stage'), dataFolder: z.string(), folder: z.string(), key: bytes, envelope: z.unknown() }),
])
export type Task = z.infer<typeof taskShape>

/** What it answers: the folder of the backup it wrote or made ready, or a problem of the contract. */
export const answerShape = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), folder: z.string() }),
  z.object({ ok: z.literal(false), code: z.enum(problemCodes), message: z.string() }),
])
export type Answer = z.infer<typeof answerShape>
