import type { CheckIn } from '../../../shared/contract/timeline.ts'
import { firstName } from '../../components/words.ts'
import { bothClocks } from '../inbox/sendTimes.ts'
import { dayWords } from './calendar.ts'

/** "due today", "was due on Fri, 20 Nov": by the client's own calendar. */
export const dueWords = (
  { dueFrom, dueTo }: { readonly dueFrom: number; readonly dueTo: number },
  timeZone: string,
  now: number,
): string => {
  // The end of a day is not in it any more.
  const day = dayWords(dueTo - 1, now, timeZone)
  if (dueTo <= now) return `was due ${day}`
  return dueFrom <= now && day === 'today' ? 'due today' : `due ${day}`
}

/** A time on the client's clock and the coach's. */
export const suggestedWords = ({ sendAt, timeZone, isGuessedZone, clientName }: CheckIn, now: number): string =>
  bothClocks(sendAt, now, isGuessedZone ? undefined : timeZone, firstName(clientName))

/** Where the hour comes from, so that the coach can judge it. */
export const hourWords = ({ hourFrom, isGuessedZone, clientName }: CheckIn): string => {
  const name = firstName(clientName)
  const why = {
    answers: `${name} usually answers around this hour.`,
    writes: `${name} often writes around this hour.`,
    default: `No habit of ${name} is known that would suit, so this is a usual hour.`,
  }[hourFrom]
  return isGuessedZone ? `${why} Their time zone is not known; it is your own clock.` : why
}
