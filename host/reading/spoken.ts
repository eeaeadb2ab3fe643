import type { Block } from './document.ts'
import { joinLines, tidy } from './tidy.ts'

/** A stretch of speech, as captions or a transcription give it. */
export interface Utterance {
  /** Seconds from the start. */
  readonly from: number
  readonly to: number
  readonly text: string
  readonly speaker: string | null
}

/** Silence after which a new paragraph begins, in seconds; the shorter one only where a sentence has ended. */
const longPause = 3
const shortPause = 1
/** Characters after which a paragraph ends at the next sentence, and those after which it ends anyway. */
const longParagraph = 400
const longestParagraph = 1200
const sentenceEnd = /[.!?…。！？؟।]["'”’»)\]]*$/u

const isBorder = (before: Utterance, next: Utterance, length: number): boolean => {
  if (next.speaker !== before.speaker || length >= longestParagraph) return true
  const silence = next.from - before.to
  if (silence >= longPause) return true
  return sentenceEnd.test(before.text) && (silence >= shortPause || length >= longParagraph)
}

const paragraphOf = (spoken: readonly Utterance[]): Block => {
  const [first] = spoken
  const text = joinLines(spoken.map((utterance) => utterance.text))
  return {
    kind: 'paragraph',
    level: 0,
    text: first?.speaker ? `${first.speaker}: ${text}` : text,
    page: null,
    seconds: first?.from ?? 0,
  }
}

/** Joins speech into paragraphs at pauses, ends of sentences and changes of speaker, each with the second it begins. */
export const paragraphsOfSpeech = (speech: readonly Utterance[]): Block[] => {
  const blocks: Block[] = []
  let open: Utterance[] = []
  let length = 0
  for (const raw of speech) {
    const utterance = { ...raw, text: tidy(raw.text) }
    if (utterance.text === '') continue
    const before = open.at(-1)
    if (before && isBorder(before, utterance, length)) {
      blocks.push(paragraphOf(open))
      open = []
      length = 0
    }
    open.push(utterance)
    length += utterance.text.length
  }
  if (open.length > 0) blocks.push(paragraphOf(open))
  return blocks
}
