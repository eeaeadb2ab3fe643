import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { gunzipSync } from 'node:zlib'

/** A paragraph on a picture, line by line; `confidence` is tesseract's, 0 to 100. */
export interface RecognisedParagraph {
  readonly lines: readonly string[]
  readonly confidence: number
}

export interface Recogniser {
  /** Reads a PNG or JPEG picture; paragraphs in reading order. */
  readonly recognise: (picture: Uint8Array) => Promise<RecognisedParagraph[]>
  readonly close: () => Promise<void>
}

const packages = createRequire(import.meta.url)

const dataFolder = (language: string): string => {
  if (!/^[a-z]{3}$/.test(language)) throw new Error('That is not the code of a language.')
  return join(dirname(packages.resolve(`@tesseract.js-data/${language}/package.json`)), '4.0.0_best_int')
}

/**
 * Starts text recognition with language data from the installed packages; nothing is downloaded or written to disk.
 * Throws where a language has no data.
 */
export const openRecogniser = async (languages: readonly string[]): Promise<Recogniser> => {
  const [first, ...others] = languages
  if (!first) throw new Error('Text recognition needs a language.')
  const more = await Promise.all(
    others.map(async (language) => {
      const packed = await readFile(join(dataFolder(language), `${language}.traineddata.gz`))
      return [`${language}.traineddata`, new Uint8Array(gunzipSync(packed))] as const
    }),
  )
  const { createWorker, OEM } = (await import('tesseract.js')).default
  const libraryFolder = dirname(packages.resolve('tesseract.js/package.json'))
  // The library leaves its own promise open when it cannot load, so the error handler has to end the wait.
  let failed: (error: Error) => void = () => undefined
  const failure = new Promise<never>((_, reject) => {
    failed = reject
  })
  failure.catch(() => undefined)
  // The library keeps this very list to know which languages it need not fetch.
  const loaded = [first]
  const worker = await Promise.race([
    createWorker(loaded, OEM.LSTM_ONLY, {
      workerPath: join(libraryFolder, 'src/worker-script/node/index.js'),
      langPath: dataFolder(first),
      cacheMethod: 'none',
      gzip: true,
      errorHandler: (reason: unknown) => failed(new Error(String(reason))),
    }),
    failure,
  ])
  if (more.length > 0) {
    for (const [name, data] of more) await worker.FS('writeFile', [name, data])
    loaded.push(...others)
    await worker.reinitialize(languages.join('+'), OEM.LSTM_ONLY)
  }
  // Without it tesseract guesses the resolution and writes its guess to the console.
  await worker.setParameters({ user_defined_dpi: '200' })
  return {
    recognise: async (picture) => {
      const { data } = await worker.recognize(Buffer.from(picture), { rotateAuto: true }, { text: false, blocks: true })
      return (data.blocks ?? []).flatMap(({ paragraphs }) =>
        paragraphs.map(({ lines, confidence }) => ({
          lines: lines.map(({ text }) => text.trim()).filter(Boolean),
          confidence,
        })),
      )
    },
    close: async () => {
      await worker.terminate()
    },
  }
}
