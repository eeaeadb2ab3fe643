import { ORPCError } from '@orpc/client'
import { isProblemCode, type ProblemCode, problems } from '../../shared/contract/problems.ts'
import { ConnectionLost } from './connection.ts'

/** The code of a typed failure of the host; undefined for anything else. */
export const problemCode = (error: unknown): ProblemCode | undefined =>
  error instanceof ORPCError && isProblemCode(error.code) ? error.code : undefined

/** The sentence a coach reads for whatever a request threw. */
export const problemSentence = (error: unknown): string => {
  if (error instanceof ConnectionLost) return error.message
  const code = problemCode(error)
  if (code && error instanceof Error) return error.message || problems[code].message
  if (error instanceof ORPCError && error.code === 'BAD_REQUEST') return problems.INVALID_INPUT.message
  return problems.INTERNAL.message
}
