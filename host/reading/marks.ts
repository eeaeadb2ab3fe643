// What files begin with; nothing is loaded to look at it.
const marks: readonly { readonly bytes: readonly number[]; readonly encoding: string }[] = [
  { bytes: [0xef, 0xbb, 0xbf], encoding: 'utf-8' },
  { bytes: [0xff, 0xfe, 0, 0], encoding: 'utf-32le' },
  { bytes: [0, 0, 0xfe, 0xff], encoding: 'utf-32be' },
  { bytes: [0xff, 0xfe], encoding: 'utf-16le' },
  { bytes: [0xfe, 0xff], encoding: 'utf-16be' },
]

/** The encoding that a byte order mark at the start tells, or null. */
export const markedEncoding = (bytes: Uint8Array): string | null =>
  marks.find((mark) => mark.bytes.every((byte, index) => bytes[index] === byte))?.encoding ?? null

/** True where the bytes begin as a zip archive does. */
export const looksZipped = (bytes: Uint8Array): boolean => {
  const [p, k, third, fourth] = bytes
  return p === 0x50 && k === 0x4b && ((third === 3 && fourth === 4) || (third === 5 && fourth === 6))
}

const compoundMark = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]

/** True for the container of old Office files, in which new ones lie too where they have a password. */
export const looksCompound = (bytes: Uint8Array): boolean => compoundMark.every((byte, index) => bytes[index] === byte)
