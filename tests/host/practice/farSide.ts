import type {
  Channel,
  ChannelCall,
  ChannelSink,
  ChannelState,
  InboundBatch,
  InboundChange,
  InboundMessage,
  Receipt,
} from '../../../host/channels/index.ts'
import { Problem } from '../../../shared/problem.ts'
import { createFakeClock, type FakeClock } from '../../fakes/clock.ts'

export interface House {
  readonly sink: ChannelSink
  /** Everything that is on disk, in order, offers of a known update left out as the real house does. */
  readonly stored: InboundMessage[]
  /** Every change to what is on disk, likewise. */
  readonly changes: InboundChange[]
  /** The ids of all that is on disk, messages and changes, in order. */
  readonly updateIds: string[]
  readonly calls: ChannelCall[]
  memory: unknown
  readonly reports: { state: ChannelState; detail: string }[]
  readonly receipts: Receipt[]
  cursor: string | null
  /** How the next offers end; without an entry they are stored. */
  readonly next: ('refuse' | 'store_and_refuse')[]
}

/** Stands in for the house: messages and cursor are stored together or not at all. */
export const createPracticeHouse = (): House => {
  const isNew = ({ updateId }: { updateId: string }): boolean => {
    if (house.updateIds.includes(updateId)) return false
    house.updateIds.push(updateId)
    return true
  }
  const store = (batch: InboundBatch): void => {
    house.stored.push(...batch.messages.filter(isNew))
    house.changes.push(...(batch.changes ?? []).filter(isNew))
    if (batch.memory !== undefined) house.memory = batch.memory
    house.cursor = batch.cursor
  }
  const house: House = {
    stored: [],
    changes: [],
    updateIds: [],
    calls: [],
    memory: null,
    reports: [],
    receipts: [],
    cursor: null,
    next: [],
    sink: {
      receive: async (batch) => {
        const how = house.next.shift()
        if (how === 'refuse') throw new Problem('DISK_FULL')
        store(batch)
        if (how === 'store_and_refuse') throw new Problem('INTERNAL')
      },
      cursor: () => house.cursor,
      memory: () => house.memory,
      record: (call) => void house.calls.push(call),
      receipt: (one) => void house.receipts.push(one),
      report: (state, detail) => void house.reports.push({ state, detail }),
    },
  }
  return house
}

/** A process that can be killed: from then on nothing it does reaches the disk, and none of its timers fires. */
export const createKillable = (clock: FakeClock, house: House) => {
  let life: 'alive' | 'dies_once_stored' | 'dead' = 'alive'
  const never = new Promise<void>(() => undefined)
  return {
    clock: {
      now: () => clock.now(),
      after: (ms: number, action: () => void) => clock.after(ms, () => void (life === 'dead' || action())),
    },
    sink: {
      ...house.sink,
      receive: async (batch: InboundBatch): Promise<void> => {
        if (life === 'dead') return never
        await house.sink.receive(batch)
        if (life === 'alive') return
        life = 'dead'
        return never
      },
    },
    kill: () => {
      life = 'dead'
    },
    /** Dies after the next batch is on disk and before the channel hears of it. */
    killOnceStored: () => {
      life = 'dies_once_stored'
    },
  }
}

/** A clock that counts the timers still waiting. */
export const createCountingClock = (start = 1_760_000_000_000) => {
  const clock = createFakeClock(start)
  let waiting = 0
  return {
    clock: {
      ...clock,
      after: (ms: number, action: () => void) => {
        waiting += 1
        let isOver = false
        const end = (): void => {
          if (!isOver) waiting -= 1
          isOver = true
        }
        const cancel = clock.after(ms, () => {
          end()
          action()
        })
        return () => {
          end()
          cancel()
        }
      },
    },
    waiting: () => waiting,
  }
}

export const tell = (channel: Channel, chatId: string, text: string) =>
  channel.send({ outboxId: `outbox-${chatId}-${text.length}`, chatId, text })
