import type { InterventionAnalysis } from '../../../shared/contract/learning.ts'
import {
  energies,
  formalities,
  type Move,
  moves,
  paces,
  reactions,
  techniques,
  tones,
} from '../../../shared/taxonomy/learning.ts'
import {
  energyWords,
  formalityWords,
  movesInWords,
  moveWords,
  paceWords,
  reactionWords,
  techniqueWords,
  toneWords,
} from '../../../shared/taxonomy/learningWords.ts'
import { type Situation, situationWords } from '../../../shared/taxonomy/situations.ts'

export const percent = (share: number): string => `${Math.round(share * 100)} %`

interface Rated {
  readonly known: number
  readonly well: number
  readonly low: number | null
  readonly high: number | null
}

/** "8 of 11 times clients took it well, 43–90 %". */
export const ratedWords = ({ known, well, low, high }: Rated): string =>
  low === null || high === null
    ? 'no reaction known yet'
    : `${well} of ${known} ${known === 1 ? 'time' : 'times'} clients took it well, ${Math.round(low * 100)}–${percent(high)}`

/** "Pause, grounding, a question"; what is said where no step was told apart. */
export const stepsWords = (steps: readonly Move[]): string =>
  steps.length === 0 ? 'No clear steps' : movesInWords(steps)

const list = new Intl.ListFormat('en', { type: 'conjunction' })
/** "in overwhelm and a setback". */
export const inSituations = (situations: readonly Situation[]): string =>
  `in ${list.format(situations.map((situation) => situationWords[situation]))}`

const monthName = new Intl.DateTimeFormat(undefined, { month: 'long', year: 'numeric', timeZone: 'UTC' })
/** "September 2026", from the first day of a month as "2026-09-01". */
export const monthWords = (day: string): string => monthName.format(Date.parse(day))

const fieldWords: Readonly<Record<string, string>> = {
  tone: 'the tone',
  pace: 'the pace',
  formality: 'how formal it was',
  energy: 'the energy',
  technique: 'the technique',
  framework: 'the framework',
  structure: 'the steps',
  reaction: 'how they took it',
}

const wordIn = <T extends string>(known: readonly T[], words: Readonly<Record<T, string>>, value: string): string => {
  const found = known.find((one) => one === value)
  return found === undefined ? value : words[found]
}

const valueWords = (field: string, value: string): string => {
  switch (field) {
    case 'tone':
      return wordIn(tones, toneWords, value)
    case 'pace':
      return wordIn(paces, paceWords, value)
    case 'formality':
      return wordIn(formalities, formalityWords, value)
    case 'energy':
      return wordIn(energies, energyWords, value)
    case 'technique':
      return wordIn(techniques, techniqueWords, value)
    case 'reaction':
      return wordIn(reactions, reactionWords, value)
    case 'structure':
      return value
        .split(', ')
        .map((one) => wordIn(moves, moveWords, one))
        .join(', ')
    default:
      return value
  }
}

/** "The rules on this machine read the tone as warm, the model as direct." */
export const disagreementWords = ({ field, local, model }: InterventionAnalysis['disagreements'][number]): string =>
  `The rules on this machine read ${fieldWords[field] ?? field} as “${valueWords(field, local)}”, the model as “${valueWords(field, model)}”.`
