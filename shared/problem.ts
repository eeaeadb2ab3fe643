import { type ProblemCode, problems } from './contract/problems.ts'

/** A failure with a code of the contract and a sentence a coach can act on. */
export class Problem extends Error {
  readonly code: ProblemCode
  constructor(code: ProblemCode, sentence: string = problems[code].message, options?: ErrorOptions) {
    super(sentence, options)
    this.name = 'Problem'
    this.code = code
  }
}

/** Turns anything thrown into a Problem; what is not understood becomes INTERNAL, without its own words. */
export const toProblem = (error: unknown): Problem => {
  if (error instanceof Problem) return error
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (code === 'SQLITE_FULL' || code === 'ENOSPC' || code === 'EDQUOT')
    return new Problem('DISK_FULL', undefined, { cause: error })
  if (code.startsWith('SQLITE_READONLY') || code === 'EROFS' || code === 'EACCES' || code === 'EPERM') {
    return new Problem('READ_ONLY', undefined, { cause: error })
  }
  if (code.startsWith('SQLITE_CORRUPT')) return new Problem('DATABASE_DAMAGED', undefined, { cause: error })
  if (code === 'SQLITE_NOTADB') return new Problem('DATABASE_FOREIGN', undefined, { cause: error })
  return new Problem('INTERNAL', undefined, { cause: error })
}
