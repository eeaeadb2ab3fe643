import type { Channel, ChannelCall, ChannelSink, InboundBatch, SendResult } from '../../../host/channels/index.ts'
import { createLinking, createTelegramChannel, type Linking } from '../../../host/channels/telegram/index.ts'
import type { Clock } from '../../../host/clock.ts'
import { createLog } from '../../../host/log/index.ts'
import { startTelegramServer, type TelegramServer } from '../../fakes/telegram/server.ts'
import type { Person } from '../../fakes/telegram/world.ts'

/** How many times faster than life the tests run, the stand-in's seconds included. */
const usualFactor = 20

export interface QuickClock extends Clock {
  /** Time passes while the machine sleeps. */
  skip(ms: number): void
}

const createQuickClock = (factor: number): QuickClock => {
  const begun = Date.now()
  let skipped = 0
  return {
    now: () => begun + skipped + (Date.now() - begun) * factor,
    after: (ms, action) => {
      const timer = setTimeout(action, ms / factor)
      return () => clearTimeout(timer)
    },
    skip: (ms) => {
      skipped += ms
    },
  }
}

/** Keeps what it is given, as the house would, and refuses on command. */
const createTestSink = () => {
  const batches: InboundBatch[] = []
  const reports: { state: string; detail: string }[] = []
  const calls: ChannelCall[] = []
  let cursor: string | null = null
  let memory: unknown = null
  let refuse: (batch: InboundBatch) => Error | null = () => null
  const sink: ChannelSink = {
    receive: async (batch) => {
      await Promise.resolve()
      const refusal = refuse(batch)
      if (refusal) throw refusal
      batches.push(batch)
      cursor = batch.cursor
      if (batch.memory !== undefined) memory = structuredClone(batch.memory)
    },
    cursor: () => cursor,
    memory: () => memory,
    receipt: () => undefined,
    report: (state, detail) => reports.push({ state, detail }),
    record: (call) => calls.push(call),
  }
  const once = <T extends { updateId: string }>(all: readonly T[]): T[] =>
    [...new Map(all.toReversed().map((one) => [one.updateId, one])).values()].toReversed()
  return {
    sink,
    batches,
    reports,
    calls,
    /** Each once, as the house stores them. */
    messages: () => once(batches.flatMap((batch) => batch.messages)),
    offered: () => batches.flatMap((batch) => batch.messages),
    changes: () => once(batches.flatMap((batch) => batch.changes ?? [])),
    texts: () => once(batches.flatMap((batch) => batch.messages)).map((message) => message.text),
    memory: () => memory,
    gaps: () => batches.flatMap((batch) => batch.gap ?? []),
    lastReport: () => reports.at(-1),
    refuse: (how: (batch: InboundBatch) => Error | null): void => {
      refuse = how
    },
  }
}
type TestSink = ReturnType<typeof createTestSink>

export interface Line {
  readonly server: TelegramServer
  readonly channel: Channel
  readonly clock: QuickClock
  readonly house: TestSink
  readonly logLines: string[]
  readonly linkCode: { current: string | null }
  readonly linking: Linking
  /** Stops listening; what the house stored stays. */
  stop(): Promise<void>
  start(): void
  end(): Promise<void>
  send(client: Person, text: string, replyTo?: string): Promise<SendResult>
}

/** `factor`: how many times faster than life. The production channel on real sockets, with the stand-in behind it and a house that only remembers. */
export const startLine = async (factor = usualFactor): Promise<Line> => {
  const server = await startTelegramServer({ secondMs: 1_000 / factor })
  const clock = createQuickClock(factor)
  const house = createTestSink()
  const logLines: string[] = []
  const linkCode: Line['linkCode'] = { current: null }
  const linking = createLinking(clock, () => linkCode.current)
  const channel = createTelegramChannel({
    clock,
    log: createLog((line) => logLines.push(line)),
    token: server.token,
    apiRoot: server.url,
    linking,
  })
  channel.start(house.sink)
  return {
    server,
    channel,
    clock,
    house,
    logLines,
    linkCode,
    linking,
    start: () => channel.start(house.sink),
    stop: () => channel.stop(),
    end: async () => {
      await channel.stop()
      await server.close()
    },
    send: (client, text, replyTo) =>
      channel.send({ outboxId: crypto.randomUUID(), chatId: String(client.id), text, ...(replyTo ? { replyTo } : {}) }),
  }
}

export const ann: Person = { id: 1001, first_name: 'Ann', last_name: 'Lee', username: 'annlee' }
export const bob: Person = { id: 1002, first_name: 'Bob' }
export const coach: Person = { id: 9001, first_name: 'Cora', username: 'cora' }
