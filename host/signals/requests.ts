import type { RequestLexicon } from './lexicon/lexicon.ts'
import type { Token } from './normalise.ts'
import { compilePhrases, type Match, vocabularyOf } from './pattern.ts'
import type { Wording } from './vocabulary.ts'

export interface Requests {
  readonly highStakes: boolean
  readonly requestsHuman: boolean
  readonly asksIfAi: boolean
  /** How often the text presses for time. */
  readonly urgentWords: number
}

export interface RequestReader extends Wording {
  /** `isCoach` tells whether a word is part of the coach's name. */
  read(tokens: readonly Token[], isCoach: (word: string) => boolean): Requests
}

/** The word that stands for the coach's name in the lexicons. */
const coachWord = 'coachname'

type Wish = Exclude<keyof RequestLexicon, 'groups'>

/** Compiles what one language says when it asks for something: a person, a hard decision, haste. */
export const createRequestReader = (lexicon: RequestLexicon): RequestReader => {
  const compile = (wishes: readonly Wish[]) =>
    compilePhrases(
      wishes.flatMap((wish) => lexicon[wish].map((phrase) => ({ phrase, value: wish }))),
      lexicon.groups,
    )
  const decisions = compile(['highStakes', 'notHighStakes', 'urgent'])
  const persons = compile(['human', 'notHuman', 'ifAi'])
  const sets = [decisions, persons]

  return {
    sets,
    vocabulary: vocabularyOf(sets),
    read: (tokens, isCoach) => {
      const decided = decisions.find(tokens)
      const asked = persons.find(withCoach(tokens, isCoach))
      return {
        highStakes: stands(decided, 'highStakes', 'notHighStakes'),
        requestsHuman: stands(asked, 'human', 'notHuman'),
        asksIfAi: asked.some((match) => match.value === 'ifAi'),
        urgentWords: decided.filter((match) => match.value === 'urgent').length,
      }
    },
  }
}

/** A sign that no exception overlaps. */
const stands = (found: readonly Match<Wish>[], sign: Wish, exception: Wish): boolean => {
  const signs = found.filter((match) => match.value === sign)
  const exceptions = signs.length === 0 ? [] : found.filter((match) => match.value === exception)
  return signs.some((match) => !exceptions.some((other) => other.from < match.to && match.from < other.to))
}

/** A name of several words becomes one. */
const withCoach = (tokens: readonly Token[], isCoach: (word: string) => boolean): readonly Token[] => {
  if (!tokens.some(({ word }) => isCoach(word))) return tokens
  return tokens.flatMap((token, at) => {
    if (!isCoach(token.word)) return [token]
    const before = tokens[at - 1]
    const { start, end, gap } = token
    return before && isCoach(before.word) && gap === 'none' ? [] : [{ word: coachWord, start, end, gap }]
  })
}
