import { DrizzleQueryError } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { toStoreProblem } from '../../../db/storeProblem.ts'
import { Problem, toProblem } from '../../../shared/problem.ts'

const withCode = (code: string, cause?: unknown) => Object.assign(new Error('from below', { cause }), { code })
const inQuery = (cause: Error) => new DrizzleQueryError('insert into messages', [], cause)

describe('what was thrown becomes a problem of the contract', () => {
  test.each([
    ['SQLITE_FULL', 'DISK_FULL'],
    ['ENOSPC', 'DISK_FULL'],
    ['SQLITE_READONLY_DBMOVED', 'READ_ONLY'],
    ['SQLITE_CORRUPT_VTAB', 'DATABASE_DAMAGED'],
    ['SQLITE_NOTADB', 'DATABASE_FOREIGN'],
    ['SQLITE_CONSTRAINT', 'INTERNAL'],
  ])('%s is %s, bare and wrapped by a query', (code, expected) => {
    expect(toProblem(withCode(code)).code).toBe(expected)
    expect(toProblem(inQuery(withCode(code))).code).toBe(expected)
    expect(toStoreProblem(inQuery(withCode(code))).code).toBe(expected)
  })

  test('a code that means nothing here hides no cause that does', () => {
    expect(toProblem(withCode('ERR_WORKER', inQuery(withCode('ENOSPC')))).code).toBe('DISK_FULL')
    expect(toStoreProblem(new Error('opening', { cause: withCode('SQLITE_CANTOPEN') })).code).toBe('READ_ONLY')
  })

  test('causes that go round in a circle come to an end', () => {
    const first = new Error('first')
    first.cause = new Error('second', { cause: first })
    expect(toProblem(first).code).toBe('INTERNAL')
  })

  test('a problem stays the one it is', () => {
    const problem = new Problem('LOCKED')
    expect(toProblem(problem)).toBe(problem)
  })
})
