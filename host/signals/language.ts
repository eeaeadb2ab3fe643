import { type ReadLanguage, readLanguages } from './lexicon/lexicon.ts'
import { type Token, tokenise, withoutAccents } from './normalise.ts'

/** A language that is read, or `other`: one of those that are only recognised. */
type Tongue = ReadLanguage | 'other'
type Scores = Readonly<Record<Tongue, number>>

export interface Speech {
  readonly language: ReadLanguage | 'unknown'
  /** The words of the sentences in which a language may be spoken, as far as small words tell. */
  wordsIn(tongue: Tongue): readonly Token[]
}

const tongues = [...readLanguages, 'other'] as const
/** From this much evidence on, a stretch of text is clearly of some language. */
const clear = 1
const enough = 0.75
const fewWords = 4
const leastShare = 0.08

/** Tells languages apart by their small words; a word that several languages share counts for each a little. */
export const createLanguageReader = (smallWords: Readonly<Record<Tongue, ReadonlySet<string>>>) => {
  const owners = new Map<string, readonly Tongue[]>()
  for (const tongue of tongues) {
    for (const word of smallWords[tongue]) owners.set(word, [...(owners.get(word) ?? []), tongue])
  }

  const score = (tokens: readonly Token[], from: number, to: number): Scores => {
    const scores = { en: 0, es: 0, de: 0, fr: 0, pt: 0, other: 0 }
    for (let at = from; at < to; at += 1) {
      const word = tokens[at]?.word ?? ''
      const found = owners.get(word)
      if (found) for (const tongue of found) scores[tongue] += 1 / found.length
      else if (!isPlain(word)) addAccented(scores, word)
    }
    return scores
  }

  const addAccented = (scores: Record<Tongue, number>, word: string): void => {
    const accented = ownLetter(word)
    if (accented) scores[accented] += 0.5
    const found = owners.get(withoutAccents(word)) ?? []
    for (const tongue of found) scores[tongue] += 1 / found.length
  }

  const languageOf = (text: string, scores: Scores, words: number): ReadLanguage | 'unknown' => {
    if (isMostlyForeignScript(text)) return 'unknown'
    const [best = 'en'] = readLanguages.toSorted((a, b) => scores[b] - scores[a])
    if (scores.other > scores[best]) return 'unknown'
    if (words < fewWords) return best
    return scores[best] > words * leastShare ? best : 'unknown'
  }

  /** Listens to a text that was split into words. */
  const listen = (text: string, tokens: readonly Token[]): Speech => {
    const whole = { en: 0, es: 0, de: 0, fr: 0, pt: 0, other: 0 }
    const sentences: { readonly from: number; readonly to: number; readonly scores: Scores }[] = []
    for (let from = 0; from < tokens.length; ) {
      let to = from + 1
      while (to < tokens.length && tokens[to]?.gap !== 'sentence') to += 1
      const scores = score(tokens, from, to)
      for (const tongue of tongues) whole[tongue] += scores[tongue]
      sentences.push({ from, to, scores })
      from = to
    }
    const isSpoken = (tongue: Tongue, scores: Scores): boolean => {
      if (mostOf(scores) < clear && (mostOf(whole) === 0 || leads(tongue, whole))) return true
      return leads(tongue, scores) || (tongue !== 'other' && scores[tongue] >= enough)
    }
    return {
      language: languageOf(text, whole, tokens.length),
      wordsIn: (tongue) => {
        const spoken = sentences.filter(({ scores }) => isSpoken(tongue, scores))
        return spoken.length === sentences.length ? tokens : spoken.flatMap(({ from, to }) => tokens.slice(from, to))
      },
    }
  }

  return { listen, languageOf: (text: string) => listen(text, tokenise(text)).language }
}

const mostOf = (scores: Scores): number => Math.max(scores.en, scores.es, scores.de, scores.fr, scores.pt, scores.other)

/** Whether a language is, or nearly is, the one with the most evidence. */
const leads = (tongue: Tongue, scores: Scores): boolean =>
  scores[tongue] > 0 && scores[tongue] >= mostOf(scores) * (tongue === 'other' ? 1 : 0.4)

const isPlain = (word: string): boolean => /^[ -~]*$/.test(word)

/** The language that a letter all but gives away. */
const ownLetter = (word: string): ReadLanguage | undefined =>
  /[ãõ]/.test(word) ? 'pt' : word.includes('ñ') ? 'es' : word.includes('ß') ? 'de' : undefined

const sampled = 2_000

const isMostlyForeignScript = (text: string): boolean => {
  const sample = text.slice(0, sampled)
  if (isPlain(sample)) return false
  const letters = sample.match(/\p{L}/gu)?.length ?? 0
  const latin = sample.match(/\p{Script=Latin}/gu)?.length ?? 0
  return letters > 0 && latin < letters / 2
}
