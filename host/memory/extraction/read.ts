import type { CrisisSeverity } from '../../../shared/taxonomy/conversation.ts'
import type { MemoryLayer } from '../../../shared/taxonomy/memory.ts'
import { languageOf } from '../../signals/index.ts'
import { type DateLanguage, knownTimeZone, type NamedTime, timeIn, wallTimeAt } from '../dates/index.ts'
import { stemsOf } from '../words.ts'
import { type Clause, clausesOf, readable } from './clauses.ts'
import { evidenceDetail, type Finding, type FindingKind, refusalOf } from './findings.ts'
import { german } from './rules/de.ts'
import { english } from './rules/en.ts'
import { spanish } from './rules/es.ts'
import { french } from './rules/fr.ts'
import { portuguese } from './rules/pt.ts'
import type { Rule, RuleSet } from './rules/rule.ts'

/** What a client wrote, and when and where. */
export interface Statement {
  readonly text: string
  /** Milliseconds UTC. */
  readonly at: number
  readonly timeZone: string
  /** How grave the message is, as signals read it; a message that shows danger is left to the crisis path. */
  readonly crisis: CrisisSeverity
}

const ruleSets = { en: english, es: spanish, de: german, fr: french, pt: portuguese } satisfies Record<
  DateLanguage,
  RuleSet
>

export const layerOf = {
  goal: 'insight',
  blocker: 'insight',
  breakthrough: 'insight',
  commitment: 'insight',
  trigger: 'insight',
  victory: 'episodic',
  struggle: 'episodic',
  relationship: 'episodic',
  context: 'episodic',
  preference: 'episodic',
  personality: 'relationship',
  progress: 'relationship',
  avoid: 'relationship',
} as const satisfies Record<FindingKind, MemoryLayer>

export const valenceOf: Readonly<Partial<Record<FindingKind, number>>> = {
  victory: 0.7,
  breakthrough: 0.5,
  struggle: -0.6,
  blocker: -0.4,
  trigger: -0.6,
}

/** Measured on held-out sentences of our own; see docs/memory.md. */
const confidenceOfRules = 0.8
const longestContent = 240
const shortText = 60
const longestTime = 60
const mostFindings = 40

/**
 * What a client says about themselves, read by rules: nothing that they ask, suppose, quote or report. Every finding names
 * its place in the text. English is covered best; see docs/memory.md for the other languages.
 */
export const readStatement = (statement: Statement): Finding[] => {
  if (statement.crisis !== 'none') return []
  const language = languageOf(statement.text.slice(0, 2_000))
  const text = readable(statement.text)
  const own = [
    ...(language === 'unknown' ? [] : findingsIn(text, ruleSets[language], statement)),
    ...sentencesByLanguage(statement.text)
      .filter(([other]) => other !== language)
      .flatMap(([other, spoken]) => findingsIn(onlyWithin(text, spoken), ruleSets[other], statement)),
  ]
  // Few words hardly tell a language.
  const isUnsure = statement.text.length <= shortText && own.length === 0
  const found = isUnsure
    ? (Object.values(ruleSets)
        .map((set) => findingsIn(text, set, statement))
        .find(({ length }) => length > 0) ?? [])
    : own
  const seen = new Set<string>()
  return found
    .filter((one) => {
      const mark = `${one.layer}|${one.kind}|${one.subject}|${one.value}|${one.stance}|${one.start}`
      const isNew = !seen.has(mark) && refusalOf(one, statement) === null
      seen.add(mark)
      return isNew
    })
    .slice(0, mostFindings)
}

interface Stretch {
  readonly from: number
  readonly to: number
}

const wholeSentence = /[^.!?…\n]+[.!?…]*/gu
const fewestLetters = 12

/** Which sentences of a message are in which language, where it has more than one; very short ones tell none. */
const sentencesByLanguage = (text: string): [DateLanguage, Stretch[]][] => {
  const sentences = [...text.slice(0, 2_000).matchAll(wholeSentence)].filter(([one]) => one.length >= fewestLetters)
  const spoken = new Map<DateLanguage, Stretch[]>()
  if (sentences.length < 2) return []
  for (const { 0: one, index } of sentences) {
    const language = languageOf(one)
    if (language === 'unknown') continue
    spoken.set(language, [...(spoken.get(language) ?? []), { from: index, to: index + one.length }])
  }
  return [...spoken]
}

/** A text of the same length with nothing but some stretches of it. */
const onlyWithin = (text: string, stretches: readonly Stretch[]): string => {
  let [kept, at] = ['', 0]
  for (const { from, to } of stretches) {
    kept += ' '.repeat(from - at) + text.slice(from, to)
    at = to
  }
  return kept
}

const findingsIn = (text: string, set: RuleSet, statement: Statement): Finding[] => {
  let readUpTo = 0
  const said = clausesOf(text, set).flatMap((clause) => {
    if (clause.start < readUpTo) return []
    const finding = readClause(clause, set, statement)
    if (finding) readUpTo = finding.finish
    return finding ?? []
  })
  return [...said, ...relationsIn(text, set, statement)]
}

/** The first rule that fits says what the clause means. */
const readClause = (clause: Clause, { rules, language }: RuleSet, statement: Statement): Finding | null => {
  for (const rule of rules) {
    if (clause.isQuestion && !rule.alsoInQuestions) continue
    const text = rule.readsOn ? clause.rest : clause.folded
    const match = rule.pattern.exec(text)
    if (match === null) continue
    const finding = toFinding(rule, { clause, text, match, language, statement })
    if (finding) return finding
  }
  return null
}

