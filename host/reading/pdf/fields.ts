import type { Block } from '../document.ts'
import type { OpenPdf } from './library.ts'

const text = (value: unknown): string =>
  typeof value === 'string'
    ? value
        .replaceAll(/[\r\n]+/g, '\n')
        .replaceAll(/[^\S\n]+/g, ' ')
        .trim()
    : ''

const contents = (value: unknown): string =>
  typeof value === 'object' && value !== null && 'str' in value ? text(value.str) : text(value)

const isOff = (value: string): boolean => value === '' || value === 'Off'

interface Annotation {
  readonly [name: string]: unknown
}

const labelOf = ({ alternativeText, fieldName }: Annotation): string =>
  text(alternativeText) ||
  text(fieldName)
    .split('.')
    .at(-1)
    ?.replace(/\[\d+\]$/, '') ||
  ''

/** What somebody has filled in: "Name: Anna"; buttons and passwords carry nothing to read. */
const fieldLine = (annotation: Annotation): string | null => {
  if (annotation.password === true || annotation.pushButton === true || annotation.hidden === true) return null
  const label = labelOf(annotation)
  const value = annotation.fieldValue
  if (annotation.fieldType === 'Btn') {
    const chosen = text(value)
    if (annotation.radioButton === true) {
      return isOff(chosen) || chosen !== annotation.buttonValue ? null : `${label}: ${chosen}`
    }
    return annotation.checkBox === true && !isOff(chosen) ? `☑ ${label}` : null
  }
  const shown = (Array.isArray(value) ? value.map(text) : [text(value)])
    .filter(Boolean)
    .join(', ')
    .replaceAll('\n', ' ')
  if (shown === '') return null
  return label ? `${label}: ${shown}` : shown
}

const hiddenFlags = 0x02 | 0x20

const isShown = ({ annotationFlags }: Annotation): boolean =>
  typeof annotationFlags !== 'number' || (annotationFlags & hiddenFlags) === 0

const toBlocks = (annotations: readonly Annotation[], page: number): Block[] => {
  const lines = annotations.filter(({ subtype }) => subtype === 'Widget').flatMap((each) => fieldLine(each) ?? [])
  const remarks = annotations
    .filter(({ subtype }) => subtype !== 'Widget')
    .flatMap(({ contentsObj }) => contents(contentsObj) || [])
  const block = (kind: Block['kind'], content: string): Block => ({
    kind,
    level: 0,
    text: content,
    page,
    seconds: null,
  })
  const fields = lines.length > 0 ? [block('list', [...new Set(lines)].join('\n'))] : []
  return [...fields, ...[...new Set(remarks)].map((remark) => block('notes', remark.replaceAll('\n', ' ')))]
}

/**
 * Values of form fields and the text of comments, in blocks by page number. Links are left out: asking for them page by page
 * makes the library read every page's text again. `unreadable` are pages that would make the whole request fail.
 */
export const readFields = async (
  { document }: OpenPdf,
  unreadable: readonly number[],
): Promise<ReadonlyMap<number, readonly Block[]>> => {
  const { AnnotationType: kinds } = await import('pdfjs-dist/legacy/build/pdf.mjs')
  const { WIDGET, TEXT, FREETEXT, HIGHLIGHT, UNDERLINE, SQUIGGLY, STRIKEOUT, STAMP, SQUARE, CIRCLE, INK, CARET } = kinds
  const wanted = [WIDGET, TEXT, FREETEXT, HIGHLIGHT, UNDERLINE, SQUIGGLY, STRIKEOUT, STAMP, SQUARE, CIRCLE, INK, CARET]
  const found: unknown = await document
    .getAnnotationsByType(new Set(wanted), new Set(unreadable.map((number) => number - 1)))
    .catch(() => null)
  const byPage = new Map<number, Annotation[]>()
  for (const each of Array.isArray(found) ? found : []) {
    if (!isAnnotation(each) || !isShown(each) || typeof each.pageIndex !== 'number') continue
    const own = byPage.get(each.pageIndex + 1)
    if (own) own.push(each)
    else byPage.set(each.pageIndex + 1, [each])
  }
  return new Map(
    [...byPage].toSorted(([a], [b]) => a - b).map(([page, annotations]) => [page, toBlocks(annotations, page)]),
  )
}

const isAnnotation = (value: unknown): value is Annotation => typeof value === 'object' && value !== null
