import { setImmediate as nextTurn } from 'node:timers/promises'
import { Zip, ZipDeflate, ZipPassThrough } from 'fflate'

export interface ZipEntry {
  /** With forward slashes. */
  readonly path: string
  readonly parts: Iterable<string | Uint8Array>
  /** Pictures and sound hardly get smaller. */
  readonly isPacked?: boolean
}

const pieceLength = 64 * 1024

/** Texts joined to pieces of some size, as bytes. */
function* inPieces(parts: ZipEntry['parts']): Generator<Uint8Array, void> {
  let text = ''
  for (const part of parts) {
    if (typeof part !== 'string') {
      yield part
      continue
    }
    text += part
    if (text.length < pieceLength) continue
    yield Buffer.from(text)
    text = ''
  }
  if (text !== '') yield Buffer.from(text)
}

/** A zip archive, made while it is read: no more than a piece of it is held. Between pieces other work may run. */
export async function* zipped(entries: Iterable<ZipEntry>, madeAt: number): AsyncGenerator<Uint8Array, void> {
  const ready: Uint8Array[] = []
  const zip = new Zip((error, bytes) => {
    if (error) throw error
    ready.push(bytes)
  })
  for (const { path, parts, isPacked = false } of entries) {
    const file = isPacked ? new ZipPassThrough(path) : new ZipDeflate(path, { level: 6 })
    file.mtime = madeAt
    zip.add(file)
    for (const piece of inPieces(parts)) {
      // What is handed over is not copied, and a caller may use its buffer again.
      file.push(Uint8Array.from(piece))
      yield* ready.splice(0)
      await nextTurn()
    }
    file.push(new Uint8Array(0), true)
    yield* ready.splice(0)
  }
  zip.end()
  yield* ready.splice(0)
}
