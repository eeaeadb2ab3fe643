import type { Queries } from '../../../db/sqlite.ts'
import type { Move } from '../../../shared/taxonomy/learning.ts'
import { type Situation, situationWords } from '../../../shared/taxonomy/situations.ts'
import { languageOf } from '../../signals/index.ts'
import { readSentences, viewTurn } from '../analysis/index.ts'
import { phraseId, phraseKey } from '../profile/index.ts'
import { type Case, type HeardTurn, heardTurns, writtenForAll } from './caseStore.ts'
import { firstName, greetingNow, isPortable, type Present, withName, withoutCalledName } from './portable.ts'
import { inCommon, stemSet } from './similarity.ts'

/** Where a sentence of a draft comes from; `given` where it stands in no message of this client's. */
export interface CaseSource {
  readonly kind: 'case'
  readonly id: string
  readonly label: string
  readonly given?: string
}

/** A sentence of the coach's that may stand in a draft. */
export interface Piece {
  readonly text: string
  readonly moves: readonly Move[]
  readonly isGreeting: boolean
  /** How well it fits; a piece of this client's own talks is worth more than any other. */
  readonly rank: number
  readonly source: CaseSource
}

const movesOf = (text: string, present: Present): readonly Move[] =>
  viewTurn(text, [{ from: 'client', text: present.text }]).structure

const dayWords = (at: number, timeZone: string): string =>
  new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone }).format(at)

/** Of an answer in many messages the first ones are what met the moment. */
const mostMessages = 4

/** What can be said again of what the coach wrote to this client in one moment, in order. */
export const piecesOf = ({ words, moment }: Case, similarity: number, present: Present): Piece[] => {
  const then = stemSet(moment)
  return words.slice(0, mostMessages).flatMap(({ id, text, at, isMessage }) => {
    if (languageOf(text) !== present.language) return []
    const when = at === null ? '' : ` on ${dayWords(at, present.timeZone)}`
    const label = isMessage ? `You wrote this to them${when}` : `You wrote this to them before${when}`
    return readSentences(text).flatMap((sentence) => {
      const greeting = greetingNow(sentence.text, present)
      const said = greeting ?? sentence.text
      if (greeting === null && !isPortable(said, then, present)) return []
      return [
        {
          text: said,
          moves: movesOf(said, present),
          isGreeting: greeting !== null,
          rank: 1 + similarity,
          source: { kind: 'case' as const, id, label, ...(isMessage ? {} : { given: sentence.text }) },
        },
      ]
    })
  })
}

const leastListeners = 2
/** A sentence said in other moments, or written for nobody, has to speak of what the client speaks of. */
const leastToThePoint = 0.2
const longestSentence = 300

interface Common {
  readonly text: string
  readonly listeners: ReadonlySet<string>
  readonly situations: ReadonlySet<Situation>
}

/** Who heard a turn, as "<group> <listener>": clients are one group; chats without a client only count beside their likes. */
const listenerOf = ({ clientId, importId, thread }: HeardTurn): string =>
  clientId === null ? `${importId} ${thread}` : `clients ${clientId}`

/** Whether two persons or more have heard it who are surely different: two clients, or two chats of one import. */
const isHeardBySeveral = (listeners: ReadonlySet<string>): boolean =>
  [...Map.groupBy(listeners, (listener) => listener.split(' ')[0]).values()].some(
    (group) => group.length >= leastListeners,
  )

const commonSentences = (turns: readonly HeardTurn[]): Common[] => {
  const found = new Map<string, { text: string; listeners: Set<string>; situations: Set<Situation> }>()
  for (const turn of turns) {
    for (const { text: said } of readSentences(turn.text)) {
      if (said.length > longestSentence) continue
      const text = withoutCalledName(said, turn.name)
      const key = phraseKey(text)
      if (key === '') continue
      const one = found.get(key) ?? { text, listeners: new Set(), situations: new Set() }
      one.listeners.add(listenerOf(turn))
      if (turn.situation !== null) one.situations.add(turn.situation)
      found.set(key, one)
    }
  }
  return [...found.values()].filter(({ listeners }) => isHeardBySeveral(listeners))
}

const nobody: ReadonlySet<string> = new Set()

/** Sentences of the coach's that are nobody's: said to several in such moments, canned replies and their own writing. */
export const sharedPieces = (queries: Queries, situation: Situation, present: Present): Piece[] => {
  if (present.language === 'unknown') return []
  const name = firstName(present.clientName)
  const about = new Set([...present.stems, ...stemSet(situationWords[situation])])
  const piece = (template: string, rank: number, source: Omit<CaseSource, 'kind' | 'given'>): Piece[] => {
    const text = withName(template, name)
    if (languageOf(text) !== present.language || !isPortable(text, nobody, present)) return []
    const moves = movesOf(text, present)
    return moves.length === 0
      ? []
      : [{ text, moves, isGreeting: false, rank, source: { kind: 'case', ...source, given: text } }]
  }
  const said = commonSentences(heardTurns(queries)).flatMap((one) => {
    const toThePoint = inCommon(stemSet(one.text), present.stems)
    const isSuch = one.situations.has(situation)
    if (!isSuch && toThePoint < leastToThePoint) return []
    const source = { id: phraseId(one.text), label: 'You have said this to several clients' }
    return piece(one.text, (isSuch ? 0.5 : 0) + toThePoint / 2, source)
  })
  const written = writtenForAll(queries).flatMap(({ id, name: title, text, isCanned }) => {
    const filled = text
      .replace(/\{\{\s*(?:first_name|name)\s*\}\}/giu, '{name}')
      .replace(/\{\{\s*coach_name\s*\}\}/giu, present.coachName)
    const aptness = isCanned ? inCommon(stemSet(title), about) : 0
    const label = isCanned ? `Your canned reply “${title}”` : `Your own writing, “${title}”`
    return readSentences(filled).flatMap(({ text: sentence }) => {
      const toThePoint = Math.max(aptness, inCommon(stemSet(sentence), present.stems))
      if (toThePoint < leastToThePoint || sentence.length > longestSentence) return []
      return piece(sentence, toThePoint / 2, { id, label })
    })
  })
  return [...said, ...written]
}
