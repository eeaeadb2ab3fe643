import { createRequire } from 'node:module'
import { openRecogniser, type RecognisedParagraph, type Recogniser } from '../ocr.ts'
import { type OpenPdf, openPdf, type PdfPage } from './library.ts'

/** What came of a page without text of its own. */
export type PictureText =
  | { readonly kind: 'blank' }
  | { readonly kind: 'unread' }
  | { readonly kind: 'read'; readonly paragraphs: readonly RecognisedParagraph[] }

export interface PictureReader {
  /** `letters`: how much text the page has of its own; `isGarbled`: what it has cannot be understood. */
  readonly read: (pageNumber: number, letters: number, isGarbled: boolean) => Promise<PictureText>
  readonly close: () => Promise<void>
}

const dotsPerInch = 200
const mostPixels = 12_000_000
const largestImage = 60_000_000
const lowestConfidence = 35

const { createCanvas }: typeof import('@napi-rs/canvas') = createRequire(import.meta.url)('@napi-rs/canvas')

const multiply = (m: readonly number[], n: readonly number[]): number[] => {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = m
  const [g = 1, h = 0, i = 0, j = 1, k = 0, l = 0] = n
  return [a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f]
}

interface Ink {
  /** Part of the page, 0 to 1, that pictures cover. */
  readonly pictures: number
  readonly outlines: number
}

/** What a page draws besides text. */
const measureInk = async (page: PdfPage): Promise<Ink> => {
  const { OPS } = await import('pdfjs-dist/legacy/build/pdf.mjs')
  const { fnArray, argsArray } = await page.getOperatorList()
  const [left = 0, bottom = 0, right = 1, top = 1] = page.view
  const area = Math.max(1, (right - left) * (top - bottom))
  const images = new Set<number>([
    OPS.paintImageXObject,
    OPS.paintInlineImageXObject,
    OPS.paintImageMaskXObject,
    OPS.paintImageMaskXObjectGroup,
    OPS.paintImageXObjectRepeat,
    OPS.paintImageMaskXObjectRepeat,
    OPS.paintInlineImageXObjectGroup,
  ])
  const stack: number[][] = []
  let matrix = [1, 0, 0, 1, 0, 0]
  let pictures = 0
  let outlines = 0
  fnArray.forEach((operation: number, index: number) => {
    const args: unknown = argsArray[index]
    const numbers = (value: unknown): number[] =>
      Array.isArray(value) || ArrayBuffer.isView(value) ? Array.from(value as ArrayLike<number>) : []
    if (operation === OPS.save) stack.push(matrix)
    else if (operation === OPS.restore || operation === OPS.paintFormXObjectEnd) matrix = stack.pop() ?? matrix
    else if (operation === OPS.transform) matrix = multiply(matrix, numbers(args))
    else if (operation === OPS.paintFormXObjectBegin) {
      stack.push(matrix)
      const own = Array.isArray(args) ? numbers(args[0]) : []
      if (own.length === 6) matrix = multiply(matrix, own)
    } else if (operation === OPS.constructPath) outlines += 1
    else if (images.has(operation)) {
      const [a = 1, b = 0, c = 0, d = 1] = matrix
      pictures += Math.abs(a * d - b * c) / area
    }
  })
  return { pictures, outlines }
}

const render = async (page: PdfPage): Promise<Uint8Array> => {
  const natural = page.getViewport({ scale: 1 })
  const wanted = dotsPerInch / 72
  const scale = Math.min(wanted, Math.sqrt(mostPixels / Math.max(1, natural.width * natural.height)))
  const viewport = page.getViewport({ scale })
  const canvas = createCanvas(Math.max(1, Math.ceil(viewport.width)), Math.max(1, Math.ceil(viewport.height)))
  const target = canvas as unknown as HTMLCanvasElement
  await page.render({ canvas: target, viewport, background: 'white' }).promise
  return canvas.toBuffer('image/png')
}

/** A page counts as a picture when pictures make up most of it, or when it has no text but draws something sizeable. */
const isPicture = ({ pictures, outlines }: Ink, letters: number): boolean =>
  letters === 0 ? pictures > 0.03 || outlines > 300 : pictures > 0.5

/** Reads pages that are pictures; opens the document a second time, with its pictures, at the first such page. */
export const createPictureReader = (bytes: Uint8Array, languages: readonly string[]): PictureReader => {
  let opened: Promise<OpenPdf> | undefined
  let recogniser: Promise<Recogniser> | undefined
  const recognise = async (page: PdfPage): Promise<PictureText> => {
    if (languages.length === 0) return { kind: 'unread' }
    try {
      recogniser ??= openRecogniser(languages)
      const paragraphs = await (await recogniser).recognise(await render(page))
      const sure = paragraphs.filter(
        ({ lines, confidence }) => confidence >= lowestConfidence && /[\p{L}\p{N}]{2}/u.test(lines.join(' ')),
      )
      return sure.length > 0 ? { kind: 'read', paragraphs: sure } : { kind: 'blank' }
    } catch {
      return { kind: 'unread' }
    }
  }
  return {
    read: async (pageNumber, letters, isGarbled) => {
      opened ??= openPdf(bytes, { largestImage })
      const { document } = await opened
      const page = await document.getPage(pageNumber)
      try {
        return isGarbled || isPicture(await measureInk(page), letters) ? await recognise(page) : { kind: 'blank' }
      } finally {
        page.cleanup()
      }
    },
    close: async () => {
      await recogniser?.then(({ close }) => close()).catch(() => undefined)
      await opened?.then(({ close }) => close()).catch(() => undefined)
    },
  }
}
