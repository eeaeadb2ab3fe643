import { z } from 'zod'
import { crisisKinds, crisisSeverities } from '../../shared/taxonomy/conversation.ts'
import { emotions, situations } from '../../shared/taxonomy/situations.ts'
import { firstSituation } from './feelings.ts'
import { readLanguages } from './lexicon/lexicon.ts'
import { tokenise } from './normalise.ts'
import { graver, type Reading, readStretch } from './reading.ts'

export { isGoingInCircles } from './circles.ts'
export { languageOf } from './reading.ts'

/** What a client's text says between the lines, as it is stored with a run of the clone. */
export const signals = z.object({
  crisis: z.object({
    severity: z.enum(crisisSeverities),
    kinds: z.array(z.enum(crisisKinds)),
    /** Where in the text it shows: character positions, never the words. */
    evidence: z.array(z.object({ start: z.number().int(), end: z.number().int() })),
  }),
  /** -1 (despair) to 1 (joy). */
  sentiment: z.number().min(-1).max(1),
  /** The client is about to make a decision that is hard to undo. */
  highStakes: z.boolean(),
  requestsHuman: z.boolean(),
  asksIfAi: z.boolean(),
  /** 0 to 1. */
  urgency: z.number().min(0).max(1),
  emotion: z.enum(emotions).default('neutral'),
  situation: z.enum(situations).default('other'),
  /** `unknown`: the text seems to be in a language that is not read, and only a coarse net watches over it. */
  language: z.enum([...readLanguages, 'unknown']).default('unknown'),
})
export type Signals = z.infer<typeof signals>

export interface EarlierMessage {
  readonly from: 'client' | 'other'
  readonly text: string
}

export interface SignalOptions {
  readonly coachName?: string
}

const joinedMessages = 3
const joinedLength = 200
const askedLength = 400

/** Longer texts are read in stretches that overlap, so that no sign is cut in two. */
const stretchLength = 5_000
const overlap = 400
/** Of a text longer than this many stretches the first and the last are read. */
const mostStretches = 12

/**
 * Reads a client's text without any model or network. `history` is the conversation before it, oldest first: the
 * client's last short messages are read with the text, but only what reaches into the text counts.
 */
export const readSignals = (
  text: string,
  history: readonly EarlierMessage[] = [],
  options: SignalOptions = {},
): Signals => {
  const said = history
    .filter((message) => message.from === 'client')
    .slice(-joinedMessages)
    .map((message) => `${message.text.slice(-joinedLength)}\n`)
    .join('')
  const last = history.at(-1)
  const asked = last?.from === 'other' ? last.text.slice(-askedLength) : ''
  const isCoach = coachNames(options.coachName ?? '')
  const readings = stretchesOf(text).map((start) => {
    const isFirst = start === 0
    const before = { said: isFirst ? said : '', asked: isFirst ? asked : '' }
    return shifted(readStretch(text.slice(start, start + stretchLength), before, isCoach), start)
  })
  const crisis = graver(readings.map((reading) => reading.crisis))
  return {
    crisis: { severity: crisis.severity, kinds: [...crisis.kinds], evidence: [...crisis.evidence] },
    sentiment: readings.map((one) => one.sentiment).reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a), 0),
    highStakes: readings.some((one) => one.highStakes),
    requestsHuman: readings.some((one) => one.requestsHuman),
    asksIfAi: readings.some((one) => one.asksIfAi),
    urgency: Math.max(...readings.map((one) => one.urgency)),
    emotion: readings.map((one) => one.emotion).find((emotion) => emotion !== 'neutral') ?? 'neutral',
    situation: firstSituation(readings.map((one) => one.situation)),
    language: readings[0]?.language ?? 'unknown',
  }
}

const stretchesOf = (text: string): readonly number[] => {
  const count = Math.max(1, Math.ceil((text.length - overlap) / (stretchLength - overlap)))
  const all = Array.from({ length: count }, (_, index) => startAt(text, index * (stretchLength - overlap)))
  const half = mostStretches / 2
  return count <= mostStretches ? all : [...all.slice(0, half), ...all.slice(-half)]
}

/** Not inside a surrogate pair. */
const startAt = (text: string, position: number): number => {
  const code = text.charCodeAt(position)
  return code >= 0xdc00 && code <= 0xdfff ? position + 1 : position
}

const shifted = (reading: Reading, by: number): Reading =>
  by === 0
    ? reading
    : {
        ...reading,
        crisis: {
          ...reading.crisis,
          evidence: reading.crisis.evidence.map(({ start, end }) => ({ start: start + by, end: end + by })),
        },
      }

const coachNames = (coachName: string): ((word: string) => boolean) => {
  const names = new Set(
    tokenise(coachName)
      .map((token) => token.word)
      .filter((word) => word.length > 1),
  )
  return (word) => names.has(word)
}
