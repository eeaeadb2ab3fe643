import { z } from 'zod'
import { crisisKinds, crisisSeverities } from '../../shared/taxonomy/conversation.ts'
import { type CrisisFinding, createCrisisReader } from './crisis.ts'
import { lexicons } from './lexicon/index.ts'
import { type Token, tokenise } from './normalise.ts'
import { createRequestReader } from './requests.ts'
import { createSentimentReader } from './sentiment.ts'
import { createSpeller } from './vocabulary.ts'

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
})
export type Signals = z.infer<typeof signals>

export interface EarlierMessage {
  readonly from: 'client' | 'other'
  readonly text: string
}

export interface SignalOptions {
  readonly coachName?: string
}

const readers = lexicons.map((lexicon) => {
  const crisis = createCrisisReader(lexicon.crisis)
  const sentiment = createSentimentReader(lexicon.sentiment)
  const requests = createRequestReader(lexicon.requests)
  const vocabulary = new Set([...crisis.vocabulary, ...sentiment.vocabulary, ...requests.vocabulary])
  return { crisis, sentiment, requests, spell: createSpeller(vocabulary, lexicon.oftenMisspelled, lexicon.spellings) }
})

const joinedMessages = 3
const joinedLength = 200
const askedLength = 400

/**
 * Reads a client's text without any model or network. `history` is the conversation before it, oldest first: the
 * client's last short messages are read with the text, but only what reaches into the text counts.
 */
export const readSignals = (
  text: string,
  history: readonly EarlierMessage[] = [],
  options: SignalOptions = {},
): Signals => {
  const before = history
    .filter((message) => message.from === 'client')
    .slice(-joinedMessages)
    .map((message) => `${message.text.slice(-joinedLength)}\n`)
    .join('')
  const last = history.at(-1)
  const own = tokenise(text)
  const earlier = tokenise(before)
  const asked = last?.from === 'other' ? tokenise(last.text.slice(-askedLength)) : []
  const isCoach = coachNames(options.coachName ?? '')

  const readings = readers.map(({ crisis, sentiment, requests, spell }) => {
    const words = spell(own)
    const joined = spell([...earlier, ...pausedAt(own, earlier.length > 0)])
    return {
      crisis: readBoth(crisis.read, words, joined, spell(asked)),
      sentiment: sentiment.read(words),
      requests: requests.read(words, isCoach),
    }
  })
  const crisis = graver(readings.map((reading) => reading.crisis))
  return {
    crisis: { severity: crisis.severity, kinds: [...crisis.kinds], evidence: [...crisis.evidence] },
    sentiment: readings.map((reading) => reading.sentiment).reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a), 0),
    highStakes: readings.some((reading) => reading.requests.highStakes),
    requestsHuman: readings.some((reading) => reading.requests.requestsHuman),
    asksIfAi: readings.some((reading) => reading.requests.asksIfAi),
    urgency: urgencyOf(text, Math.max(...readings.map((reading) => reading.requests.urgentWords)), crisis),
  }
}

/** The text alone, and together with what came before it; the graver reading counts. */
const readBoth = (
  read: (reading: { tokens: readonly Token[]; textFrom: number; asked: readonly Token[] }) => CrisisFinding,
  words: readonly Token[],
  joined: readonly Token[],
  asked: readonly Token[],
): CrisisFinding => {
  const alone = read({ tokens: words, textFrom: 0, asked })
  if (joined.length <= words.length) return alone
  return graver([alone, read({ tokens: joined, textFrom: joined.length - words.length, asked: [] })])
}

const pausedAt = (tokens: readonly Token[], isContinued: boolean): readonly Token[] => {
  const [first, ...rest] = tokens
  return first && isContinued && first.gap === 'none' ? [{ ...first, gap: 'pause' }, ...rest] : tokens
}

/** The gravest of several readings, with the kinds of all that are as grave. */
const graver = (findings: readonly CrisisFinding[]): CrisisFinding => {
  const rank = (finding: CrisisFinding) => crisisSeverities.indexOf(finding.severity)
  const [worst, ...others] = findings.toSorted((a, b) => rank(b) - rank(a))
  if (!worst) return { severity: 'none', kinds: [], evidence: [] }
  const asGrave = [worst, ...others.filter((one) => one.severity === worst.severity)]
  return { ...worst, kinds: crisisKinds.filter((kind) => asGrave.some((one) => one.kinds.includes(kind))) }
}

const coachNames = (coachName: string): ((word: string) => boolean) => {
  const names = new Set(
    tokenise(coachName)
      .map((token) => token.word)
      .filter((word) => word.length > 1),
  )
  return (word) => names.has(word)
}

const crisisUrgency = { none: 0, mention: 0.2, concern: 0.6, high: 0.8, imminent: 1 } as const

const urgencyOf = (text: string, urgentWords: number, crisis: CrisisFinding): number => {
  const letters = text.slice(0, 400).replace(/[^\p{L}]/gu, '')
  const isShouting = letters.length >= 8 && letters === letters.toUpperCase() && letters !== letters.toLowerCase()
  const pressing = urgentWords * 0.35 + (text.includes('!!') ? 0.15 : 0) + (isShouting ? 0.15 : 0)
  return Math.min(1, Math.max(crisisUrgency[crisis.severity], Math.round(pressing * 100) / 100))
}
