import { lt } from 'drizzle-orm'
import { channelDedupe } from '../db/schema/index.ts'
import type { Queries } from '../db/sqlite.ts'
import { createWriter, type Tx, type Write } from '../db/write.ts'
import type { Change } from '../shared/contract/events.ts'
import { Problem } from '../shared/problem.ts'
import { createModel, type Model } from './ai/index.ts'
import { type Channel, type ChannelRegistry, createChannelRegistry, type InboundBatch } from './channels/index.ts'
import { type Clock, within } from './clock.ts'
import { receiveMessage, recordReceipt, saveCursor } from './inbox/index.ts'
import { createJobRunner, enqueueJob, forgetEndedJobs, type JobHandlers } from './jobs/index.ts'
import type { Log } from './log/index.ts'
import { createDispatcher } from './outbox/index.ts'
import { createPrivacyGate, type Fetch, type PrivacyGate } from './privacy/index.ts'
import { createReplyMaker } from './replies/index.ts'
import { createSettings, type Environment, type Settings } from './settings/index.ts'
import type { OpenStore } from './vault/index.ts'

export interface About {
  readonly version: string
  readonly schemaVersion: number
  readonly shell: 'electron' | 'browser'
  readonly dataFolder: string
  readonly node: string
  readonly startedAt: number
}

/** The rooms that exist once the data is open, wired together. */
export interface House {
  readonly queries: Queries
  readonly settings: Settings
  readonly model: Model
  readonly gate: PrivacyGate
  readonly channels: ChannelRegistry
  /** One committed act of the coach, after which sends and jobs are looked at. */
  act<T>(work: (tx: Tx, now: number) => T): T
  readAttachment(fileId: string): Promise<{ name: string; mediaType: string; base64: string }>
  startPractice(): void
  stopPractice(): Promise<void>
  /** Looks at once for what became due while the machine slept. */
  wake(): void
  stop(): Promise<void>
}

export interface HouseParts {
  readonly store: OpenStore
  readonly clock: Clock
  readonly log: Log
  readonly environment: Environment
  readonly publish: (changes: Change[]) => void
  readonly practiceChannel: () => Channel
  readonly extraChannels: readonly Channel[]
  /** Jobs of other parts of the host, such as the daily backup. */
  readonly otherJobs: (write: Write, settings: Settings) => JobHandlers
  /** What carries requests to the model; a test may put a stand-in here. */
  readonly fetch?: Fetch
}

const drainMs = 3_000
const dedupeKeptMs = 14 * 24 * 3_600_000
const endedJobsKeptMs = 7 * 24 * 3_600_000
// Soon after the start, so that short sessions sweep too.
const sweepAfterStartMs = 60_000
const sweepEveryMs = 6 * 3_600_000
const ledgerKeptMs = 90 * 24 * 3_600_000

export const openHouse = async (parts: HouseParts): Promise<House> => {
  const { store, clock, log, environment, publish } = parts
  const { queries, files } = store
  const write = createWriter(store.sqlite, queries, publish)
  const settings = createSettings(queries, environment)
  const gate = createPrivacyGate({ write, queries, clock, log, ...(parts.fetch ? { send: parts.fetch } : {}) })
  const model = createModel({ gate, settings: settings.model, clock, log })
  const replies = createReplyMaker({ write, queries, clock, log, model, settings: settings.values })

  const receive = async (channel: Channel, batch: InboundBatch): Promise<void> => {
    const staged = await Promise.all(
      batch.messages.map((message) =>
        Promise.all((message.files ?? []).map((file) => files.stage(file, 'attachment'))),
      ),
    )
    const context = {
      channel: channel.name,
      isPractice: channel.isPractice,
      settings: settings.values(),
      now: clock.now(),
    }
    act((tx) => {
      batch.messages.forEach((message, index) => {
        const rows = (inTx: Tx, clientId: string) =>
          (staged[index] ?? []).map((file) => ({ fileId: file.insert(inTx, clientId) }))
        receiveMessage(tx, message, rows, context)
      })
      saveCursor(tx, channel.name, batch.cursor, context.now)
    })
  }

  const channels = createChannelRegistry({
    queries,
    receive,
    receipt: (channel, one) => write((tx) => recordReceipt(tx, channel.name, one)),
    publish,
  })
  const dispatcher = createDispatcher({
    write,
    queries,
    clock,
    log,
    channelNamed: channels.named,
    runningChannels: channels.running,
  })
  const sweep = async (): Promise<void> => {
    const now = clock.now()
    gate.sweepLedger(now - ledgerKeptMs)
    write((tx) => {
      tx.queries
        .delete(channelDedupe)
        .where(lt(channelDedupe.seenAt, now - dedupeKeptMs))
        .run()
      forgetEndedJobs(tx, now - endedJobsKeptMs)
      scheduleSweep(tx, now, sweepEveryMs)
    })
  }
  const jobs = createJobRunner({
    write,
    queries,
    clock,
    log,
    handlers: {
      reply: async (job) => {
        await replies.answer(job)
        dispatcher.pump()
      },
      sweep,
      ...parts.otherJobs(write, settings),
    },
    whenGivenUp: { reply: replies.callPerson },
  })

  const act = <T>(work: (tx: Tx, now: number) => T): T => {
    const result = write((tx) => work(tx, clock.now()))
    dispatcher.pump()
    jobs.wake()
    return result
  }

  const stop = async (): Promise<void> => {
    await Promise.all([dispatcher.drain(drainMs), jobs.drain(drainMs), within(clock, drainMs, channels.stopAll())])
  }

  let practice: Channel | undefined
  const beginPractice = (): void => {
    practice ??= parts.practiceChannel()
    channels.add(practice)
    dispatcher.pump()
  }
  const rememberPractice = (isOn: boolean): void =>
    write((tx) => settings.setFlag(tx, 'practiceIsOn', isOn, clock.now()))

  try {
    gate.settleInterrupted()
    replies.closeInterrupted()
    write((tx) => scheduleSweep(tx, clock.now(), sweepAfterStartMs))
    for (const channel of parts.extraChannels) channels.add(channel)
    if (settings.flag('practiceIsOn')) beginPractice()
    await dispatcher.recover()
    jobs.start()
    dispatcher.pump()
  } catch (error) {
    // Half a house must not go on working on a database that is about to be closed.
    await stop()
    throw error
  }

  return {
    queries,
    settings,
    model,
    gate,
    channels,
    act,
    readAttachment: async (fileId) => {
      const file = await files.read(queries, fileId)
      if (!file) throw new Problem('NOT_FOUND')
      return { name: file.name, mediaType: file.mediaType, base64: Buffer.from(file.bytes).toString('base64') }
    },
    startPractice: () => {
      rememberPractice(true)
      beginPractice()
    },
    stopPractice: async () => {
      rememberPractice(false)
      if (practice) await channels.remove(practice.name)
      practice = undefined
    },
    wake: () => {
      jobs.wake()
      dispatcher.pump()
    },
    stop,
  }
}

const scheduleSweep = (tx: Tx, now: number, inMs: number): void => {
  enqueueJob(tx, { kind: 'sweep', dedupeKey: 'sweep', payload: {}, runAt: now + inMs }, now)
}
