/** The vector with length 1; null where it has none, or holds a figure that is not finite. */
export const normalise = (vector: ArrayLike<number>): Float32Array | null => {
  let squares = 0
  for (let at = 0; at < vector.length; at += 1) squares += (vector[at] ?? 0) ** 2
  const length = Math.sqrt(squares)
  if (!Number.isFinite(length) || length < 1e-12) return null
  return Float32Array.from(vector, (figure) => figure / length)
}

export const dot = (a: Float32Array, b: Float32Array): number => {
  let sum = 0
  for (let at = 0; at < a.length; at += 1) sum += (a[at] ?? 0) * (b[at] ?? 0)
  return sum
}

/** 32-bit words of a row of signs; a multiple of four, because the scan takes 128 bits at a time. */
export const wordsFor = (dimensions: number): number => Math.ceil(dimensions / 128) * 4

/**
 * One bit a dimension: whether the vector lies above the centre of its space there. Without the centre, models whose
 * vectors all lean one way would give every text nearly the same bits.
 */
export const signBits = (vector: Float32Array, centre: Float32Array | null): Uint32Array => {
  const bits = new Uint32Array(wordsFor(vector.length))
  for (let at = 0; at < vector.length; at += 1) {
    if ((vector[at] ?? 0) > (centre?.[at] ?? 0)) bits[at >>> 5] = (bits[at >>> 5] ?? 0) | (1 << (at & 31))
  }
  return bits
}

/** The mean of vectors of one length; null where there are none. */
export const meanOf = (vectors: readonly Float32Array[]): Float32Array | null => {
  const [first] = vectors
  if (first === undefined) return null
  const sums = new Float64Array(first.length)
  for (const vector of vectors) {
    for (let at = 0; at < sums.length; at += 1) sums[at] = (sums[at] ?? 0) + (vector[at] ?? 0)
  }
  return Float32Array.from(sums, (sum) => sum / vectors.length)
}

/** Little-endian float32 or words of bits as they lie in the database; every platform we run on is little-endian. */
export const toBlob = (row: Float32Array | Uint32Array): Buffer =>
  Buffer.from(row.buffer, row.byteOffset, row.byteLength)

// A blob may start anywhere in memory; typed arrays must not.
const aligned = (blob: Uint8Array): Uint8Array => (blob.byteOffset % 4 === 0 ? blob : Uint8Array.from(blob))

export const vectorFromBlob = (blob: Uint8Array): Float32Array => {
  const { buffer, byteOffset, byteLength } = aligned(blob)
  return new Float32Array(buffer, byteOffset, byteLength / 4)
}

export const bitsFromBlob = (blob: Uint8Array): Uint32Array => {
  const { buffer, byteOffset, byteLength } = aligned(blob)
  return new Uint32Array(buffer, byteOffset, byteLength / 4)
}
