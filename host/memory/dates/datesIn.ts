import { foldAccents } from '../fold.ts'
import { type Day, dayOf, knownTimeZone, momentOf, partsOf, wallTimeAt, weekdayOf } from './calendar.ts'
import { withoutRepeats } from './repeats.ts'
import { type DateLanguage, type DateWords, dateWords } from './words.ts'

export type DatePrecision = 'minute' | 'part' | 'day' | 'week' | 'month' | 'year'

/** A time that a text names, as a stretch: milliseconds UTC, `to` not in it. */
export interface NamedTime {
  readonly from: number
  readonly to: number
  readonly precision: DatePrecision
  /** "Since March": it began then and goes on. */
  readonly isSince: boolean
  /** Where in the text: the first character, and the one after the last. */
  readonly start: number
  readonly end: number
}

interface Span {
  readonly from: Day
  readonly to: Day
  readonly precision: DatePrecision
}

interface Seen {
  readonly today: Day
  readonly words: DateWords
}

type Groups = Readonly<Record<string, string | undefined>>
/** Null: not meant as a time. `no_such_day`: meant as one that no calendar has. */
type Way = readonly [pattern: RegExp, read: (groups: Groups, seen: Seen) => Span | 'no_such_day' | null]

/** Hours of the parts of a day, as people mean them. */
const partHours = { morning: [6, 12], afternoon: [12, 18], evening: [18, 23], night: [20, 24] } as const
type Part = keyof typeof partHours
const parts: readonly Part[] = ['morning', 'afternoon', 'evening', 'night']

const oneDay = (day: Day): Span => ({ from: day, to: day + 1, precision: 'day' })
const monthOf = (year: number, month: number): Span => ({
  from: dayOf(year, month, 1),
  to: dayOf(year, month + 1, 1),
  precision: 'month',
})
const mondayOf = (day: Day): Day => day - weekdayOf(day)

const indexIn = (lists: readonly (readonly string[])[], word: string): number =>
  lists.findIndex((names) => names.includes(word))

const countIn = ({ words }: Seen, text: string): number => {
  if (/^\d+$/u.test(text)) return Number(text)
  const found = words.numbers.findIndex((names) => names.split('|').includes(text))
  if (found >= 0) return found + 1
  return /couple/u.test(text) ? 2 : /few/u.test(text) ? 3 : 1
}

type Unit = 'day' | 'week' | 'month' | 'year'
const unitIn = ({ words }: Seen, text: string): Unit =>
  (['day', 'week', 'month', 'year'] as const).find((unit) =>
    new RegExp(`^(?:${words.units[unit]})$`, 'u').test(text),
  ) ?? 'day'

/** The same date some months on; the last of the month where there is none. */
const monthsOn = (day: Day, months: number): Day => {
  const { year, month, date } = partsOf(day)
  const last = dayOf(year, month + months + 1, 1) - 1
  return Math.min(dayOf(year, month + months, 1) + date - 1, last)
}

const moved = (day: Day, count: number, unit: Unit): Span => {
  if (unit === 'day') return oneDay(day + count)
  if (unit === 'week') return oneDay(day + 7 * count)
  return oneDay(monthsOn(day, unit === 'month' ? count : 12 * count))
}

/** "Two weeks ago" is meant roughly: half a unit more or less. */
const roughly = ({ from, to }: Span, unit: Unit): Span => {
  const half = { day: 0, week: 3, month: 15, year: 182 }[unit]
  return { from: from - half, to: to + half, precision: unit }
}

/** A whole week, month or year, `step` from the present one. */
const calendarUnit = ({ today }: Seen, unit: Unit, step: number): Span => {
  const { year, month } = partsOf(today)
  if (unit === 'day') return oneDay(today + step)
  if (unit === 'week')
    return { from: mondayOf(today) + 7 * step, to: mondayOf(today) + 7 * step + 7, precision: 'week' }
  if (unit === 'month') return monthOf(year, month + step)
  return { from: dayOf(year + step, 0, 1), to: dayOf(year + step + 1, 0, 1), precision: 'year' }
}

