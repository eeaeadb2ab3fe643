import { z } from 'zod'
import { Problem } from '../shared/problem.ts'

const issue = z.object({
  code: z.string(),
  path: z.array(z.union([z.string(), z.number()])),
  origin: z.string().optional(),
  format: z.string().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
})
type Issue = z.infer<typeof issue>
const refusal = z.object({ data: z.object({ issues: z.array(issue).min(1) }) })

/** As the console names its fields, where the name in the contract says it less well. */
const labels: Readonly<Record<string, string>> = {
  modelBaseUrl: 'The address of the model',
  modelName: 'The name of the model',
  modelKey: 'The key of the model',
  baseUrl: 'The address of the server',
  model: 'The name of the model',
  apiKey: 'The key',
  dimensions: 'The size of a vector',
  priceUsd: 'The price',
  telegramApiRoot: 'The address of the Telegram server',
  transcriptionBaseUrl: 'The address of the transcription service',
  transcriptionModel: 'The name of the model for recordings',
  transcriptionKey: 'The key of the transcription service',
  token: 'The token of the bot',
  coachName: 'Your name',
  about: 'What you wrote about this client',
  region: 'The country',
  hint: 'Your wish for the draft',
  gatherMs: 'The time to gather messages',
  handOffAt: 'The number of points',
  followUpHours: 'The number of hours',
  undoSendSeconds: 'The number of seconds',
  ownDeviceAfterSeconds: 'The number of seconds',
  alertRepeatSeconds: 'The number of seconds',
  silenceMinutes: 'The number of minutes',
  backupsKept: 'The number of backups',
  quietFrom: 'The beginning of the quiet hours',
  quietTo: 'The end of the quiet hours',
  dailyBudgetUsd: 'The budget',
  sendAt: 'The time to send it',
  dueAt: 'The time of the reminder',
}

/** `replyMode` becomes "The reply mode". */
const labelOf = (path: Issue['path']): string => {
  const name = path.findLast((part) => typeof part === 'string') ?? 'input'
  return labels[name] ?? `The ${name.replaceAll(/(?<=[a-z])(?=[A-Z])/gu, ' ').toLowerCase()}`
}

const whatIsWrong = ({ code, origin, format, minimum, maximum }: Issue): string => {
  const isText = origin === 'string'
  if (format === 'url') return 'is no address. Write it in full, beginning with http:// or https://.'
  if (format === 'uuid') return 'is not known here.'
  if (code === 'too_big' && maximum !== undefined)
    return isText ? `is too long. Shorten it to ${maximum} characters.` : `is too high. Choose at most ${maximum}.`
  if (code === 'too_small' && minimum !== undefined) {
    if (isText && minimum <= 1) return 'is missing. Fill it in.'
    return isText ? `is too short. It needs ${minimum} characters.` : `is too low. Choose at least ${minimum}.`
  }
  return 'is not in a form that is understood here. Correct it and try again.'
}

/** What an input that the contract refused has wrong: which field, and what to do. Never what stood in it. */
export const badInput = (error: unknown): Problem => {
  const [first] = refusal.safeParse(error).data?.data.issues ?? []
  const sentence = first ? `${labelOf(first.path)} ${whatIsWrong(first)}` : undefined
  return new Problem('INVALID_INPUT', sentence, { cause: error })
}
