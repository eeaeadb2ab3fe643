import type { Queries } from '../../../db/sqlite.ts'
import type { Move } from '../../../shared/taxonomy/learning.ts'
import type { Situation } from '../../../shared/taxonomy/situations.ts'
import { zoneOfClient } from '../../memory/index.ts'
import type { Signals } from '../../signals/index.ts'
import { marksFor } from '../acts.ts'
import { isFreshPhrase, type LearnedLine, learnedFor, provenIn } from '../adaptation/index.ts'
import { phraseId, phraseKey } from '../profile/index.ts'
import { casesOf, lastAnswers, otherNames } from './caseStore.ts'
import { asItWas, byMoves, shareMade } from './compose.ts'
import { type CaseSource, type Piece, piecesOf, sharedPieces } from './pieces.ts'
import { namesIn, type Present } from './portable.ts'
import { isTelling, leastAlike, similarityOf, stemSet } from './similarity.ts'

interface Asked {
  readonly clientId: string
  readonly situation: Situation
  /** What the client is waiting to be answered. */
  readonly text: string
  readonly language: Signals['language']
  readonly coachName: string
  readonly clientName: string
  /** False for what must not be said to this client. */
  readonly isSayable: (text: string) => boolean
  /** Milliseconds UTC. */
  readonly now: number
  /** Drafts the coach had for this moment already; none of them comes again. */
  readonly without?: readonly string[]
}

/** A draft put together from the coach's own words; no model has seen anything of it. */
export interface CaseDraft {
  readonly text: string
  readonly sources: readonly CaseSource[]
  /** How alike the moments are, 0 to 1; at least `leastAlike`. */
  readonly similarity: number
  /** What was learned whose structure it follows; null where it is built like the one moment it comes from. */
  readonly learned: LearnedLine | null
}

/** So many of the most alike moments lend their words. */
const mostCases = 5
/** What is put together from words said to several has to make so much of what is usually done. */
const leastMade = 0.6
const leastSentences = 2
/** "Exactly." is no answer to what comes next. */
const fewestWords = 4
/** Who was answered within the last hours is not greeted again, nor told the same again. */
const sameTalkMs = 4 * 3_600_000
/** A sentence may come again after so long, and before that once the ceiling of repetition lets it. */
const rememberedMs = 7 * 86_400_000
/** That a structure is known for such a moment stands for how alike the moments are. */
const ofTheKind = leastAlike

const clausesOf = (text: string): string[] => [text, ...text.split(/[,;:–—()"“”«»]+/u)]

const textOf = (pieces: readonly Piece[]): string => pieces.map(({ text }) => text).join(' ')

const sourcesOf = (pieces: readonly Piece[]): CaseSource[] => {
  const found = new Map<string, CaseSource>()
  for (const { source } of pieces) {
    const known = found.get(source.id)
    const given = [known?.given, source.given].filter((text) => text !== undefined).join(' ')
    found.set(source.id, { ...source, ...(given === '' ? {} : { given }) })
  }
  return [...found.values()]
}

const says = (pieces: readonly Piece[]): boolean =>
  pieces.some(({ moves }) => moves.length > 0) && textOf(pieces).split(/\s+/u).length >= fewestWords

/**
 * A draft from the coach's own words, where no model is connected: what they wrote to this client in the most similar moment,
 * built like what works for them; where there is none, sentences that several have heard, canned replies and their own
 * writing. What one other client alone has heard is never in it. Null where nothing fits well enough.
 */
export const caseDraft = (queries: Queries, asked: Asked): CaseDraft | null => {
  const { clientId, situation, text, now } = asked
  const stems = stemSet(text)
  const present: Present = {
    ...asked,
    stems,
    timeZone: zoneOfClient(queries, clientId).timeZone,
    otherNames: new Set(otherNames(queries, clientId).flatMap(namesIn)),
  }
  const answers = lastAnswers(queries, clientId)
  const isSameTalk = answers.some(({ isNewest, at }) => isNewest && now - at < sameTalkMs)
  const replies = answers
    .filter(({ isNewest, at }) => (isNewest ? isSameTalk : now - at < rememberedMs))
    .map((answer) => phraseKey(answer.text))
  const isMarked = marksFor(queries, clientId)
  const mayStand = (piece: Piece): boolean =>
    (piece.isGreeting ? !isSameTalk : isFreshPhrase(piece.text, replies)) &&
    asked.isSayable(piece.text) &&
    !clausesOf(piece.text).some((clause) => isMarked('phrase', phraseId(clause)))
  const learned =
    learnedFor(queries, asked).find(({ structure }) => structure !== undefined && structure.length > 0) ?? null
  const wanted: readonly Move[] = learned?.structure ?? []
  const taken = new Set((asked.without ?? []).map(phraseKey))

  const finished = (pieces: readonly Piece[], similarity: number): CaseDraft | null => {
    const draft = textOf(pieces)
    if (!says(pieces) || taken.has(phraseKey(draft)) || !asked.isSayable(draft)) return null
    const follows = learned !== null && provenIn(draft, [learned]) !== null
    return { text: draft, sources: sourcesOf(pieces), similarity, learned: follows ? learned : null }
  }

  const alike = casesOf(queries, clientId, situation)
    .map((one) => ({
      one,
      similarity: similarityOf({ ...one, stems: stemSet(one.moment) }, { situation, stems }, now),
    }))
    .filter(({ similarity }) => similarity >= leastAlike)
    .sort((a, b) => b.similarity - a.similarity)
    .slice(0, mostCases)
  const piecesIn = ({ one, similarity }: (typeof alike)[number]): Piece[] =>
    piecesOf(one, similarity, present).filter(mayStand)
  for (const [index, like] of alike.entries()) {
    const { similarity } = like
    const pieces = piecesIn(like)
    if (!says(pieces)) continue
    const isBuiltSo = learned === null || provenIn(textOf(pieces), [learned]) !== null
    const built = isBuiltSo ? [] : byMoves(wanted, [...pieces, ...alike.slice(index + 1).flatMap(piecesIn)])
    const draft =
      (shareMade(wanted, built) >= leastMade ? finished(built, similarity) : null) ??
      finished(asItWas(pieces), similarity)
    if (draft !== null) return draft
  }
  if (!isTelling(situation) || wanted.length === 0) return null
  const shared = byMoves(wanted, sharedPieces(queries, situation, present).filter(mayStand))
  return shared.length >= leastSentences && shareMade(wanted, shared) >= leastMade ? finished(shared, ofTheKind) : null
}
