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

// Bounded, because a chain of causes may be a circle.
const longestChain = 8

/** The codes that an error and what caused it carry, outermost first: libraries wrap what the disk said. */
export const failureCodes = (error: unknown): string[] => {
  const codes: string[] = []
  let next = error
  for (let depth = 0; depth < longestChain && next instanceof Error; depth += 1) {
    if ('code' in next) codes.push(String(next.code))
    next = next.cause
  }
  return codes
}

/** True where any of these codes tells that the disk took nothing more. */
export const tellsFullDisk = (codes: readonly string[]): boolean =>
  codes.some((code) => code === 'SQLITE_FULL' || code === 'ENOSPC' || code === 'EDQUOT')

/** Turns anything thrown into a Problem; what is not understood becomes INTERNAL, without its own words. */
export const toProblem = (error: unknown): Problem => {
  if (error instanceof Problem) return error
  const codes = failureCodes(error)
  const any = (is: (code: string) => boolean) => codes.some(is)
  if (tellsFullDisk(codes)) return new Problem('DISK_FULL', undefined, { cause: error })
  if (any((code) => code.startsWith('SQLITE_READONLY') || ['EROFS', 'EACCES', 'EPERM'].includes(code))) {
    return new Problem('READ_ONLY', undefined, { cause: error })
  }
  if (any((code) => code.startsWith('SQLITE_CORRUPT'))) {
    return new Problem('DATABASE_DAMAGED', undefined, { cause: error })
  }
  if (any((code) => code === 'SQLITE_NOTADB')) return new Problem('DATABASE_FOREIGN', undefined, { cause: error })
  return new Problem('INTERNAL', undefined, { cause: error })
}
