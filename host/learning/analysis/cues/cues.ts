import type { Phrase } from '../phrases.ts'

export const cueNames = [
  'fill',
  'greet',
  'close',
  'thank',
  'interrupt',
  'ground',
  'silence',
  'acknowledge',
  'affirm',
  'reflect',
  'feel',
  'normalize',
  'reframe',
  'challenge',
  'story',
  'inform',
  'advise',
  'permission',
  'suggest',
  'commit',
  'ask',
  'invite',
  'wonder',
  'scale',
  'tag',
  'metaphor',
  'casual',
  'professional',
  'intimate',
  'urgent',
  'playful',
  'analytical',
] as const
export type Cue = (typeof cueNames)[number]

/**
 * What a language says a move with. `fill`: single words and phrases that carry nothing; `reflect`: how a coach gives back
 * what was said; `ask`: how a question begins, asked with or without a mark.
 */
export type Wordings = Readonly<Record<Cue, readonly Phrase[]>>
