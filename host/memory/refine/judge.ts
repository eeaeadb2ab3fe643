import { givesOrders, longestGiven, type Place, placesOf } from '../../modelReading/index.ts'
import { languageOf } from '../../signals/index.ts'
import { timeIn } from '../dates/index.ts'
import {
  evidenceDetail,
  type Finding,
  type FindingKind,
  type FindingRefusal,
  layerOf,
  readable,
  refusalOf,
  valenceOf,
} from '../extraction/index.ts'
import { contentWords, stemsOf } from '../words.ts'
import { type ClaimedFinding, claimedFinding } from './answer.ts'

/** One message of the client as the model was given it. */
export interface GivenMessage {
  readonly seq: number
  readonly text: string
  /** Milliseconds UTC. */
  readonly sentAt: number
}

export type Rejection =
  | FindingRefusal
  | 'malformed'
  | 'no_such_message'
  | 'says_nothing'
  | 'of_somebody_else'
  | 'gives_orders'
  | 'bad_preference'
  | 'too_many'

export interface Judged {
  /** By the seq of the message they stand in. */
  readonly findings: ReadonlyMap<number, readonly Finding[]>
  readonly rejections: Readonly<Partial<Record<Rejection, number>>>
}

const longestQuote = 400
const longestContent = 240
const mostOfOneMessage = 8
/** Below that of rules: how well a model reads was never measured here. */
const confidenceOfModel = 0.6

/**
 * Holds what a model says it found against the messages it was given. What is kept is a closed kind and a stretch of the
 * client's own words in the very message that was named, and its time and its subject are read here, by rules; nothing
 * that the model worded itself goes into memory.
 */
export const judge = (claims: readonly unknown[], messages: readonly GivenMessage[], timeZone: string): Judged => {
  const findings = new Map<number, Finding[]>()
  const rejections: Partial<Record<Rejection, number>> = {}
  for (const claim of claims) {
    const parsed = claimedFinding.safeParse(claim)
    const message = parsed.success ? messages[parsed.data.message - 1] : undefined
    const known = message === undefined ? [] : (findings.get(message.seq) ?? [])
    const judged = !parsed.success
      ? 'malformed'
      : message === undefined
        ? 'no_such_message'
        : known.length >= mostOfOneMessage
          ? 'too_many'
          : judgeOne(parsed.data, message, timeZone)
    if (typeof judged === 'string') rejections[judged] = (rejections[judged] ?? 0) + 1
    else if (message !== undefined && !known.some((one) => isSame(one, judged)))
      findings.set(message.seq, [...known, judged])
  }
  return { findings, rejections }
}

const isSame = (a: Finding, b: Finding): boolean =>
  a.layer === b.layer && a.kind === b.kind && a.start < b.finish && b.start < a.finish

const isKind = (kind: string): kind is FindingKind => Object.hasOwn(layerOf, kind)

const judgeOne = (claim: ClaimedFinding, message: GivenMessage, timeZone: string): Finding | Rejection => {
  const { kind } = claim
  if (!isKind(kind)) return 'unknown_kind'
  if (claim.quote.length > longestQuote) return 'not_in_message'
  const given = message.text.slice(0, longestGiven)
  const places = placesOf(given, claim.quote)
  if (places.length === 0) return 'not_in_message'
  const own = readable(given)
  const place = places.find(({ start, finish }) => own.slice(start, finish).trim() !== '')
  if (place === undefined) return 'of_somebody_else'
  if (givesOrders(own)) return 'gives_orders'
  const words = given.slice(place.start, place.finish)
  if (contentWords(words).length === 0 && words.trim().length < 4) return 'says_nothing'
  const learned = kind === 'preference' ? preferenceIn(claim, words) : null
  if (kind === 'preference' && learned === null) return 'bad_preference'
  const finding = toFinding({ kind, learned, place, words, isSensitive: claim.is_sensitive }, message, timeZone)
  return refusalOf(finding, message) ?? finding
}

interface Learned {
  readonly category: string
  readonly key: string
  readonly value: string
}

const closedPreferences = {
  length: { category: 'communication_style', values: ['short', 'long'] },
  channel: { category: 'communication_style', values: ['text', 'call', 'voice', 'email'] },
  directness: { category: 'coaching_tone', values: ['direct', 'gentle'] },
  part_of_day: { category: 'timing', values: ['morning', 'midday', 'afternoon', 'evening', 'night'] },
} as const satisfies Record<string, { category: string; values: readonly string[] }>

/** Of a closed list, or of the client's own words; null for anything else. */
const preferenceIn = ({ preference, value, area }: ClaimedFinding, words: string): Learned | null => {
  if (preference === 'none') return null
  if (preference === 'likes' || preference === 'dislikes') {
    if (area === 'none' || placesOf(words, value).length === 0 || contentWords(value).length === 0) return null
    return { category: area, key: stemsOf(value).join(' '), value: preference }
  }
  const { category, values } = closedPreferences[preference]
  const found = (values satisfies readonly string[]).find((one) => one === value.trim().toLowerCase())
  return found === undefined ? null : { category, key: preference, value: found }
}

interface Kept {
  readonly kind: FindingKind
  readonly learned: Learned | null
  readonly place: Place
  readonly words: string
  readonly isSensitive: boolean
}

const trailing = /[\s.!?…;,:]+$/u

const toFinding = ({ kind, learned, place, words, isSensitive }: Kept, message: GivenMessage, timeZone: string) => {
  const language = languageOf(message.text.slice(0, longestGiven))
  const time = timeIn(words, { at: message.sentAt, timeZone, language: language === 'unknown' ? 'en' : language })
  // As rules do: when it is due is told apart, and says nothing of what it is.
  const stems = stemsOf(time ? `${words.slice(0, time.start)} ${words.slice(time.end)}` : words)
  const due = kind === 'commitment' && time ? `@${Math.floor(time.from / 3_600_000)}` : ''
  const valence = learned?.value === 'likes' ? 0.6 : learned?.value === 'dislikes' ? -0.6 : (valenceOf[kind] ?? 0)
  return {
    layer: learned ? 'preference' : layerOf[kind],
    kind: learned ? learned.category : kind,
    subject: learned ? learned.key : `${stems.join(' ')}${due}`,
    value: learned ? learned.value : '',
    stance: 'states',
    start: place.start,
    finish: place.finish,
    content: words.trim().replace(trailing, '').slice(0, longestContent),
    detail: evidenceDetail.parse({
      ...(time
        ? { time: { from: time.from, to: time.to, text: words.slice(time.start, time.end), isSince: time.isSince } }
        : {}),
      ...(learned ? { key: learned.key, value: learned.value } : {}),
      tags: stems.slice(0, 12),
      valence,
      isSensitive: isSensitive || kind === 'trigger',
    }),
    confidence: confidenceOfModel,
  } satisfies Finding
}
