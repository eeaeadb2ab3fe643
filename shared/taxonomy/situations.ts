/** What a client's moment is about: one closed word, read locally; learning and patterns are keyed by it. */
export const situations = [
  /** Overwhelm or panic; not a safety crisis, which locks (see crisisSeverities). */
  'crisis_moment',
  'high_stakes_decision',
  'relationship_conflict',
  'grief_or_loss',
  'self_doubt',
  'resistance',
  'procrastination',
  'setback',
  'loss_of_motivation',
  'venting',
  'life_transition',
  'goal_setting',
  'accountability',
  'progress',
  'breakthrough',
  'celebration',
  'seeking_advice',
  'scheduling',
  'small_talk',
  'other',
] as const
export type Situation = (typeof situations)[number]

/** A moment in plain words, to stand after "in". */
export const situationWords = {
  crisis_moment: 'moments of overwhelm',
  high_stakes_decision: 'decisions with much at stake',
  relationship_conflict: 'conflict with somebody close',
  grief_or_loss: 'grief or loss',
  self_doubt: 'moments of self-doubt',
  resistance: 'moments of resistance',
  procrastination: 'putting things off',
  setback: 'a setback',
  loss_of_motivation: 'loss of motivation',
  venting: 'letting off steam',
  life_transition: 'a change in life',
  goal_setting: 'setting goals',
  accountability: 'looking at what they had planned',
  progress: 'progress',
  breakthrough: 'a breakthrough',
  celebration: 'celebration',
  seeking_advice: 'asking for advice',
  scheduling: 'arranging a time',
  small_talk: 'small talk',
  other: 'everyday moments',
} as const satisfies Record<Situation, string>

/** The strongest feeling in a client's words. */
export const emotions = [
  'neutral',
  'happy',
  'proud',
  'grateful',
  'hopeful',
  'motivated',
  'calm',
  'anxious',
  'overwhelmed',
  'frustrated',
  'angry',
  'discouraged',
  'sad',
  'ashamed',
  'lonely',
  'confused',
] as const
export type Emotion = (typeof emotions)[number]
