import type { CrisisKind, CrisisSeverity } from '../../../shared/taxonomy/conversation.ts'
import type { Emotion, Situation } from '../../../shared/taxonomy/situations.ts'
import type { Groups, Phrase } from '../pattern.ts'
import type { Spelling, Writing } from '../vocabulary.ts'

/** ISO 639-1. */
export const readLanguages = ['en', 'es', 'de', 'fr', 'pt'] as const
export type ReadLanguage = (typeof readLanguages)[number]

export type AlarmLevel = Exclude<CrisisSeverity, 'none'>

export type { Groups, Phrase, Spelling }

export interface HintPair {
  readonly kind: CrisisKind
  readonly one: readonly Phrase[]
  readonly other: readonly Phrase[]
}

/** What one language says when someone is in danger, and what only sounds like it. */
export interface CrisisLexicon {
  readonly groups: Groups
  /** What is said, by kind and by how grave it is on its own. */
  readonly signs: Readonly<Record<CrisisKind, SignsByLevel>>
  /** Two hints that mean danger when they stand near each other in one sentence, in whatever order. */
  readonly pairs: readonly HintPair[]
  /** Bare words of the subject: an alarm unless the sentence is about work, study or fiction. */
  readonly topics: Readonly<Record<CrisisKind, readonly Phrase[]>>
  /** Turns of phrase that mean no harm; a sign inside one does not count. */
  readonly idioms: readonly Phrase[]
  /** With a grave sign in the same message, the danger is now. */
  readonly now: readonly Phrase[]
  readonly negators: readonly Phrase[]
  /** Words that may stand between a negator and the sign it denies. */
  readonly carriers: readonly Phrase[]
  /** A denial followed by one of these is none: "not today". */
  readonly denialEnds: readonly Phrase[]
  readonly longAgo: readonly Phrase[]
  /** What was long ago has come back. */
  readonly returning: readonly Phrase[]
  readonly firstPerson: readonly Phrase[]
  /** The talk touches the client or someone of theirs; without any of it a longer text is about the world. */
  readonly involved: readonly Phrase[]
  /** The same for violence: someone is named whom it could have struck. */
  readonly harmed: readonly Phrase[]
  /** People at large: with no one involved, the sentence is about the world. */
  readonly crowd: readonly Phrase[]
  readonly otherPeople: readonly Phrase[]
  readonly otherPast: readonly Phrase[]
  /** The sentence is about work, study, a film or a book. */
  readonly atDistance: readonly Phrase[]
  /** How a helper asks about danger, and how a client says yes to it. */
  readonly questions: Readonly<Record<CrisisKind, readonly Phrase[]>>
  readonly safetyQuestions: readonly Phrase[]
  readonly yes: readonly Phrase[]
  readonly no: readonly Phrase[]
}

/** Weights from -4 to 4; see sentiment.ts for how they add up. */
export interface SentimentLexicon {
  readonly words: Readonly<Record<string, number>>
  readonly phrases: readonly { readonly phrase: Phrase; readonly weight: number }[]
  readonly negators: ReadonlySet<string>
  /** Multiplies the next word of feeling. */
  readonly intensifiers: Readonly<Record<string, number>>
  /** What follows weighs more than what went before. */
  readonly turns: ReadonlySet<string>
}

export interface RequestLexicon {
  readonly groups: Groups
  /** Decisions that are hard to undo, meant now. */
  readonly highStakes: readonly Phrase[]
  readonly notHighStakes: readonly Phrase[]
  readonly human: readonly Phrase[]
  readonly notHuman: readonly Phrase[]
  readonly ifAi: readonly Phrase[]
  readonly urgent: readonly Phrase[]
}

/** What moves the client, and what the moment is about. */
export interface FeelingLexicon {
  readonly groups: Groups
  readonly emotions: Readonly<Partial<Record<Emotion, readonly Phrase[]>>>
  readonly situations: Readonly<Partial<Record<Situation, readonly Phrase[]>>>
  /** The client says that the talk goes in circles. */
  readonly circles: readonly Phrase[]
}

export interface Lexicon extends Writing {
  readonly language: ReadLanguage
  /** The words a text of this language can hardly do without, without accents. */
  readonly smallWords: ReadonlySet<string>
  readonly crisis: CrisisLexicon
  readonly sentiment: SentimentLexicon
  readonly requests: RequestLexicon
  readonly feelings: FeelingLexicon
}

type SignsByLevel = Readonly<Partial<Record<AlarmLevel, readonly Phrase[]>>>

/** The signs of two lists together. */
export const both = (one: SignsByLevel, other: SignsByLevel): SignsByLevel => ({
  imminent: [...(one.imminent ?? []), ...(other.imminent ?? [])],
  high: [...(one.high ?? []), ...(other.high ?? [])],
  concern: [...(one.concern ?? []), ...(other.concern ?? [])],
  mention: [...(one.mention ?? []), ...(other.mention ?? [])],
})

/** Weights of words, written as lists: `{ 2: 'happy glad' }`. */
export const weighted = (weights: Readonly<Record<number, string>>): Readonly<Record<string, number>> =>
  Object.fromEntries(
    Object.entries(weights).flatMap(([weight, list]) => list.split(' ').map((word) => [word, Number(weight)] as const)),
  )

/** `{ you: ['u', 'yu'] }`: how a word or phrase is also written. */
export const written = (forms: Readonly<Record<string, readonly string[]>>): Spelling[] =>
  Object.entries(forms).flatMap(([to, others]) => others.map((from) => ({ from: from.split(' '), to: to.split(' ') })))
