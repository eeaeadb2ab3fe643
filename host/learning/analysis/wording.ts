import type { Heard, ReadSentence } from './heard.ts'
import { isContent, wordsOf } from './sentences.ts'
import { isQuestion } from './structure.ts'

const mostPhrases = 5
const longestPhrase = 8
const longestQuestion = 12
const longestAdvice = 400
const longestOpening = 10
const longestClosing = 14

/** Takes the client's name out of a text, and what they alone told. */
export interface Anonymous {
  name(text: string): string
  facts(text: string): string
  tells(text: string): boolean
}

const called = /^\s*(?:\p{L}+\s)?(\p{Lu}\p{Ll}+)\s*[,!]/u

/** A capitalised word that the turn begins with and a comma follows is taken for the client's name. */
export const anonymise = (text: string, heard: Heard, clientName: string): Anonymous => {
  const names = new Set(
    clientName
      .split(/[\s,]+/)
      .filter((name) => name.length > 1)
      .map((name) => name.toLowerCase()),
  )
  const [, spoken = ''] = called.exec(text.slice(0, 80)) ?? []
  const begins = heard.sentences[0]
  if (spoken && begins?.words.includes(spoken.toLowerCase()) && !isCommon(spoken.toLowerCase(), heard))
    names.add(spoken.toLowerCase())
  const isName = (word: string): boolean => names.has(word.toLowerCase().replace(/['’]s$/u, ''))
  const replaced = (part: string, isHidden: (word: string) => boolean, by: string): string =>
    part.replace(/[\p{L}\p{N}][\p{L}\p{M}\p{N}'’-]*/gu, (word) => (isHidden(word) ? by : word))
  const name = (part: string): string => replaced(part, isName, '[Name]').replace(/\[Name\](?: \[Name\])+/g, '[Name]')
  const isFact = (word: string): boolean => /^\p{N}/u.test(word) || heard.clientWords.has(word.toLowerCase())
  return {
    name,
    facts: (part) => withoutOthers(replaced(name(part), isFact, '…'), heard).replace(/…(?: …)+/g, '…'),
    tells: (part) => {
      const words = part.match(/[\p{L}\p{N}][\p{L}\p{M}\p{N}'’-]*/gu) ?? []
      return (
        words.some(isName) ||
        withoutOthers(part, heard) !== part ||
        words.some((word) => /^\p{N}/u.test(word)) ||
        isMostlyEcho(words, heard)
      )
    },
  }
}

/** A capitalised word inside a sentence. */
const properName = /(?<=[\p{L}\p{N},;]\s)\p{Lu}\p{Ll}[\p{L}\p{M}'’-]*/gu

const withoutOthers = (part: string, { listener }: Heard): string =>
  listener.capitalsAreNames ? part.replace(properName, '…') : part

const isMostlyEcho = (words: readonly string[], { clientWords }: Heard): boolean => {
  const content = words.map((word) => word.toLowerCase()).filter(isContent)
  return content.length > 0 && content.filter((word) => clientWords.has(word)).length * 2 >= content.length
}

/** What else a sentence begins with before a comma. */
const notNames: ReadonlySet<string> = new Set(
  `first second third finally today tonight tomorrow yesterday listen look again meanwhile maybe perhaps instead still anyway
   remember sometimes often next later once here there however please everyone friend dear guys team folks`
    .trim()
    .split(/\s+/),
)

const isCommon = (word: string, { listener: { hears } }: Heard): boolean =>
  !isContent(word) ||
  word.endsWith('ly') ||
  notNames.has(word) ||
  [hears.fill, hears.greet, hears.thank, hears.interrupt, hears.ground].some((cue) => cue.isIn(` ${word} `))

/** The client's name stands as [Name], and words of the client and numbers as "…". */
export const openingOf = ({ sentences }: Heard, hidden: Anonymous): string => {
  const [first, second] = sentences
  if (!first) return ''
  const isShort = first.words.length < 4 && second
  return clipped(hidden.facts(isShort ? `${first.text} ${second.text}` : first.text), longestOpening)
}

export const closingOf = ({ sentences }: Heard, hidden: Anonymous): string =>
  clipped(hidden.facts(sentences.at(-1)?.text ?? ''), longestClosing)

const clipped = (text: string, most: number): string => {
  const words = text.slice(0, 1_000).split(/\s+/).filter(Boolean)
  return words.length <= most ? words.join(' ') : `${words.slice(0, most).join(' ')} …`
}

/** Short wordings that are the coach's own, the most telling first: never the client's name, numbers or mostly their words. */
export const keyPhrasesOf = (heard: Heard, hidden: Anonymous): readonly string[] => {
  const clauses = heard.sentences.flatMap((sentence) =>
    clausesOf(sentence, heard).map((text) => ({ text, value: worthOf(text, heard) })),
  )
  const kept = clauses
    .filter(({ text, value }) => value > 0 && !hidden.tells(text))
    .toSorted((a, b) => b.value - a.value)
  return [...new Map(kept.map(({ text }) => [text.toLowerCase(), text])).values()].slice(0, mostPhrases)
}

const clausesOf = (sentence: ReadSentence, { listener }: Heard): readonly string[] => {
  const asked = isQuestion(sentence, listener)
  return sentence.text.split(/[,;:–—()"“”«»]+/u).flatMap((part) => {
    const text = part.trim().replace(/[.!…]+$/u, '')
    const count = text.split(/\s+/).length
    return count >= 2 && count <= (asked ? longestQuestion : longestPhrase) ? [text] : []
  })
}

const worthOf = (clause: string, { listener: { hears } }: Heard): number => {
  const line = ` ${wordsOf(clause).join(' ')} `
  const tells = [
    hears.metaphor,
    hears.reframe,
    hears.ground,
    hears.challenge,
    hears.interrupt,
    hears.story,
    hears.commit,
  ]
  const value = tells.reduce((sum, cue, at) => sum + (cue.isIn(line) ? (at === 0 ? 3 : 1.5) : 0), 0)
  const isStressed = /(?<!\p{L})\p{Lu}{3,}(?!\p{L})/u.test(clause)
  const carries = [hears.normalize, hears.affirm, hears.silence, hears.acknowledge, hears.intimate].some((cue) =>
    cue.isIn(line),
  )
  const asks = clause.endsWith('?') && line.split(' ').length > 6
  return value + (isStressed ? 1.5 : 0) + (carries ? 1 : 0) + (asks ? 0.8 : 0)
}

export const metaphorOf = ({ sentences, listener }: Heard): string | null => {
  for (const { line } of sentences) {
    const found = listener.hears.metaphor.find(line)
    if (found) return found
  }
  return null
}

export const adviceOf = ({ sentences, listener: { hears } }: Heard, hidden: Anonymous): string => {
  const said = sentences
    .filter(
      ({ line, isAsked, weights }) =>
        !isAsked && hears.advise.isIn(line) && (weights.direct_advice ?? 0) > (weights.reflection ?? 0),
    )
    .map(({ text }) => hidden.name(text))
    .join(' ')
  return said.length <= longestAdvice ? said : `${said.slice(0, longestAdvice).replace(/\s\S*$/u, '')} …`
}

/** How feelings were handled, in plain words. */
export const emotionalHandlingOf = ({ sentences, listener: { hears } }: Heard): readonly string[] => {
  const any = (isSo: (line: string) => boolean): boolean => sentences.some(({ line }) => isSo(line))
  const shown: readonly (readonly [boolean, string])[] = [
    [any(hears.ground.isIn), 'Helped the client to calm down first'],
    [any((line) => hears.reflect.isIn(line) && hears.feel.isIn(line)), 'Named the feeling'],
    [any(hears.acknowledge.isIn), 'Showed that the client was heard'],
    [any(hears.normalize.isIn), 'Said that feeling so is normal'],
    [any(hears.silence.isIn), 'Gave the client time'],
    [any(hears.affirm.isIn), 'Said what the client did well'],
    [any(hears.intimate.isIn), 'Was personally warm'],
  ]
  return shown.flatMap(([isShown, words]) => (isShown ? [words] : []))
}
