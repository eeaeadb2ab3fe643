import { crisisKinds, crisisSeverities } from '../../shared/taxonomy/conversation.ts'
import type { Emotion, Situation } from '../../shared/taxonomy/situations.ts'
import { type CrisisFinding, createCrisisReader } from './crisis.ts'
import { createFeelingReader, mainSituation, strongestEmotion } from './feelings.ts'
import { createLanguageReader, type Speech } from './language.ts'
import { lexicons } from './lexicon/index.ts'
import type { ReadLanguage } from './lexicon/lexicon.ts'
import { otherSmallWords } from './lexicon/net/smallWords.ts'
import { readNet } from './net.ts'
import { type Token, tokenise } from './normalise.ts'
import { createRequestReader } from './requests.ts'
import { createSentimentReader } from './sentiment.ts'
import { createSpeller } from './vocabulary.ts'

export interface Reading {
  readonly crisis: CrisisFinding
  readonly sentiment: number
  readonly highStakes: boolean
  readonly requestsHuman: boolean
  readonly asksIfAi: boolean
  readonly urgency: number
  readonly emotion: Emotion
  readonly situation: Situation
  readonly language: ReadLanguage | 'unknown'
}

export interface Before {
  /** The client's last messages, one a line. */
  readonly said: string
  /** What the client was last told, if nothing came between. */
  readonly asked: string
}

const readers = lexicons.map((lexicon) => {
  const crisis = createCrisisReader(lexicon.crisis)
  const sentiment = createSentimentReader(lexicon.sentiment)
  const requests = createRequestReader(lexicon.requests)
  const feelings = createFeelingReader(lexicon.feelings, lexicon.sentiment)
  const parts = [crisis, sentiment, requests, feelings]
  const vocabulary = new Set([...parts.flatMap((part) => [...part.vocabulary]), ...lexicon.smallWords])
  const spell = createSpeller({ vocabulary, sets: parts.flatMap(({ sets }) => sets) }, lexicon)
  return { language: lexicon.language, crisis, sentiment, requests, feelings, spell }
})

const smallWordsOf = (language: ReadLanguage): ReadonlySet<string> =>
  lexicons.find((lexicon) => lexicon.language === language)?.smallWords ?? new Set()

const languages = createLanguageReader({
  en: smallWordsOf('en'),
  es: smallWordsOf('es'),
  de: smallWordsOf('de'),
  fr: smallWordsOf('fr'),
  pt: smallWordsOf('pt'),
  other: otherSmallWords,
})

export const { languageOf } = languages

/** Whether the client says, in any language that is read, that the talk goes in circles. */
export const saysItGoesInCircles = (text: string): boolean => {
  const tokens = tokenise(text)
  return readers.some(({ feelings, spell }) => feelings.read(spell(tokens)).saysItGoesInCircles)
}

/** So much of the text is read together with the messages before it: no sign reaches further. */
const joinedWords = 60
const wordsBefore = 40

/** Reads one stretch of text in every language that is spoken in it. */
export const readStretch = (text: string, { said, asked }: Before, isCoach: (word: string) => boolean): Reading => {
  const own = tokenise(text)
  const earlier = before(tokenise(said))
  const question = tokenise(asked)
  const speech = languages.listen(text, own)
  const isQuoted = quotesOf(text)
  const readings = readers.flatMap(({ language, crisis, sentiment, requests, feelings, spell }) => {
    const spoken = speech.wordsIn(language)
    if (spoken.length === 0) return []
    const words = spell(spoken)
    const joined = spell([...earlier, ...pausedAt(spoken.slice(0, joinedWords), earlier.length > 0)])
    const textFrom = joined.findIndex(({ end }) => end > 0)
    const alone = crisis.read({ tokens: words, textFrom: 0, asked: spell(question), isQuoted })
    return [
      {
        crisis:
          earlier.length === 0
            ? alone
            : graver([alone, crisis.read({ tokens: joined, textFrom, asked: [], isQuoted: () => false })]),
        sentiment: sentiment.read(words),
        requests: requests.read(words, isCoach),
        feelings: feelings.read(words),
      },
    ]
  })
  const crisis = graver([...readings.map((reading) => reading.crisis), readNet(text, speech)])
  const sentiment = readings
    .map((reading) => reading.sentiment)
    .reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a), 0)
  const highStakes = readings.some((reading) => reading.requests.highStakes)
  const feelings = readings.map((reading) => reading.feelings)
  return {
    crisis,
    sentiment,
    highStakes,
    requestsHuman: readings.some((reading) => reading.requests.requestsHuman),
    asksIfAi: readings.some((reading) => reading.requests.asksIfAi),
    urgency: urgencyOf(text, Math.max(0, ...readings.map((reading) => reading.requests.urgentWords)), crisis),
    emotion: strongestEmotion(feelings),
    situation: mainSituation(feelings, { highStakes, sentiment, words: own.length }),
    language: languageIn(speech, own, earlier, said),
  }
}

const quotation = /["“„«]([^"“”„«»]{1,800})["”“»]/g

const quotesOf = (text: string): ((position: number) => boolean) => {
  const quotes = /["“„«]/.test(text) ? [...text.matchAll(quotation)] : []
  return (position) => quotes.some(({ index, 0: { length } }) => position >= index && position < index + length)
}

const fewWords = 4

/** A word or two hardly tell a language; what the client wrote before does. */
const languageIn = (speech: Speech, own: readonly Token[], earlier: readonly Token[], said: string) =>
  own.length < fewWords && earlier.length >= fewWords && speech.language !== 'unknown'
    ? languageOf(said)
    : speech.language

/** Positions of earlier words are negative: they lie before the text. */
const before = (tokens: readonly Token[]): readonly Token[] => {
  const end = tokens.at(-1)?.end ?? 0
  return tokens
    .slice(-wordsBefore)
    .map((token) => ({ ...token, start: token.start - end - 1, end: token.end - end - 1 }))
}

const pausedAt = (tokens: readonly Token[], isContinued: boolean): readonly Token[] => {
  const [first, ...rest] = tokens
  return first && isContinued && first.gap === 'none' ? [{ ...first, gap: 'pause' }, ...rest] : tokens
}

/** The gravest of several findings, with the kinds of all that are as grave. */
export const graver = (findings: readonly CrisisFinding[]): CrisisFinding => {
  const rank = (finding: CrisisFinding) => crisisSeverities.indexOf(finding.severity)
  const [worst, ...others] = findings.toSorted((a, b) => rank(b) - rank(a))
  if (!worst) return { severity: 'none', kinds: [], evidence: [] }
  const asGrave = [worst, ...others.filter((one) => one.severity === worst.severity)]
  return { ...worst, kinds: crisisKinds.filter((kind) => asGrave.some((one) => one.kinds.includes(kind))) }
}

const crisisUrgency = { none: 0, mention: 0.2, concern: 0.6, high: 0.8, imminent: 1 } as const

const urgencyOf = (text: string, urgentWords: number, crisis: CrisisFinding): number => {
  const letters = text.slice(0, 400).replace(/[^\p{L}]/gu, '')
  const isShouting = letters.length >= 8 && letters === letters.toUpperCase() && letters !== letters.toLowerCase()
  const pressing = urgentWords * 0.35 + (text.includes('!!') ? 0.15 : 0) + (isShouting ? 0.15 : 0)
  return Math.min(1, Math.max(crisisUrgency[crisis.severity], Math.round(pressing * 100) / 100))
}
