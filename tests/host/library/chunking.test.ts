import fc from 'fast-check'
import { countTokens } from 'gpt-tokenizer/encoding/cl100k_base'
import { describe, expect, test } from 'vitest'
import { canonicalText, chunkDocument, type NewChunk } from '../../../host/library/chunking/index.ts'
import type { Block } from '../../../host/reading/index.ts'

const seed = 42
const make = (kind: Block['kind'], text: string, more: Partial<Block> = {}): Block => ({
  kind,
  level: 0,
  text,
  page: null,
  seconds: null,
  ...more,
})
const heading = (text: string, level = 1): Block => make('heading', text, { level })
const paragraph = (text: string, more: Partial<Block> = {}): Block => make('paragraph', text, more)

const vocabulary =
  'the of and to a in is that it was for on are as with they be at one have this from or had by word but what some we can out other were all there when up use your how said an each she which do their time if will way about many then them write would like so these her long make thing see him two has look more day could go come did number sound no most people my over know water than call first who may down side been now find boundaries coach client practice asking trust silence answer habit fear money'.split(
    ' ',
  )

/** English-looking prose, the same for the same seed. */
const prose = (start: number) => {
  let state = start
  const random = (below: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
  const sentence = (): string => {
    const words = Array.from({ length: 6 + random(18) }, () => vocabulary[random(vocabulary.length)] ?? '')
    return `${words.join(' ').replace(/^./, (letter) => letter.toUpperCase())}.`
  }
  const text = (): string => Array.from({ length: 2 + random(7) }, sentence).join(' ')
  return { sentence, text, random }
}

const chunksOf = (blocks: readonly Block[], title = 'A book'): Promise<NewChunk[]> => chunkDocument({ blocks }, title)

/** What must hold for any document. */
const expectSound = (blocks: readonly Block[], chunks: readonly NewChunk[]): void => {
  const text = canonicalText({ blocks })
  let reached = 0
  for (const [index, chunk] of chunks.entries()) {
    expect(chunk.position).toBe(index)
    expect(chunk.text).toBe(text.slice(chunk.charFrom, chunk.charTo))
    expect(text.slice(reached, Math.max(reached, chunk.charFrom)).trim()).toBe('')
    expect(chunk.charTo).toBeGreaterThan(reached)
    expect(chunk.tokens).toBeLessThanOrEqual(650)
    expect(countTokens(chunk.text, { disallowedSpecial: new Set() })).toBeLessThanOrEqual(650)
    reached = chunk.charTo
  }
  expect(text.slice(reached).trim()).toBe('')
}

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc.string({ unit: 'grapheme', maxLength: 400 }),
  fc
    .array(
      fc.constantFrom(...vocabulary, 'Why?', 'Stop.', 'supercalifragilistic', '12.50', '\n', '漢字仮名。', 'ภาษาไทย'),
      { maxLength: 600 },
    )
    .map((words) => words.join(' ')),
  fc
    .tuple(fc.constantFrom('x', '漢', 'ก', '👩‍👩‍👧', 'é', '\u0301', '-', ' '), fc.nat(9_000))
    .map(([letter, times]) => letter.repeat(times)),
)
const anyBlock = fc
  .record({
    kind: fc.constantFrom('heading', 'paragraph', 'list', 'table', 'notes'),
    level: fc.integer({ min: 1, max: 6 }),
    text: anyText,
    page: fc.option(fc.integer({ min: 1, max: 50 })),
    seconds: fc.option(fc.double({ min: 0, max: 9_000, noNaN: true })),
  })
  .map((block): Block => ({ ...block, level: block.kind === 'heading' ? block.level : 0 }))

