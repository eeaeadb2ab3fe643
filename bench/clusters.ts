import { seededRandom } from '../tests/soak/random.ts'

/** Standard normal figures from uniform ones; Box and Muller, 1958. */
export const gaussian = (random: () => number): (() => number) => {
  let spare: number | null = null
  return () => {
    if (spare !== null) {
      const kept = spare
      spare = null
      return kept
    }
    const radius = Math.sqrt(-2 * Math.log(1 - random()))
    const angle = 2 * Math.PI * random()
    spare = radius * Math.sin(angle)
    return radius * Math.cos(angle)
  }
}

/** Vectors around Gaussian centres with 0.9 noise a dimension, normalised; the same seed gives the same ones. */
export const clusteredVectors = ({ dimensions, seed }: { dimensions: number; seed: number }) => {
  const random = seededRandom(seed)
  const normal = gaussian(random)
  const centres = Array.from({ length: 1_000 }, () => Float32Array.from({ length: dimensions }, normal))
  return (): Float32Array => {
    const centre = centres[Math.floor(random() * centres.length)] ?? new Float32Array(dimensions)
    const vector = new Float32Array(dimensions)
    let squares = 0
    for (let at = 0; at < dimensions; at += 1) {
      const figure = (centre[at] ?? 0) + 0.9 * normal()
      vector[at] = figure
      squares += figure * figure
    }
    const length = Math.sqrt(squares)
    for (let at = 0; at < dimensions; at += 1) vector[at] = (vector[at] ?? 0) / length
    return vector
  }
}
