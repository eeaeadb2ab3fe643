import type { RuleKind } from '../../../shared/taxonomy/learning.ts'
import { withoutMarks } from '../../ai/index.ts'

/** A reply is given no more of what a rule quotes, in characters. */
const longestQuote = 160

const sentences: Readonly<Partial<Record<RuleKind, string>>> = {
  shorter: 'Shorter: about half as long as you would',
  longer: 'Longer: say a little more than you would',
  warmer: 'Warmer: show first that you understood how they feel',
  more_direct: 'More direct: without perhaps, maybe and other words that take a step back',
  more_formal: 'More formal: whole words and the polite form of address',
  more_casual: 'More casual: as one talks to somebody one knows well',
  question_added: 'End with one question',
  question_removed: 'Ask no question unless you cannot help without it',
  advice_added: 'Name one small thing they could do',
  advice_removed: 'Give no advice unless they ask for it',
  fact_corrected: 'Name a number, a name or a date only where you are sure of it',
  greeting_added: 'Begin with a short greeting',
  greeting_removed: 'Begin without a greeting',
  emoji_added: 'One emoji where it fits the mood',
  emoji_removed: 'No emoji',
}

const quotes: Readonly<Partial<Record<RuleKind, string>>> = {
  phrase_added: 'Where it fits, say',
  phrase_removed: 'Never say',
  keep: 'Keep the way this was said',
  never_say: 'Never say',
  say_like_this: 'Where it fits, say it like this',
}

const quoted = (detail: string): string => {
  const plain = withoutMarks(detail)
    .replace(/[\s\p{C}]+/gu, ' ')
    .replace(/["“”„«»]/gu, "'")
    .trim()
  const characters = [...plain]
  return characters.length <= longestQuote ? plain : `${characters.slice(0, longestQuote - 1).join('')}…`
}

interface Instruction {
  readonly kind: RuleKind
  readonly detail: string
  /** As long as the coach left such drafts, in words; absent where that is not known. */
  readonly words?: number
}

/** What a rule asks of a reply: one plain line. */
export const instructionOf = ({ kind, detail, words }: Instruction): string => {
  if (words !== undefined && kind === 'shorter') return `Shorter: about ${words} words`
  if (words !== undefined && kind === 'longer') return `Longer: about ${words} words`
  const quote = quotes[kind]
  return quote === undefined ? (sentences[kind] ?? '') : `${quote}: “${quoted(detail)}”`
}
