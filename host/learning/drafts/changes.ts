import { type ChangeKind, changeKinds } from '../../../shared/taxonomy/learning.ts'
import { languageOf } from '../../signals/index.ts'
import { editDistance, keptShare } from './editDistance.ts'
import { type Clauses, compareClauses } from './phrases.ts'
import { advice, factWords, formality, greeting, hedges, warmth } from './wording.ts'

/** What a draft held that the coach could have taken out. */
export const draftTraits = ['question', 'advice', 'greeting', 'emoji'] as const
export type DraftTrait = (typeof draftTraits)[number]

export interface DraftChanges {
  /** In the order of the vocabulary; empty where nothing of note changed. */
  readonly kinds: ChangeKind[]
  /** 0 (sent as it was) to 1. */
  readonly editDistance: number
  /** One plain sentence without any of the words, such as "11 words shorter, a question less". */
  readonly summary: string
  /** Phrases that came, went and stayed, in lower case. */
  readonly phrases: Clauses
  readonly has: DraftTrait[]
}

/** From here on a text counts as shorter or longer: a fifth of it, and more than a word or two. */
const lengthShare = 0.2
const lengthWords = 3
/** Below this share of words kept the coach wrote anew what they sent. */
const rewrittenBelow = 0.3
/** A number beside another in a text that is mostly the same is a correction; else it is other talk. */
const correctedFrom = 0.4
/** Longer texts are judged by their beginning: no message is that long. */
const mostRead = 24_000

interface Look {
  readonly text: string
  readonly words: number
  readonly questions: number
  readonly advice: number
  readonly emoji: number
  readonly warmth: number
  readonly hedges: number
  readonly greets: boolean
}

const count = (text: string, mark: RegExp): number => text.match(mark)?.length ?? 0

