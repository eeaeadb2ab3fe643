import {
  type Energy,
  type Formality,
  type Pace,
  type Technique,
  type Tone,
  tones,
} from '../../../shared/taxonomy/learning.ts'
import type { Cue } from './cues/index.ts'
import type { Heard } from './heard.ts'

export interface Style {
  readonly tone: Tone
  readonly pace: Pace
  readonly formality: Formality
  readonly energy: Energy
}

const usualTone: Readonly<Record<Technique, Tone>> = {
  question: 'direct',
  reflection: 'empathetic',
  reframe: 'analytical',
  challenge: 'challenging',
  story: 'empathetic',
  silence: 'empathetic',
  direct_advice: 'direct',
  normalization: 'empathetic',
  other: 'direct',
}

/** How a turn is said. `technique`: its first technique, which decides where the words leave the tone open. */
export const styleOf = (text: string, heard: Heard, technique: Technique): Style => {
  const { sentences, listener } = heard
  const times = (cue: Cue): number => sentences.reduce((sum, { line }) => sum + listener.hears[cue].count(line), 0)
  const counts = {
    interrupt: times('interrupt'),
    ground: times('ground'),
    silence: times('silence'),
    urgent: times('urgent') + shouted(text),
    exclaimed: sentences.filter(({ isExclaimed }) => isExclaimed).length,
    hearts: text.slice(0, 4_000).match(hearts)?.length ?? 0,
    smiles: text.slice(0, 4_000).match(smiles)?.length ?? 0,
  }
  const weights: Record<Tone, number> = {
    empathetic:
      times('reflect') * 0.7 +
      times('acknowledge') +
      times('normalize') +
      times('feel') * 0.5 +
      times('silence') +
      counts.hearts,
    direct: counts.interrupt * 1.5 + times('advise') * 0.8 + counts.ground * 0.6 + (counts.urgent > 0 ? 0.8 : 0),
    analytical: times('analytical') * 0.8 + times('inform') * 0.4,
    playful: times('playful') * 1.2 + counts.smiles * 1.2,
    challenging: times('challenge') * 2.2,
  }
  weights[usualTone[technique]] += 0.6
  const [tone = 'direct'] = tones.toSorted((a, b) => weights[b] - weights[a])
  const isCalming = counts.ground > 0 || counts.silence > 0
  return {
    tone,
    pace: paceOf(heard, isCalming || text.includes('…') || text.includes('...')),
    formality: formalityOf(text, times, counts.hearts),
    energy: isCalming
      ? 'calm'
      : counts.urgent > 1 || (counts.interrupt > 0 && counts.urgent > 0)
        ? 'urgent'
        : counts.exclaimed > 0 && counts.exclaimed * 3 >= sentences.length
          ? 'energetic'
          : 'calm',
  }
}

const hearts = /[❤💙💚💛💜🧡💗💕🤗🙏]/gu
const smiles = /[😂🤣😄😁😆😜😉🤪😅🙃]/gu
const capitals = /(?<!\p{L})\p{Lu}{3,}(?!\p{L})/gu

const shouted = (text: string): number => ((text.slice(0, 4_000).match(capitals)?.length ?? 0) > 1 ? 1 : 0)

const paceOf = ({ sentences }: Heard, isSlowed: boolean): Pace => {
  const words = sentences.reduce((sum, sentence) => sum + sentence.words.length, 0)
  const average = words / Math.max(1, sentences.length)
  if (isSlowed) return 'slow'
  if (average > 18 || words > 120) return 'deliberate'
  if (words <= 6 || (average < 6 && sentences.length > 1)) return 'fast'
  return 'measured'
}

const formalityOf = (text: string, times: (cue: Cue) => number, warm: number): Formality => {
  const head = text.slice(0, 4_000)
  const contractions = head.match(/\p{L}['’](?:s|re|ve|ll|d|m|t)(?!\p{L})/gu)?.length ?? 0
  const isLowerCase = /\p{Ll}/u.test(head) && !/\p{Lu}/u.test(head)
  const intimate = times('intimate') * 1.5 + warm
  const casual = times('casual') + contractions * 0.3 + Number(isLowerCase)
  const professional = times('professional')
  if (intimate > casual && intimate > professional) return 'intimate'
  return casual > professional ? 'casual' : 'professional'
}
