import type { Queries } from '../../../db/sqlite.ts'
import type { QuestionMeaning } from '../../retrieval/index.ts'
import type { CountTokens } from '../../tokens/index.ts'
import { foldAccents } from '../fold.ts'
import { holdsNoneOf, wishesOf } from '../wishes.ts'
import { type Candidate, candidatesOf, type FoundMessage, type Section, sections } from './candidates.ts'
import { nearMoments } from './nearness.ts'
import { type Ranked, rank, repeats, tellingWords } from './rank.ts'
import { memoryRows } from './store.ts'

export interface MemoryQuestion {
  readonly clientId: string
  /** What the client waits to be answered. */
  readonly text: string
  /** Milliseconds UTC. */
  readonly now: number
  /** The client's; null where unknown. */
  readonly timeZone: string | null
  /** The last messages, which the reply is given anyway, the oldest first. */
  readonly recent: readonly { readonly id: string; readonly content: string; readonly sentAt: number }[]
  /** Past messages that were found for the text, best first. */
  readonly found: readonly FoundMessage[]
  /** What the text means; null or absent: only words are compared. */
  readonly meaning?: QuestionMeaning | null
  readonly count: CountTokens
}

export interface MemoryForReply {
  /** The lines given, by section in the order of the prompt, best first within. */
  readonly lines: readonly Pick<Candidate, 'kind' | 'id' | 'section' | 'label' | 'text'>[]
  /** Words the coach does not want mentioned. */
  readonly neverMention: readonly string[]
  readonly tokens: number
}

/** Tokens of each section at most; together they are the budget of memory. */
const mostTokens = {
  person: 220,
  plans: 280,
  talks: 280,
  care: 80,
  moments: 200,
  said: 600,
} as const satisfies Record<Section, number>
/** So many telling words make a question specific: then each message that is found for it is given its chance. */
const specificWords = 3
/** Of what is found for a short remark only the best may be given without sharing a word with it. */
const trustedHits = 3
/** The mark before a line and the break after it. */
const tokensAround = 3
/** A line longer than this is cut: no single thing remembered may take the room of all others. */
const longestLine = 600

/**
 * What is remembered of one client for one reply: relevance × recency × strength, within a budget of tokens, nothing
 * twice, nothing that the last messages say already, nothing that holds words the coach does not want mentioned.
 */
export const assembleMemory = (queries: Queries, question: MemoryQuestion): MemoryForReply => {
  const { clientId, text, now, timeZone, recent, found, meaning = null, count } = question
  const rows = memoryRows(queries, clientId)
  const neverMention = wishesOf(queries, clientId)
  const isMentionable = holdsNoneOf(neverMention)
  const recentIds = new Set(recent.map(({ id }) => id))
  const elsewhere = found.filter(({ messageId }) => !recentIds.has(messageId))
  const oldestRecent = recent[0]?.sentAt ?? Number.POSITIVE_INFINITY
  const candidates = candidatesOf(rows, {
    now,
    dayOf: dayIn(timeZone),
    found: elsewhere,
    near: meaning === null ? new Map() : nearMoments(rows.vectors(meaning.spaceId), meaning),
    trusted: tellingWords(text).size >= specificWords ? elsewhere.length : trustedHits,
  }).filter(
    ({ core, kind, at }) =>
      isMentionable(core) &&
      // The session that goes on is told by its messages.
      !(kind === 'session' && at >= oldestRecent),
  )
  const ranked = rank(candidates, text, now)
  const spokenOf = new Set(ranked.map(({ id }) => id))
  const untouched = candidates.filter(({ section, id }) => section === 'care' && !spokenOf.has(id))
  const lines = choose(ranked, untouched, recent, count)
  return {
    lines: sections.flatMap((section) =>
      lines
        .filter((line) => line.section === section)
        .map(({ kind, id, label, text: words }) => ({ kind, id, section, label, text: words })),
    ),
    neverMention,
    tokens: lines.reduce((sum, { tokens }) => sum + tokens, 0),
  }
}

interface Chosen extends Ranked {
  readonly tokens: number
}

/** Talks last: of them only what no other line tells is given. */
const inOrder = (ranked: readonly Ranked[]): Ranked[] => [
  ...ranked.filter(({ talk }) => talk === undefined),
  ...ranked.filter(({ talk }) => talk !== undefined),
]

const cut = (text: string): string => (text.length > longestLine ? `${text.slice(0, longestLine)} …` : text)

const choose = (
  ranked: readonly Ranked[],
  untouched: readonly Candidate[],
  recent: MemoryQuestion['recent'],
  count: CountTokens,
): Chosen[] => {
  const chosen: Chosen[] = []
  const used = new Map<Section, number>()
  const recentTexts = recent.map(({ content }) => foldAccents(content))
  const sore = untouched.map(({ core }) => tellingWords(core))
  const isKnown = (text: string, stems: ReadonlySet<string>): boolean =>
    recentTexts.some((one) => one.includes(foldAccents(text))) || chosen.some((other) => repeats(stems, other.stems))
  const lineOf = ({ talk, core, text, stems }: Ranked): string => {
    if (talk === undefined) return isKnown(core, stems) || sore.some((one) => repeats(one, stems)) ? '' : text
    const topics = talk.topics.filter((topic) => {
      const words = tellingWords(topic)
      const isTold = chosen.some((other) => repeats(words, other.stems))
      return !isTold && !sore.some((one) => [...words].some((word) => one.has(word)))
    })
    return talk.line(
      topics,
      talk.statements.filter((statement) => !isKnown(statement, tellingWords(statement))),
    )
  }
  for (const candidate of inOrder(ranked)) {
    const before = used.get(candidate.section) ?? 0
    if (before + tokensAround >= mostTokens[candidate.section]) continue
    const text = cut(lineOf(candidate))
    if (text === '') continue
    const tokens = count(text) + tokensAround
    if (before + tokens > mostTokens[candidate.section]) continue
    used.set(candidate.section, before + tokens)
    chosen.push({ ...candidate, text, tokens })
  }
  return chosen
}

const calendars = new Map<string, Intl.DateTimeFormat>()

/** Days as a calendar in a time zone has them; of this machine where the client's is unknown. */
const dayIn = (timeZone: string | null): ((at: number) => string) => {
  const key = timeZone ?? ''
  const known = calendars.get(key) ?? calendarOf(timeZone)
  calendars.set(key, known)
  return (at) => known.format(at)
}

const calendarOf = (timeZone: string | null): Intl.DateTimeFormat => {
  const shown = { weekday: 'short', day: 'numeric', month: 'long', year: 'numeric' } as const
  try {
    return new Intl.DateTimeFormat('en-GB', timeZone === null ? shown : { ...shown, timeZone })
  } catch {
    return new Intl.DateTimeFormat('en-GB', shown)
  }
}
