export {
  type Day,
  dayOf,
  dayOfIso,
  isoDate,
  knownTimeZone,
  momentOf,
  partsOf,
  wallTimeAt,
  weekdayOf,
} from './calendar.ts'
export { type NamedTime, timeIn } from './datesIn.ts'
export { type DateLanguage, isWeekday } from './words.ts'
