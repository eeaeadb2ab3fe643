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
  'giveBack',
  'feel',
  'normalize',
  'reframe',
  'challenge',
  'surprise',
  'story',
  'inform',
  'advise',
  'permission',
  'suggest',
  'commit',
  'ask',
  'askWord',
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
 * phrases that carry nothing; `reflect`: what is said of the client, `giveBack`: how that is
 * announced; `surprise`: how a client takes in something new; `ask`: how a question begins, with or without
 * a mark; `askWord`: what makes a sentence with a mark a question for sure; `wonder`: how one is asked indirectly.
 */
export type Wordings = Readonly<Record<Cue, readonly Phrase[]>>
