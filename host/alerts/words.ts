import type { HandoffTrigger } from '../../shared/taxonomy/conversation.ts'

/** Something a coach must look at; names and reasons only, never what a client wrote. */
export interface Attention {
  readonly conversationId: string
  /** At most 80 characters. */
  readonly title: string
  /** At most 120 characters. */
  readonly body: string
  /** 1 and rising for a call that repeats; 0 for what is only told once. */
  readonly level: number
  readonly isCrisis: boolean
}

const reasons: Record<HandoffTrigger, string> = {
  safety_crisis: 'Their words point to danger.',
  client_request: 'They asked to talk to you.',
  high_stakes_decision: 'They are about to make a big decision.',
  low_confidence: 'The clone is not sure what to answer.',
  score: 'Several signs together say that this needs you.',
  generation_failed: 'The clone could not write an answer.',
  unsafe_generation: 'An answer of the clone was held back.',
  no_model: 'No model is connected, so nobody answers but you.',
  budget: "Today's budget for the model is used up.",
  unreadable: 'They sent something that cannot be read here.',
  circles: 'The conversation is going in circles.',
  coach: 'You have this conversation.',
  handback: 'The clone is silent.',
}

const longestName = 40

/** A name as a notification may show it: clients choose their own names on a channel. */
export const shownName = (name: string): string => {
  const plain = name.replace(/[\p{C}\p{Z}]+/gu, ' ').trim()
  const letters = [...plain]
  return letters.length > longestName ? `${letters.slice(0, longestName - 1).join('')}…` : plain || 'A client'
}

export const alertWords = (name: string, trigger: HandoffTrigger, level: number): { title: string; body: string } => {
  const isCrisis = trigger === 'safety_crisis'
  const again = level > 1 ? ' Nobody has acknowledged this yet.' : ''
  return {
    title: isCrisis ? `Safety crisis: ${shownName(name)} needs you` : `${shownName(name)} needs you`,
    body: `${reasons[trigger]}${again}`,
  }
}

/** What the coach reads on their own device; `name` is null where they do not want names there. */
export const ownDeviceWords = (name: string | null, isCrisis: boolean): string => {
  const who = name === null ? 'One of your clients' : shownName(name)
  return isCrisis
    ? `OpenCoach: safety crisis. ${who} needs you now. Open the console.`
    : `OpenCoach: ${who} asked to talk to you. Open the console.`
}

const mostAtOnce = 3

/** Crises one by one; of anything else no more than a few at once, then one line for all of them. */
export const withoutFlood = (told: readonly Attention[]): Attention[] => {
  const crises = told.filter((one) => one.isCrisis)
  const others = told.filter((one) => !one.isCrisis)
  const [first] = others
  if (!first || others.length <= mostAtOnce) return [...crises, ...others]
  return [
    ...crises,
    {
      ...first,
      title: `${others.length} conversations need a look`,
      body: 'Open the console to see which.',
      level: Math.max(...others.map((one) => one.level)),
    },
  ]
}
