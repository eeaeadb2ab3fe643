import {
  getDocument,
  OPS,
  PDFDataRangeTransport,
  type PDFDocumentProxy,
  type PDFPageProxy,
  PDFWorker,
  VerbosityLevel,
} from 'pdfjs-dist'
import { readOriginal } from './originalFile.ts'

/** As much as the host gives at once. */
const stretchBytes = 1024 * 1024
/** A canvas larger than this some machines cannot hold; pixels. */
const mostPixels = 16_000_000

export interface OpenPdf {
  /** Draws a page as wide as given, in CSS pixels; false where part of it cannot be drawn here. 1-based. */
  draw(page: number, canvas: HTMLCanvasElement, width: number): Promise<boolean>
  close(): void
}

/** Asks the host for what is needed of the file, and no more. */
const transportOf = (
  documentId: string,
  size: number,
  first: Uint8Array,
  onFailure: (error: unknown) => void,
): PDFDataRangeTransport => {
  const transport = new PDFDataRangeTransport(size, first)
  const fetchRange = async (begin: number, end: number) => {
    const whole = new Uint8Array(end - begin)
    for (let at = begin; at < end; ) {
      const { bytes } = await readOriginal(documentId, at)
      if (bytes.length === 0) throw new Error('The original ends before it should.')
      whole.set(bytes.subarray(0, end - at), at - begin)
      at += bytes.length
    }
    transport.onDataRange(begin, whole)
  }
  transport.requestDataRange = (begin, end) => void fetchRange(begin, end).catch(onFailure)
  return transport
}

const imageOperators: ReadonlySet<number> = new Set([
  OPS.paintImageXObject,
  OPS.paintImageMaskXObject,
  OPS.paintImageXObjectRepeat,
])

const isLoaded = (page: PDFPageProxy, id: string): boolean => {
  const store = id.startsWith('g_') ? page.commonObjs : page.objs
  return !store.has(id) || store.get(id) !== null
}

const nameOf = (argument: unknown): string | null => {
  if (typeof argument === 'string') return argument
  if (typeof argument !== 'object' || argument === null || !('data' in argument)) return null
  return typeof argument.data === 'string' ? argument.data : null
}

/** What cannot be decoded is left out in silence; a picture that is nothing, or a font that is only a word, tells. */
const isWhole = async (page: PDFPageProxy): Promise<boolean> => {
  const { fnArray, argsArray } = await page.getOperatorList()
  return fnArray.every((operator, index) => {
    const name = nameOf(argsArray[index]?.[0])
    if (name === null) return true
    if (imageOperators.has(operator)) return isLoaded(page, name)
    return operator !== OPS.setFont || !page.commonObjs.has(name) || typeof page.commonObjs.get(name) !== 'string'
  })
}

const drawPage = async (pdf: PDFDocumentProxy, at: number, canvas: HTMLCanvasElement, width: number) => {
  const page = await pdf.getPage(at)
  const natural = page.getViewport({ scale: 1 })
  const wanted = (width * window.devicePixelRatio) / natural.width
  const most = Math.sqrt(mostPixels / (natural.width * natural.height))
  const viewport = page.getViewport({ scale: Math.min(wanted, most) })
  canvas.width = Math.floor(viewport.width)
  canvas.height = Math.floor(viewport.height)
  await page.render({ canvas, viewport }).promise
  const whole = await isWhole(page)
  page.cleanup()
  return whole
}

/** Opens the original of a document. Throws what the host says, or pdf.js where it cannot be opened. */
export const openPdf = async (documentId: string): Promise<OpenPdf> => {
  const first = await readOriginal(documentId, 0)
  const port = new Worker(new URL('./pdfWorker.ts', import.meta.url), { type: 'module' })
  const worker = PDFWorker.create({ port })
  const task = getDocument({
    range: transportOf(documentId, first.size, first.bytes, () => void task.destroy()),
    rangeChunkSize: stretchBytes,
    disableAutoFetch: true,
    disableStream: true,
    worker,
    // The policy of the page allows no WebAssembly; the same decoders lie there as plain scripts.
    useWasm: false,
    wasmUrl: new URL('pdf/', document.baseURI).href,
    verbosity: VerbosityLevel.ERRORS,
  })
  const close = () => {
    void task.destroy()
    worker.destroy()
    port.terminate()
  }
  try {
    const pdf = await task.promise
    return { draw: (page, canvas, width) => drawPage(pdf, page, canvas, width), close }
  } catch (error) {
    close()
    throw error
  }
}
