import type { Queries } from '../../../db/sqlite.ts'
import type { Write } from '../../../db/write.ts'
import { dot, meanOf } from '../vectors/index.ts'
import {
  countVectors,
  dropOldBits,
  keepBits,
  putIntoUse,
  type Space,
  sampleSeqs,
  spaceIn,
  vectorsAt,
  withoutBits,
} from './store.ts'

const sampleSize = 2_048
const rowsAtOnce = 64
const leastForThreshold = 50

const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/**
 * The cosine above which a passage counts as being about the question: three standard deviations above what two texts
 * of this library have in common anyway. Null while there are too few to tell. Models differ widely in this.
 */
export const calibrateThreshold = (sample: readonly Float32Array[]): number | null => {
  if (sample.length < leastForThreshold) return null
  // A stride that is no neighbour's: passages side by side are about the same.
  const stride = Math.floor(sample.length / 2)
  const cosines = sample.map((vector, at) => dot(vector, sample[(at + stride) % sample.length] ?? vector))
  const mean = cosines.reduce((sum, cosine) => sum + cosine, 0) / cosines.length
  const variance = cosines.reduce((sum, cosine) => sum + (cosine - mean) ** 2, 0) / cosines.length
  return Math.min(0.95, mean + 3 * Math.sqrt(variance))
}

/**
 * Takes the centre of a space from a sample, writes the bits of all its vectors beside those that serve, and puts it
 * into use in one transaction, unless the coach gave it up meanwhile. Cut short, it leaves what serves as it was, and
 * begins anew. Nothing else may keep vectors of this space meanwhile.
 */
export const centreAndUse = async (
  { write, queries }: { readonly write: Write; readonly queries: Queries },
  space: Space,
  signal: AbortSignal,
): Promise<void> => {
  const sample: Float32Array[] = []
  const seqs = sampleSeqs(queries, space.id, sampleSize)
  for (let from = 0; from < seqs.length; from += rowsAtOnce) {
    sample.push(...vectorsAt(queries, space.id, seqs.slice(from, from + rowsAtOnce)))
    await breathe()
    signal.throwIfAborted()
  }
  // What an earlier attempt left was made with another centre.
  await dropOthers(write, space, signal)
  const next = {
    ...space,
    centre: meanOf(sample),
    centring: space.centring + 1,
    threshold: calibrateThreshold(sample),
    details: { ...space.details, centredFrom: countVectors(queries, space.id) },
  }
  for (let after = 0; ; ) {
    const rows = withoutBits(queries, next, after, rowsAtOnce)
    if (rows.length === 0) break
    write((tx) => {
      for (const { seq, vector } of rows) keepBits(tx, next, seq, vector)
    })
    after = rows.at(-1)?.seq ?? after
    await breathe()
    signal.throwIfAborted()
  }
  const isWanted = write((tx) => {
    if (spaceIn(tx.queries, space.state)?.id !== space.id) return false
    putIntoUse(tx, next)
    return true
  })
  if (!isWanted) return
  await dropOthers(write, next, signal)
}

const dropOthers = async (write: Write, space: Pick<Space, 'id' | 'centring'>, signal: AbortSignal): Promise<void> => {
  while (write((tx) => dropOldBits(tx, space, rowsAtOnce * 8))) {
    await breathe()
    signal.throwIfAborted()
  }
}
