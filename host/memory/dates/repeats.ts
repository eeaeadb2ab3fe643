import { type DateLanguage, type DateWords, dateWords } from './words.ts'

const which = '(?:other|second|single|third|first|last|\\d{1,2}|zweiten?|deux|dos|dois|duas)'

/** "Every Sunday", "every second week", "each Monday and Friday morning": what comes again and again. */
const repeatsIn = ({ every, weekdays, units, weekend, parts, partsAlone, numbers }: DateWords): RegExp => {
  const weekday = `(?:${weekdays.flat().join('|')})s?`
  const part = `(?:${[...Object.values(parts), partsAlone].join('|')})s?`
  const stretch = `(?:${[...Object.values(units), weekend].join('|')})`
  const again = `(?:${which}|${numbers.join('|')})`
  const more = `(?:(?:,| and| or| und| oder| y| o| et| ou| e)* ${weekday})*`
  return new RegExp(
    `(?<![\\p{L}\\d])(?:${every}) (?:${again} )?(?:(?:${weekday})${more}(?: ${part})?|${part}|${stretch})(?![\\p{L}\\d])|(?<![\\p{L}\\d])${weekday} (?:mornings|afternoons|evenings|nights)(?![\\p{L}\\d])`,
    'gu',
  )
}

const repeats = {
  en: repeatsIn(dateWords.en),
  es: repeatsIn(dateWords.es),
  de: repeatsIn(dateWords.de),
  fr: repeatsIn(dateWords.fr),
  pt: repeatsIn(dateWords.pt),
} satisfies Record<DateLanguage, RegExp>

/** A folded text, as long as it was, blank where it names a day or stretch that comes again and again. */
export const withoutRepeats = (folded: string, language: DateLanguage): string =>
  folded.replace(repeats[language], (again) => ' '.repeat(again.length))
