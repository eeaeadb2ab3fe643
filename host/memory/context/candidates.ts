import { z } from 'zod'
import type { MemoryItemKind } from '../../../shared/taxonomy/memory.ts'
import { fadedBelow, strengthAt } from '../decay.ts'
import type { MemoryRows } from './store.ts'

/** Where a line stands among what is remembered; what changes least comes first, so that a prompt keeps its beginning. */
export const sections = ['person', 'plans', 'talks', 'care', 'moments', 'said'] as const
export type Section = (typeof sections)[number]

/** Something remembered that a reply may be given. */
export interface Candidate {
  readonly kind: MemoryItemKind
  readonly id: string
  readonly section: Section
  /** What it is, in a word or two for the coach. */
  readonly label: string
  /** The line as it is given. */
  readonly text: string
  /** The words that are compared: with what the client says, and with other lines. */
  readonly core: string
  /** When it was said last, milliseconds UTC. */
  readonly at: number
  /** 0 to 1: how much it matters where no word of it is in question. At 0 it needs one. */
  readonly base: number
  /** 0 to 1: how sure, or how strong still. */
  readonly strength: number
  readonly isPinned: boolean
  /** 0 to 1: how near its meaning is to what the client says; absent where only words are compared. */
  readonly nearness?: number
  /** Of a talk: what was said in it, which other lines may tell already, and the line with what is left of it. */
  readonly talk?: {
    readonly statements: readonly string[]
    readonly topics: readonly string[]
    readonly line: TalkLine
  }
}

type TalkLine = (topics: readonly string[], statements: readonly string[]) => string

export interface FoundMessage {
  readonly messageId: string
  readonly seq: number
}

interface Moment {
  /** Milliseconds UTC. */
  readonly now: number
  /** "3 June 2026", as the client's calendar has it. */
  readonly dayOf: (at: number) => string
  /** Best first. */
  readonly found: readonly FoundMessage[]
  /** How many of these may be given though they share no word with what is asked: a short answer is found by its question. */
  readonly trusted: number
  /** Moments whose meaning is near what is asked, with how near, by their number. */
  readonly near: ReadonlyMap<number, number>
}

const insightWords = {
  goal: { label: 'Goal', base: 0.5 },
  commitment: { label: 'Promise', base: 0.5 },
  blocker: { label: 'What gets in the way', base: 0.35 },
  breakthrough: { label: 'Breakthrough', base: 0.3 },
  trigger: { label: 'Hurts', base: 0 },
} as const

const aspectWords = { personality: 'Personality', progress: 'Progress', avoid: 'Avoid' } as const

const episodeWords = {
  victory: 'Went well',
  struggle: 'Struggle',
  insight: 'Realised',
  preference: 'Likes or dislikes',
  relationship: 'Person',
  context: 'Life',
} as const

const quoted = (text: string): string => `“${text.replace(/\s+/gu, ' ').trim()}”`

const personOf = (rows: MemoryRows, { dayOf }: Moment): Candidate[] => [
  ...rows.relationship().map((row) => {
    const words = row.correctedText ?? row.content
    return {
      kind: 'relationship' as const,
      id: row.id,
      section: 'person' as const,
      label: aspectWords[row.aspect],
      text: `${aspectWords[row.aspect]}: ${quoted(words)} (${dayOf(row.lastSaidAt)})`,
      core: words,
      at: row.lastSaidAt,
      base: row.aspect === 'progress' ? 0.3 : 0.9,
      strength: row.confidence,
      isPinned: row.pinnedAt !== null,
    }
  }),
  ...rows.preferences().map((row) => {
    const words = row.correctedText ?? row.preferenceText
    return {
      kind: 'preference' as const,
      id: row.id,
      section: 'person' as const,
      label: 'Prefers',
      text: `Prefers: ${quoted(words)}`,
      core: words,
      at: row.lastSaidAt,
      base: 0.8,
      strength: row.confidence,
      isPinned: row.pinnedAt !== null,
    }
  }),
]

/** A wish settled or given up is worth a line only where it is spoken of. */
const settledBase = 0

const insightsOf = (rows: MemoryRows, { dayOf, now, found }: Moment): Candidate[] =>
  rows.insights(found.map(({ seq }) => seq)).map((row) => {
    const words = row.correctedText ?? row.content
    const { label, base } = insightWords[row.insightType]
    const isPlan = row.insightType === 'goal' || row.insightType === 'commitment'
    const due = row.dueTo === null ? '' : `, ${row.dueTo < now ? 'was due' : 'due'} ${dayOf(row.dueTo - 1)}`
    const state = isPlan && row.state !== 'open' ? `, ${row.state === 'done' ? 'done' : 'given up'}` : ''
    return {
      kind: 'insight',
      id: row.id,
      section: row.isSensitive ? 'care' : 'plans',
      label,
      text: `${label}: ${quoted(words)} (said ${dayOf(row.lastSaidAt)}${isPlan ? due : ''}${state})`,
      core: words,
      at: row.lastSaidAt,
      base: row.isSensitive || row.state !== 'open' ? settledBase : base,
      strength: row.confidence,
      isPinned: row.pinnedAt !== null,
    }
  })

