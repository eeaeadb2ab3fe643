import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { features } from './reply.ts'
import type { Script } from './script.ts'

const clientState = z.object({
  /** The last message that is stored. */
  step: z.string(),
  saidAt: z.number(),
  /** What they were told since, and not yet reacted to. */
  heard: z.array(z.enum(features)).nullable(),
})
export type ClientState = z.infer<typeof clientState>

const practiceState = z.object({
  version: z.literal(1),
  /** Tells one playing of the scripts from the next, so that update ids never clash. */
  run: z.string().min(1),
  /** By script id; a client who has not written yet is absent. */
  clients: z.record(z.string(), clientState),
})
export type PracticeState = z.infer<typeof practiceState>

/** A new playing of the scripts, in which nobody has written yet. */
export const newState = (): PracticeState => ({ version: 1, run: randomUUID(), clients: {} })

export const withClient = (state: PracticeState, id: string, client: ClientState): PracticeState => ({
  ...state,
  clients: { ...state.clients, [id]: client },
})

/** The state a cursor holds; null where it is not one that these scripts could have written. */
export const readState = (cursor: string | null, scripts: readonly Script[]): PracticeState | null => {
  const parsed = practiceState.safeParse(parseJson(cursor))
  if (!parsed.success) return null
  const isKnown = scripts.every((script) => {
    const client = parsed.data.clients[script.id]
    return !client || Object.hasOwn(script.steps, client.step)
  })
  return isKnown ? parsed.data : null
}

export const parseJson = (text: string | null): unknown => {
  try {
    return text === null ? null : JSON.parse(text)
  } catch {
    return null
  }
}
