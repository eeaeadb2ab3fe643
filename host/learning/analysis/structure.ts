import { type Move, type Technique, techniques } from '../../../shared/taxonomy/learning.ts'
import type { Listener } from './cues/index.ts'
import type { Heard, ReadSentence } from './heard.ts'
import { startsAsked } from './technique.ts'

/** The moves of a turn in order; neighbours are never equal. */
export const structureOf = ({ sentences, listener }: Heard): readonly Move[] =>
  sentences.flatMap((sentence) => movesOf(sentence, listener)).filter((move, at, all) => move !== all[at - 1])

const moveOfTechnique: Readonly<Record<Technique, Move | null>> = {
  question: 'question',
  reflection: 'reflect',
  reframe: 'reframe',
  challenge: 'challenge',
  story: 'story',
  silence: null,
  direct_advice: 'inform',
  normalization: 'normalize',
  other: null,
}

const movesOf = (sentence: ReadSentence, listener: Listener): readonly Move[] => {
  const { line, whole, weights } = sentence
  const { hears } = listener
  const stops = hears.interrupt.isIn(line)
  const grounds = hears.ground.isIn(line)
  if (stops || grounds) return [...(stops ? ['interrupt' as const] : []), ...(grounds ? ['ground' as const] : [])]
  if (hears.close.isIn(line)) return ['close']
  if (hears.greet.isIn(whole)) return []
  if (hears.commit.isIn(line)) return ['commit']
  if (hears.reframe.isIn(line)) return ['reframe']
  if (hears.challenge.isIn(line)) return ['challenge']
  if (isQuestion(sentence, listener)) return ['question']
  if (hears.story.isIn(line)) return ['story']
  if (hears.normalize.isIn(line)) return ['normalize']
  if (hears.affirm.isIn(whole)) return ['affirm']
  if (hears.thank.isIn(line) || (hears.acknowledge.isIn(line) && !hears.reflect.isIn(line))) return ['acknowledge']
  const [best = 'other'] = techniques.toSorted((a, b) => (weights[b] ?? 0) - (weights[a] ?? 0))
  const move = moveOfTechnique[best]
  if (move === 'inform' && hears.advise.isIn(line)) return ['advise']
  return move ? [move] : []
}

export const isQuestion = (sentence: ReadSentence, listener: Listener): boolean =>
  sentence.isAsked ||
  startsAsked(sentence, listener) ||
  (listener.hears.invite.isIn(sentence.line) && !listener.hears.acknowledge.isIn(sentence.line))

export const countQuestions = ({ sentences, listener }: Heard): number =>
  sentences.filter((sentence) => isQuestion(sentence, listener)).length

const words: Readonly<Record<Move, string>> = {
  interrupt: 'pause',
  acknowledge: 'acknowledgement',
  ground: 'grounding',
  normalize: 'normalising',
  reflect: 'reflection',
  reframe: 'reframe',
  challenge: 'challenge',
  story: 'story',
  inform: 'information',
  advise: 'advice',
  affirm: 'encouragement',
  question: 'one question',
  commit: 'agreeing the next step',
  close: 'closing',
}

/**
 * Plain words for moves, each named once: ["interrupt", "ground", "question"] is "Pause, grounding, one question".
 * `questions`: how many were asked, one where it is not given.
 */
export const describeStructure = (structure: readonly Move[], questions = 1): string =>
  sentenceCase(plainWords(structure, questions).join(', '))

/** What carries an answer, at most three moves: "Pause, grounding, then one question". */
export const describeApproach = (structure: readonly Move[], questions: number): string => {
  const told = plainWords(carrying(structure), questions)
  const last = told.at(-1) ?? 'a short answer'
  const others = told.slice(0, -1)
  return sentenceCase(others.length === 0 ? last : `${others.join(', ')}, then ${last}`)
}

const plainWords = (structure: readonly Move[], questions: number): readonly string[] =>
  [...new Set(structure)].map((move) =>
    move === 'question' ? (questions === 1 ? 'one question' : 'questions') : words[move],
  )

const mostTold = 3
/** What is left out first where an answer has many moves. */
const lightestFirst = ['close', 'acknowledge', 'affirm', 'reflect', 'inform', 'normalize', 'story', 'commit'] as const

/** The moves that matter most, in order, each once. */
export const carrying = (structure: readonly Move[]): readonly Move[] =>
  lightestFirst.reduce<readonly Move[]>(
    (kept, light) => (kept.length > mostTold ? kept.filter((move) => move !== light) : kept),
    [...new Set(structure)],
  )

const told: Readonly<Record<Move, string>> = {
  ...words,
  interrupt: 'a pause',
  acknowledge: 'an acknowledgement',
  normalize: 'hearing that it is normal',
  reflect: 'a reflection',
  reframe: 'a new way to see it',
  challenge: 'a challenge',
  story: 'a story',
}

/** Moves inside a sentence: "a pause, grounding and one question". */
export const listMoves = (structure: readonly Move[], questions: number): string => {
  const named = [...new Set(structure)].map((move) =>
    move === 'question' && questions !== 1 ? 'questions' : told[move],
  )
  const others = named.slice(0, -1)
  return others.length === 0 ? (named[0] ?? '') : `${others.join(', ')} and ${named.at(-1)}`
}

const sentenceCase = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
