const marks = /\p{Mn}/gu
const apostrophes = /[’‘ʼ`´＇‛]/gu

/** Small letters without accents, one for each character, so that places in the text stay what they are. */
export const foldAccents = (text: string): string => {
  if (/^[ -~\n]*$/.test(text)) return text.toLowerCase()
  let folded = ''
  // By code unit: anything that does not fold to exactly one stays as it is.
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at)
    if (char < '\u0080') {
      folded += char.toLowerCase()
      continue
    }
    const plain = char.replace(apostrophes, "'").normalize('NFD').replace(marks, '').toLowerCase()
    folded += plain.length === 1 ? plain : char
  }
  return folded
}
