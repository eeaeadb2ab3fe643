import { fold, plainWordsOf, stopWordsIn, wordsOf } from '../../retrieval/index.ts'
import { baseOf } from './irregular.ts'
import { thingsOfKind } from './kinds.ts'
import { type Period, periodIn } from './period.ts'

/** What is known about the two who speak, and when it is asked. */
export interface Setting {
  readonly clientName: string
  readonly coachName: string
  /** Milliseconds UTC. */
  readonly now: number
  readonly timeZone: string
}

/** What a question asks for. */
export interface Asked {
  /** How often each term was asked for. */
  readonly terms: ReadonlyMap<number, number>
  /** For each word that names a kind of things, the things of that kind which the question does not name itself. */
  readonly kinds: readonly ReadonlySet<number>[]
  /** Whose words are asked about, where the question names one of the two. */
  readonly speaker: 'client' | 'coach' | null
  /** When it was, where the question says so. */
  readonly period: Period | null
}

/** What is beyond is not read: a question is not a book. */
const readCharacters = 20_000

// Without a capital letter a name may be a plain word: hope, will, may.
const isCapital = (word: string): boolean => word.charAt(0) === word.charAt(0).toUpperCase()

const firstNameOf = (name: string): string => fold(plainWordsOf(name)[0] ?? '')

/**
 * Reads a question. Names of the two who speak tell whose words are meant and are not searched for: a name stands in
 * what the other one said. A time is kept as a period. Small words of its language are left out. Where nothing would be
 * left to search for, everything is searched for.
 */
export const understand = (text: string, { clientName, coachName, now, timeZone }: Setting): Asked => {
  const whole = text.slice(0, readCharacters)
  const period = periodIn(whole, now, timeZone)
  const rest = period === null ? whole : `${whole.slice(0, period.start)} ${whole.slice(period.end)}`
  const names = { client: firstNameOf(clientName), coach: firstNameOf(coachName) }
  const runs = plainWordsOf(rest)
  const isNamed = (name: string): boolean => name !== '' && runs.some((run) => isCapital(run) && fold(run) === name)
  const named = { client: isNamed(names.client), coach: isNamed(names.coach) }
  const isName = (run: string): boolean =>
    isCapital(run) && ((named.client && fold(run) === names.client) || (named.coach && fold(run) === names.coach))
  const words = runs.filter((run) => !isName(run)).flatMap(wordsOf)
  const own = termsOf(words)
  const terms = own.size > 0 || period !== null ? own : termsOf(runs.flatMap(wordsOf))
  return {
    terms,
    kinds: kindsIn(terms),
    speaker: named.client === named.coach ? null : named.client ? 'client' : 'coach',
    period,
  }
}

const termsOf = (words: ReturnType<typeof wordsOf>): Map<number, number> => {
  const stopped = stopWordsIn(words.map(({ folded }) => folded))
  const terms = new Map<number, number>()
  for (const { folded, term } of words) {
    if (!stopped.has(folded)) terms.set(baseOf(term), (terms.get(baseOf(term)) ?? 0) + 1)
  }
  return terms
}

const kindsIn = (terms: ReadonlyMap<number, number>): ReadonlySet<number>[] =>
  [...terms.keys()]
    .map((term) => new Set([...thingsOfKind(term)].filter((thing) => !terms.has(thing))))
    .filter((things) => things.size > 0)
