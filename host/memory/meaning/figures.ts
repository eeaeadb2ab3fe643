/** At one byte a figure four times as many moments are read in the same time; a cosine moves by less than 0.001. */
const largest = 127

/** A vector as it is stored: its figures in steps of a 127th of the largest of them. */
export const toSteps = (vector: Float32Array): Buffer => {
  let most = 0
  for (const figure of vector) most = Math.max(most, Math.abs(figure))
  const steps = Int8Array.from(vector, (figure) => Math.round((figure / (most || 1)) * largest))
  return Buffer.from(steps.buffer)
}

export const stepsFrom = ({ buffer, byteOffset, byteLength }: Uint8Array): Int8Array =>
  new Int8Array(buffer, byteOffset, byteLength)

/** Cosine of a vector of length 1 and a stored one of as many figures, -1 to 1. */
export const cosineWith = (vector: Float32Array, steps: Int8Array): number => {
  let shared = 0
  let squares = 0
  for (let at = 0; at < steps.length; at += 1) {
    const step = steps[at] ?? 0
    shared += (vector[at] ?? 0) * step
    squares += step * step
  }
  return squares === 0 ? 0 : shared / Math.sqrt(squares)
}
