import { and, desc, eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import { clientEffectiveApproaches, messages } from '../../../db/schema/index.ts'
import type { Queries } from '../../../db/sqlite.ts'
import type { StyleProfile } from '../../../shared/contract/learnedProfile.ts'
import { type LearnedKind, type Move, moves, type RuleKind } from '../../../shared/taxonomy/learning.ts'
import { type Situation, situationWords } from '../../../shared/taxonomy/situations.ts'
import { marksFor } from '../acts.ts'
import { describeStructure } from '../analysis/index.ts'
import { intervalOf } from '../approaches/index.ts'
import { localPatterns } from '../patterns/index.ts'
import { phraseId, phraseKey, profileOf } from '../profile/index.ts'
import { rulesFor } from '../rules/index.ts'

/** One thing learned that a reply is given. */
export interface LearnedLine {
  readonly kind: LearnedKind
  readonly id: string
  /** What it is, for "Why this reply". */
  readonly label: string
  /** One plain line for the prompt. */
  readonly text: string
  readonly section: 'style' | 'client' | 'situation' | 'phrases'
  /** What an answer that follows it is built of. */
  readonly structure?: readonly Move[]
  /** The chance that it is taken well, 0 to 1; of approaches, habits and patterns. */
  readonly effectiveness?: number
}

interface Asked {
  readonly clientId: string
  readonly situation: Situation
  readonly coachName: string
  /** False for what must not be said, such as words that the screen of replies would hold back. */
  readonly isSayable: (text: string) => boolean
}

const texts = z.array(z.string())
const structureShape = z.array(z.enum(moves))

const mostApproaches = 2
const mostPhrases = 2
/** A phrase that one of the last replies held is not offered again yet. */
const repliesApart = 6
/** A phrase stands in at most this share of the last replies. */
const mostShare = 0.15
const repliesLookedAt = 20
/** What went wrong more often than right, with this many cases, is told as what to avoid. */
const casesToAvoid = 2

const percent = (share: number): string => `${Math.round(share * 100)} %`

/** A draft that the coach changed stands as theirs, and its phrases were heard too; what they said by themselves is not meant. */
const isDrafted = sql`(${messages.senderType} = 'ai' OR (${messages.senderType} = 'human_coach'
  AND json_extract(${messages.metadata}, '$.execution_id') IS NOT NULL))`

const lastReplies = (queries: Queries, clientId: string): string[] =>
  queries
    .select({ text: messages.content })
    .from(messages)
    .where(and(eq(messages.clientId, clientId), isDrafted))
    .orderBy(desc(messages.seq))
    .limit(repliesLookedAt)
    .all()
    .map(({ text }) => phraseKey(text))

/** Whether a phrase may be offered again: not said lately, and not said often. */
export const isFreshPhrase = (phrase: string, replies: readonly string[]): boolean => {
  const key = phraseKey(phrase)
  const saidIn = replies.map((reply) => ` ${reply} `.includes(` ${key} `))
  const times = saidIn.filter(Boolean).length
  return !saidIn.slice(0, repliesApart).some(Boolean) && times + 1 <= Math.max(1, mostShare * repliesLookedAt)
}

const approachLines = (
  queries: Queries,
  { clientId, situation, isSayable }: Asked,
  isMarked: (kind: LearnedKind, key: string) => boolean,
  replies: readonly string[],
): LearnedLine[] => {
  const rows = queries
    .select()
    .from(clientEffectiveApproaches)
    .where(
      and(eq(clientEffectiveApproaches.clientId, clientId), eq(clientEffectiveApproaches.situationType, situation)),
    )
    .all()
    .filter(({ id }) => !isMarked('approach', id))
    .map((row) => ({ ...row, structure: structureShape.parse(JSON.parse(row.structure)), ...intervalOf(row) }))
  const cases = ({ timesValidated, timesContradicted }: (typeof rows)[number]): number =>
    timesValidated + timesContradicted
  const good = rows
    .filter(({ effectivenessScore }) => effectivenessScore > 0.5)
    .sort((a, b) => b.low - a.low)
    .slice(0, mostApproaches)
  const bad = rows.filter((row) => row.effectivenessScore < 0.4 && cases(row) >= casesToAvoid).slice(0, 1)
  const moment = situationWords[situation]
  return [
    ...good.map((row) => {
      const words = texts
        .parse(JSON.parse(row.examples))
        .filter(
          (phrase) => isSayable(phrase) && isFreshPhrase(phrase, replies) && !isMarked('phrase', phraseId(phrase)),
        )
      const said =
        words.length === 0
          ? ''
          : ` Words that worked: ${words
              .slice(0, 2)
              .map((one) => `“${one}”`)
              .join(', ')}.`
      return {
        kind: 'approach' as const,
        id: row.id,
        label: `What worked with them before (${moment})`,
        text: `In ${moment}: ${describeStructure(row.structure)}. Taken well ${row.timesValidated} of ${cases(row)} times.${said}`,
        section: 'client' as const,
        structure: row.structure,
        effectiveness: row.effectivenessScore,
      }
    }),
    ...bad.map((row) => ({
      kind: 'approach' as const,
      id: row.id,
      label: `What did not work with them (${moment})`,
      text: `In ${moment}, not again: ${describeStructure(row.structure)}. Taken badly ${row.timesContradicted} of ${cases(row)} times.`,
      section: 'client' as const,
    })),
  ]
}

const questionWords = {
  one_question: 'asks one question at a time',
  several_questions: 'asks several questions',
  few_questions: 'asks few questions',
} as const satisfies Record<StyleProfile['styleSignature']['questionStyle'], string>

/** Below this many times the coach was heard, a habit may be chance. */
const leastHeard = 3

const styleLine = (profile: StyleProfile, { coachName, isSayable }: Asked, heard: number): LearnedLine[] => {
  if (heard < leastHeard) return []
  const { tone, energyLevel, formality, pace, typicalOpening, questionStyle, metaphorFrequency } =
    profile.styleSignature
  // An empty place for a name would be copied as it is.
  const words = typicalOpening.replace(/\[Name\][\s,!.]*/gu, '').trim()
  const opening = words !== '' && isSayable(words) ? `; often opens like “${words}”` : ''
  const metaphors =
    metaphorFrequency >= 0.1 ? `; uses a picture or comparison in ${percent(metaphorFrequency)} of answers` : ''
  return [
    {
      kind: 'style',
      id: 'signature',
      label: 'How you speak',
      text: `${coachName} is ${tone}, ${energyLevel}, ${formality}, ${pace}; ${questionWords[questionStyle]}${opening}${metaphors}.`,
      section: 'style',
    },
  ]
}

const responseLine = (profile: StyleProfile, { situation, coachName }: Asked): LearnedLine[] => {
  const response = profile.situationResponses.find(({ situationType }) => situationType === situation)
  if (!response || response.structure.length === 0 || response.effectiveness < 0.5) return []
  return [
    {
      kind: 'style',
      id: `situation:${situation}`,
      label: `What you do in such moments (${situationWords[situation]})`,
      text: `In ${situationWords[situation]} ${coachName} usually goes: ${response.typicalResponse}.`,
      section: 'situation',
      structure: response.structure,
      effectiveness: response.effectiveness,
    },
  ]
}

const patternLines = (
  queries: Queries,
  { situation }: Asked,
  isMarked: (kind: LearnedKind, key: string) => boolean,
): LearnedLine[] =>
  localPatterns(queries, situation)
    .filter(({ id, effectiveness }) => !isMarked('pattern', id) && effectiveness > 0.5)
    .slice(0, 1)
    .map(({ id, structure, clientCount, effectiveness }) => ({
      kind: 'pattern',
      id,
      label: `What worked with several of your clients (${situationWords[situation]})`,
      text: `With ${clientCount} clients in ${situationWords[situation]} this was taken well: ${describeStructure(structure)}.`,
      section: 'situation',
      structure,
      effectiveness,
    }))

/** Phrases of the coach's that fit the moment and were not said lately; of those that more than one client has heard. */
const phraseLines = (
  profile: StyleProfile,
  { situation, isSayable }: Asked,
  isMarked: (kind: LearnedKind, key: string) => boolean,
  replies: readonly string[],
): LearnedLine[] =>
  profile.signaturePhrases
    .filter(
      ({ key, phrase, clientCount }) =>
        clientCount >= 2 && !isMarked('phrase', key) && isSayable(phrase) && isFreshPhrase(phrase, replies),
    )
    .sort(
      (a, b) => Number(b.contexts.includes(situation)) - Number(a.contexts.includes(situation)) || b.score - a.score,
    )
    .slice(0, mostPhrases)
    .map(({ key, phrase }) => ({
      kind: 'phrase',
      id: key,
      label: 'A phrase of yours',
      text: `“${phrase}”`,
      section: 'phrases',
    }))

const sectionOfRule = { client: 'client', situation: 'situation', always: 'style' } as const

/** Rules that ask for words: what they quote counts as a phrase, however it was learned. */
const phraseRules: ReadonlySet<RuleKind> = new Set(['phrase_added', 'say_like_this'])

const ruleLines = (queries: Queries, { clientId, situation }: Asked, replies: readonly string[]): LearnedLine[] =>
  rulesFor(queries, { clientId, situation })
    .filter(({ kind, detail }) => !phraseRules.has(kind) || isFreshPhrase(detail, replies))
    .map(({ id, scope, text }) => ({
      kind: 'rule',
      id,
      label: 'A rule from how you change drafts, or that you taught',
      text,
      section: sectionOfRule[scope],
    }))

/**
 * What was learned that bears on one reply, in the order in which it is to be trusted: the client's own way, the coach's
 * way, what works across this coach's clients. Words come only from this client's own talks, or are said to several.
 */
export const learnedFor = (queries: Queries, asked: Asked): LearnedLine[] => {
  const isMarked = marksFor(queries, asked.clientId)
  const replies = lastReplies(queries, asked.clientId)
  const rules = ruleLines(queries, asked, replies)
  const approaches = approachLines(queries, asked, isMarked, replies)
  const patterns = patternLines(queries, asked, isMarked)
  const profile = profileOf(queries)
  if (profile === null) return [...rules, ...approaches, ...patterns]
  const heard = profile.drift.reduce((sum, { count }) => sum + count, 0)
  const isKnown = approaches.some(({ structure }) => structure !== undefined)
  const style = [
    ...styleLine(profile, asked, Math.max(heard, profile.totalInterventionsAnalyzed)),
    // What works for this client stands above what the coach does with others.
    ...(isKnown ? [] : responseLine(profile, asked)),
  ].filter(({ id }) => !isMarked('style', id))
  return [
    ...rules,
    ...approaches,
    ...style,
    ...(isKnown ? [] : patterns),
    ...phraseLines(profile, asked, isMarked, replies),
  ]
}
