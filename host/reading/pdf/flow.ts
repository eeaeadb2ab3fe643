import type { Line } from './lines.ts'
import type { Draft } from './paragraphs.ts'

const endsOpen = /[\p{L}\p{N},;\u00ad‐-]$/u
const beginsInside = /^\p{Ll}/u
// Scripts without capitals: a full last line without a full stop is the only sign.
const hasNoCase = /^[\u0590-\u08ff\u0900-\u0dff\u3040-\u30ff\u4e00-\u9fff]/

const lastLine = ({ groups }: Draft): Line | undefined => groups.at(-1)?.at(-1)
const firstLine = ({ groups }: Draft): Line | undefined => groups[0]?.[0]

const isRunningText = (draft: Draft, bodySize: number): boolean =>
  draft.kind === 'paragraph' && (firstLine(draft)?.size ?? 0) >= 0.93 * bodySize

const goesOn = (above: Draft, below: Draft): boolean => {
  const end = lastLine(above)
  const start = firstLine(below)
  if (!end || !start || !above.fillsLastLine || below.isIndented) return false
  if (Math.abs(end.size - start.size) > 0.05 * end.size || end.isBold !== start.isBold) return false
  if (!endsOpen.test(end.text)) return false
  return beginsInside.test(start.text) || hasNoCase.test(start.text)
}

/**
 * Puts paragraphs together that a column or page break cuts, only where both sides show it: a full line that ends inside a
 * sentence, and a beginning in lower case. Footnotes between them stay where they are, after the joined paragraph.
 */
export const joinOverBreaks = (parts: readonly (readonly Draft[])[], bodySize: number): Draft[] => {
  const joined: Draft[] = []
  let openEnd: number | null = null
  for (const part of parts) {
    const drafts = [...part]
    const startsAt = drafts.findIndex((draft) => isRunningText(draft, bodySize) || draft.kind !== 'paragraph')
    const begin = startsAt < 0 ? undefined : drafts[startsAt]
    const open = openEnd === null ? undefined : joined[openEnd]
    if (open && openEnd !== null && begin && startsAt === 0 && isRunningText(begin, bodySize) && goesOn(open, begin)) {
      drafts.shift()
      joined[openEnd] = {
        ...open,
        groups: [[...open.groups.flat(), ...begin.groups.flat()]],
        fillsLastLine: begin.fillsLastLine,
      }
      if (drafts.length === 0) continue
    }
    const offset = joined.length
    joined.push(...drafts)
    const lastRunning = drafts.findLastIndex((draft) => isRunningText(draft, bodySize) || draft.kind !== 'paragraph')
    if (lastRunning >= 0) openEnd = drafts[lastRunning]?.kind === 'paragraph' ? offset + lastRunning : null
  }
  return joined
}
