import { failureCodes, Problem, toProblem } from '../shared/problem.ts'

const notWritable: ReadonlySet<string> = new Set(['SQLITE_CANTOPEN', 'ENOTDIR', 'EEXIST', 'ENOENT', 'EISDIR'])

/** Turns a failure of the database or the disk into a Problem with the exact code of the contract. */
export const toStoreProblem = (error: unknown): Problem => {
  if (error instanceof Problem) return error
  const codes = failureCodes(error)
  if (codes.includes('NEWER_DATABASE')) return new Problem('NEWER_DATABASE', undefined, { cause: error })
  if (codes.some((code) => notWritable.has(code))) return new Problem('READ_ONLY', undefined, { cause: error })
  return toProblem(error)
}
