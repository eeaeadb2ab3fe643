import type { Feature } from './reply.ts'

/** How a client goes on after a message, by what they are told. The first feature of `features` that is heard decides. */
export type Listens = { readonly [feature in Feature]?: string } & {
  /** Told anything else. */
  readonly otherwise: string
  /** Told nothing for `forSeconds`; without it they wait as long as it takes. */
  readonly silent?: { readonly forSeconds: number; readonly step: string }
}

export interface Step {
  readonly says: string
  readonly sends?: 'habit_picture'
  /** Goes on by itself, whatever is said meanwhile. */
  readonly then?: { readonly inSeconds: number; readonly step: string }
  /** Waits for an answer. A step with neither ends the script. */
  readonly listens?: Listens
}

/** One invented client: who they are, and a story without circles, so that no message comes twice. */
export interface Script {
  /** Stable: part of the chat's id and of every update id. */
  readonly id: string
  readonly name: string
  readonly timeZone: string
  readonly startsAfterSeconds: number
  readonly first: string
  readonly steps: Readonly<Record<string, Step>>
}

/** Every step that may come straight after this one. */
export const followers = (step: Step): string[] => {
  const { silent, ...told } = step.listens ?? {}
  return [step.then?.step, silent?.step, ...Object.values(told)].filter((next) => next !== undefined)
}
