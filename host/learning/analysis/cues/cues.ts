import type { Phrase } from '../phrases.ts'

export const cueNames = [
  'you',
  'me',
  'they',
  'ifYou',
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
 * What a language says a move with. `you`, `me`, `they`: words that show of whom a sentence speaks; `fill`: single words and
 * phrases that carry nothing; `reflect`: how a coach gives back what was said; `ask`: how a question begins, with or without
 * a mark; `wonder`: how one is asked indirectly.
 */
export type Wordings = Readonly<Record<Cue, readonly Phrase[]>>
