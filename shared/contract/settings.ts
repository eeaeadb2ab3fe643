import { z } from 'zod'
import { replyModes } from '../taxonomy/conversation.ts'
import { done, procedure } from './base.ts'

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
    }),
  ),
  update: procedure.input(settingsValues.partial().extend({ modelKey: z.string().max(500).optional() })).output(done),
  /** Asks the model for one word; answers with its name and how long it took, or a typed error. */
  testModel: procedure.output(z.object({ model: z.string(), latencyMs: z.number().int() })),
}