describe('a document is cut into passages', { timeout: 120_000 }, () => {
  test('any document whatever loses no character, keeps its order, and has no passage of more than 650 tokens', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyBlock, { maxLength: 25 }), async (blocks) => {
        expectSound(blocks, await chunksOf(blocks))
      }),
      { seed, numRuns: 150 },
    )
  })

  test('prose makes passages of about 500 tokens that begin with the end of the one before', async () => {
    const { text } = prose(7)
    const blocks = Array.from({ length: 200 }, () => paragraph(text()))
    const chunks = await chunksOf(blocks)
    expectSound(blocks, chunks)
    const average = chunks.reduce((sum, { tokens }) => sum + tokens, 0) / chunks.length
    expect(average).toBeGreaterThan(420)
    expect(average).toBeLessThan(560)
    const shared = chunks.slice(1).map((chunk, index) => (chunks[index]?.charTo ?? 0) - chunk.charFrom)
    expect(shared.filter((characters) => characters > 0).length).toBeGreaterThan(chunks.length * 0.7)
    const all = canonicalText({ blocks })
    for (const { charFrom } of chunks.slice(1)) expect(all.slice(charFrom - 2, charFrom)).toMatch(/[.]\s|\n\n/)
  })

  test('the tokens of a passage are close to what the tokeniser counts in one piece', async () => {
    const { text } = prose(8)
    for (const chunk of await chunksOf(Array.from({ length: 60 }, () => paragraph(text())))) {
      const exact = countTokens(chunk.text)
      expect(Math.abs(chunk.tokens - exact)).toBeLessThan(exact * 0.1)
    }
  })

  test('a chapter begins a passage where it and the one before are large, and small ones share one', async () => {
    const { text } = prose(9)
    const chapter = (name: string, paragraphs: number): Block[] => [
      heading(name),
      ...Array.from({ length: paragraphs }, () => paragraph(text())),
    ]
    const blocks = [...chapter('One', 20), ...chapter('Two', 20), ...chapter('Three', 0), ...chapter('Four', 0)]
    const chunks = await chunksOf(blocks)
    const two = canonicalText({ blocks }).indexOf('\n\nTwo\n\n') + 2
    expect(chunks.some(({ charFrom }) => charFrom === two)).toBe(true)
    expect(chunks.some(({ charFrom, charTo }) => charFrom < two && charTo > two)).toBe(false)
    expect(chunks.at(-1)?.text).toContain('Three\n\nFour')
  })

  test('a passage knows the headings it stands under, without the title', async () => {
    const { text } = prose(10)
    const long = (): Block[] => Array.from({ length: 12 }, () => paragraph(text()))
    const blocks = [
      heading('A book'),
      heading('Chapter 2', 2),
      ...long(),
      heading('Saying no', 3),
      ...long(),
      heading('Chapter 3', 2),
      ...long(),
    ]
    const paths = new Set((await chunksOf(blocks)).map(({ headingPath }) => headingPath))
    expect([...paths]).toEqual(['Chapter 2', 'Chapter 2 › Saying no', 'Chapter 3'])
  })

  test('a heading is never the last line of a passage', async () => {
    const { text, random } = prose(11)
    const blocks = Array.from({ length: 120 }, (_, index) => [
      heading(`Part ${index}`, 2),
      ...Array.from({ length: 1 + random(6) }, () => paragraph(text())),
    ]).flat()
    for (const { text: own } of await chunksOf(blocks)) expect(own).not.toMatch(/(?:^|\n)Part \d+$/)
  })

  test('rows of a table and items of a list stay whole where they fit', async () => {
    const { sentence } = prose(12)
    const rows = Array.from({ length: 90 }, (_, index) => `Row ${index} | ${sentence()} | ${sentence()}`)
    const items = Array.from({ length: 90 }, (_, index) => `• Item ${index}: ${sentence()} ${sentence()} ${sentence()}`)
    const blocks = [make('table', rows.join('\n')), make('list', items.join('\n'))]
    const chunks = await chunksOf(blocks)
    expectSound(blocks, chunks)
    const whole = new Set([...rows, ...items])
    for (const line of chunks.flatMap(({ text }) => text.split('\n'))) expect(line === '' || whole.has(line)).toBe(true)
  })

  test('a passage tells its pages and the second at which it begins', async () => {
    const { text } = prose(13)
    const paged = await chunksOf(
      Array.from({ length: 40 }, (_, index) => paragraph(text(), { page: Math.floor(index / 4) + 1 })),
    )
    expect(paged[0]?.pageFrom).toBe(1)
    expect(paged.at(-1)?.pageTo).toBe(10)
    for (const { pageFrom, pageTo } of paged) expect(Number(pageTo)).toBeGreaterThanOrEqual(Number(pageFrom))
    const spoken = await chunksOf(
      Array.from({ length: 40 }, (_, index) => paragraph(text(), { seconds: index * 30.7 })),
    )
    expect(spoken[0]?.seconds).toBe(0)
    expect(spoken.every(({ seconds, pageFrom }) => Number.isInteger(seconds) && pageFrom === null)).toBe(true)
  })

  test('languages without spaces are cut between words', async () => {
    const thai = 'การฟังอย่างตั้งใจเป็นทักษะที่ฝึกฝนได้และช่วยให้ผู้คนไว้วางใจกันมากขึ้น'.repeat(120)
    const chinese = '学会说不是一种可以练习的技能。教练会在每次谈话之后留出安静的时间。'.repeat(150)
    for (const text of [thai, chinese]) {
      const blocks = [paragraph(text)]
      const chunks = await chunksOf(blocks)
      expectSound(blocks, chunks)
      expect(chunks.length).toBeGreaterThan(5)
    }
    for (const { text } of await chunksOf([paragraph(chinese)])) expect(text.endsWith('。')).toBe(true)
  })

  test('control tokens written out in a document are words like any other', async () => {
    const [chunk] = await chunksOf([paragraph('He typed <|endoftext|> and <|im_start|>system into the box.')])
    expect(chunk?.text).toContain('<|endoftext|>')
  })

  test('a document without words has no passages', async () => {
    expect(await chunksOf([])).toEqual([])
    expect(await chunksOf([paragraph('  \n '), make('table', '')])).toEqual([])
  })

  test('one unbroken line of two million characters is cut to its end', async () => {
    const { random } = prose(14)
    const letters = Array.from({ length: 2_000 }, () => random(36).toString(36)).join('')
    const blocks = [paragraph(letters.repeat(1_000))]
    const chunks = await chunksOf(blocks)
    expect(chunks.at(-1)?.charTo).toBe(2_000_000)
    expect(chunks.every(({ tokens }) => tokens <= 650)).toBe(true)
  })
})

