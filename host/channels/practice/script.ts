import { type Feature, features } from './reply.ts'
import type { ClientState } from './state.ts'

/** How a client goes on after a message, by what they are told. The weightiest feature they have an ear for decides. */
export type Listens = { readonly [feature in Feature]?: string } & {
  /** Told anything else. */
  readonly otherwise: string
  /** Told nothing for `forSeconds`; without it they wait as long as it takes. */
  readonly silent?: { readonly forSeconds: number; readonly step: string }
}

export interface Step {
  readonly says: string
  readonly sends?: 'habit_picture' | 'voice_note'
  /** Not a new message: `says` takes the place of what this earlier step said. */
  readonly edits?: string
  /** Goes on by itself, deaf to what is said meanwhile. */
  readonly goesOn?: { readonly inSeconds: number; readonly step: string }
  /** Waits for an answer. A step with neither `goesOn` nor `listens` ends the script. */
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

export interface NextStep {
  readonly id: string
  readonly step: Step
  /** Counted from the last message; absent where it takes as long as typing it. */
  readonly inSeconds?: number
}

/** What a client would write next, given where they stand; null while they wait for an answer or are done. */
export const nextStep = (script: Script, client: ClientState | undefined): NextStep | null => {
  if (!client) return stepNamed(script, script.first, script.startsAfterSeconds)
  const { goesOn, listens } = stepOf(script, client) ?? {}
  if (goesOn) return stepNamed(script, goesOn.step, goesOn.inSeconds)
  if (!listens) return null
  const { heard } = client
  if (!heard) return listens.silent ? stepNamed(script, listens.silent.step, listens.silent.forSeconds) : null
  const decisive = features.find((feature) => heard.includes(feature) && listens[feature])
  return stepNamed(script, (decisive && listens[decisive]) ?? listens.otherwise)
}

export const hasEnded = (script: Script, client: ClientState | undefined): boolean => {
  const step = stepOf(script, client)
  return step !== undefined && !step.goesOn && !step.listens
}

/** What they are told now changes what they write next. */
export const listensNow = (script: Script, client: ClientState): boolean =>
  stepOf(script, client)?.listens !== undefined

const stepOf = (script: Script, client: ClientState | undefined): Step | undefined =>
  client && script.steps[client.step]

const stepNamed = (script: Script, id: string, inSeconds?: number): NextStep | null => {
  const step = script.steps[id]
  if (!step) return null
  return inSeconds === undefined ? { id, step } : { id, step, inSeconds }
}
