import type { EvidenceStance, PreferenceCategory } from '../../../../shared/taxonomy/memory.ts'
import type { DateLanguage } from '../../dates/index.ts'
import type { FindingKind } from '../findings.ts'

export interface LearnedPreference {
  readonly category: PreferenceCategory
  readonly key: string
  readonly value: string
}

/**
 * One way to say one thing. The pattern is held against a clause without accents and capitals; its group `what` is what
 * is said, and the whole match where there is none.
 */
export interface Rule {
  readonly kind: FindingKind
  readonly pattern: RegExp
  readonly stance?: EvidenceStance
  /** Only where a time to come is named. */
  readonly needsFuture?: boolean
  /** A request is made as a question, too. */
  readonly alsoInQuestions?: boolean
  /** Reads on beyond a comma, to the end of the sentence. */
  readonly readsOn?: boolean
  /** Its `what` is nothing to remember. */
  readonly refuses?: RegExp
  /** The whole clause is kept, not `what` alone. */
  readonly keepsClause?: boolean
  readonly isSensitive?: boolean
  /** -1 to 1; that of its kind where absent. */
  readonly valence?: number
  readonly preference?: (groups: Readonly<Record<string, string | undefined>>) => LearnedPreference | null
  /** The group `name` begins with a capital letter in the message. */
  readonly needsName?: boolean
}

export interface RuleSet {
  readonly language: DateLanguage
  readonly supposes: RegExp
  readonly reports: RegExp
  readonly rules: readonly Rule[]
  /** People by what they are to the client; a name follows. */
  readonly relations: string
  /** Between "my sister" and her name. */
  readonly relationJoint: string
  readonly my: string
}

/** A way to say it, from the beginning of the clause on, after words that only lead in. */
export const starting =
  (leads: string) =>
  (source: string): RegExp =>
    new RegExp(`^(?:(?:${leads})[,:]? +)*${source}`, 'u')
