export { dayOf, dayOfIso, isoDate, knownTimeZone, partsOf, wallTimeAt, weekdayOf } from './calendar.ts'
export { type NamedTime, timeIn } from './datesIn.ts'
export type { DateLanguage } from './words.ts'
