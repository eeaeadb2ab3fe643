import { z } from 'zod'
import { done, procedure, time } from './base.ts'
import { passphrase, secret } from './vault.ts'

export const backup = z.object({
  folder: z.string(),
  createdAt: time,
  bytes: z.number().int(),
  reason: z.enum(['manual', 'daily', 'before_migration', 'before_restore']),
  messages: z.number().int(),
  verifiedAt: time,
})
export type Backup = z.infer<typeof backup>

export const backups = {
  /** `lastFailure`: the newest daily backup was not written, and none has been since. */
  list: procedure.output(
    z.object({ rows: z.array(backup), lastFailure: z.object({ at: time, message: z.string() }).nullable() }),
  ),
  /** Writes an encrypted backup and reads it back; fails rather than keep one that does not verify. */
  create: procedure.output(backup),
  /**
   * Replaces the data by a backup, on this or a new machine. The data that was there is kept beside it.
   * Works before there is any data, and while locked.
   */
  restore: procedure
    .input(z.object({ folder: z.string().min(1), secret, newPassphrase: passphrase.optional() }))
    .output(done),
}
