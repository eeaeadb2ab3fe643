import type { OpenPdf } from './library.ts'

/** Which of the library's fonts are bold; text alone does not tell. */
export interface FontWeights {
  readonly isBold: (font: string) => boolean
  /** Notes how many whole rows of a page are set in which fonts. */
  readonly meet: (page: number, rows: ReadonlyMap<string, number>) => void
  /** Looks up the fonts met since the last time, on as few pages as possible. */
  readonly learn: (pdf: OpenPdf) => Promise<void>
}

// A look-up costs about as much as reading the page again.
const mostLookups = 12
const boldNames = /bold|black|heavy|demi|[-,]bd\b|medi\b|(?:cm|sf|ec|lm)\w*bx\d/i

const describesBold = (font: unknown): boolean => {
  if (typeof font !== 'object' || font === null) return false
  if (('bold' in font && font.bold === true) || ('black' in font && font.black === true)) return true
  return 'name' in font && typeof font.name === 'string' && boldNames.test(font.name)
}

export const createFontWeights = (): FontWeights => {
  const weights = new Map<string, boolean>()
  let met = new Map<string, number>()
  let unknown = new Map<number, ReadonlySet<string>>()

  const lookUp = async ({ document }: OpenPdf, number: number, fonts: ReadonlySet<string>): Promise<void> => {
    const page = await document.getPage(number)
    await page.getOperatorList()
    for (const font of fonts) {
      const found: unknown = page.commonObjs.has(font) ? page.commonObjs.get(font) : null
      weights.set(font, describesBold(found))
    }
    page.cleanup()
  }

  return {
    isBold: (font) => weights.get(font) === true,
    meet: (page, rows) => {
      for (const [font, count] of rows) met.set(font, (met.get(font) ?? 0) + count)
      const own = new Set([...rows.keys()].filter((font) => !weights.has(font)))
      if (own.size > 0) unknown.set(page, own)
    },
    learn: async (pdf) => {
      const pages = unknown
      unknown = new Map()
      // What most rows are set in is what others stand out from.
      const usual = [...met].toSorted(([, a], [, b]) => b - a)[0]?.[0]
      if (usual !== undefined && !weights.has(usual)) weights.set(usual, false)
      met = new Map()
      for (let lookups = 0; lookups < mostLookups; lookups += 1) {
        const news = ([, fonts]: [number, ReadonlySet<string>]) =>
          [...fonts].filter((font) => !weights.has(font)).length
        const best = [...pages].reduce<[number, ReadonlySet<string>] | null>(
          (most, each) => (news(each) > (most ? news(most) : 0) ? each : most),
          null,
        )
        if (!best) return
        for (const font of best[1]) weights.set(font, false)
        await lookUp(pdf, best[0], best[1]).catch(() => undefined)
      }
    },
  }
}
