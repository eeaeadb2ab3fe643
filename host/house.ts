import { z } from 'zod'
import { isLongToRewrite } from '../db/rewrite.ts'
import type { Queries } from '../db/sqlite.ts'
import { createWriter, type Tx, type Write } from '../db/write.ts'
import { Problem } from '../shared/problem.ts'
import { createModel, type Model } from './ai/index.ts'
import { type Alerts, createAlerts } from './alerts/index.ts'
import {
  type Channel,
  type ChannelRegistry,
  createChannelRegistry,
  createTelegramSwitch,
  type TelegramSwitch,
} from './channels/index.ts'
import { type ClientData, createClientData, remainsJob } from './clients/index.ts'
import { type Clock, within } from './clock.ts'
import type { Changes } from './events/index.ts'
import { askOrEndAfterSilence } from './handoff/index.ts'
import { createMessageChanges, type MessageChanges, recordReceipt } from './inbox/index.ts'
import { createJobRunner, type JobHandlers } from './jobs/index.ts'
import {
  closeInterruptedLearning,
  createPast,
  forgetDraftDecision,
  learnJobs,
  type Past,
  reactionJobs,
  readEarlierDecisions,
  refineLearningJobs,
  wantAllLearning,
  wantLearningRefinement,
  wantProfile,
  wantReactions,
  weighFollowThrough,
} from './learning/index.ts'
import { createLibrary, createReadingRoom, hasDocuments, type Library, noteUse } from './library/index.ts'
import type { Log } from './log/index.ts'
import {
  closeInterruptedRefinements,
  meaningFollows,
  meaningJobs,
  refineJobs,
  rememberJobs,
  sizeOfMeaning,
  wantAllMemory,
  wantMeaning,
  wantRefinement,
} from './memory/index.ts'
import { createDispatcher } from './outbox/index.ts'
import { addChannelEntry, createPrivacyGate, type Fetch, isLoopback, type PrivacyGate } from './privacy/index.ts'
import { createReceiver } from './receiver.ts'
import { answerWhatIsOpen, createReplyMaker, isBudgetUsed, noteReplyUse } from './replies/index.ts'
import {
  createRetrieval,
  fillSpacesJob,
  keepGap as keepSearchGap,
  type Retrieval,
  wantVectors,
} from './retrieval/index.ts'
import { createSettings, type Environment, type Settings } from './settings/index.ts'
import { sweepJob, wantSweep } from './sweep.ts'
import { loadPromptCounter } from './tokens/index.ts'
import { createTranscriber, type Transcriber } from './transcription/index.ts'
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
  readonly telegram: TelegramSwitch
  readonly alerts: Alerts
  readonly messageChanges: MessageChanges
  readonly library: Library
  readonly past: Past
  readonly retrieval: Retrieval
  readonly transcriber: Transcriber
  readonly clientData: ClientData
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
  readonly changes: Pick<Changes, 'publish' | 'listen'>
  readonly practiceChannel: () => Channel
  readonly extraChannels: readonly Channel[]
  /** Jobs of other parts of the host, such as the daily backup. */
  readonly otherJobs: (write: Write, settings: Settings) => JobHandlers
  /** What carries requests to the model; a test may put a stand-in here. */
  readonly fetch?: Fetch
}

/** What scans are read in: the languages whose signs of danger are read too. */
const ocrLanguages = ['eng', 'deu', 'spa', 'fra', 'por']
const drainMs = 3_000
const meaningAfterStartMs = 45_000
const reactionsAfterStartMs = 40_000
/** More than a reply is given: some say what others do, or what the last messages say. */
const pastMessagesPerReply = 12
/** The tables for counting tokens are read once the window stands, and before the first reply. */
const countingAfterStartMs = 2_000
const silencePayload = z.object({ conversationId: z.string() })