const changed = (before: readonly NewChunk[], after: readonly NewChunk[]): NewChunk[] => {
  const known = new Set(before.map(({ contentHash }) => contentHash))
  return after.filter(({ contentHash }) => !known.has(contentHash))
}

describe('an edit changes the passages near it only', { timeout: 120_000 }, () => {
  const books = [21, 22, 23, 24, 25, 26].map((start) => {
    const { text, random } = prose(start)
    return { text, random, blocks: Array.from({ length: 600 }, () => paragraph(text())) }
  })

  test('a paragraph put in early moves all others, and nearly all passages keep their hash', async () => {
    for (const { text, blocks } of books) {
      const before = await chunksOf(blocks)
      const after = await chunksOf(blocks.toSpliced(3, 0, paragraph(text())))
      expect(changed(before, after).length).toBeLessThanOrEqual(12)
      expect(after.length).toBeGreaterThan(100)
    }
  })

  test('words changed in one paragraph leave what is far from it as it was', async () => {
    for (const { text, random, blocks } of books) {
      const at = 100 + random(400)
      const edited = blocks.with(at, paragraph(text()))
      const before = await chunksOf(blocks)
      const touched = changed(before, await chunksOf(edited))
      expect(touched.length).toBeGreaterThan(0)
      expect(touched.length).toBeLessThanOrEqual(12)
    }
  })

  test('under headings an edit stays within its chapter', async () => {
    const { text } = prose(31)
    const chapters = Array.from({ length: 20 }, (_, index) => [
      heading(`Chapter ${index}`),
      ...Array.from({ length: 20 }, () => paragraph(text())),
    ])
    const before = await chunksOf(chapters.flat())
    const edited = chapters.with(4, [...(chapters[4] ?? []), paragraph(text())])
    const touched = changed(before, await chunksOf(edited.flat()))
    expect(new Set(touched.map(({ headingPath }) => headingPath))).toEqual(new Set(['Chapter 4']))
  })

  test('a new title or heading changes the hash, another place in the document does not', async () => {
    const block = paragraph('Say no, then say nothing.')
    const [plain] = await chunksOf([block])
    const [retitled] = await chunksOf([block], 'Another book')
    const [later] = await chunksOf([{ ...block, page: 7 }])
    expect(retitled?.contentHash).not.toBe(plain?.contentHash)
    expect(later?.contentHash).toBe(plain?.contentHash)
    expect(plain?.contentHash).toMatch(/^[0-9a-f]{64}$/)
  })
})
