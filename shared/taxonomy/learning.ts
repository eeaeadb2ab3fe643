/** Closed vocabularies of what is learned from the coach. The database checks the same words. */

export const tones = ['empathetic', 'direct', 'analytical', 'playful', 'challenging'] as const
export type Tone = (typeof tones)[number]

export const paces = ['fast', 'measured', 'slow', 'deliberate'] as const
export type Pace = (typeof paces)[number]

export const formalities = ['casual', 'professional', 'intimate'] as const
export type Formality = (typeof formalities)[number]

export const energies = ['calm', 'energetic', 'urgent'] as const
export type Energy = (typeof energies)[number]

/** `other`: none of them, as in "Good, see you on Monday". */
export const techniques = [
  'question',
  'reflection',
  'reframe',
  'challenge',
  'story',
  'silence',
  'direct_advice',
  'normalization',
  'other',
] as const
export type Technique = (typeof techniques)[number]

/** The moves an answer is built of, in the order in which they come. */
export const moves = [
  'interrupt',
  'acknowledge',
  'ground',
  'normalize',
  'reflect',
  'reframe',
  'challenge',
  'story',
  'inform',
  'advise',
  'affirm',
  'question',
  'commit',
  'close',
] as const
export type Move = (typeof moves)[number]

export const reactions = ['positive', 'neutral', 'negative', 'transformative'] as const
export type Reaction = (typeof reactions)[number]

export const engagements = ['high', 'medium', 'low'] as const
export type Engagement = (typeof engagements)[number]

/** Frameworks of coaching that show in the words. */
export const frameworks = [
  'GROW',
  'OKR',
  'Socratic',
  'Motivational Interviewing',
  'CBT',
  'Solution-Focused',
  'Scaling',
  'Grounding',
] as const
export type Framework = (typeof frameworks)[number]

/** What kind of change the coach made to a draft. */
export const changeKinds = [
  'shorter',
  'longer',
  'warmer',
  'more_direct',
  'more_formal',
  'more_casual',
  'question_added',
  'question_removed',
  'advice_added',
  'advice_removed',
  'fact_corrected',
  'greeting_added',
  'greeting_removed',
  'emoji_added',
  'emoji_removed',
  'phrase_added',
  'phrase_removed',
  'rewritten',
] as const
export type ChangeKind = (typeof changeKinds)[number]

/** Whom a learned rule holds for. */
export const ruleScopes = ['client', 'situation', 'always'] as const
export type RuleScope = (typeof ruleScopes)[number]

/** What the coach can teach in words, on any message of theirs or the clone's. */
export const taughtKinds = ['keep', 'never_say', 'say_like_this'] as const
export type TaughtKind = (typeof taughtKinds)[number]

/** What a rule asks of the clone: one of the changes, or what the coach taught in words. */
export const ruleKinds = [...changeKinds, ...taughtKinds] as const
export type RuleKind = (typeof ruleKinds)[number]

/** `proposed`: not enough behind it, or the coach was not asked yet. Only `live` reaches a reply. */
export const ruleStates = ['proposed', 'live', 'paused', 'undone'] as const
export type RuleState = (typeof ruleStates)[number]

/** What can be learned and is given to a reply. */
export const learnedKinds = ['approach', 'style', 'phrase', 'rule', 'pattern'] as const
export type LearnedKind = (typeof learnedKinds)[number]

/** What the coach did with something learned that is computed anew from its evidence. */
export const learnedDecisions = ['paused', 'undone'] as const
export type LearnedDecision = (typeof learnedDecisions)[number]

export const importFormats = ['telegram', 'whatsapp', 'csv', 'transcript', 'writing'] as const
export type ImportFormat = (typeof importFormats)[number]
