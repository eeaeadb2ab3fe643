import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { showParagraph, writePdf } from '../../fixtures/pdf.ts'

const words =
  'way step calm word story morning answer choice change breath friend question habit courage value limit'.split(' ')

const sentence = (random: () => number): string =>
  `${Array.from({ length: 6 + Math.floor(random() * 10) }, () => words[Math.floor(random() * words.length)]).join(' ')}.`

const paragraph = (random: () => number): string => Array.from({ length: 6 }, () => sentence(random)).join(' ')

const makers: Readonly<Record<string, (random: () => number) => string | Uint8Array>> = {
  md: (random) =>
    Array.from({ length: 12 }, (_, index) => `## Part ${index}\n\n${paragraph(random)}\n\n${paragraph(random)}`).join(
      '\n\n',
    ),
  txt: (random) => Array.from({ length: 20 }, () => paragraph(random)).join('\n\n'),
  html: (random) =>
    `<title>${sentence(random)}</title><main><h1>${sentence(random)}</h1>${Array.from({ length: 15 }, () => `<p>${paragraph(random)}</p>`).join('')}</main>`,
  vtt: (random) =>
    `WEBVTT\n\n${Array.from({ length: 40 }, (_, index) => `00:${String(index).padStart(2, '0')}:00.000 --> 00:${String(index).padStart(2, '0')}:05.000\n${sentence(random)}`).join('\n\n')}`,
  pdf: (random) =>
    writePdf({
      pages: Array.from({ length: 8 }, () => ({
        content: showParagraph(paragraph(random), { x: 72, y: 760, width: 440 }),
      })),
    }),
  // What cannot be read must end the same way too.
  docx: () => 'this is no Word file',
}

/** Writes about two documents for every kill, in folders, some the same under two names; returns how many. */
export const writeMixedFolder = async (folder: string, kills: number, random: () => number): Promise<number> => {
  const endings = Object.keys(makers)
  const count = Math.max(12, kills * 4)
  for (let index = 0; index < count; index += 1) {
    const ending = endings[index % endings.length] ?? 'md'
    const within = join(folder, `Week ${index % 7}`)
    mkdirSync(within, { recursive: true })
    const made = makers[ending]?.(random) ?? ''
    writeFileSync(join(within, `document ${index}.${ending}`), made)
  }
  return count
}
