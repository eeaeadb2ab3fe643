import { z } from 'zod'
import { replyModes } from '../taxonomy/conversation.ts'
import { done, procedure } from './base.ts'

/** Hours and minutes of a day, `22:30`. */
const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)

/** What the coach can set; secrets are written, never read back. */
export const settingsValues = z.object({
  coachName: z.string().trim().min(1).max(80),
  defaultReplyMode: z.enum(replyModes),
  /** How long a client must be quiet before the clone answers a burst, milliseconds. */
  gatherMs: z.number().int().min(0).max(120_000),
  coachingStyle: z.string().max(4000),
  modelBaseUrl: z.union([z.literal(''), z.url({ protocol: /^https?$/ })]),
  modelName: z.string().max(200),
  modelTimeoutMs: z.number().int().min(1_000).max(300_000),
  dailyBackup: z.boolean(),
  backupsKept: z.number().int().min(1).max(60),
  /** Empty: the folder `backups` in the data folder. */
  backupFolder: z.string().max(1000),
  colorScheme: z.enum(['auto', 'light', 'dark']),
  firstRunDone: z.boolean(),
  /** Points out of ten from which the clone hands over; and the borders of two of the parts. */
  handOffAt: z.number().int().min(1).max(10),
  lowConfidenceBelow: z.number().min(0).max(1),
  despairBelow: z.number().min(-1).max(0),
  /** Hours in the client's own time zone (the coach's where it is not known) in which the clone holds back. */
  quietHoursOn: z.boolean(),
  quietFrom: clockTime,
  quietTo: clockTime,
  /** wait: answers when they end; drafts: leaves drafts meanwhile. */
  quietWhat: z.enum(['wait', 'drafts']),
  /** Tell a client once a night, in fixed words, that the answer comes later. */
  quietNotice: z.boolean(),
  /** US dollars a day for the model; 0: no limit. */
  dailyBudgetUsd: z.number().min(0).max(10_000),
  /** US dollars per million tokens; 0: as known for the model, if it is. */
  priceInUsd: z.number().min(0).max(1_000),
  priceOutUsd: z.number().min(0).max(1_000),
  /** How long the coach's own words can be taken back, seconds; 0: they go at once. */
  undoSendSeconds: z.number().int().min(0).max(30),
  alertSound: z.boolean(),
  /** 0 to 1, of the first alert; later ones are louder. */
  alertVolume: z.number().min(0).max(1),
  /** How often an unacknowledged alert repeats, seconds. */
  alertRepeatSeconds: z.number().int().min(10).max(600),
  /** After how long the coach's own device is called too, seconds. */
  ownDeviceAfterSeconds: z.number().int().min(0).max(3_600),
  /** Alerts on the coach's own device name the client. */
  ownDeviceNames: z.boolean(),
  /** Which arrivals a notification is shown for; alerts always are. */
  notifyAbout: z.enum(['alerts', 'needs_me', 'everything']),
  /** Minutes of silence after which an intervention from the coach's own device ends or is asked about. */
  silenceMinutes: z.number().int().min(5).max(1_440),
  silenceWhat: z.enum(['ask', 'end']),
  /** Hours after a crisis when the coach is reminded to look after the client. */
  followUpHours: z.number().int().min(1).max(336),
  /** Minutes of silence after which what is said next is another session, for memory. */
  sessionGapMinutes: z.number().int().min(15).max(10_080),
  /** A connected model reads for memory too what clients wrote; rules do so in any case. */
  refineMemory: z.boolean(),
  showTyping: z.boolean(),
  telegramApiRoot: z.union([z.literal(''), z.url({ protocol: /^https?$/ })]),
  /** Who turns recordings into text. model: the model's server, with its key; other: the address below, with its own. */
  transcription: z.enum(['off', 'model', 'other']),
  transcriptionBaseUrl: z.union([z.literal(''), z.url({ protocol: /^https?$/ })]),
  transcriptionModel: z.string().trim().max(200),
})
export type SettingsValues = z.infer<typeof settingsValues>

export const settings = {
  get: procedure.output(
    settingsValues.extend({
      hasModelKey: z.boolean(),
      /** Names of settings that an environment variable decides; the console shows them as fixed. */
      fromEnvironment: z.array(z.string()),
      /** A model is connected: an address or a key, and a name. */
      modelReady: z.boolean(),
      hasTranscriptionKey: z.boolean(),
      /** Recordings are turned into text: it is switched on, and there is a server to ask. */
      transcriptionReady: z.boolean(),
    }),
  ),
  /** What a model read for memory in the last 30 days, of all clients together. */
  memoryReading: procedure.output(
    z.object({
      /** Messages. */
      read: z.number().int(),
      /** Memories kept, and those that were refused because the client's words do not say them. */
      found: z.number().int(),
      rejected: z.number().int(),
      /** Messages that the model could not read after several tries; rules have. */
      skipped: z.number().int(),
    }),
  ),
  update: procedure
    .input(
      settingsValues
        .partial()
        .extend({ modelKey: z.string().max(500).optional(), transcriptionKey: z.string().max(500).optional() }),
    )
    .output(done),
  /** Asks the model for one word; answers with its name and how long it took, or a typed error. */
  testModel: procedure.output(z.object({ model: z.string(), latencyMs: z.number().int() })),
  /** Has one second of near silence turned into text, with these changes, which are not kept; answers like testModel. */
  testTranscription: procedure
    .input(
      settingsValues
        .pick({ transcription: true, transcriptionBaseUrl: true, transcriptionModel: true })
        .partial()
        .extend({ transcriptionKey: z.string().max(500).optional() }),
    )
    .output(z.object({ model: z.string(), latencyMs: z.number().int() })),
}
