import type { Energy, Formality, Move, Pace, Reaction, Technique, Tone } from './learning.ts'

/** How the closed words of learning read in the console and in what is saved from it. */

export const toneWords = {
  empathetic: 'warm',
  direct: 'direct',
  analytical: 'analytical',
  playful: 'playful',
  challenging: 'challenging',
} as const satisfies Record<Tone, string>

export const paceWords = {
  fast: 'fast',
  measured: 'measured',
  slow: 'slow',
  deliberate: 'deliberate',
} as const satisfies Record<Pace, string>

export const formalityWords = {
  casual: 'casual',
  professional: 'professional',
  intimate: 'close',
} as const satisfies Record<Formality, string>

export const energyWords = {
  calm: 'calm',
  energetic: 'energetic',
  urgent: 'urgent',
} as const satisfies Record<Energy, string>

export const techniqueWords = {
  question: 'Question',
  reflection: 'Saying back what was heard',
  reframe: 'Another way to see it',
  challenge: 'Challenge',
  story: 'Story',
  silence: 'Room to think',
  direct_advice: 'Advice',
  normalization: 'Saying that it is normal',
  other: 'Something else',
} as const satisfies Record<Technique, string>

export const moveWords = {
  interrupt: 'pause',
  acknowledge: 'acknowledging',
  ground: 'grounding',
  normalize: 'saying that it is normal',
  reflect: 'saying back what was heard',
  reframe: 'another way to see it',
  challenge: 'a challenge',
  story: 'a story',
  inform: 'information',
  advise: 'advice',
  affirm: 'encouragement',
  question: 'a question',
  commit: 'a commitment',
  close: 'a closing word',
} as const satisfies Record<Move, string>

/** How a client took what the coach did. */
export const reactionWords = {
  transformative: 'It changed something for them',
  positive: 'They took it well',
  neutral: 'No clear reaction',
  negative: 'They did not take it well',
} as const satisfies Record<Reaction, string>

export const noReactionWords = 'How they took it is not clear yet'

/** How they took it, before what they answered is quoted, where they answered. */
export const reactionLead = (reaction: Reaction | null, hasAnswer: boolean): string => {
  if (reaction !== null) return reactionWords[reaction]
  return hasAnswer ? `${noReactionWords}. They said` : noReactionWords
}

/** "Pause, grounding, a question": the steps of an approach in one line. */
export const movesInWords = (moves: readonly Move[]): string => {
  // A step that comes again is told once: it is the kind of answer that is told, not its minutes.
  const words = [...new Set(moves)].map((move) => moveWords[move]).join(', ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
