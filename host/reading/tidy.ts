const ligatures: Readonly<Record<string, string>> = {
  ﬀ: 'ff',
  ﬁ: 'fi',
  ﬂ: 'fl',
  ﬃ: 'ffi',
  ﬄ: 'ffl',
  ﬅ: 'st',
  ﬆ: 'st',
}

// Soft hyphens, zero-width and direction marks, and the tag characters in which text can be hidden from a person.
const unseen = /[\u{ad}\u{200b}\u{2060}\u{feff}\u{202a}-\u{202e}\u{2066}-\u{2069}\u{e0000}-\u{e007f}]/gu
// A single space needs no change, and nearly all white space is that.
const white = /[\s\p{Cc}]{2,}|(?! )[\s\p{Cc}]/gu
const plain = /^[ -~]*$/u
const unspaced = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u

/** One line as a person would read it: no unseen characters, ligatures spelled out, single spaces. */
export const tidy = (text: string): string => {
  if (plain.test(text)) return text.replace(/ {2,}/gu, ' ').trim()
  return text
    .toWellFormed()
    .replace(unseen, '')
    .replace(/[ﬀ-ﬆ]/gu, (ligature) => ligatures[ligature] ?? ligature)
    .replace(white, ' ')
    .normalize('NFC')
    .trim()
}

/** Several lines, each tidied, the empty ones left out. */
export const tidyLines = (lines: readonly string[]): string =>
  lines
    .map(tidy)
    .filter((line) => line !== '')
    .join('\n')

const gap = (before: string, after: string): string =>
  unspaced.test(before.slice(-1)) && unspaced.test(after.slice(0, 1)) ? '' : ' '

/** Joins lines that were broken only for lack of room; scripts without spaces get none. */
export const joinLines = (lines: readonly string[]): string =>
  lines.map((line, index) => (index === 0 ? line : gap(lines[index - 1] ?? '', line) + line)).join('')

const worthless =
  /^(?:microsoft (?:word|powerpoint)\b.*|untitled\b.*|document ?\d*|dokument ?\d*|documento ?\d*|presentation ?\d*|powerpoint[ -]pr(?:e|ä|é)sentation|slide ?\d+|.*\.(?:docx?|pptx?|indd|pdf|x?html?|odt|pages|rtf|tex|txt|qxd))$/iu
const longestTitle = 200

/** A title worth showing, or null: programs leave names such as "Microsoft Word - Document1.docx" behind. */
export const worthyTitle = (raw: string | null | undefined): string | null => {
  const title = tidy(raw ?? '')
  return title === '' || worthless.test(title) ? null : title.slice(0, longestTitle).toWellFormed()
}