/** "Next Friday" is the Friday of the week after this one; "on Friday" the first to come. */
const weekdayFrom = ({ today }: Seen, weekday: number, which: 'next' | 'coming' | 'last'): Span => {
  if (which === 'next') return oneDay(mondayOf(today) + 7 + weekday)
  const ahead = (weekday - weekdayOf(today) + 7) % 7 || 7
  return oneDay(which === 'coming' ? today + ahead : today - (7 - (ahead % 7)))
}

const weekendFrom = ({ today }: Seen, step: number): Span => ({
  from: mondayOf(today) + 7 * step + 5,
  to: mondayOf(today) + 7 * step + 7,
  precision: 'day',
})

/** A day or month without a year: the next one ahead, or the last one behind where it is said to be past. */
const withYear = (
  { today }: Seen,
  month: number,
  date: number | null,
  year: string | undefined,
  isPast: boolean,
): Span | 'no_such_day' => {
  const named = year === undefined ? null : Number(year)
  const inYear = (at: number): Span => (date === null ? monthOf(at, month) : oneDay(dayOf(at, month, date)))
  if (date !== null && (date < 1 || partsOf(dayOf(2024, month, date)).month !== month)) return 'no_such_day'
  if (named !== null) return inYear(named)
  const present = inYear(partsOf(today).year)
  const step = isPast ? (present.from > today ? -1 : 0) : present.to <= today ? 1 : 0
  return inYear(partsOf(today).year + step)
}

const monthLeads = 'in|by|until|before|during|on|en|em|im|bis|fin|ate|para|avant|end of|ende|fin de|finales de|fim de'
const beginsWithLead = new RegExp(`^(?:${monthLeads}) `, 'u')

const alternatives = (lists: readonly (readonly string[])[]): string =>
  lists
    .flat()
    .toSorted((a, b) => b.length - a.length)
    .join('|')

