import type { Energy, Formality, Framework, Move, Pace, Technique, Tone } from '../../../shared/taxonomy/learning.ts'
import { frameworkOf } from './framework.ts'
import { hear, rankTechniques, type Turn } from './heard.ts'
import { structureOf } from './structure.ts'
import { styleOf } from './style.ts'
import { adviceOf, anonymise, closingOf, emotionalHandlingOf, keyPhrasesOf, metaphorOf, openingOf } from './wording.ts'

export interface TurnView {
  readonly technique: Technique
  /** Best first; scores from 0 to 1 that sum to 1. */
  readonly techniques: readonly { readonly type: Technique; readonly score: number }[]
  readonly tone: Tone
  readonly pace: Pace
  readonly formality: Formality
  readonly energy: Energy
  /** In order; neighbours are never equal. */
  readonly structure: readonly Move[]
  readonly framework: Framework | null
  /** As the coach wrote them, the most telling first; without the client's name, numbers or what is mostly their words. */
  readonly keyPhrases: readonly string[]
  /** The client's name stands as [Name], their own words and numbers as "…". */
  readonly openingPattern: string
  readonly closingPattern: string
  readonly emotionalIntelligence: readonly string[]
  /** In the coach's words, with [Name] for the client. */
  readonly specificAdvice: string
  readonly metaphor: string | null
}

export interface TurnOptions {
  /** Taken out of patterns and phrases. Without it a name is taken for one only where the turn begins with it. */
  readonly clientName?: string
}

/** Reads one turn of a coach after what was said before it, oldest first. Needs no model and no network; never throws. */
export const viewTurn = (text: string, before: readonly Turn[], { clientName = '' }: TurnOptions = {}): TurnView => {
  const heard = hear(text, before)
  const techniques = rankTechniques(heard)
  const technique = techniques[0]?.type ?? 'other'
  const structure = structureOf(heard)
  const hidden = anonymise(text, heard, clientName)
  return {
    technique,
    techniques,
    ...styleOf(text, heard, technique),
    structure,
    framework: frameworkOf(heard, structure),
    keyPhrases: keyPhrasesOf(heard, hidden),
    openingPattern: openingOf(heard, hidden),
    closingPattern: closingOf(heard, hidden),
    emotionalIntelligence: emotionalHandlingOf(heard),
    specificAdvice: adviceOf(heard, hidden),
    metaphor: metaphorOf(heard),
  }
}
