import type { ImportFormat } from '../../../shared/taxonomy/learning.ts'
import { type PastCounts, type PastRemark, pastRemarks } from '../../../shared/taxonomy/past.ts'
import { dayThere } from '../../components/time.ts'

export const formatWords = {
  telegram: 'Telegram export',
  whatsapp: 'WhatsApp chat',
  csv: 'Table',
  transcript: 'Conversation',
  writing: 'Your own writing',
} as const satisfies Record<ImportFormat, string>

const number = new Intl.NumberFormat()
export const countWords = (count: number, one: string, many = `${one}s`): string =>
  `${number.format(count)} ${count === 1 ? one : many}`

const remarkWords: Record<PastRemark, readonly [one: string, many: string]> = {
  system: ['notice of the app', 'notices of the app'],
  media: ['picture, recording or file', 'pictures, recordings and files'],
  deleted: ['deleted or empty message', 'deleted or empty messages'],
  forwarded: ['forwarded message', 'forwarded messages'],
  group: ['message in a group or channel', 'messages in groups and channels'],
  heading: ['heading, quotation or line', 'headings, quotations and lines'],
  empty: ['message without words', 'messages without words'],
  broken: ['damaged entry', 'damaged entries'],
  not_chosen: ['message in a conversation you left out', 'messages in conversations you left out'],
  not_a_client: ['message of somebody who is no client here', 'messages of people who are no clients here'],
  older: ['message older than your newest 5,000', 'messages older than your newest 5,000'],
  out_of_order: [
    'message was not in its place in time, and is put there',
    'messages were not in their place in time, and are put there',
  ],
  shortened: ['very long message is cut off', 'very long messages are cut off'],
  without_time: ['message has no time', 'messages have no time'],
}

const keptRemarks: readonly PastRemark[] = ['out_of_order', 'shortened', 'without_time']

const told = (counts: PastCounts, isWanted: (remark: PastRemark) => boolean): string[] =>
  pastRemarks.filter(isWanted).flatMap((remark) => {
    const found = counts[remark] ?? 0
    return found > 0 ? [countWords(found, ...remarkWords[remark])] : []
  })

/** "3 deleted messages", one each reason. */
export const leftOutWords = (counts: PastCounts): string[] => told(counts, (remark) => !keptRemarks.includes(remark))
/** What the coach should know of what is kept. */
export const keptWords = (counts: PastCounts): string[] => told(counts, (remark) => keptRemarks.includes(remark))

/** "3 Apr 2023 to 9 May 2024"; null where no message has a time. */
export const periodWords = (firstAt: number | null, lastAt: number | null): string | null => {
  if (firstAt === null || lastAt === null) return null
  const [first, last] = [dayThere(firstAt, null), dayThere(lastAt, null)]
  return first === last ? first : `${first} to ${last}`
}
