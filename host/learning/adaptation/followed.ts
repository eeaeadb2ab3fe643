import type { Move } from '../../../shared/taxonomy/learning.ts'
import { viewTurn } from '../analysis/index.ts'
import { phraseKey } from '../profile/index.ts'
import type { LearnedLine } from './lines.ts'

/** Of a structure, so much has to come, in order, for an answer to follow it. */
const leastFollowed = 0.6

/** The longest common subsequence of two rows of moves. */
const inCommon = (wanted: readonly Move[], done: readonly Move[]): number => {
  let row = new Array<number>(done.length + 1).fill(0)
  for (const move of wanted) {
    const next = [0]
    for (const [index, other] of done.entries())
      next.push(move === other ? (row[index] ?? 0) + 1 : Math.max(row[index + 1] ?? 0, next[index] ?? 0))
    row = next
  }
  return row.at(-1) ?? 0
}

/** Whether an answer is built like a structure. */
const follows = (text: string, structure: readonly Move[]): boolean =>
  structure.length > 0 && inCommon(structure, viewTurn(text, []).structure) / structure.length >= leastFollowed

/** What was learned that an answer follows, and how well it went so far; the one trusted most where there are several. */
export interface Proven {
  readonly label: string
  readonly effectiveness: number
}

export const provenIn = (text: string, lines: readonly LearnedLine[]): Proven | null => {
  const found = lines.find(
    ({ structure, effectiveness }) =>
      structure !== undefined && effectiveness !== undefined && follows(text, structure),
  )
  return found?.effectiveness === undefined ? null : { label: found.label, effectiveness: found.effectiveness }
}

/** Of what was learned and given, what the words that went out make use of; style and rules colour every word. */
export const usedOf = (
  text: string,
  lines: readonly Pick<LearnedLine, 'kind' | 'id' | 'text' | 'structure'>[],
): string[] => {
  const said = ` ${phraseKey(text)} `
  return lines
    .filter(({ kind, text: line, structure }) => {
      if (kind === 'phrase') return said.includes(` ${phraseKey(line)} `)
      if (structure !== undefined) return follows(text, structure)
      return kind === 'style' || kind === 'rule'
    })
    .map(({ id }) => id)
}
