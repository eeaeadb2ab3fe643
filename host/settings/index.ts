import { accessSync, constants, statSync } from 'node:fs'
import { isAbsolute } from 'node:path'
import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { coaches, settings } from '../../db/schema/index.ts'
import type { Queries } from '../../db/sqlite.ts'
import type { Tx } from '../../db/write.ts'
import { type SettingsValues, settingsValues } from '../../shared/contract/settings.ts'
import { Problem } from '../../shared/problem.ts'

const defaults = {
  coachName: 'Coach',
  defaultReplyMode: 'drafts',
  gatherMs: 4_000,
  coachingStyle: '',
  modelBaseUrl: '',
  modelName: '',
  modelTimeoutMs: 60_000,
  dailyBackup: true,
  backupsKept: 7,
  backupFolder: '',
  colorScheme: 'auto',
  firstRunDone: false,
  handOffAt: 7,
  lowConfidenceBelow: 0.6,
  despairBelow: -0.7,
  quietHoursOn: false,
  quietFrom: '22:00',
  quietTo: '07:00',
  quietWhat: 'wait',
  quietNotice: false,
  dailyBudgetUsd: 0,
  priceInUsd: 0,
  priceOutUsd: 0,
  undoSendSeconds: 6,
  alertSound: true,
  alertVolume: 0.4,
  alertRepeatSeconds: 30,
  ownDeviceAfterSeconds: 60,
  ownDeviceNames: false,
  notifyAbout: 'needs_me',
  silenceMinutes: 30,
  silenceWhat: 'ask',
  followUpHours: 24,
  sessionGapMinutes: 360,
  refineMemory: true,
  showTyping: true,
  telegramApiRoot: '',
  transcription: 'off',
  transcriptionBaseUrl: '',
  transcriptionModel: 'whisper-1',
} satisfies SettingsValues

/** Environment variables that decide a setting, so that every provider can be pointed at a local stand-in. */
const environmentNames = {
  modelBaseUrl: 'OPENAI_BASE_URL',
  modelName: 'OPENAI_MODEL',
  modelKey: 'OPENAI_API_KEY',
  telegramApiRoot: 'TELEGRAM_API_ROOT',
  telegramToken: 'TELEGRAM_BOT_TOKEN',
} as const

export type Environment = Readonly<Record<string, string | undefined>>

type TranscriptionChanges = {
  readonly [Name in 'transcription' | 'transcriptionBaseUrl' | 'transcriptionModel']?: SettingsValues[Name] | undefined
} & { readonly transcriptionKey?: string | undefined }

export interface Settings {
  values(): SettingsValues
  /** Where and how to reach the model; the key stays in the host. */
  model(): { baseUrl: string; apiKey: string; model: string; timeoutMs: number }
  modelReady(): boolean
  /**
   * Where recordings are turned into text, or would be with changes that are only tried; the key stays in the host. Null
   * where that is off or nothing is set up.
   */
  transcription(tried?: TranscriptionChanges): { baseUrl: string; apiKey: string; model: string } | null
  hasTranscriptionKey(): boolean
  /** The model's key where an address is of the same server; else empty. The key stays in the host. */
  modelKeyFor(baseUrl: string): string
  /** The bot's token and server; the token stays in the host. Null where none is set. */
  telegram(): { token: string; apiRoot: string } | null
  setTelegramToken(tx: Tx, token: string | null, now: number): void
  isTelegramFixed(): boolean
  telegramServer(): string
  /** A small text the host keeps for itself; null until it is set. */
  kept(name: 'linkCode'): string | null
  keep(tx: Tx, name: 'linkCode', value: string | null, now: number): void
  /** The key of a space of vectors, which stays in the host; empty where it needs none. */
  spaceKey(spaceId: string): string
  setSpaceKey(tx: Tx, spaceId: string, key: string, now: number): void
  hasModelKey(): boolean
  fromEnvironment(): string[]
  /** A switch the host keeps for itself, off until it is set. */
  flag(name: 'practiceIsOn'): boolean
  setFlag(tx: Tx, name: 'practiceIsOn', isOn: boolean, now: number): void
  update(
    tx: Tx,
    changes: { [Name in keyof SettingsValues]?: SettingsValues[Name] | undefined } & {
      modelKey?: string | undefined
      transcriptionKey?: string | undefined
    },
    now: number,
  ): void
}

const openAiUrl = 'https://api.openai.com/v1'
const openAiModel = 'gpt-4.1-mini'
const openAiTranscriptionModel = 'whisper-1'
const telegramServer = 'https://api.telegram.org'