interface Fit {
  readonly clause: Clause
  readonly text: string
  readonly match: RegExpExecArray
  readonly language: DateLanguage
  readonly statement: Statement
}

const trailing = /[\s.!?…;,:]+$/u
/** Says of a plan that it is over, and nothing of what it was. */
const noMore = /\s+(?:any ?more|any longer|nicht mehr)$/u

const toFinding = (rule: Rule, { clause, text, match, language, statement }: Fit): Finding | null => {
  const groups = match.groups ?? {}
  const whole = (groups.what ?? match[0]).replace(trailing, '')
  const said = rule.stance === 'retracts' ? whole.replace(noMore, '') : whole
  if (said === '' || rule.refuses?.test(said)) return null
  const begin = groups.what === undefined ? match.index : match.index + Math.max(0, match[0].lastIndexOf(groups.what))
  const time = timeOf(clause, text, { at: statement.at, timeZone: statement.timeZone, language })
  const isFuture = time !== null && !time.isSince && time.to > statement.at
  if (rule.needsFuture && !isFuture) return null
  const [from, to] = rule.keepsClause || rule.readsOn ? [0, text.length] : [begin, begin + said.length]
  const original = (start: number, end: number): string =>
    statement.text.slice(clause.start + start, clause.start + end)
  const content = original(from, to).trim().replace(trailing, '').slice(0, longestContent)
  if (rule.needsName && !isWrittenAsName(groups.name ?? '', original(0, text.length))) return null
  const learned = rule.preference?.({ ...groups, what: said }) ?? null
  const kind = learned ? learned.category : rule.kind
  const dropsDates = rule.kind === 'commitment' && time !== null
  // When it is due is told apart, and says nothing of what it is.
  const stems = stemsOf(time ? said.replace(readable(statement.text.slice(time.start, time.end)), ' ') : said)
  const due = dropsDates ? `@${localHour(time.from, statement.timeZone)}` : ''
  return {
    layer: learned ? 'preference' : layerOf[rule.kind],
    kind,
    subject: learned ? learned.key : `${stems.join(' ')}${due}`,
    value: learned ? learned.value : sideOf(rule),
    stance: rule.stance ?? 'states',
    start: clause.start + from,
    finish: clause.start + to,
    content,
    detail: evidenceDetail.parse({
      ...(time
        ? {
            time: {
              from: time.from,
              to: time.to,
              text: statement.text.slice(time.start, time.end).slice(0, longestTime),
              isSince: time.isSince,
            },
          }
        : {}),
      ...(learned ? { key: learned.key, value: learned.value } : {}),
      tags: stems.slice(0, 12),
      valence: rule.valence ?? valenceOf[rule.kind] ?? 0,
      isSensitive: rule.isSensitive ?? false,
    }),
    confidence: confidenceOfRules,
  }
}

/** To love a thing and to hate it are two things said of it. */
const sideOf = ({ kind, valence = 0 }: Rule): string =>
  kind !== 'preference' || valence === 0 ? '' : valence > 0 ? 'likes' : 'dislikes'

/** By the client's own clock, so that a commitment stays the same one when their time zone is corrected. */
const localHour = (at: number, timeZone: string): string => {
  const { day, minutes } = wallTimeAt(at, knownTimeZone(timeZone))
  return `${day} ${Math.floor(minutes / 60)}`
}

/** The time a clause names, else the one its sentence names; placed in the whole message. */
const timeOf = (clause: Clause, text: string, said: Parameters<typeof timeIn>[1]): NamedTime | null => {
  const own = timeIn(text, said)
  const found = own ?? timeIn(clause.sentence, said)
  const from = own ? clause.start : clause.sentenceStart
  return found && { ...found, start: from + found.start, end: from + found.end }
}

/** A name is written large; a word would not be. */
const isWrittenAsName = (folded: string, original: string): boolean =>
  (original.match(/\p{Lu}[\p{L}'’-]+/gu) ?? []).some((word) => readable(word) === folded)

const noNames =
  /^(?:i|i'm|monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april|may|june|july|august|september|october|november|december|but|and|so|who|that|god)$/u

/** "My sister Ana": who is who to the client, wherever in the message it stands. */
const relationsIn = (text: string, set: RuleSet, statement: Statement): Finding[] => {
  const pattern = new RegExp(
    `(?<![\\p{L}'-])(?:${set.my}) (?<relation>${set.relations})${set.relationJoint} (?<name>\\p{L}[\\p{L}'-]{1,30})(?![\\p{L}-])`,
    'gu',
  )
  return [...text.matchAll(pattern)].flatMap((match) => {
    const { relation = '', name: folded = '' } = match.groups ?? {}
    const finish = match.index + match[0].length
    const name = statement.text.slice(finish - folded.length, finish)
    if (!/^\p{Lu}/u.test(name) || noNames.test(folded)) return []
    return [
      {
        layer: 'episodic',
        kind: 'relationship',
        subject: `${relation} ${folded.replace(/'s$/u, '')}`,
        value: '',
        stance: 'states',
        start: match.index,
        finish,
        content: statement.text.slice(match.index, finish),
        detail: evidenceDetail.parse({ tags: [relation, folded], valence: 0 }),
        confidence: 0.95,
      } satisfies Finding,
    ]
  })
}