const waysOf = (words: DateWords): readonly Way[] => {
  const weekday = `(?<weekday>${alternatives(words.weekdays)})`
  const month = `(?<month>${alternatives(words.months)})`
  const unit = `(?<unit>${Object.values(words.units).join('|')})`
  const count = `(?<count>\\d{1,3}|an?|a few|a couple of|${words.numbers.join('|')})`
  const number = `(?<date>\\d{1,2})(?:st|nd|rd|th|er|\\.|º)?`
  const year = '(?:,? (?:of |de |del |do )?(?<year>(?:19|20)\\d\\d))?'
  const since = `(?<since>(?:${words.since}) )?`
  const last = `(?<last>(?:${words.last}) )?`
  const at = (source: string): RegExp => new RegExp(`(?<![\\p{L}\\d])${source}(?![\\p{L}\\d])`, 'u')
  const week = words.weekdays
  const isPast = ({ since: from, last: behind }: Groups): boolean => from !== undefined || behind !== undefined
  const monthNumber = (name: string | undefined): number => indexIn(words.months, name ?? '')
  return [
    [
      at('(?<year>(?:19|20)\\d\\d)-(?<month>0[1-9]|1[0-2])-(?<date>[0-3]\\d)'),
      ({ year: y, month: m, date }) => oneDay(dayOf(Number(y), Number(m) - 1, Number(date))),
    ],
    [
      at(`${since}${number} (?:of |de )?${month}${year}`),
      (groups, seen) => withYear(seen, monthNumber(groups.month), Number(groups.date), groups.year, isPast(groups)),
    ],
    [
      at(`${since}${month} (?:the )?${number}(?!\\d)${year}`),
      (groups, seen) => withYear(seen, monthNumber(groups.month), Number(groups.date), groups.year, isPast(groups)),
    ],
    [at(`(?:${words.dayAfterTomorrow})`), (_, { today }) => oneDay(today + 2)],
    [at(`(?:${words.tomorrow})`), (_, { today }) => oneDay(today + 1)],
    [at(`${since}(?:${words.yesterday})`), (_, { today }) => oneDay(today - 1)],
    [at(`(?:${words.today})`), (_, { today }) => oneDay(today)],
    ...(['day', 'week', 'month', 'year'] as const).map(
      (one): Way => [
        at(`(?:${words.ends[one]})`),
        ({ next }, seen) => oneDay(calendarUnit(seen, one, next === undefined ? 0 : 1).to - 1),
      ],
    ),
    [
      at(`(?:${words.inPrefix}) ${count} ${unit}`),
      (groups, seen) => moved(seen.today, countIn(seen, groups.count ?? ''), unitIn(seen, groups.unit ?? '')),
    ],
    [
      at(words.agoPattern.replace('{}', `${count} ${unit}`)),
      (groups, seen) => {
        const named = unitIn(seen, groups.unit ?? '')
        return roughly(moved(seen.today, -countIn(seen, groups.count ?? ''), named), named)
      },
    ],
    [
      at(`(?:${words.since}) ${count} ${unit}`),
      (groups, seen) => moved(seen.today, -countIn(seen, groups.count ?? ''), unitIn(seen, groups.unit ?? '')),
    ],
    [at(`(?:${words.next}) (?:${words.weekend})`), (_, seen) => weekendFrom(seen, 1)],
    [at(`(?:${words.last}) (?:${words.weekend})`), (_, seen) => weekendFrom(seen, -1)],
    [at(`(?:${words.thisOne}|the|at the) (?:${words.weekend})`), (_, seen) => weekendFrom(seen, 0)],
    [
      at(`(?:${words.next}) ${weekday}`),
      ({ weekday: name }, seen) => weekdayFrom(seen, indexIn(week, name ?? ''), 'next'),
    ],
    ...(words.nextAfter
      ? [
          [
            at(`${weekday} (?:${words.nextAfter})`),
            ({ weekday: name }, seen) => weekdayFrom(seen, indexIn(week, name ?? ''), 'next'),
          ] satisfies Way,
        ]
      : []),
    [
      at(`(?:${words.last}|${words.since}) (?:${words.last} )?${weekday}`),
      ({ weekday: name }, seen) => weekdayFrom(seen, indexIn(week, name ?? ''), 'last'),
    ],
    [
      at(`(?:(?:${words.thisOne}) )?${weekday}`),
      ({ weekday: name }, seen) => weekdayFrom(seen, indexIn(week, name ?? ''), 'coming'),
    ],
    [at(`(?:${words.next}) ${unit}`), ({ unit: name }, seen) => calendarUnit(seen, unitIn(seen, name ?? ''), 1)],
    ...(words.nextAfter
      ? [
          [
            at(`${unit} (?:${words.nextAfter})`),
            ({ unit: name }, seen) => calendarUnit(seen, unitIn(seen, name ?? ''), 1),
          ] satisfies Way,
        ]
      : []),
    [
      at(`${since}(?:${words.last}) ${unit}`),
      ({ unit: name }, seen) => calendarUnit(seen, unitIn(seen, name ?? ''), -1),
    ],
    [at(`this ${unit}`), ({ unit: name }, seen) => calendarUnit(seen, unitIn(seen, name ?? ''), 0)],
    [
      at(`(?:${since}${last}|(?:${monthLeads}) )${month}${year}`),
      (groups, seen) =>
        // "May" and "March" alone are as often no months; they need a word before or a year behind them.
        /^(?:may|march|mai|mars)$/u.test(groups.month ?? '') && !groups.year && !hasLead(groups)
          ? null
          : withYear(seen, monthNumber(groups.month), null, groups.year, isPast(groups)),
    ],
  ]
}

const hasLead = ({ since, last, all = '' }: Groups): boolean =>
  since !== undefined || last !== undefined || beginsWithLead.test(all)