/** Settings live one row each; a value an older or newer version wrote that no longer fits falls back to its default. */
export const createSettings = (queries: Queries, environment: Environment): Settings => {
  const stored = (): Record<string, unknown> =>
    Object.fromEntries(
      queries
        .select()
        .from(settings)
        .all()
        .map((row) => [row.key, JSON.parse(row.value)]),
    )

  const firstName = (): string => queries.select({ name: coaches.name }).from(coaches).get()?.name ?? defaults.coachName

  // A variable that is not a valid value is left out, or one typing mistake would stop everything.
  const given = Object.entries({
    modelBaseUrl: settingsValues.shape.modelBaseUrl.safeParse(environment[environmentNames.modelBaseUrl] || undefined),
    modelName: settingsValues.shape.modelName.safeParse(environment[environmentNames.modelName] || undefined),
    telegramApiRoot: settingsValues.shape.telegramApiRoot.safeParse(
      environment[environmentNames.telegramApiRoot] || undefined,
    ),
  })
  const fixed = Object.fromEntries(given.flatMap(([name, one]) => (one.success ? [[name, one.data]] : [])))

  const values = (): SettingsValues => {
    const raw = stored()
    const kept = Object.entries(settingsValues.shape).flatMap(([name, shape]) => {
      const parsed = shape.safeParse(raw[name])
      return parsed.success ? [[name, parsed.data]] : []
    })
    return settingsValues.parse({
      ...defaults,
      ...(kept.some(([name]) => name === 'coachName') ? {} : { coachName: firstName() }),
      ...Object.fromEntries(kept),
      ...fixed,
    })
  }

  const key = (): string => environment[environmentNames.modelKey] || z.string().catch('').parse(stored().modelKey)
  const telegramToken = (): string =>
    environment[environmentNames.telegramToken] || z.string().catch('').parse(stored().telegramToken)
  const modelReady = (): boolean => key() !== '' || values().modelBaseUrl !== ''
  const transcriptionKey = (): string => z.string().catch('').parse(stored().transcriptionKey)

  return {
    values,
    model: () => {
      const { modelBaseUrl, modelName, modelTimeoutMs } = values()
      const isConnected = modelReady()
      return {
        baseUrl: modelBaseUrl || (isConnected ? openAiUrl : ''),
        apiKey: key(),
        model: modelName || (isConnected ? openAiModel : ''),
        timeoutMs: modelTimeoutMs,
      }
    },
    modelReady,
    transcription: (tried = {}) => {
      const kept = values()
      const baseUrl = tried.transcriptionBaseUrl ?? kept.transcriptionBaseUrl
      const mode = tried.transcription ?? kept.transcription
      if (mode === 'off') return null
      // As with update: a stored key is for the server it was entered for.
      const ownKey = originOf(baseUrl) === originOf(kept.transcriptionBaseUrl) ? transcriptionKey() : ''
      const server =
        mode === 'model'
          ? { baseUrl: kept.modelBaseUrl, apiKey: key() }
          : { baseUrl, apiKey: tried.transcriptionKey ?? ownKey }
      if (server.baseUrl === '' && server.apiKey === '') return null
      return {
        baseUrl: server.baseUrl || openAiUrl,
        apiKey: server.apiKey,
        model: (tried.transcriptionModel ?? kept.transcriptionModel) || openAiTranscriptionModel,
      }
    },
    hasTranscriptionKey: () => transcriptionKey() !== '',
    modelKeyFor: (baseUrl) => (originOf(baseUrl) === originOf(values().modelBaseUrl) ? key() : ''),
    telegram: () => {
      const token = telegramToken()
      return token === '' ? null : { token, apiRoot: values().telegramApiRoot || telegramServer }
    },
    setTelegramToken: (tx, token, now) =>
      token === null
        ? void tx.queries.delete(settings).where(eq(settings.key, 'telegramToken')).run()
        : store(tx, 'telegramToken', token, now),
    telegramServer: () => values().telegramApiRoot || telegramServer,
    isTelegramFixed: () => Boolean(environment[environmentNames.telegramToken]),
    kept: (name) =>
      z
        .string()
        .nullable()
        .catch(null)
        .parse(stored()[name] ?? null),
    keep: (tx, name, value, now) => store(tx, name, value, now),
    spaceKey: (spaceId) => z.string().catch('').parse(stored()[spaceKeyName(spaceId)]),
    setSpaceKey: (tx, spaceId, value, now) =>
      value === ''
        ? void tx.queries
            .delete(settings)
            .where(eq(settings.key, spaceKeyName(spaceId)))
            .run()
        : store(tx, spaceKeyName(spaceId), value, now),
    hasModelKey: () => key() !== '',
    fromEnvironment: () => [...Object.keys(fixed), ...(environment[environmentNames.modelKey] ? ['modelKey'] : [])],
    flag: (name) => stored()[name] === true,
    setFlag: (tx, name, isOn, now) => store(tx, name, isOn, now),
    update: (tx, changes, now) => {
      if (changes.backupFolder) requireWritableFolder(changes.backupFolder)
      // A key is for the server it was entered for; it is never offered to another.
      for (const [address, secret] of keysByAddress) {
        const next = changes[address]
        const isElsewhere = next !== undefined && originOf(next) !== originOf(values()[address])
        if (isElsewhere && changes[secret] === undefined)
          tx.queries.delete(settings).where(eq(settings.key, secret)).run()
      }
      for (const [name, value] of Object.entries(changes)) {
        if (value === undefined) continue
        if (keysByAddress.some(([, secret]) => secret === name) && value === '')
          tx.queries.delete(settings).where(eq(settings.key, name)).run()
        else store(tx, name, value, now)
      }
    },
  }
}

/** Throws INVALID_INPUT unless the folder is there, given in full, and can be written to. */
const requireWritableFolder = (folder: string): void => {
  const problem = (sentence: string) => new Problem('INVALID_INPUT', sentence)
  if (!isAbsolute(folder)) throw problem('Give the backup folder with its full path, from the root of the disk on.')
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw problem('There is no such folder. Make it first, then enter it here.')
  }
  try {
    accessSync(folder, constants.W_OK)
  } catch {
    throw problem('This folder cannot be written to. Choose another, or change its permissions.')
  }
}

const keysByAddress = [
  ['modelBaseUrl', 'modelKey'],
  ['transcriptionBaseUrl', 'transcriptionKey'],
] as const

const spaceKeyName = (spaceId: string): string => `spaceKey:${spaceId}`

const originOf = (address: string): string => new URL(address || openAiUrl).origin

const store = (tx: Tx, name: string, value: unknown, now: number): void => {
  const row = { key: name, value: JSON.stringify(value), updatedAt: now }
  tx.queries.insert(settings).values(row).onConflictDoUpdate({ target: settings.key, set: row }).run()
  tx.changed('settings')
}
