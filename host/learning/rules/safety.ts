import { readSignals } from '../../signals/index.ts'
import type { RuleKey } from './keys.ts'
import { isForbidding, isWanting } from './opposites.ts'
import { harmfulTalk, protectedTalk } from './safetyCases.ts'

/** What keeps a rule from going live. Kept with it. */
export interface Verdict {
  /** How many cases were run. */
  readonly cases: number
  /** A sentence each; empty where it may go live. */
  readonly objections: readonly string[]
}

/** Tells whether a text names somebody. */
export interface KnownPerson {
  readonly clientId: string
  readonly isNamedIn: (text: string) => boolean
}

export interface SafetyContext {
  /** Every client of the coach. */
  readonly people: () => readonly KnownPerson[]
  /** The screen that every reply passes; answers with what is wrong, each to follow "it would be held back: ". */
  readonly screen?: (text: string) => readonly string[]
  /** The instruction as a reply would carry it. */
  readonly instruction: string
}

const spoken = (text: string): string => ` ${(text.toLowerCase().match(/[\p{L}\p{N}']+/gu) ?? []).join(' ')} `

const tidy = (text: string): string => text.normalize('NFKC').replace(/[’‘ʼ`´]/gu, "'")

const speaksOfDanger = 'It speaks of danger. What is said in a safety crisis is fixed and is not learned.'

/** A name in the middle of a sentence. In a rule for several clients it is somebody the others do not know. */
const nameLike = /(?<=[\p{Ll},;]\s)\p{Lu}\p{Ll}{2,}/u
const german = /(?<!\p{L})(?:ich|du|und|nicht|der|die|das|ist|dein\p{L}*|wir|sie|ein\p{L}*|mit|was)(?!\p{L})/iu
const contact = /\S@\S|https?:|www\.|\d{4,}/iu

const forbiddenOf = ({ detail }: RuleKey): string[] => {
  const text = spoken(detail)
  return protectedTalk
    .filter(
      ({ marks, mustStaySayable }) =>
        marks.test(detail) || mustStaySayable.some((sentence) => spoken(tidy(sentence)).includes(text)),
    )
    .map(({ what }) => `It would forbid the clone to ${what}.`)
}

const namesOf = ({ scope, clientId, detail }: RuleKey, people: readonly KnownPerson[]): string[] => {
  const named = people.filter((person) => person.isNamedIn(detail))
  if (scope === 'client')
    return named.some((person) => person.clientId !== clientId) && !named.some((person) => person.clientId === clientId)
      ? ['It names another client.']
      : []
  if (named.length > 0) return ['It names a client, and others would read it. Teach it without the name.']
  if (contact.test(detail)) return ['It holds a number or an address, and other clients would get it.']
  return nameLike.test(detail) && !german.test(detail)
    ? ['It seems to name somebody, and other clients would read it. Teach it without the name.']
    : []
}

const screenCases = 7
const otherCases = 4
const allCases =
  harmfulTalk.reduce((sum, { marks }) => sum + marks.length, 0) +
  protectedTalk.reduce((sum, { mustStaySayable }) => sum + mustStaySayable.length + 1, 0) +
  otherCases

/**
 * Runs every safety case against a rule: its words, and the instruction a reply would carry, must leave crisis, disclosure,
 * handing over, medicine, law, money and other people's names as they are. Whatever is doubtful keeps it from going live.
 */
export const checkRule = (rule: RuleKey, { people, screen, instruction }: SafetyContext): Verdict => {
  const detail = tidy(rule.detail)
  const objections = new Set<string>()
  if (detail !== '') {
    const forbids = isForbidding(rule.kind)
    const machine = harmfulTalk.at(-1)
    // What is never to be said may well be harmful; orders to the clone are none of it either way.
    const harms = forbids ? [machine].filter((each) => each !== undefined) : harmfulTalk
    for (const { marks, why } of harms) if (marks.some((mark) => mark.test(detail))) objections.add(why)
    if (forbids) for (const objection of forbiddenOf({ ...rule, detail })) objections.add(objection)
    if (isWanting(rule.kind)) {
      const { severity } = readSignals(detail).crisis
      if (severity !== 'none' && severity !== 'mention') objections.add(speaksOfDanger)
      const held = screen?.(rule.detail) ?? []
      if (held.length > 0) objections.add(`A reply that says this would be held back: ${held.join('; ')}.`)
    }
    for (const objection of namesOf({ ...rule, detail }, people())) objections.add(objection)
  }
  if (/[⟦⟧\n]/u.test(instruction)) objections.add('It would break out of the place it has in the instructions.')
  return { cases: allCases + (screen ? screenCases : 0), objections: [...objections] }
}
