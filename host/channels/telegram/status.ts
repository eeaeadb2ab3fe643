import type { ChannelSink } from '../channel.ts'

/** Tells the coach how the channel is doing, once for each change. */
export type Status = (state: 'running' | 'trouble', detail: string) => void

export const createStatus = (sink: ChannelSink): Status => {
  let told = ''
  return (state, detail) => {
    if (told === `${state} ${detail}`) return
    told = `${state} ${detail}`
    sink.report(state, detail)
  }
}
