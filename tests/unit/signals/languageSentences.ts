import type { CrisisKind, CrisisSeverity } from '../../../shared/taxonomy/conversation.ts'
import type { Emotion, Situation } from '../../../shared/taxonomy/situations.ts'

/** Sentences of our own in one language, and how each must be read. */
export interface LanguageSentences {
  readonly language: 'en' | 'es' | 'de' | 'fr' | 'pt'
  /** The least severity, and what it is about. */
  readonly crises: readonly (readonly [text: string, atLeast: CrisisSeverity, kind: CrisisKind])[]
  readonly benign: readonly string[]
  /** Denied, long ago, another's past, or a subject of study. */
  readonly mentions: readonly string[]
  readonly overMessages: readonly (readonly string[])[]
  readonly answers: readonly (readonly [asked: string, answer: string])[]
  readonly asksForPerson: readonly string[]
  readonly asksForNobody: readonly string[]
  readonly highStakes: readonly string[]
  readonly lowStakes: readonly string[]
  readonly asksIfAi: readonly string[]
  readonly glad: readonly string[]
  readonly low: readonly string[]
  readonly pressing: readonly string[]
  readonly emotions: readonly (readonly [text: string, emotion: Emotion])[]
  readonly situations: readonly (readonly [text: string, situation: Situation])[]
  readonly circles: readonly string[]
}