export const openHouse = async (parts: HouseParts): Promise<House> => {
  const { store, clock, log, environment, changes } = parts
  const { publish } = changes
  const { queries, files } = store
  const write = createWriter(store.sqlite, queries, publish)
  const settings = createSettings(queries, environment)
  const gate = createPrivacyGate({ write, queries, clock, log, ...(parts.fetch ? { send: parts.fetch } : {}) })
  const model = createModel({ gate, settings: settings.model, clock, log })
  const retrieval = createRetrieval({
    write,
    sqlite: store.sqlite,
    queries,
    gate,
    clock,
    log,
    keys: { of: settings.spaceKey, keep: settings.setSpaceKey },
    sizeOfMoments: (isLocal) => sizeOfMeaning(queries, isLocal),
    startWorker: store.startSearchWorker,
    onWanted: () => jobs.wake(),
  })
  const transcriber = createTranscriber({ gate, files, queries, settings: settings.transcription, clock, log })
  const library = createLibrary({
    write,
    queries,
    files,
    clock,
    log,
    room: createReadingRoom(),
    transcribe: transcriber.transcribe,
    ocrLanguages: () => ocrLanguages,
    dataFolder: store.dataFolder,
    onPassages: () => {
      write((tx) => wantVectors(tx, clock.now()))
      jobs.wake()
    },
  })
  const past = createPast({
    write: (work) => {
      const done = write(work)
      jobs.wake()
      return done
    },
    queries,
    files,
    clock,
    coachName: () => settings.values().coachName,
    recomputeProfile: (tx) => wantProfile(tx, clock.now(), 0),
  })
  const replies = createReplyMaker({
    write,
    queries,
    clock,
    log,
    model,
    settings: settings.values,
    showTyping: ({ channel, externalChatId }) => channels.named(channel)?.typing?.(externalChatId),
    findPassages: retrieval.forReply,
    recall: async ({ clientId, text, beforeSeq, signal }) => {
      if (text.trim() === '') return []
      const { coachName } = settings.values()
      const before = beforeSeq === null ? {} : { before: beforeSeq }
      const asked = { clientId, text, coachName, now: clock.now(), limit: pastMessagesPerReply, ...before }
      return retrieval.recall(asked, signal)
    },
    noteUse,
    noteGap: (tx, gap, now) => (hasDocuments(queries) ? keepSearchGap(tx, gap, now) : undefined),
  })

  const receive = createReceiver({
    queries,
    files,
    clock,
    settings: settings.values,
    act: (work) => act(work),
    onClient: retrieval.warm,
  })

  const channels = createChannelRegistry({
    queries,
    receive,
    receipt: (channel, one) => write((tx) => recordReceipt(tx, channel.name, one)),
    record: (channel, call) => {
      if (channel.isPractice) return
      write((tx) => addChannelEntry(tx, { ...call, destination: channel.name, at: clock.now() }))
    },
    publish,
  })
  const dispatcher = createDispatcher({
    write,
    queries,
    clock,
    log,
    channelNamed: channels.named,
    runningChannels: channels.running,
    defaultReplyMode: () => settings.values().defaultReplyMode,
    noteSending: noteReplyUse,
    noteGivenBack: forgetDraftDecision,
  })
  const meaning = { write, queries, clock, log, embedding: retrieval.spaces.moments }
  const refines = (): boolean => settings.values().refineMemory && settings.modelReady()
  const modelReading = {
    write,
    queries,
    clock,
    log,
    model,
    settings: settings.values,
    isModelReady: settings.modelReady,
    isRemote: () => !isLoopback(new URL(settings.model().baseUrl)),
    isBudgetUsed: () => isBudgetUsed(queries, settings.values().dailyBudgetUsd, clock.now()),
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
      silence: async (job) => {
        const { conversationId } = silencePayload.parse(job.payload)
        act((tx, now) => {
          const values = settings.values()
          if (askOrEndAfterSilence(tx, conversationId, values, now)) answerWhatIsOpen(tx, conversationId, values, now)
        })
      },
      ...sweepJob({ write, clock, gate, settings: settings.values }),
      ...fillSpacesJob({
        write,
        clock,
        spaces: retrieval.spaces,
        onFilled: (tx, now) => wantMeaning(tx, null, now),
      }),
      ...meaningJobs(meaning),
      ...rememberJobs({
        write,
        queries,
        clock,
        sessionGapMinutes: () => settings.values().sessionGapMinutes,
        onRead: (tx, conversationId, now) => {
          weighFollowThrough(tx, conversationId)
          wantReactions(tx, now)
          if (refines()) wantRefinement(tx, now)
        },
      }),
      ...refineJobs(modelReading),
      ...learnJobs({
        write,
        queries,
        clock,
        onLearned: (tx, now) => (refines() ? wantLearningRefinement(tx, now) : undefined),
      }),
      ...reactionJobs({ write, clock }),
      ...refineLearningJobs(modelReading),
      ...remainsJob(store.sqlite),
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

  const clientData = createClientData({
    act,
    queries,
    files,
    clock,
    log,
    settings: settings.values,
    openReader: store.openReader,
    keepsTraces: () => isLongToRewrite(store.sqlite),
    quieten: (clientId) => {
      library.stopReadingFor(clientId)
      return jobs.stopFor(clientId, drainMs)
    },
    onPassages: wantVectors,
    onGone: retrieval.forget,
  })
  const messageChanges = createMessageChanges({ write, queries, clock, channelNamed: channels.named })
  const telegram = createTelegramSwitch({
    write,
    queries,
    clock,
    log,
    settings,
    registry: channels,
    pump: () => dispatcher.pump(),
  })

  const alerts = createAlerts({
    write,
    queries,
    clock,
    log,
    settings: settings.values,
    ownDevice: () =>
      channels
        .running()
        .map(channels.named)
        .find((channel) => channel?.canAlertCoach?.()),
    changes,
  })

  const stopFollowing = changes.listen(meaningFollows(meaning, () => jobs.wake()))
  const stop = async (): Promise<void> => {
    stopFollowing()
    await Promise.all([
      alerts.stop(),
      library.stop(),
      past.stop(),
      retrieval.stop(),
      dispatcher.drain(drainMs),
      jobs.drain(drainMs),
      within(clock, drainMs, channels.stopAll()),
    ])
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
    write((tx) => {
      wantSweep(tx, clock.now())
      wantAllMemory(tx, clock.now())
      readEarlierDecisions(tx)
      wantAllLearning(tx, clock.now())
      wantReactions(tx, clock.now(), reactionsAfterStartMs)
      closeInterruptedRefinements(tx, clock.now())
      closeInterruptedLearning(tx, clock.now())
      if (refines()) wantRefinement(tx, clock.now())
      if (refines()) wantLearningRefinement(tx, clock.now())
      if (retrieval.spaces.moments.space() !== null) wantMeaning(tx, null, clock.now(), meaningAfterStartMs)
    })
    for (const channel of parts.extraChannels) channels.add(channel)
    if (settings.flag('practiceIsOn')) beginPractice()
    telegram.begin()
    await dispatcher.recover()
    jobs.start()
    dispatcher.pump()
    retrieval.start()
    library.start()
    past.start()
    // Nothing is counted before a model can answer, and the tables are large.
    if (settings.modelReady()) clock.after(countingAfterStartMs, () => void loadPromptCounter())
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
    telegram,
    alerts,
    messageChanges,
    library,
    past,
    retrieval,
    transcriber,
    clientData,
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
      alerts.look()
    },
    stop,
  }
}
