import {
  type CrisisKind,
  type CrisisSeverity,
  crisisKinds,
  crisisSeverities,
} from '../../shared/taxonomy/conversation.ts'
import type { AlarmLevel, CrisisLexicon } from './lexicon/lexicon.ts'
import type { Token } from './normalise.ts'
import { compilePhrases, type Groups, type Match, type Phrase, type PhraseSet } from './pattern.ts'

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
}

export interface CrisisReader {
  readonly vocabulary: ReadonlySet<string>
  read(reading: CrisisReading): CrisisFinding
}

interface Sign {
  readonly kind: CrisisKind
  readonly level: AlarmLevel
  readonly isTopic: boolean
}

interface Alarm {
  readonly kind: CrisisKind
  readonly level: AlarmLevel
  readonly from: number
  readonly to: number
}

const levels = ['mention', 'concern', 'high', 'imminent'] as const
const rank = (severity: CrisisSeverity): number => crisisSeverities.indexOf(severity)
const lower = (a: AlarmLevel, b: AlarmLevel): AlarmLevel => (rank(a) < rank(b) ? a : b)

/** Compiles one language's lexicon of danger. */
export const createCrisisReader = (lexicon: CrisisLexicon): CrisisReader => {
  const { groups } = lexicon
  const signs = compilePhrases(
    signEntries(lexicon),
    groups,
    new Set(lexicon.negators.flatMap((phrase) => phrase.split('|'))),
  )
  const marks = {
    idioms: compileMarks(lexicon.idioms, groups),
    now: compileMarks(lexicon.now, groups),
    negators: compileMarks(lexicon.negators, groups),
    carriers: compileMarks(lexicon.carriers, groups),
    denialEnds: compileMarks(lexicon.denialEnds, groups),
    longAgo: compileMarks(lexicon.longAgo, groups),
    returning: compileMarks(lexicon.returning, groups),
    firstPerson: compileMarks(lexicon.firstPerson, groups),
    otherPeople: compileMarks(lexicon.otherPeople, groups),
    otherPast: compileMarks(lexicon.otherPast, groups),
    atDistance: compileMarks(lexicon.atDistance, groups),
    yes: compileMarks(lexicon.yes, groups),
    no: compileMarks(lexicon.no, groups),
    safetyQuestions: compileMarks(lexicon.safetyQuestions, groups),
  }
  const questions = compilePhrases(
    crisisKinds.flatMap((kind) => lexicon.questions[kind].map((phrase) => ({ phrase, value: kind }))),
    groups,
  )

  const read = ({ tokens, textFrom, asked }: CrisisReading): CrisisFinding => {
    const found = signs.find(tokens).filter((match) => match.to > textFrom)
    const answered = asked.length === 0 ? [] : readAnswer(tokens, textFrom, asked)
    if (found.length === 0 && answered.length === 0) return { severity: 'none', kinds: [], evidence: [] }
    const idioms = marks.idioms.find(tokens)
    const real = found.filter((match) => !idioms.some((idiom) => idiom.from < match.to && match.from < idiom.to))
    const where = contextOf(tokens, marks)
    const alarms = [...real.map((match) => ({ ...match, kind: match.value.kind, level: where(match) })), ...answered]
    return conclude(
      alarms,
      tokens,
      textFrom,
      marks.now.find(tokens).some((match) => match.to > textFrom),
    )
  }

  const readAnswer = (tokens: readonly Token[], textFrom: number, asked: readonly Token[]): Alarm[] => {
    const answer = tokens.slice(textFrom, textFrom + 6)
    const begins = (set: PhraseSet<true>) => set.find(answer).some((match) => match.from <= 1)
    const alarm = (kind: CrisisKind): Alarm => ({
      kind,
      level: 'concern',
      from: textFrom,
      to: textFrom + answer.length,
    })
    if (begins(marks.no) && marks.safetyQuestions.find(asked).length > 0) return [alarm('suicide')]
    if (!begins(marks.yes)) return []
    return [...new Set(questions.find(asked).map((match) => match.value))].map(alarm)
  }

  const vocabulary = new Set([signs, questions, ...Object.values(marks)].flatMap((set) => [...set.vocabulary]))
  return { vocabulary, read }
}

