import { isWeekday } from '../dates/index.ts'
import { foldAccents } from '../fold.ts'
import { placedContentWords } from '../words.ts'

const mostTopics = 8
const longestTopic = 30
/** What stands at the beginning of a sentence tells less of how it is written. */
const atBeginning = 0.1

const address = /(?:[a-z][a-z0-9+.-]*:\/\/|www\.)\S+/giu
const oneLetter = /^(.)\1+$/u
const beginsSentence = /(?:^|[.!?…\n:]["“„«¿¡\s]*)["“„«¿¡\s]*$/u

interface Term {
  /** Folded: by this it is told to be the same. */
  readonly name: string
  readonly written: string
  readonly start: number
}

interface Counted {
  texts: number
  readonly spellings: Map<string, number>
}

/**
 * What texts are about: the words that most of them share, and pairs that stand together at least twice, the most frequent
 * first, as the client wrote them most often. A word counts once a text; longer words come first among equals.
 */
export const topicsOf = (texts: readonly string[]): string[] => {
  const counts = new Map<string, Counted>()
  for (const raw of texts) {
    const text = raw.replace(address, (one) => ' '.repeat(one.length))
    const counted = new Set<string>()
    for (const { name, written, start } of termsIn(text)) {
      const known = counts.get(name) ?? { texts: 0, spellings: new Map<string, number>() }
      const weight = beginsSentence.test(text.slice(Math.max(0, start - 20), start)) ? atBeginning : 1
      known.spellings.set(written, (known.spellings.get(written) ?? 0) + weight)
      if (!counted.has(name)) known.texts += 1
      counted.add(name)
      counts.set(name, known)
    }
  }
  const ranked = [...counts]
    .filter(([name, { texts: count }]) => !name.includes(' ') || count > 1)
    .toSorted(
      ([a, { texts: x }], [b, { texts: y }]) =>
        y - x || Number(b.includes(' ')) - Number(a.includes(' ')) || b.length - a.length || (a < b ? -1 : 1),
    )
  const chosen: [name: string, written: string][] = []
  for (const [name, { spellings }] of ranked) {
    if (chosen.length === mostTopics) break
    if (!chosen.some(([one]) => one.includes(name) || name.includes(one))) chosen.push([name, mostWritten(spellings)])
  }
  return chosen.map(([, written]) => written)
}

/** Topics by which those of several lists are told to be the same, however they are written. */
export const topicName = (topic: string): string => foldAccents(topic)

/** Words, and two that stand side by side in the text, not only after small words are left out. */
const termsIn = (text: string): Term[] => {
  const words = placedContentWords(text)
    .filter(({ word }) => word.length <= longestTopic && !oneLetter.test(word) && !isWeekday(word))
    .map(({ word, start }) => ({ name: word, start, end: start + word.length }))
  const pairs = words.slice(1).flatMap((second, at) => {
    const first = words[at]
    const isPair = first !== undefined && second.start === first.end + 1 && text[first.end] === ' '
    return isPair ? [{ name: `${first.name} ${second.name}`, start: first.start, end: second.end }] : []
  })
  return [...words.filter(({ name }) => name.length > 3), ...pairs]
    .filter(({ name }) => name.length <= longestTopic)
    .map(({ name, start, end }) => ({ name, start, written: text.slice(start, end) }))
}

const mostWritten = (spellings: ReadonlyMap<string, number>): string =>
  [...spellings].toSorted(([a, x], [b, y]) => y - x || (a < b ? 1 : -1))[0]?.[0] ?? ''
