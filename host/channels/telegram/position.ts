import { z } from 'zod'

const hourMs = 3_600_000
/** After a week without updates Telegram begins their ids anew, anywhere. */
const idsMayRestartAfterMs = 6 * 24 * hourMs
/** So long Telegram keeps what nobody fetched. */
export const keptForMs = 24 * hourMs

const stored = z.object({
  version: z.literal(1),
  botId: z.string(),
  /** Everything up to this update is stored; null before the first. */
  updateId: z.number().int().nullable(),
  /** When the last update came, and when Telegram last answered a poll. Milliseconds UTC. */
  updateAt: z.number(),
  polledAt: z.number(),
})
export type Position = z.infer<typeof stored>

/** Where to go on; null at first, and where the cursor belongs to another bot, whose ids mean nothing here. */
export const readPosition = (cursor: string | null, botId: string): Position | null => {
  const parsed = stored.safeParse(parseJson(cursor))
  return parsed.success && parsed.data.botId === botId ? parsed.data : null
}

const parseJson = (text: string | null): unknown => {
  try {
    return text === null ? null : JSON.parse(text)
  } catch {
    return null
  }
}

/** What to ask Telegram for. A high offset after a restart of the ids would confirm, and so lose, what has lower ones. */
export const offsetOf = (position: Position | null, now: number): number | undefined =>
  position?.updateId == null || Math.abs(now - position.updateAt) > idsMayRestartAfterMs
    ? undefined
    : position.updateId + 1

/** The time of which Telegram may have thrown messages away, if this poll is the first since `polledAt`. */
export const gapSince = (polledAt: number, now: number): { from: number; to: number } | undefined =>
  now - polledAt > keptForMs ? { from: polledAt, to: now - keptForMs } : undefined
