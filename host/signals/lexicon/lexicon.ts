import type { CrisisKind, CrisisSeverity } from '../../../shared/taxonomy/conversation.ts'
import type { Groups, Phrase } from '../pattern.ts'
import type { Spelling } from '../vocabulary.ts'

export type AlarmLevel = Exclude<CrisisSeverity, 'none'>

export type { Groups, Phrase, Spelling }

/** What one language says when someone is in danger, and what only sounds like it. */
export interface CrisisLexicon {
  readonly groups: Groups
  /** What is said, by kind and by how grave it is on its own. */
  readonly signs: Readonly<Record<CrisisKind, Readonly<Partial<Record<AlarmLevel, readonly Phrase[]>>>>>
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
  readonly emoji: Readonly<Record<string, number>>
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

export interface Lexicon {
  /** ISO 639-1. */
  readonly language: string
  readonly spellings: readonly Spelling[]
  /** Grave words that are read even with one slip of spelling. */
  readonly oftenMisspelled: readonly string[]
  readonly crisis: CrisisLexicon
  readonly sentiment: SentimentLexicon
  readonly requests: RequestLexicon
}
