import type { CrisisKind } from '../../shared/taxonomy/conversation.ts'
import { crisisSeverities } from '../../shared/taxonomy/conversation.ts'
import type { AlarmLevel, CrisisLexicon } from './lexicon/lexicon.ts'
import type { Token } from './normalise.ts'
import { compilePhrases, type Match, type PhraseSet } from './pattern.ts'

export interface Sign {
  readonly kind: CrisisKind
  readonly level: AlarmLevel
  readonly isTopic: boolean
}

const markNames = [
  'idioms',
  'now',
  'negators',
  'carriers',
  'denialEnds',
  'longAgo',
  'returning',
  'firstPerson',
  'involved',
  'harmed',
  'crowd',
  'otherPeople',
  'otherPast',
  'atDistance',
] as const
type MarkName = (typeof markNames)[number]
type Mark = Match<MarkName>

/** What stands around a sign, by what it means for it. */
export type MarksFound = Readonly<Record<MarkName, readonly Mark[]>>

export const compileMarks = (lexicon: CrisisLexicon): PhraseSet<MarkName> =>
  compilePhrases(
    markNames.flatMap((name) => lexicon[name].map((phrase) => ({ phrase, value: name }))),
    lexicon.groups,
  )

export const findMarks = (marks: PhraseSet<MarkName>, tokens: readonly Token[]): MarksFound => {
  const found: Record<MarkName, Mark[]> = {
    idioms: [],
    now: [],
    negators: [],
    carriers: [],
    denialEnds: [],
    longAgo: [],
    returning: [],
    firstPerson: [],
    involved: [],
    harmed: [],
    crowd: [],
    otherPeople: [],
    otherPast: [],
    atDistance: [],
  }
  for (const mark of marks.find(tokens)) found[mark.value].push(mark)
  return found
}

const rank = (level: AlarmLevel): number => crisisSeverities.indexOf(level)
const lower = (a: AlarmLevel, b: AlarmLevel): AlarmLevel => (rank(a) < rank(b) ? a : b)

/** A sentence this short may leave out who it is about. */
const fewWords = 8
/** A story is at least this long outside its quotation marks. */
const wordsOfTale = 20
const wordsOfReport = 40

interface Stretch {
  readonly from: number
  readonly to: number
}

/** How grave a sign is where it stands: denied, long past, another's, or only a subject of study weighs less. */
export const contextOf = (
  tokens: readonly Token[],
  marks: MarksFound,
  isQuoted: (position: number) => boolean,
): ((match: Match<Sign>) => AlarmLevel) => {
  const { negators, carriers, denialEnds, longAgo, firstPerson, involved, harmed, crowd } = marks
  const { otherPeople, otherPast, atDistance } = marks
  const isReturning = marks.returning.length > 0

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

  const isOthers = ({ from, to }: Match<Sign>, sentence: Stretch): boolean => {
    if (firstPerson.some((one) => one.from >= from && one.to <= to)) return false
    const nearest = (all: readonly Mark[]) =>
      Math.max(-1, ...all.filter((one) => one.from >= sentence.from && one.from < to).map((one) => one.from))
    return nearest(otherPeople) > nearest(firstPerson)
  }

  const startOf = (at: number): number => tokens[at]?.start ?? 0

  /** A sentence long enough to name them names none of `people`, nor, unless alone, does the one before it. */
  const leavesOut = (people: readonly Mark[], sentence: Stretch, isAlone = false): boolean => {
    if (sentence.to - sentence.from <= fewWords) return false
    const from =
      sentence.from > 0 && !isAlone
        ? sentenceAround(tokens, { from: sentence.from - 1, to: sentence.to }).from
        : sentence.from
    return !people.some((one) => one.from >= from && one.to <= sentence.to)
  }

  const isTellerAbsent = !involved.some((one) => !isQuoted(startOf(one.from)))
  const told = isTellerAbsent ? tokens.filter((token) => !isQuoted(token.start)).length : 0
  /** A tale or a report: whoever tells it is nowhere in it, and what is quoted are the words of another. */
  const isInTale = ({ from, value: { kind } }: Match<Sign>): boolean => {
    if (!isTellerAbsent) return false
    if (isQuoted(startOf(from))) return told >= wordsOfTale
    return told >= wordsOfReport && (kind === 'suicide' || kind === 'abuse')
  }

  return (match: Match<Sign>): AlarmLevel => {
    const { level, kind, isTopic } = match.value
    const sentence = sentenceAround(tokens, match)
    const inSentence = (all: readonly Mark[]) => all.some((one) => one.from >= sentence.from && one.to <= sentence.to)
    if (isDenied(match)) return 'mention'
    if (isInTale(match)) return 'mention'
    const isWorldly = leavesOut(involved, sentence)
    if ((isTopic || isWorldly) && inSentence(atDistance)) return 'mention'
    if (isWorldly && isTopic && kind === 'suicide') return 'mention'
    if (!isTopic && inSentence(crowd) && leavesOut(involved, sentence, true)) return 'mention'
    if (kind === 'abuse' && leavesOut(harmed, sentence, isTopic)) return 'mention'
    if (kind === 'harm_to_others' && isWorldly) return 'mention'
    if (inSentence(longAgo) && !isReturning) return 'mention'
    const isAboutSelf = kind === 'suicide' || kind === 'self_harm'
    if (isAboutSelf && isOthers(match, sentence)) return inSentence(otherPast) ? 'mention' : lower(level, 'concern')
    return level
  }
}

const sentenceAround = (tokens: readonly Token[], { from, to }: Stretch): Stretch => {
  let first = from
  while (first > 0 && tokens[first]?.gap !== 'sentence') first -= 1
  let last = to
  while (last < tokens.length && tokens[last]?.gap !== 'sentence') last += 1
  return { from: first, to: last }
}
