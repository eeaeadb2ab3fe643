import { z } from 'zod'
import { procedure, time } from './base.ts'

export const learning = {
  /** What was learned so far, in figures. */
  overview: procedure.output(
    z.object({
      /** Interventions analysed, without those with practice clients and those undone. */
      interventions: z.number().int(),
      /** The end of the first of them, milliseconds UTC; null where there is none. */
      since: time.nullable(),
    }),
  ),
}
