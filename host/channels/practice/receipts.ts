import type { Clock } from '../../clock.ts'
import type { ChannelSink } from '../channel.ts'
import type { Timers } from './timers.ts'

export interface ReceiptTimes {
  readonly deliveredInMs: number
  readonly readInMs: number
}

/** Tells the house that a reply arrived, and a moment later that it was read. A receipt it cannot store is dropped. */
export const sendReceipts = (
  sink: ChannelSink,
  clock: Clock,
  timers: Timers,
  reply: { chatId: string; externalId: string },
  { deliveredInMs, readInMs }: ReceiptTimes,
): void => {
  const tell = (status: 'delivered' | 'read') => (): void => {
    try {
      sink.receipt({ ...reply, status, at: clock.now() })
    } catch {
      // The reply itself is stored; only this mark on it is missing.
    }
  }
  timers.after(deliveredInMs, tell('delivered'))
  timers.after(readInMs, tell('read'))
}
