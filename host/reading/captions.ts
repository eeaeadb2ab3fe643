import { decodeText } from './decodeText.ts'
import type { Reader } from './document.ts'
import { spellOutEntities } from './markup.ts'
import { ReadingProblem } from './problem.ts'
import { paragraphsOfSpeech, type Utterance } from './spoken.ts'
import { joinLines, tidy, worthyTitle } from './tidy.ts'

interface Cue {
  readonly from: number
  readonly to: number
  readonly lines: readonly string[]
}

const clock = String.raw`(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,6}))?`
const timing = new RegExp(String.raw`^\s*${clock}\s*-+>\s*${clock}(?:\s|$)`, 'u')
const header = /^WEBVTT(?:[ \t]+(?:-[ \t]*)?(.*))?$/u
const innerTime = /<\d{1,3}:\d{2}[\d:.]*>/u
const formatting = /<\/?(?:[a-z][\w.-]*(?:\s[^<>]*)?|[\d:.]+)>|\{\\[^{}]*\}/giu
const voice = /^\s*<v(?:\.[\w.-]+)?\s+([^<>]+)>/iu
const namePrefix = /^((?:\p{Lu}|>>)[^:.!?<>]{0,39}):\s+(?=\S)/u

const secondsOf = (parts: readonly (string | undefined)[]): number => {
  const [hours, minutes, seconds, fraction] = parts
  return Number(hours ?? 0) * 3600 + Number(minutes) * 60 + Number(seconds) + Number(`0.${fraction ?? 0}`)
}

/** The lines of a cue: to the first empty one in WebVTT; in SRT, which has no such rule, to the next cue's number. */
const cueLines = (lines: readonly string[], isWebVtt: boolean, hasNext: boolean): readonly string[] => {
  if (isWebVtt) {
    const end = lines.indexOf('')
    return end < 0 ? lines : lines.slice(0, end)
  }
  const isNumbered = hasNext && /^\s*\d+\s*$/u.test(lines.at(-1) ?? '')
  return (isNumbered ? lines.slice(0, -1) : lines).filter((line) => line.trim() !== '')
}

const cuesOf = (lines: readonly string[], isWebVtt: boolean): Cue[] => {
  const times = lines.flatMap((line, index) => {
    const found = timing.exec(line)
    return found ? [{ index, from: secondsOf(found.slice(1, 5)), to: secondsOf(found.slice(5, 9)) }] : []
  })
  return times.map(({ index, from, to }, at) => {
    const next = times[at + 1]
    return {
      from,
      to: Math.max(from, to),
      lines: cueLines(lines.slice(index + 1, next?.index), isWebVtt, Boolean(next)),
    }
  })
}

const plain = (line: string): string => tidy(spellOutEntities(line.replace(formatting, '')))

/** Live captions repeat the line above in the next cue; spoken once, it is read once. */
const withoutRepeats = (cues: readonly Cue[]): readonly Cue[] => {
  const repeats = (cue: Cue, index: number): number => {
    const before = (cues[index - 1]?.lines ?? []).map(plain).filter((line) => line !== '')
    const own = cue.lines.map(plain).filter((line) => line !== '')
    return own.length > 0 && before.at(-1) === own[0] ? 1 : 0
  }
  const repeated = cues.map(repeats)
  const share = repeated.filter((count) => count > 0).length / cues.length
  const isRolling = share > 0.3 || cues.some(({ lines }) => lines.some((line) => innerTime.test(line)))
  if (!isRolling) return cues
  return cues.map((cue, index) => {
    const before = new Set((cues[index - 1]?.lines ?? []).map(plain))
    return { ...cue, lines: cue.lines.filter((line) => !before.has(plain(line))) }
  })
}

const voicesOf = ({ from, to, lines }: Cue): Utterance[] => {
  const spoken: { speaker: string | null; lines: string[] }[] = []
  for (const line of lines) {
    const speaker = voice.exec(line)?.[1]
    const text = plain(line)
    if (text === '') continue
    if (speaker !== undefined || spoken.length === 0) {
      spoken.push({ speaker: tidy(spellOutEntities(speaker ?? '')) || null, lines: [text] })
    } else spoken.at(-1)?.lines.push(text)
  }
  return spoken.map(({ speaker, lines: own }) => ({ from, to, speaker, text: joinLines(own) }))
}

/** Meeting programs write the name into each cue's text; said once a paragraph it reads better. */
const withNamesApart = (speech: readonly Utterance[]): readonly Utterance[] => {
  const named = speech.filter(({ speaker, text }) => speaker === null && namePrefix.test(text)).length
  if (named < 3 || named < speech.length * 0.3) return speech
  return speech.map((utterance) => {
    const found = utterance.speaker === null ? namePrefix.exec(utterance.text) : null
    if (!found?.[1]) return utterance
    return { ...utterance, speaker: found[1], text: utterance.text.slice(found[0].length) }
  })
}

/** Reads WebVTT and SRT captions as paragraphs of speech. */
export const readCaptions: Reader = async (bytes) => {
  const lines = decodeText(bytes).split(/\r\n?|\n/u)
  const titled = header.exec(lines.find((line) => line.trim() !== '') ?? '')
  const cues = cuesOf(lines, titled !== null)
  if (cues.length === 0 && !titled) throw new ReadingProblem('not_that_kind')
  const speech = withNamesApart(withoutRepeats(cues).flatMap(voicesOf))
  const title = worthyTitle(titled?.[1])
  return { kind: 'captions', title, pages: null, pageLabels: null, blocks: paragraphsOfSpeech(speech), notes: [] }
}
