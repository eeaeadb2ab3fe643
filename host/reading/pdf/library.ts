import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Canvas } from '@napi-rs/canvas'
import type { PDFDocumentLoadingTask, PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist'
import { ReadingProblem } from '../problem.ts'
import { repairPageTree } from './repair.ts'

export type PdfPage = PDFPageProxy
export type PdfText = Awaited<ReturnType<PDFPageProxy['getTextContent']>>

/** An open PDF; `close` frees what it holds, also after a failure. */
export interface OpenPdf {
  readonly document: PDFDocumentProxy
  readonly close: () => Promise<void>
}

const packages = createRequire(import.meta.url)
const packageFolder = dirname(packages.resolve('pdfjs-dist/package.json'))
const dataFolders = { cMapUrl: 'cmaps', standardFontDataUrl: 'standard_fonts', wasmUrl: 'wasm' }

interface DataRequest {
  readonly kind: string
  readonly filename: string
}

// The names come from the document, so only plain file names in the package's own folders are served.
class PackageData {
  async fetch({ kind, filename }: DataRequest): Promise<Uint8Array> {
    const folder = Object.entries(dataFolders).find(([name]) => name === kind)?.[1]
    if (!folder || !/^[\w-][\w.-]*$/.test(filename)) throw new Error('There is no such data file.')
    return new Uint8Array(await readFile(join(packageFolder, folder, filename)))
  }
}

class PageCanvases {
  create(width: number, height: number) {
    const canvas = loadCanvas().createCanvas(Math.max(1, Math.ceil(width)), Math.max(1, Math.ceil(height)))
    return { canvas, context: canvas.getContext('2d') }
  }
  reset({ canvas }: { canvas: Size }, width: number, height: number): void {
    canvas.width = Math.max(1, Math.ceil(width))
    canvas.height = Math.max(1, Math.ceil(height))
  }
  getNoAlphaContext(canvas: Canvas) {
    return canvas.getContext('2d')
  }
  destroy({ canvas }: { canvas: Size }): void {
    canvas.width = 1
    canvas.height = 1
  }
}

interface Size {
  width: number
  height: number
}

const loadCanvas = (): typeof import('@napi-rs/canvas') => packages('@napi-rs/canvas')

const loadLibrary = async () => {
  const { DOMMatrix, Path2D, ImageData } = loadCanvas()
  // In Electron's utility process pdf.js takes itself to be in a browser and would miss these.
  for (const [name, value] of Object.entries({ DOMMatrix, Path2D, ImageData })) {
    if (!(name in globalThis)) Object.defineProperty(globalThis, name, { value, configurable: true, writable: true })
  }
  const library = await import('pdfjs-dist/legacy/build/pdf.mjs')
  library.GlobalWorkerOptions.workerSrc = pathToFileURL(join(packageFolder, 'legacy/build/pdf.worker.mjs')).href
  return library
}

let library: ReturnType<typeof loadLibrary> | undefined

const toProblem = (error: unknown, bytes: Uint8Array): ReadingProblem => {
  const name = error instanceof Error ? error.name : ''
  if (name === 'PasswordException') return new ReadingProblem('encrypted', { cause: error })
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 1024)).toString('latin1')
  return new ReadingProblem(head.includes('%PDF-') ? 'damaged' : 'not_that_kind', { cause: error })
}

/**
 * Opens a PDF from memory: no scripts, no network, no system fonts; character maps, fonts and decoders from the package's folder.
 * `largestImage` is the number of pixels above which pictures are left out; 1 leaves out all of them. Throws ReadingProblems.
 */
export const openPdf = async (bytes: Uint8Array, options: { largestImage: number }): Promise<OpenPdf> => {
  try {
    return await open(bytes, options)
  } catch (error) {
    const problem = toProblem(error, bytes)
    const repaired = problem.code === 'damaged' ? repairPageTree(bytes) : null
    if (!repaired) throw problem
    return open(repaired, options).catch(() => {
      throw problem
    })
  }
}

const open = async (bytes: Uint8Array, { largestImage }: { largestImage: number }): Promise<OpenPdf> => {
  library ??= loadLibrary()
  const { getDocument, VerbosityLevel } = await library
  const task: PDFDocumentLoadingTask = getDocument({
    data: bytes.slice(),
    verbosity: VerbosityLevel.ERRORS,
    cMapUrl: `${join(packageFolder, dataFolders.cMapUrl)}/`,
    standardFontDataUrl: `${join(packageFolder, dataFolders.standardFontDataUrl)}/`,
    wasmUrl: `${join(packageFolder, dataFolders.wasmUrl)}/`,
    BinaryDataFactory: PackageData,
    CanvasFactory: PageCanvases,
    useWorkerFetch: false,
    useSystemFonts: false,
    disableFontFace: true,
    isOffscreenCanvasSupported: false,
    isImageDecoderSupported: false,
    disableAutoFetch: true,
    disableStream: true,
    disableRange: true,
    enableXfa: false,
    maxImageSize: largestImage,
  })
  try {
    return { document: await task.promise, close: () => task.destroy() }
  } catch (error) {
    await task.destroy().catch(() => undefined)
    throw error
  }
}
