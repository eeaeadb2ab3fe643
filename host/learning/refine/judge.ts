import { type Move, moves } from '../../../shared/taxonomy/learning.ts'
import { placesOf } from '../../modelReading/index.ts'
import {
  fingerprintOf,
  type Intervention,
  type ModelView,
  modelViewShape,
  reactionSeqOf,
} from '../interventions/index.ts'
import type { InterventionAnswer } from './answer.ts'
import { factsOf } from './facts.ts'

export type Rejection =
  | 'unknown_word'
  | 'not_in_coach_words'
  | 'not_in_client_words'
  | 'tells_of_client'
  | 'too_long'
  | 'too_many'
  | 'no_reaction'
  | 'contradictory'

export interface Judged {
  /** Null where the answer contradicts itself: nothing of it is kept. */
  readonly view: ModelView | null
  readonly rejections: Readonly<Partial<Record<Rejection, number>>>
}

const longestApproach = 240
const longestPhrase = 80
const mostPhraseWords = 12
const mostPhrases = 5
const mostMoves = 12
const longestNote = 120
const mostNotes = 4
const longestQuote = 120
const longestReason = 140
const around = /^[\s"'“”„«».,;:!…–—-]+|[\s"'“”„«».,;:!…–—-]+$/gu
const quotedPieces = /[“„«"]([^“”„«»"]{1,400})[”“»"]/gu

/**
 * Holds what a model says of an intervention against the words it was given. Closed words stay as they are; wordings are
 * kept as they stand in the talk; a text of the model's own is dropped where it carries what is the client's alone.
 * `whole`: the intervention that was given, in full.
 */
export const judge = (answer: InterventionAnswer, given: Intervention, whole: Intervention): Judged => {
  const rejections: Partial<Record<Rejection, number>> = {}
  const reject = (reason: Rejection, count = 1): void => {
    if (count > 0) rejections[reason] = (rejections[reason] ?? 0) + count
  }
  const { style, technique, content_analysis: content, outcome, learning } = answer
  if (contradictsItself(answer)) return { view: null, rejections: { contradictory: 1 } }
  const facts = factsOf(whole)
  const reactionSeq = reactionSeqOf(whole)
  const replies = given.after.filter(({ from }) => from === 'client')

  const clean = (text: string, longest: number, isTold: (text: string) => boolean): string => {
    if (text === '') return ''
    if (text.length > longest) reject('too_long')
    else if (isTold(text)) reject('tells_of_client')
    else return text.replace(/\s+/gu, ' ')
    return ''
  }
  const quoteFrom = (said: readonly { readonly text: string }[], quote: string): string => {
    if (quote.length > 2 * longestPhrase + longestQuote) return ''
    for (const { text } of said) {
      const [place] = placesOf(text, quote)
      if (place) return text.slice(place.start, place.finish).replace(around, '')
    }
    return ''
  }
  const coachWords = (quote: string): string => {
    const phrase = quoteFrom(given.coach, quote)
    const count = phrase.split(/\s+/u).filter(Boolean).length
    if (phrase === '') reject('not_in_coach_words')
    else if (phrase.length > longestPhrase || count > mostPhraseWords) reject('too_long')
    else if (facts.tells(phrase)) reject('tells_of_client')
    else return phrase
    return ''
  }

  const known = technique.structure.flatMap((said) => moves.find((move) => move === said.trim().toLowerCase()) ?? [])
  reject('unknown_word', technique.structure.length - known.length)
  const structure = known.filter((move: Move, at) => move !== known[at - 1])
  reject('too_many', Math.max(0, structure.length - mostMoves))
  reject('too_many', Math.max(0, content.key_phrases.length - mostPhrases))
  const keyPhrases = content.key_phrases
    .slice(0, mostPhrases)
    .map(coachWords)
    .filter((phrase) => phrase.includes(' '))
  const hasReacted = outcome.client_reaction !== null && replies.length > 0
  if (outcome.client_reaction !== null && replies.length === 0) reject('no_reaction')
  const isGood = hasReacted && (outcome.client_reaction === 'positive' || outcome.client_reaction === 'transformative')

  const whyEffective = (): string => {
    if (!isGood || learning.why_effective === '') return ''
    const quote = quoteFrom(replies, learning.client_words)
    if (quote === '' || quote.length > longestQuote) {
      reject('not_in_client_words')
      return ''
    }
    const stands = [...learning.why_effective.matchAll(quotedPieces)].every(
      ([, piece = '']) => quoteFrom([...given.coach, ...replies], piece) !== '',
    )
    if (!stands) reject('not_in_client_words')
    const reason = stands ? clean(learning.why_effective, longestReason, facts.identifies) : ''
    return `${reason === '' ? '' : `${reason.replace(/[.\s]+$/u, '')}. `}The client said: “${quote}”`
  }

  const view = modelViewShape.parse({
    reactionSeq,
    fingerprint: fingerprintOf(whole, reactionSeq),
    ...style,
    technique: technique.type,
    framework: technique.framework,
    approach: clean(technique.approach, longestApproach, facts.tells),
    structure: structure.slice(0, mostMoves),
    keyPhrases: [...new Set(keyPhrases)],
    emotionalIntelligence: content.emotional_intelligence
      .slice(0, mostNotes)
      .map((note) => clean(note.trim(), longestNote, facts.tells))
      .filter((note) => note !== ''),
    metaphor: content.metaphor_used === '' ? null : coachWords(content.metaphor_used) || null,
    reaction: hasReacted ? outcome.client_reaction : null,
    shift: hasReacted ? clean(outcome.conversation_shift, longestNote, facts.identifies) : '',
    isResolved: hasReacted && outcome.resolution_achieved,
    engagement: outcome.client_engagement,
    isApplicable: learning.applicable_to_similar_situations,
    isTransferable: learning.transferable_to_other_clients,
    whyEffective: whyEffective(),
  } satisfies ModelView)
  return { view, rejections }
}

const contradictsItself = ({ technique, outcome, learning }: InterventionAnswer): boolean =>
  (outcome.client_reaction === 'negative' && outcome.resolution_achieved) ||
  (outcome.client_reaction === null && outcome.resolution_achieved) ||
  (learning.transferable_to_other_clients && !learning.applicable_to_similar_situations) ||
  (technique.type === 'question' && technique.structure.length > 0 && !technique.structure.some(isAsking))

const isAsking = (move: string): boolean => ['question', 'challenge', 'commit'].includes(move.trim().toLowerCase())
