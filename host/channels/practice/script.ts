import { type Feature, features } from './reply.ts'

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

export interface NextStep {
  readonly id: string
  readonly step: Step
  /** Said because of what they were told. */
  readonly isReaction: boolean
  /** Null: as long as it takes to type. */
  readonly inSeconds: number | null
}

type Place = { readonly step: string; readonly heard: readonly Feature[] | null } | undefined

/** What a client says next, as things stand; null while they wait for an answer, and at the end. */
export const nextStep = (script: Script, place: Place): NextStep | null => {
  const said = place && script.steps[place.step]
  if (!said) return stepNamed(script, script.first, false, script.startsAfterSeconds)
  if (said.then) return stepNamed(script, said.then.step, false, said.then.inSeconds)
  const { listens } = said
  if (!listens) return null
  const { heard } = place
  if (heard) {
    const feature = features.find((one) => heard.includes(one) && listens[one] !== undefined)
    return stepNamed(script, (feature && listens[feature]) ?? listens.otherwise, true, null)
  }
  return listens.silent ? stepNamed(script, listens.silent.step, false, listens.silent.forSeconds) : null
}

const stepNamed = (script: Script, id: string, isReaction: boolean, inSeconds: number | null): NextStep | null => {
  const step = script.steps[id]
  return step ? { id, step, isReaction, inSeconds } : null
}

/** The client waits for an answer, so what is said now is what they react to. */
export const listensNow = (script: Script, place: Place): boolean =>
  place !== undefined && script.steps[place.step]?.listens !== undefined

/** The client has said the last thing they came to say. */
export const hasEnded = (script: Script, place: Place): boolean => {
  const step = place && script.steps[place.step]
  return step !== undefined && !step.then && !step.listens
}
