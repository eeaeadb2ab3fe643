import type { Message } from '../../../shared/contract/messages.ts'
import type { FeedbackReason, UnreadableKind } from '../../../shared/taxonomy/conversation.ts'
import { firstName } from '../../components/words.ts'

/** Why a reply was not good, as the coach reads it. */
export const feedbackReasonWords = {
  tone: 'Tone',
  wrong: 'Wrong',
  too_long: 'Too long',
  off_topic: 'Off topic',
  generic: 'Generic',
  unsafe: 'Unsafe',
  other: 'Something else',
} as const satisfies Record<FeedbackReason, string>

export const unreadableWords = {
  voice: 'The clone cannot listen to this.',
  picture: 'The clone cannot see this.',
  video: 'The clone cannot watch this.',
  file: 'The clone cannot read this.',
} as const satisfies Record<UnreadableKind, string>

/** Who a message is by, in a word. */
export const authorOf = (message: Message): string => {
  switch (message.senderType) {
    case 'client':
      return firstName(message.senderName)
    case 'ai':
      return 'AI'
    case 'human_coach':
      return 'You'
    case 'system':
      return 'Notice'
  }
}

/** What the coach did with the clone's words before they went. */
export const draftBy = (isEdited: boolean): string =>
  isEdited ? 'AI draft, edited by you' : 'AI draft, approved by you'

/** The first words of a message, for one line. */
export const previewOf = (message: Message): string =>
  message.content.trim().replace(/\s+/g, ' ').slice(0, 140) || (message.attachments[0]?.name ?? '')
