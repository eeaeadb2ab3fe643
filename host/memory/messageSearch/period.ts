import { dayOf, knownTimeZone, momentOf, partsOf, wallTimeAt } from '../dates/index.ts'

/** A stretch of time, milliseconds UTC; `to` is not in it. */
export interface Period {
  readonly from: number
  readonly to: number
}

export interface NamedPeriod extends Period {
  /** Where in the text it is named: the first character, and the one after the last. */
  readonly start: number
  readonly end: number
}

/** Days as days since 1970-01-01 in the client's own calendar; `to` is not in it. */
interface Days {
  readonly from: number
  readonly to: number
}

interface Today {
  readonly day: number
  readonly year: number
  readonly month: number
}

const languages = ['en', 'de', 'es', 'fr', 'pt']

const fold = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()

const monthNumbers: ReadonlyMap<string, number> = new Map(
  languages.flatMap((language) =>
    Array.from({ length: 12 }, (_, month) => {
      const format = new Intl.DateTimeFormat(language, { month: 'long', timeZone: 'UTC' })
      return [fold(format.format(Date.UTC(2000, month, 15))), month] as const
    }),
  ),
)
const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']
const numbers = [
  'zero',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
]
const unitDays: Readonly<Record<string, number>> = { day: 1, week: 7, month: 30.4, year: 365.25 }

const month = `(?<month>${[...monthNumbers.keys()].join('|')})`
const ordinal = '(?:st|nd|rd|th|er|\\.)?'
const year = '(?:,? (?:of |de |del |do )?(?<year>(?:19|20)\\d\\d))?'
const before = '(?:in|during|since|last|this|of|around|im|seit|letzten|en|desde|em|depuis|pendant|durante)'

/** The latest year in which that day is not still to come. */
const yearBefore = (named: string | undefined, monthIndex: number, day: number, today: Today): number =>
  named === undefined ? today.year - (dayOf(today.year, monthIndex, day) > today.day ? 1 : 0) : Number(named)

type Groups = Readonly<Record<string, string | undefined>>

const oneDay = (day: number): Days => ({ from: day, to: day + 1 })

const monthDay = ({ month: name = '', day = '', year: named }: Groups, today: Today): Days | null => {
  const monthIndex = monthNumbers.get(name) ?? 0
  const date = Number(day)
  return date < 1 || date > 31 ? null : oneDay(dayOf(yearBefore(named, monthIndex, date, today), monthIndex, date))
}

const wholeMonth = ({ month: name = '', year: named }: Groups, today: Today): Days => {
  const monthIndex = monthNumbers.get(name) ?? 0
  const at = yearBefore(named, monthIndex, 1, today)
  return { from: dayOf(at, monthIndex, 1), to: dayOf(at, monthIndex + 1, 1) }
}

const numberOf = (word: string): number => {
  if (/^\d+$/.test(word)) return Number(word)
  if (word === 'couple of' || word === 'couple') return 2
  if (word === 'few') return 3
  return Math.max(1, numbers.indexOf(word))
}

/** "Two weeks ago" is meant roughly: half a unit more or less. */
const ago = ({ count = '', unit = '' }: Groups, { day }: Today): Days => {
  const width = unitDays[unit] ?? 1
  const middle = day - numberOf(count) * width
  return { from: Math.floor(middle - width / 2), to: Math.ceil(middle + width / 2) + 1 }
}

const calendar = ({ which, unit = '' }: Groups, { day, year: at, month: monthIndex }: Today): Days => {
  const back = which === 'last' ? 1 : 0
  // Weeks begin on Monday; 1970-01-01 was a Thursday.
  const monday = day - ((day + 3) % 7) - 7 * back
  if (unit === 'week') return { from: monday, to: monday + 7 }
  if (unit === 'weekend') return { from: monday + 4, to: monday + 7 }
  if (unit === 'month') return { from: dayOf(at, monthIndex - back, 1), to: dayOf(at, monthIndex - back + 1, 1) }
  return { from: dayOf(at - back, 0, 1), to: dayOf(at - back + 1, 0, 1) }
}

const lastWeekday = ({ weekday = '' }: Groups, { day }: Today): Days => {
  const back = (((day + 4 - weekdays.indexOf(weekday)) % 7) + 7) % 7 || 7
  return oneDay(day - back)
}

/** Ways to name a time, the most exact first. Relative ones are English only. */
const ways: readonly (readonly [pattern: RegExp, read: (groups: Groups, today: Today) => Days | null])[] = [
  [
    /\b(?<year>(?:19|20)\d\d)-(?<number>0[1-9]|1[0-2])-(?<day>[0-3]\d)\b/u,
    ({ year: at, number, day }) => oneDay(dayOf(Number(at), Number(number) - 1, Number(day))),
  ],
  [new RegExp(`\\b(?<day>\\d{1,2})${ordinal} (?:of |de )?${month}\\b${year}`, 'u'), monthDay],
  [new RegExp(`\\b${month} (?:the )?(?<day>\\d{1,2})(?!\\d)${ordinal}${year}`, 'u'), monthDay],
  [new RegExp(`\\b${month} (?:of |de )?(?<year>(?:19|20)\\d\\d)\\b`, 'u'), wholeMonth],
  [new RegExp(`\\b${before} ${month}\\b`, 'u'), wholeMonth],
  [
    new RegExp(
      `\\b(?:a )?(?<count>\\d{1,3}|an?|few|couple(?: of)?|${numbers.slice(1).join('|')}) (?<unit>day|week|month|year)s? ago\\b`,
      'u',
    ),
    ago,
  ],
  [/\b(?<which>last|this) (?<unit>week(?:end)?|month|year)\b/u, calendar],
  [new RegExp(`\\blast (?<weekday>${weekdays.join('|')})\\b`, 'u'), lastWeekday],
  [/\b(?:yesterday|last night)\b/u, (_, { day }) => oneDay(day - 1)],
  [/\b(?:today|this (?:morning|afternoon|evening))\b/u, (_, { day }) => oneDay(day)],
  [
    /\b(?:in|during|since|of|en|em|seit) (?<year>(?:19|20)\d\d)\b/u,
    ({ year: at }) => ({ from: dayOf(Number(at), 0, 1), to: dayOf(Number(at) + 1, 0, 1) }),
  ],
]

/**
 * The first time that a text names: dates and months (English, German, Spanish, French, Portuguese), and in English also
 * "two weeks ago", "last Friday" and the like, seen from `now`. A date without a year is the last one of that name. Null
 * where it names none. An unknown time zone is UTC.
 */
export const periodIn = (text: string, now: number, timeZone: string): NamedPeriod | null => {
  // Folding may change how long a text is; where it does, places in it cannot be told and the whole text stays.
  const folded = fold(text)
  const zone = knownTimeZone(timeZone)
  const { day } = wallTimeAt(now, zone)
  const { year: thisYear, month: thisMonth } = partsOf(day)
  const today = { day, year: thisYear, month: thisMonth }
  for (const [pattern, read] of ways) {
    const match = pattern.exec(folded)
    const days = match === null ? null : read(match.groups ?? {}, today)
    if (match === null || days === null) continue
    const isPlaced = folded.length === text.length
    return {
      from: momentOf({ day: days.from, minutes: 0 }, zone),
      to: momentOf({ day: days.to, minutes: 0 }, zone),
      start: isPlaced ? match.index : 0,
      end: isPlaced ? match.index + match[0].length : 0,
    }
  }
  return null
}
