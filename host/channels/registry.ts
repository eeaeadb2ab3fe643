import { eq } from 'drizzle-orm'
import { channelCursors } from '../../db/schema/index.ts'
import type { Queries } from '../../db/sqlite.ts'
import type { ChannelStatus } from '../../shared/contract/channels.ts'
import type { Change } from '../../shared/contract/events.ts'
import type { Channel, ChannelCall, ChannelSink, InboundBatch, Receipt } from './channel.ts'
import { storedMemory } from './memory.ts'

export interface ChannelRegistry {
  add(channel: Channel): void
  remove(name: string): Promise<void>
  named(name: string): Channel | undefined
  /** Names of the channels that are switched on. */
  running(): string[]
  statuses(): ChannelStatus[]
  /** Says how a channel is doing that cannot even be started. */
  report(status: ChannelStatus): void
  stopAll(): Promise<void>
}

interface Parts {
  readonly queries: Queries
  readonly receive: (channel: Channel, batch: InboundBatch) => Promise<void>
  readonly receipt: (channel: Channel, receipt: Receipt) => void
  readonly record: (channel: Channel, call: ChannelCall) => void
  readonly publish: (changes: Change[]) => void
}

/** Starts and stops channels, hands each its sink, and keeps the sentence that says how it is doing. */
export const createChannelRegistry = ({ queries, receive, receipt, record, publish }: Parts): ChannelRegistry => {
  const running = new Map<string, Channel>()
  const statuses = new Map<string, ChannelStatus>()

  const sinkFor = (channel: Channel): ChannelSink => ({
    receive: (batch) => receive(channel, batch),
    cursor: () =>
      queries.select().from(channelCursors).where(eq(channelCursors.channel, channel.name)).get()?.cursor ?? null,
    memory: () => storedMemory(queries, channel.name),
    receipt: (one) => receipt(channel, one),
    record: (call) => record(channel, call),
    report: (state, detail) => {
      statuses.set(channel.name, { name: channel.name, title: channel.title, state, detail })
      publish([{ topic: 'channels' }])
    },
  })

  const remove = async (name: string): Promise<void> => {
    const channel = running.get(name)
    if (!channel) return
    await channel.stop()
    running.delete(name)
    statuses.set(name, { name, title: channel.title, state: 'off', detail: 'Switched off.' })
    publish([{ topic: 'channels' }])
  }

  return {
    add: (channel) => {
      if (running.has(channel.name)) return
      running.set(channel.name, channel)
      statuses.set(channel.name, { name: channel.name, title: channel.title, state: 'running', detail: 'Listening.' })
      channel.start(sinkFor(channel))
      publish([{ topic: 'channels' }])
    },
    remove,
    named: (name) => running.get(name),
    running: () => [...running.keys()],
    report: (status) => {
      statuses.set(status.name, status)
      publish([{ topic: 'channels' }])
    },
    statuses: () => [...statuses.values()],
    stopAll: async () => {
      await Promise.all([...running.values()].map((channel) => channel.stop()))
    },
  }
}
