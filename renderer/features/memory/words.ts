import type { MemoryItem } from '../../../shared/contract/memory.ts'
import type { MemoryGroup, MessageType, OverallSentiment, Weekday } from '../../../shared/taxonomy/memory.ts'
import type { Emotion } from '../../../shared/taxonomy/situations.ts'

/** The title of each group, and what stands in it. */
export const groupWords = {
  goals: 'Goals',
  promises: 'Promises',
  blockers: 'What gets in the way',
  breakthroughs: 'Breakthroughs',
  triggers: 'Sensitive triggers',
  person: 'How they are',
  wishes: 'How they like it',
  likes: 'What they like and dislike',
  people: 'People in their life',
  life: 'Their life',
  moments: 'Moments',
} as const satisfies Record<MemoryGroup, string>

/** What kind of thing an item is, where its group holds several. */
export const kindWords: Readonly<Partial<Record<MemoryItem['kind'], string>>> = {
  personality: 'Who they are',
  progress: 'How far they are',
  avoid: 'To be avoided',
  communication_style: 'How to talk to them',
  coaching_tone: 'Tone',
  timing: 'When',
  exercise: 'Exercise',
  meal_types: 'Food',
  other: 'Other wishes',
  victory: 'Went well',
  struggle: 'Was hard',
  insight: 'Understood',
}

export const stateWords = { open: null, done: 'Done', dropped: 'Given up' } as const

export const feelingWords = {
  neutral: null,
  happy: 'happy',
  proud: 'proud',
  grateful: 'grateful',
  hopeful: 'hopeful',
  motivated: 'motivated',
  calm: 'calm',
  anxious: 'anxious',
  overwhelmed: 'overwhelmed',
  frustrated: 'frustrated',
  angry: 'angry',
  discouraged: 'discouraged',
  sad: 'sad',
  ashamed: 'ashamed',
  lonely: 'lonely',
  confused: 'confused',
} as const satisfies Record<Emotion, string | null>

export const sentimentWords = {
  positive: 'mostly good',
  negative: 'mostly hard',
  mixed: 'good and hard',
  neutral: null,
} as const satisfies Record<OverallSentiment, string | null>

export const messageTypeWords = {
  question: 'questions',
  celebration: 'congratulations',
  advice: 'advice',
  challenge: 'challenges',
  link: 'links',
  short_note: 'short notes',
  long_text: 'long messages',
} as const satisfies Record<MessageType, string>

export const weekdayWords = {
  monday: 'Monday',
  tuesday: 'Tuesday',
  wednesday: 'Wednesday',
  thursday: 'Thursday',
  friday: 'Friday',
  saturday: 'Saturday',
  sunday: 'Sunday',
} as const satisfies Record<Weekday, string>

export const readerWords = {
  rules: 'read by rules on this computer',
  model: 'read by the model',
  coach: 'written by you',
} as const

/** "quite sure": a share in words. */
export const sureness = (confidence: number): string =>
  confidence >= 0.85 ? 'sure' : confidence >= 0.65 ? 'quite sure' : 'not very sure'

const halfFaded = 0.5

/** How a moment fades; null where it is fresh. */
export const fadingWords = ({ strength, isFaded, isPinned }: MemoryItem): string | null => {
  if (strength === null || isPinned) return null
  if (isFaded) return 'faded, not used in replies'
  return strength < halfFaded ? 'fading' : null
}

const list = new Intl.ListFormat('en', { type: 'conjunction' })

/** "Monday, Tuesday and Friday". */
export const listed = (words: readonly string[]): string => list.format(words)
