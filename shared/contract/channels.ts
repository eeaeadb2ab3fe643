import { z } from 'zod'
import { done, procedure } from './base.ts'

export const channelStatus = z.object({
  name: z.string(),
  title: z.string(),
  state: z.enum(['off', 'running', 'trouble', 'finished']),
  /** A sentence for the coach: what it is doing, or what to do about the trouble. */
  detail: z.string(),
})
export type ChannelStatus = z.infer<typeof channelStatus>

export const channels = {
  list: procedure.output(z.object({ rows: z.array(channelStatus) })),
  startPractice: procedure.output(done),
  stopPractice: procedure.output(done),
}
