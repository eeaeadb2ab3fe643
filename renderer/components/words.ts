import type { DeliveryStatus, HandoffTrigger, Owner, ReplyMode } from '../../shared/taxonomy/conversation.ts'

export const ownerWords = {
  ai: 'AI',
  waiting: 'Waiting for you',
  human: 'You',
  locked: 'Locked',
} as const satisfies Record<Owner, string>

export const triggerWords = {
  safety_crisis: 'safety crisis',
  client_request: 'asked for a person',
  high_stakes_decision: 'high-stakes decision',
  low_confidence: 'clone unsure',
  score: 'several signs',
  generation_failed: 'model failed',
  unsafe_generation: 'answer held back',
  no_model: 'no model connected',
  budget: 'limit reached',
  unreadable: 'cannot be read here',
  circles: 'going in circles',
  coach: 'your takeover',
  handback: 'handed back',
} as const satisfies Record<HandoffTrigger, string>

/** The same in a list, where there is little room. */
export const triggerShort = {
  ...triggerWords,
  client_request: 'asked for you',
  high_stakes_decision: 'high stakes',
  no_model: 'no model',
  unreadable: 'unreadable',
  circles: 'in circles',
} as const satisfies Record<HandoffTrigger, string>

export const replyModeWords = {
  autopilot: {
    name: 'Autopilot',
    short: 'answers by itself',
    means: 'The clone answers by itself and calls you when a person is needed.',
  },
  drafts: {
    name: 'Drafts',
    short: 'drafts for approval',
    means: 'The clone writes drafts; none of them goes out before you send it.',
  },
  off: { name: 'Off', short: 'clone is off', means: 'The clone stays out of it. You answer everything yourself.' },
} as const satisfies Record<ReplyMode, { name: string; short: string; means: string }>

/** True in every reply mode. */
export const fixedNoticesWords =
  'In every mode two fixed notices may go out on their own: that an AI helps you, and a notice in a safety crisis.'

/** What the coach reads under an outgoing message; null where there is nothing to say. */
export const deliveryWords = {
  received: null,
  queued: 'Waiting to be sent',
  sending: 'Sending',
  sent: 'Sent',
  delivered: 'Delivered',
  read: 'Read',
  failed: 'Not sent',
  unknown: 'May not have arrived',
} as const satisfies Record<DeliveryStatus, string | null>

const channelNames: Readonly<Record<string, string>> = {
  practice: 'Practice',
  telegram: 'Telegram',
  sms: 'SMS',
  phone: 'Phone',
}

export const channelName = (channel: string): string =>
  channelNames[channel] ?? channel.charAt(0).toUpperCase() + channel.slice(1)

export const firstName = (name: string): string => {
  const words = name.trim().split(/\s+/)
  // A name may begin with a picture.
  return words.find((word) => /\p{L}/u.test(word)) ?? words[0] ?? name
}

export const plural = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`

const units = ['bytes', 'KB', 'MB', 'GB'] as const
/** A size for people: "812 bytes", "1.4 MB". */
export const sizeWords = (bytes: number): string => {
  const step = bytes < 1_000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3))
  const value = bytes / 1_000 ** step
  return `${step === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[step]}`
}
