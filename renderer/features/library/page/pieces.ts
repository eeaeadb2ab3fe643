import type { queries } from '../../../transport/console.ts'

export type PageShown = Awaited<ReturnType<typeof queries.library.page.call>>
export type Block = PageShown['blocks'][number]
export type Piece = Block['pieces'][number]

/** A text cut into its lines, with what is marked in each. */
export const linesOf = (pieces: readonly Piece[]): readonly (readonly Piece[])[] => {
  const lines: Piece[][] = [[]]
  for (const { text, marked } of pieces) {
    for (const [index, line] of text.split('\n').entries()) {
      if (index > 0) lines.push([])
      if (line !== '') lines.at(-1)?.push({ text: line, marked })
    }
  }
  return lines.filter((line) => line.length > 0)
}
