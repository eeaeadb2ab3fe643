import { z } from 'zod'
import { procedure, time } from './base.ts'

export const system = {
  about: procedure.output(
    z.object({
      version: z.string(),
      schemaVersion: z.number().int(),
      shell: z.enum(['electron', 'browser']),
      dataFolder: z.string(),
      node: z.string(),
      startedAt: time,
    }),
  ),
}