const episodesOf = (rows: MemoryRows, { dayOf, now, found, near }: Moment): Candidate[] =>
  rows
    .episodes(
      now,
      found.map(({ seq }) => seq),
      [...near.keys()],
    )
    .flatMap((row) => {
      const isPinned = row.pinnedAt !== null
      const reinforcements = row.evidenceCount - 1 + row.timesReferenced
      const { memoryType: type, strength: before, lastReinforcedAt } = row
      const strength = isPinned ? before : strengthAt({ type, strength: before, lastReinforcedAt, reinforcements }, now)
      if (strength < fadedBelow) return []
      const words = row.correctedText ?? row.memoryDescription
      const nearness = near.get(row.seq)
      return [
        {
          kind: 'episode',
          id: row.id,
          section: row.isSensitive ? 'care' : 'moments',
          label: episodeWords[type],
          text: `${episodeWords[type]}, ${dayOf(row.originalTimestamp)}: ${quoted(words)}`,
          core: words,
          at: row.lastSaidAt,
          base: 0,
          strength,
          isPinned,
          ...(nearness === undefined ? {} : { nearness }),
        },
      ]
    })

/** "Spoke about work, sleep. They said: “…”; “…”." */
const talkWords = (topics: readonly string[], statements: readonly string[]): string =>
  [
    topics.length > 0 ? `Spoke about ${topics.join(', ')}.` : '',
    statements.length > 0 ? `They said: ${statements.map(quoted).join('; ')}.` : '',
  ]
    .filter((part) => part !== '')
    .join(' ')

const talk = (
  candidate: Pick<Candidate, 'kind' | 'id' | 'label' | 'at' | 'base'>,
  topics: readonly string[],
  statements: readonly string[],
  line: TalkLine,
): Candidate => ({
  ...candidate,
  section: 'talks',
  text: '',
  core: [...topics, ...statements].join(' '),
  strength: 1,
  isPinned: false,
  talk: { topics, statements, line },
})

const topicsOfTalk = 4
const topicsOfRollUp = 6
/** The last talks matter more than those before. */
const lastTalks = 2

const talksOf = (rows: MemoryRows, { dayOf }: Moment): Candidate[] => {
  const sessions = rows.sessions()
  const told = sessions.map((row, index) => {
    const statements = [row.insights, row.progress, row.challenges, row.actionItems].flatMap((list) =>
      readList(list).slice(-2),
    )
    return talk(
      {
        kind: 'session',
        id: row.id,
        label: `Talk of ${dayOf(row.startedAt)}`,
        at: row.endedAt,
        base: index < lastTalks ? 0.6 : 0.25,
      },
      readList(row.topics).slice(0, topicsOfTalk),
      statements,
      (topics, left) =>
        topics.length + left.length === 0
          ? ''
          : `${dayOf(row.startedAt)}: ${talkWords(topics, left)} Felt ${row.emotionalState}.`,
    )
  })
  const summed = (['weekly', 'monthly'] as const).flatMap((period) => {
    const row = rows.lastRollUp(period)
    // What the sessions tell already says nothing more in sum.
    if (row === undefined || row.sessionCount <= sessions.length) return []
    const name = `${period === 'weekly' ? 'Week' : 'Month'} of ${row.startDate}`
    return talk(
      { kind: 'summary', id: row.id, label: name, at: row.updatedAt, base: 0.4 },
      readList(row.keyTopics).slice(0, topicsOfRollUp),
      [row.userProgress, row.challengesDiscussed].flatMap((list) => readList(list).slice(-2)),
      (topics, left) => (topics.length + left.length === 0 ? '' : `${name}: ${talkWords(topics, left)}`),
    )
  })
  return [...told, ...summed]
}

const readList = (json: string): string[] => z.array(z.string()).parse(JSON.parse(json))

const longestMessage = 400
const saidOf = (rows: MemoryRows, { dayOf, found, trusted }: Moment): Candidate[] => {
  const place = new Map(found.map(({ seq }, index) => [seq, index]))
  return rows.messages(found.map(({ seq }) => seq)).flatMap((row) => {
    const rank = place.get(row.seq)
    if (rank === undefined || row.content.trim() === '') return []
    const who = row.senderType === 'client' ? 'they' : row.senderType === 'human_coach' ? 'the coach' : 'you'
    const words = row.content.length > longestMessage ? `${row.content.slice(0, longestMessage)} …` : row.content
    return [
      {
        kind: 'past_message',
        id: row.id,
        section: 'said',
        label: `Said ${dayOf(row.sentAt)}`,
        text: `${dayOf(row.sentAt)}, ${who}: ${quoted(words)}`,
        core: words,
        at: row.sentAt,
        base: rank < trusted ? 0.3 : 0,
        strength: 1 / (1 + rank / found.length),
        isPinned: false,
      } satisfies Candidate,
    ]
  })
}

/** Everything that a reply may be given, of one client. */
export const candidatesOf = (rows: MemoryRows, moment: Moment): Candidate[] => [
  ...personOf(rows, moment),
  ...insightsOf(rows, moment),
  ...talksOf(rows, moment),
  ...episodesOf(rows, moment),
  ...saidOf(rows, moment),
]