const plain = (text: string): string =>
  text
    .slice(0, mostRead)
    .normalize('NFC')
    .replace(/[’‘ʼ`´]/gu, "'")
    .replace(/\s+/gu, ' ')
    .trim()

const pictures = /\p{Emoji_Presentation}|\p{Extended_Pictographic}\uFE0F/gu
const sentenceEnd = /(?<=[.!?…？])\s+/u

const lookAt = (given: string): Look => {
  const text = plain(given)
  const lower = text.toLowerCase()
  return {
    text,
    words: count(lower, /[\p{L}\p{N}]+(?:'\p{L}+)*/gu),
    questions: count(lower, /[?？]+/gu),
    advice: lower.split(sentenceEnd).filter((sentence) => count(sentence, advice) > 0).length,
    emoji: count(text, pictures),
    warmth: count(lower, warmth),
    hedges: count(lower, hedges),
    greets: greeting.test(lower),
  }
}

const upOrDown = <Up extends ChangeKind, Down extends ChangeKind>(
  before: number,
  after: number,
  up: Up,
  down: Down,
): ChangeKind[] => (after > before ? [up] : after < before ? [down] : [])

const lengthKinds = (a: Look, b: Look): ChangeKind[] => {
  const by = b.words - a.words
  if (Math.abs(by) < lengthWords || Math.abs(by) < Math.max(a.words, 1) * lengthShare) return []
  return [by > 0 ? 'longer' : 'shorter']
}

/** Cut words alone make nothing warmer or more direct: the share of such words has to change. */
const toneKinds = (a: Look, b: Look): ChangeKind[] => {
  const share = (marks: number, { words }: Look): number => marks / Math.max(words, 1)
  const isWarmer = b.warmth > a.warmth && share(b.warmth, b) > share(a.warmth, a)
  const isMoreDirect = b.hedges < a.hedges && share(b.hedges, b) < share(a.hedges, a) * 0.7
  return [...(isWarmer ? (['warmer'] as const) : []), ...(isMoreDirect ? (['more_direct'] as const) : [])]
}

const formalityKinds = (a: Look, b: Look): ChangeKind[] => {
  const spoken = languageOf(b.text)
  const marks = formality[spoken]
  if (marks === undefined || languageOf(a.text) !== spoken) return []
  const of = ({ text }: Look) => {
    const lower = text.toLowerCase()
    return { formal: count(lower, marks.formal), casual: count(lower, marks.casual) }
  }
  const [before, after] = [of(a), of(b)]
  const formal = after.formal - before.formal
  const casual = after.casual - before.casual
  // One side has to come as the other goes, or a cut sentence would count.
  if (formal > 0 && (casual < 0 || before.casual === 0)) return ['more_formal']
  return casual > 0 && (formal < 0 || before.formal === 0) ? ['more_casual'] : []
}

type Facts = Readonly<Record<'number' | 'day' | 'month' | 'name', ReadonlySet<string>>>

const factsIn = ({ text }: Look): Facts => {
  const words = text.toLowerCase().match(/[\p{L}'-]+/gu) ?? []
  const among = (known: ReadonlySet<string>) => new Set(words.filter((word) => known.has(word)))
  const figures = text.match(/\d+(?:[.,:/-]\d+)*/gu) ?? []
  // In German every noun begins with a capital, so a name cannot be told from any other.
  const named = languageOf(text) === 'de' ? [] : (text.match(/(?<=[\p{Ll},;]\s)\p{Lu}\p{Ll}{2,}/gu) ?? [])
  const isFact = (word: string): boolean => factWords.day.has(word) || factWords.month.has(word)
  return {
    number: new Set([...figures, ...among(factWords.number)]),
    day: among(factWords.day),
    month: among(factWords.month),
    name: new Set(named.map((name) => name.toLowerCase()).filter((name) => !isFact(name))),
  }
}

const isCorrected = (a: Look, b: Look, kept: number): boolean => {
  if (kept < correctedFrom) return false
  const [before, after] = [factsIn(a), factsIn(b)]
  const lacks = (one: ReadonlySet<string>, other: ReadonlySet<string>) => [...one].some((fact) => !other.has(fact))
  return (['number', 'day', 'month', 'name'] as const).some(
    (kind) => lacks(after[kind], before[kind]) && lacks(before[kind], after[kind]),
  )
}

const greetingKinds = (a: Look, b: Look): ChangeKind[] =>
  upOrDown(Number(a.greets), Number(b.greets), 'greeting_added', 'greeting_removed')

const kindWords: Readonly<Record<Exclude<ChangeKind, 'shorter' | 'longer'>, string>> = {
  warmer: 'warmer',
  more_direct: 'more direct',
  more_formal: 'more formal',
  more_casual: 'more casual',
  question_added: 'a question more',
  question_removed: 'a question less',
  advice_added: 'advice added',
  advice_removed: 'advice taken out',
  fact_corrected: 'a number, name or date corrected',
  greeting_added: 'a greeting added',
  greeting_removed: 'the greeting taken out',
  emoji_added: 'an emoji added',
  emoji_removed: 'an emoji taken out',
  phrase_added: 'a phrase added',
  phrase_removed: 'a phrase taken out',
  rewritten: 'written anew',
}

const summaryOf = (kinds: readonly ChangeKind[], a: Look, b: Look, changed: number): string => {
  if (changed === 0) return 'Sent as it was'
  const by = Math.abs(b.words - a.words)
  const words = kinds.map((kind) => (kind === 'shorter' || kind === 'longer' ? `${by} words ${kind}` : kindWords[kind]))
  const sentence = words.join(', ') || 'a few words changed'
  return sentence.charAt(0).toUpperCase() + sentence.slice(1)
}

/** What the coach changed between a draft and what they sent, in closed words. Pure. */
export const changesBetween = (draft: string, sent: string): DraftChanges => {
  const [a, b] = [lookAt(draft), lookAt(sent)]
  const changed = editDistance(draft, sent)
  const kept = keptShare(a.text, b.text)
  const phrases = compareClauses(a.text, b.text)
  const found = new Set<ChangeKind>(
    changed === 0
      ? []
      : [
          ...lengthKinds(a, b),
          ...toneKinds(a, b),
          ...formalityKinds(a, b),
          ...upOrDown(a.questions, b.questions, 'question_added', 'question_removed'),
          ...upOrDown(a.advice, b.advice, 'advice_added', 'advice_removed'),
          ...greetingKinds(a, b),
          ...upOrDown(a.emoji, b.emoji, 'emoji_added', 'emoji_removed'),
          ...(isCorrected(a, b, kept) ? (['fact_corrected'] as const) : []),
          ...(phrases.added.length > 0 ? (['phrase_added'] as const) : []),
          ...(phrases.removed.length > 0 ? (['phrase_removed'] as const) : []),
          ...(a.words > 0 && kept < rewrittenBelow && changed > 0.5 ? (['rewritten'] as const) : []),
        ],
  )
  const kinds = changeKinds.filter((kind) => found.has(kind))
  const has = [
    ...(a.questions > 0 ? (['question'] as const) : []),
    ...(a.advice > 0 ? (['advice'] as const) : []),
    ...(a.greets ? (['greeting'] as const) : []),
    ...(a.emoji > 0 ? (['emoji'] as const) : []),
  ]
  return { kinds, editDistance: changed, summary: summaryOf(kinds, a, b, changed), phrases, has }
}
