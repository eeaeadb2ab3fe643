import {
  type CrisisKind,
  type CrisisSeverity,
  crisisKinds,
  crisisSeverities,
} from '../../shared/taxonomy/conversation.ts'
import { compileMarks, contextOf, findMarks, type Sign } from './context.ts'
import type { AlarmLevel, CrisisLexicon, HintPair } from './lexicon/lexicon.ts'
import type { Token } from './normalise.ts'
import { compilePhrases, type Match, type Phrase, type PhraseSet, vocabularyOf } from './pattern.ts'
import type { Wording } from './vocabulary.ts'

export interface CrisisFinding {
  readonly severity: CrisisSeverity
  readonly kinds: readonly CrisisKind[]
  /** Character positions in the text that was read. */
  readonly evidence: readonly { readonly start: number; readonly end: number }[]
}

export interface CrisisReading {
  /** The client's last messages and the text itself, as one run of words. */
  readonly tokens: readonly Token[]
  /** Position of the first word of the text itself. */
  readonly textFrom: number
  /** What the client was last told, if nothing came between. */
  readonly asked: readonly Token[]
  /** Whether a position of the text stands between quotation marks. */
  readonly isQuoted: (position: number) => boolean
}

export interface CrisisReader extends Wording {
  read(reading: CrisisReading): CrisisFinding
}

interface Alarm {
  readonly kind: CrisisKind
  readonly level: AlarmLevel
  readonly from: number
  readonly to: number
}

/** In words. */
const farthestApart = 14

const levels = ['mention', 'concern', 'high', 'imminent'] as const
const rank = (severity: CrisisSeverity): number => crisisSeverities.indexOf(severity)

/** Compiles one language's lexicon of danger. */
export const createCrisisReader = (lexicon: CrisisLexicon): CrisisReader => {
  const { groups } = lexicon
  const signs = compilePhrases(
    signEntries(lexicon),
    groups,
    new Set(lexicon.negators.flatMap((phrase) => phrase.split('|'))),
  )
  const marks = compileMarks(lexicon)
  const compile = (phrases: readonly Phrase[]) =>
    compilePhrases(
      phrases.map((phrase) => ({ phrase, value: true })),
      groups,
    )
  const [yes, no, safetyQuestions] = [compile(lexicon.yes), compile(lexicon.no), compile(lexicon.safetyQuestions)]
  const hints = compilePhrases(
    lexicon.pairs.flatMap((pair) => [
      ...pair.one.map((phrase) => ({ phrase, value: { pair, isOne: true } })),
      ...pair.other.map((phrase) => ({ phrase, value: { pair, isOne: false } })),
    ]),
    groups,
  )
  const questions = compilePhrases(
    crisisKinds.flatMap((kind) => lexicon.questions[kind].map((phrase) => ({ phrase, value: kind }))),
    groups,
  )

  const read = ({ tokens, textFrom, asked, isQuoted }: CrisisReading): CrisisFinding => {
    const reachesIn = ({ from, to }: Match<Sign>) => to > textFrom && (from < textFrom || textFrom === 0)
    const found = [...signs.find(tokens), ...pairsOf(hints.find(tokens), tokens)].filter(reachesIn)
    const answered = asked.length === 0 ? [] : readAnswer(tokens, textFrom, asked)
    if (found.length === 0 && answered.length === 0) return { severity: 'none', kinds: [], evidence: [] }
    const around = findMarks(marks, tokens)
    const real = found.filter((match) => !around.idioms.some((idiom) => idiom.from < match.to && match.from < idiom.to))
    const where = contextOf(tokens, around, isQuoted)
    const alarms = [...real.map((match) => ({ ...match, kind: match.value.kind, level: where(match) })), ...answered]
    return conclude(
      alarms,
      tokens,
      textFrom,
      around.now.some((match) => match.to > textFrom),
    )
  }

  const readAnswer = (tokens: readonly Token[], textFrom: number, asked: readonly Token[]): Alarm[] => {
    const answer = tokens.slice(textFrom, textFrom + 6)
    const begins = (set: PhraseSet<boolean>) => set.find(answer).some((match) => match.from <= 1)
    const alarm = (kind: CrisisKind): Alarm => ({
      kind,
      level: 'concern',
      from: textFrom,
      to: textFrom + answer.length,
    })
    if (begins(no) && safetyQuestions.find(asked).length > 0) return [alarm('suicide')]
    if (!begins(yes)) return []
    return [...new Set(questions.find(asked).map((match) => match.value))].map(alarm)
  }

  const sets = [signs, hints, questions, marks, yes, no, safetyQuestions]
  return { sets, vocabulary: vocabularyOf(sets), read }
}

/** Two hints of a pair, near each other in one sentence, are a sign. */
const pairsOf = (
  hints: readonly Match<{ readonly pair: HintPair; readonly isOne: boolean }>[],
  tokens: readonly Token[],
): Match<Sign>[] =>
  hints.flatMap((hint, at) => {
    const found: Match<Sign>[] = []
    for (let next = at + 1; next < hints.length; next += 1) {
      const other = hints[next]
      if (!other || other.from > hint.to + farthestApart) break
      if (other.value.pair !== hint.value.pair || other.value.isOne === hint.value.isOne || other.from < hint.to)
        continue
      if (tokens.slice(hint.to, other.from + 1).some((token) => token.gap === 'sentence')) break
      found.push({
        value: { kind: hint.value.pair.kind, level: 'concern', isTopic: false },
        from: hint.from,
        to: other.to,
      })
      break
    }
    return found
  })

const signEntries = ({ signs, topics }: CrisisLexicon): { phrase: Phrase; value: Sign }[] =>
  crisisKinds.flatMap((kind) => [
    ...levels.flatMap((level) =>
      (signs[kind][level] ?? []).map((phrase) => ({ phrase, value: { kind, level, isTopic: false } })),
    ),
    ...topics[kind].map((phrase) => ({ phrase, value: { kind, level: 'concern' as const, isTopic: true } })),
  ])

const conclude = (
  alarms: readonly Alarm[],
  tokens: readonly Token[],
  textFrom: number,
  isNow: boolean,
): CrisisFinding => {
  const top = Math.max(0, ...alarms.map((alarm) => rank(alarm.level)))
  const severity = crisisSeverities[top] ?? 'none'
  const counted = alarms.filter((alarm) => rank(alarm.level) >= Math.min(top, rank('concern')))
  const start = tokens[textFrom]?.start ?? 0
  const evidence = counted.map(({ from, to }) => ({
    start: Math.max(0, tokens[Math.max(from, textFrom)]?.start ?? start),
    end: tokens[to - 1]?.end ?? start,
  }))
  return {
    severity: severity === 'high' && isNow ? 'imminent' : severity,
    kinds: crisisKinds.filter((kind) => counted.some((alarm) => alarm.kind === kind)),
    evidence: [...new Map(evidence.map((span) => [`${span.start}-${span.end}`, span])).values()],
  }
}
