import { z } from 'zod'
import { Problem } from '../../../shared/problem.ts'
import { normalise } from '../vectors/index.ts'

const answer = z.object({
  data: z.array(z.object({ index: z.int().nonnegative().optional(), embedding: z.unknown() })),
})

const bad = (what: string): Problem =>
  new Problem(
    'MODEL_BAD_ANSWER',
    `The server for search by meaning ${what}, so nothing of its answer was kept. Check its model, or set up another.`,
  )

const figures = z.array(z.number())

const parse = (body: string): z.infer<typeof answer> => {
  try {
    return answer.parse(JSON.parse(body))
  } catch {
    throw bad('answered with something else than vectors')
  }
}

/**
 * The vectors of an answer, normalised, in the order of what was asked. `dimensions` null: any size, but one for all.
 * Throws MODEL_BAD_ANSWER with a sentence where their number, order, size or figures are not as they must be.
 */
export const readVectors = (body: string, asked: number, dimensions: number | null): Float32Array[] => {
  const { data } = parse(body)
  if (data.length !== asked) throw bad(`answered with ${data.length} vectors for ${asked} texts`)
  const inOrder = new Map(data.map((item, at) => [item.index ?? at, item]))
  let size = dimensions
  return Array.from({ length: asked }, (_, at) => {
    const item = inOrder.get(at)
    if (item === undefined) throw bad('did not say which vector belongs to which text')
    const row = figures.safeParse(item.embedding)
    if (!row.success) throw bad('answered with a vector that is not made of numbers')
    size ??= row.data.length
    if (row.data.length !== size) {
      throw bad(`answered with vectors of ${row.data.length} figures where ${size} were agreed`)
    }
    const vector = normalise(row.data)
    if (vector === null) throw bad('answered with an empty or infinite vector')
    return vector
  })
}
