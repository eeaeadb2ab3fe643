import type { RequestLexicon } from './lexicon/lexicon.ts'
import type { Token } from './normalise.ts'
import { compilePhrases, type Phrase } from './pattern.ts'

export interface Requests {
  readonly highStakes: boolean
  readonly requestsHuman: boolean
  readonly asksIfAi: boolean
  /** How often the text presses for time. */
  readonly urgentWords: number
}

export interface RequestReader {
  readonly vocabulary: ReadonlySet<string>
  /** `isCoach` tells whether a word is part of the coach's name. */
  read(tokens: readonly Token[], isCoach: (word: string) => boolean): Requests
}

/** The word that stands for the coach's name in the lexicons. */
const coachWord = 'coachname'

/** Compiles what one language says when it asks for something: a person, a hard decision, haste. */
export const createRequestReader = (lexicon: RequestLexicon): RequestReader => {
  const compile = (phrases: readonly Phrase[]) =>
    compilePhrases(
      phrases.map((phrase) => ({ phrase, value: true })),
      lexicon.groups,
    )
  const highStakes = compile(lexicon.highStakes)
  const notHighStakes = compile(lexicon.notHighStakes)
  const human = compile(lexicon.human)
  const notHuman = compile(lexicon.notHuman)
  const ifAi = compile(lexicon.ifAi)
  const urgent = compile(lexicon.urgent)

  const stands = (tokens: readonly Token[], signs: typeof human, exceptions: typeof human): boolean => {
    const found = signs.find(tokens)
    if (found.length === 0) return false
    const except = exceptions.find(tokens)
    return found.some((match) => !except.some((other) => other.from < match.to && match.from < other.to))
  }

  return {
    vocabulary: new Set(
      [highStakes, notHighStakes, human, notHuman, ifAi, urgent].flatMap((set) => [...set.vocabulary]),
    ),
    read: (tokens, isCoach) => {
      const named = withCoach(tokens, isCoach)
      return {
        highStakes: stands(tokens, highStakes, notHighStakes),
        requestsHuman: stands(named, human, notHuman),
        asksIfAi: ifAi.find(named).length > 0,
        urgentWords: urgent.find(tokens).length,
      }
    },
  }
}

/** A name of several words becomes one. */
const withCoach = (tokens: readonly Token[], isCoach: (word: string) => boolean): Token[] =>
  tokens.flatMap((token, at) => {
    if (!isCoach(token.word)) return [token]
    const before = tokens[at - 1]
    return before && isCoach(before.word) && token.gap === 'none' ? [] : [{ ...token, word: coachWord }]
  })
