import { foldAccents } from '../../memory/index.ts'
import { between, givesOrders, longestGiven, oldestReadMs } from '../../modelReading/index.ts'
import { readSignals } from '../../signals/index.ts'
import type { Intervention } from '../interventions/index.ts'

/** Characters of a whole talk, about 4,000 tokens of English, and fewer after each failure. */
const lengths = [16_000, 6_000, 2_000] as const
/** How often the same talk may fail; then it is left to the rules. */
export const mostFailures = lengths.length

/**
 * An intervention as the model is given it: nothing of long ago, and of long messages their beginning. Null where the
 * coach's words are too old.
 */
export const givenOf = (whole: Intervention, failures: number, now: number): Intervention | null => {
  const isRecent = ({ at }: { readonly at: number }): boolean => at >= now - oldestReadMs
  const { coach, after } = whole
  if (!coach.every(isRecent)) return null
  const before = whole.before.filter(isRecent)
  const length = lengths[Math.min(failures, lengths.length - 1)] ?? 0
  const most = Math.min(longestGiven, Math.floor(length / (before.length + coach.length + after.length)))
  const shortened = <Said extends { readonly text: string }>(said: readonly Said[]): Said[] =>
    said.map((one) => ({ ...one, text: one.text.slice(0, most) }))
  return { ...whole, before: shortened(before), coach: shortened(coach), after: shortened(after) }
}

/** In small letters without accents: somebody asks the client about danger, which signs of the client's own do not show. */
const asksAboutDanger =
  /\b(?:suicid|suizid|selbstmord)|\b(?:kill|harm|hurt|cut)(?:ing)? yourself\b|\bend(?:ing)? your life\b|\b(?:umbringen|das leben nehmen|leben beenden)\b|\bselbst verletz|\b(?:quitarte la vida|matarte|hacerte dano|acabar con tu vida)\b|\b(?:te tuer|te faire du mal|mettre fin a (?:tes|vos) jours)\b|\b(?:te matar|tirar a propria vida|acabar com a (?:tua|sua) vida)\b/u

export type KeptBack = 'DANGER' | 'GIVES_ORDERS'

/**
 * Why a talk is not given to a model at all: a sign of danger in anybody's words stays on the crisis path, and where the
 * client speaks to a machine only the rules are to be trusted. Null where nothing speaks against it.
 */
export const keptBack = ({ before, coach, after }: Intervention): KeptBack | null => {
  const talk = [...before, ...coach, ...after]
  const isDanger = ({ from, text }: { readonly from: string; readonly text: string }): boolean =>
    readSignals(text).crisis.severity !== 'none' || (from !== 'client' && asksAboutDanger.test(foldAccents(text)))
  if (talk.some(isDanger)) return 'DANGER'
  const isOrder = talk.some(({ from, text }) => from === 'client' && givesOrders(foldAccents(text)))
  return isOrder ? 'GIVES_ORDERS' : null
}

const speakers = { client: 'client', ai: 'assistant', human_coach: 'coach' } as const

/** The talk as the model reads it, in three parts, its messages numbered from 1. */
export const inWords = ({ before, coach, after }: Intervention): string => {
  const numbered = [...before, ...coach, ...after].map(({ from, text }, index) =>
    between(`message ${index + 1}, ${speakers[from]}`, text),
  )
  const part = (title: string, from: number, count: number): string =>
    [title, ...(count === 0 ? ['Nothing.'] : numbered.slice(from, from + count))].join('\n\n')
  return [
    part('BEFORE', 0, before.length),
    part('WHAT THE COACH WROTE', before.length, coach.length),
    part('AFTER', before.length + coach.length, after.length),
  ].join('\n\n')
}
