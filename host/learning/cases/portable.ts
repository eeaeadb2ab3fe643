import { stemsOf, timeIn } from '../../memory/index.ts'
import type { Signals } from '../../signals/index.ts'

export interface Present {
  readonly text: string
  readonly stems: ReadonlySet<string>
  readonly language: Signals['language']
  readonly clientName: string
  readonly coachName: string
  /** Milliseconds UTC. */
  readonly now: number
  readonly timeZone: string
  /** Names of other clients, which no word of a draft may be. */
  readonly otherNames: ReadonlySet<string>
}

const words = (text: string): string[] => text.match(/\p{L}[\p{L}\p{M}'’-]*/gu) ?? []
const bare = (word: string): string => word.replace(/['’]s$/u, '')

export const namesIn = (name: string): string[] => words(name).filter((word) => word.length > 1)

/** "Sarah": what a client is called by. */
export const firstName = (name: string): string => namesIn(name)[0] ?? ''

/** Where no name can be told by its capital letter. */
const capitalises: ReadonlySet<string> = new Set(['de'])
const isShouted = (word: string): boolean => word === word.toUpperCase()
const isSelf = (word: string): boolean => /^I(?:['’]\p{L}+)?$/u.test(word)

/** A name, a figure, an address or a time: what was true of one moment only, unless the client just said it. */
const namesAFact = (sentence: string, present: Present): boolean => {
  if (/\p{N}|@|:\/\/|\{\{|\[|www\./u.test(sentence)) return true
  const known = new Set([present.text, present.clientName, present.coachName].flatMap(words).map(bare))
  const all = words(sentence).map(bare)
  if (all.some((word) => present.otherNames.has(word) && !known.has(word))) return true
  if (!capitalises.has(present.language)) {
    const isName = (word: string): boolean =>
      /^\p{Lu}/u.test(word) && !isShouted(word) && !isSelf(word) && !known.has(word)
    if (all.slice(1).some(isName)) return true
  }
  return namesAnotherTime(sentence, present)
}

const namesAnotherTime = (sentence: string, { language, now, timeZone }: Present): boolean => {
  if (language === 'unknown') return false
  const named = timeIn(sentence, { at: now, timeZone, language })
  return named !== null && (named.isSince || named.from > now || named.to <= now)
}

/**
 * Whether a sentence of the coach can stand in another moment: it names no fact, and speaks of nothing that the client said
 * then and does not say now.
 */
export const isPortable = (sentence: string, then: ReadonlySet<string>, present: Present): boolean =>
  !namesAFact(sentence, present) && stemsOf(sentence).every((stem) => !then.has(stem) || present.stems.has(stem))

const nameMark = '{name}'

/** A name that a sentence calls its listener by, at its start or its end, becomes a mark. */
export const withoutCalledName = (sentence: string, listenerName: string | null): string => {
  const names = new Set(listenerName === null ? [] : namesIn(listenerName))
  const isTheirs = (word: string): boolean => listenerName === null || names.has(word)
  return sentence
    .replace(/^(\p{Lu}\p{L}+)(?=[,!] \p{L})/u, (whole, word: string) => (isTheirs(word) ? nameMark : whole))
    .replace(/, (\p{Lu}\p{L}+)(?=[.!?…]*$)/u, (whole, word: string) => (isTheirs(word) ? `, ${nameMark}` : whole))
}

/** The mark becomes the client's name; without one it goes, with its comma. */
export const withName = (template: string, name: string): string => {
  if (name !== '') return template.replaceAll(nameMark, name)
  const text = template.replace(/^\{name\}[,!] /u, '').replace(/, \{name\}/u, '')
  return text.charAt(0).toUpperCase() + text.slice(1)
}

const partsOfDay = { morning: [5, 12], afternoon: [12, 18], evening: [18, 29] } as const
const greetings = {
  en: { morning: 'Good morning', afternoon: 'Good afternoon', evening: 'Good evening' },
  es: { morning: 'Buenos días', afternoon: 'Buenas tardes', evening: 'Buenas noches' },
  de: { morning: 'Guten Morgen', afternoon: 'Guten Tag', evening: 'Guten Abend' },
  fr: { morning: 'Bonjour', afternoon: 'Bonjour', evening: 'Bonsoir' },
  pt: { morning: 'Bom dia', afternoon: 'Boa tarde', evening: 'Boa noite' },
} as const

const hourIn = (now: number, timeZone: string): number =>
  Number(new Intl.DateTimeFormat('en-GB', { hour: 'numeric', hourCycle: 'h23', timeZone }).format(now))

/** A greeting that belongs to a part of the day becomes that of the present one; null where the sentence greets by none. */
export const greetingNow = (sentence: string, { language, now, timeZone }: Present): string | null => {
  if (language === 'unknown') return null
  const hour = (hourIn(now, timeZone) + 24 - 5) % 24
  const part = (['morning', 'afternoon', 'evening'] as const).find((one) => hour < partsOfDay[one][1] - 5) ?? 'evening'
  const known = new Set(Object.values(greetings[language]))
  const said = [...known].find((one) => sentence.toLowerCase().startsWith(one.toLowerCase()))
  return said === undefined ? null : greetings[language][part] + sentence.slice(said.length)
}
