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