const signEntries = ({ signs, topics }: CrisisLexicon): { phrase: Phrase; value: Sign }[] =>
  crisisKinds.flatMap((kind) => [
    ...levels.flatMap((level) =>
      (signs[kind][level] ?? []).map((phrase) => ({ phrase, value: { kind, level, isTopic: false } })),
    ),
    ...topics[kind].map((phrase) => ({ phrase, value: { kind, level: 'concern' as const, isTopic: true } })),
  ])

const compileMarks = (phrases: readonly Phrase[], groups: Groups): PhraseSet<true> =>
  compilePhrases(
    phrases.map((phrase) => ({ phrase, value: true as const })),
    groups,
  )

type Marks = Readonly<
  Record<
    | 'negators'
    | 'carriers'
    | 'denialEnds'
    | 'longAgo'
    | 'returning'
    | 'firstPerson'
    | 'otherPeople'
    | 'otherPast'
    | 'atDistance',
    PhraseSet<true>
  >
>

/** How grave a sign is where it stands: denied, long past, another's, or only a subject of study weighs less. */
const contextOf = (tokens: readonly Token[], marks: Marks) => {
  const spots = (set: PhraseSet<true>) => set.find(tokens)
  const negators = spots(marks.negators)
  const carriers = spots(marks.carriers)
  const denialEnds = spots(marks.denialEnds)
  const longAgo = spots(marks.longAgo)
  const isReturning = spots(marks.returning).length > 0
  const firstPerson = spots(marks.firstPerson)
  const otherPeople = spots(marks.otherPeople)
  const otherPast = spots(marks.otherPast)
  const atDistance = spots(marks.atDistance)

  const isDenied = ({ from, to }: Match<Sign>): boolean => {
    if (denialEnds.some((end) => end.from >= to && end.from <= to + 1)) return false
    let at = from
    for (let steps = 0; steps < 8 && at > 0; steps += 1) {
      if (tokens[at]?.gap !== 'none') return false
      if (negators.some((negator) => negator.to === at)) return true
      const carrier = carriers.find((one) => one.to === at)
      if (!carrier) return false
      at = carrier.from
    }
    return false
  }

  const isOthers = ({ from, to }: Match<Sign>, sentence: { from: number; to: number }): boolean => {
    if (firstPerson.some((one) => one.from >= from && one.to <= to)) return false
    const nearest = (all: readonly Match<true>[]) =>
      Math.max(-1, ...all.filter((one) => one.from >= sentence.from && one.from < to).map((one) => one.from))
    return nearest(otherPeople) > nearest(firstPerson)
  }

  return (match: Match<Sign>): AlarmLevel => {
    const { level, kind, isTopic } = match.value
    const sentence = sentenceAround(tokens, match)
    const inSentence = (all: readonly Match<true>[]) =>
      all.some((one) => one.from >= sentence.from && one.to <= sentence.to)
    if (isDenied(match)) return 'mention'
    if (isTopic && inSentence(atDistance)) return 'mention'
    if (inSentence(longAgo) && !isReturning) return 'mention'
    const isAboutSelf = kind === 'suicide' || kind === 'self_harm'
    if (isAboutSelf && isOthers(match, sentence)) return inSentence(otherPast) ? 'mention' : lower(level, 'concern')
    return level
  }
}

const sentenceAround = (
  tokens: readonly Token[],
  { from, to }: { from: number; to: number },
): { from: number; to: number } => {
  let first = from
  while (first > 0 && tokens[first]?.gap !== 'sentence') first -= 1
  let last = to
  while (last < tokens.length && tokens[last]?.gap !== 'sentence') last += 1
  return { from: first, to: last }
}

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
    start: tokens[Math.max(from, textFrom)]?.start ?? start,
    end: tokens[to - 1]?.end ?? start,
  }))
  return {
    severity: severity === 'high' && isNow ? 'imminent' : severity,
    kinds: crisisKinds.filter((kind) => counted.some((alarm) => alarm.kind === kind)),
    evidence: [...new Map(evidence.map((span) => [`${span.start}-${span.end}`, span])).values()],
  }
}
