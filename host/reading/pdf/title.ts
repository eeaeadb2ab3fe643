import { worthyTitle } from '../tidy.ts'
import type { Line } from './lines.ts'
import type { Draft } from './paragraphs.ts'

const isPlaceholder =
  /^(?:adobe .*|sin título|sans titre|sem título|unbenannt|título|title|titel|page|scan|image|doc|pdf|folie)[\s\d_-]*$/i
const isFileName = /[\\/]|^\S*[_\d]\S*$/

/** A title from a file's own properties that a person would have written; null for names of programs and files. */
export const plausibleTitle = (raw: unknown): string | null => {
  const title = typeof raw === 'string' ? worthyTitle(raw) : null
  if (title === null || !/\p{L}.*\p{L}/u.test(title) || title.includes('\ufffd')) return null
  return isPlaceholder.test(title) || isFileName.test(title) ? null : title
}

const namesContents =
  /^(?:(?:table of )?contents|inhalt(?:sverzeichnis)?|[íi]ndice|sommaire|table des matières|sumário)$/i

const sizeOf = ({ groups }: Draft): number => groups[0]?.[0]?.size ?? 0
const pageOf = ({ groups }: Draft): number => groups[0]?.[0]?.page ?? 0

/** The lines of the largest heading on the first page; null where there is none. */
export const largestHeading = (drafts: readonly Draft[]): readonly Line[] | null => {
  const headings = drafts.filter(
    (draft) => draft.kind === 'heading' && pageOf(draft) === 1 && !namesContents.test(draft.groups[0]?.[0]?.text ?? ''),
  )
  const [first] = headings.toSorted((a, b) => sizeOf(b) - sizeOf(a))
  return first ? first.groups.flat() : null
}