const ways = {
  en: waysOf(dateWords.en),
  es: waysOf(dateWords.es),
  de: waysOf(dateWords.de),
  fr: waysOf(dateWords.fr),
  pt: waysOf(dateWords.pt),
} satisfies Record<DateLanguage, readonly Way[]>

const clockTime =
  /(?<![\d:.])(?:at|by|um|a las|a la|à|as|às)? ?(?<hour>[01]?\d|2[0-3])(?:(?::|h)(?<minute>[0-5]\d))? ?(?<half>am|pm|a\.m\.|p\.m\.|uhr|h(?![a-z]))?/u

/**
 * The first time that a text names in a language, seen from when it was said; null where it names none. Weekdays are to
 * come unless said to be past, and "next Friday" is the Friday of the week after this one, Monday first; "every Friday"
 * names none. Days are those of the time zone, over changes of the clock too; a time zone nobody knows is UTC.
 */
export const timeIn = (
  text: string,
  said: { at: number; timeZone: string; language: DateLanguage },
): NamedTime | null => {
  const folded = withoutRepeats(foldAccents(text), said.language)
  const timeZone = knownTimeZone(said.timeZone)
  const words: DateWords = dateWords[said.language]
  const seen = { today: wallTimeAt(said.at, timeZone).day, words }
  for (const [pattern, read] of ways[said.language]) {
    const match = pattern.exec(folded)
    if (match === null) continue
    const groups: Groups = { ...match.groups, all: match[0] }
    const span = read(groups, seen)
    if (span === null) continue
    if (span === 'no_such_day') return null
    const isSince = new RegExp(`^(?:${words.since}) `, 'u').test(match[0])
    const [start, end] = [match.index, match.index + match[0].length]
    const named = { start, end, isSince }
    if (isSince) {
      const from = momentOf({ day: span.from, minutes: 0 }, timeZone)
      return { ...named, from, to: Math.max(from, said.at), precision: span.precision }
    }
    return { ...named, ...stretchOf(span, folded, match, words, timeZone) }
  }
  return null
}

/** Part of the day or time of day, said right beside the day. */
const stretchOf = (span: Span, text: string, match: RegExpExecArray, words: DateWords, timeZone: string) => {
  const moment = (day: Day, minutes: number): number => momentOf({ day, minutes }, timeZone)
  const whole = { from: moment(span.from, 0), to: moment(span.to, 0), precision: span.precision }
  if (span.precision !== 'day' || span.to - span.from !== 1) return whole
  const around = `${match[0]}${text.slice(match.index + match[0].length, match.index + match[0].length + 24)}`
  const clock = clockIn(around.slice(match[0].length))
  if (clock !== null)
    return { from: moment(span.from, clock), to: moment(span.from, clock + 60), precision: 'minute' as const }
  const part = /tonight|last night|ce soir|esta noche|heute abend/u.test(match[0])
    ? ('evening' as const)
    : parts.find((one) => new RegExp(`(?<!\\p{L})(?:${words.parts[one]})(?!\\p{L})`, 'u').test(around))
  if (part === undefined) return whole
  const [begin, finish] = partHours[part]
  return { from: moment(span.from, begin * 60), to: moment(span.from, finish * 60), precision: 'part' as const }
}

/** Minutes since midnight of "at 5pm", "at 17:30", "um 9 Uhr"; null where no time of day is said. */
const clockIn = (after: string): number | null => {
  const match = clockTime.exec(after)
  if (match === null || match.index > 6) return null
  const { hour = '', minute, half } = match.groups ?? {}
  const isMarked = minute !== undefined || half !== undefined || /^\s*(?:at|um|a las|à|as|às) /u.test(match[0])
  if (!isMarked) return null
  const isAfternoon = half?.startsWith('p') ?? false
  const hours =
    (Number(hour) % (half === undefined || half === 'uhr' || half === 'h' ? 24 : 12)) + (isAfternoon ? 12 : 0)
  return hours * 60 + Number(minute ?? 0)
}
