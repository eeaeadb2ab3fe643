import { describe, expect, test } from 'vitest'
import { crashedFiles } from '../../../scripts/engineCrashes.ts'

const crash = (file: string, signal = 'SIGTRAP') => ({
  message: '[vitest-pool]: Worker forks emitted error.',
  cause: {
    message: `Worker exited unexpectedly with signal ${signal} during started state while running test file ${file}`,
  },
})
const file = (moduleId: string, fine: boolean) => ({ moduleId, ok: () => fine })

describe('a second run after the engine itself gave up', () => {
  test('is for the file it was in, once', () => {
    const errors = [crash('/p/a.test.ts'), crash('/p/a.test.ts')]
    expect(crashedFiles(errors, [file('/p/a.test.ts', false), file('/p/b.test.ts', true)])).toEqual(['/p/a.test.ts'])
  })

  test('is given for a broken access to memory and an abort of the engine as well', () => {
    expect(crashedFiles([crash('/p/a.test.ts', 'SIGSEGV')], [])).toEqual(['/p/a.test.ts'])
    expect(crashedFiles([crash('/p/a.test.ts', 'SIGABRT')], [])).toEqual(['/p/a.test.ts'])
  })

  test('is not given where another file failed', () => {
    const files = [file('/p/a.test.ts', false), file('/p/b.test.ts', false)]
    expect(crashedFiles([crash('/p/a.test.ts')], files)).toEqual([])
  })

  test('is not given where anything else went wrong too', () => {
    const errors = [crash('/p/a.test.ts'), { message: 'unhandled rejection: no such table' }]
    expect(crashedFiles(errors, [file('/p/a.test.ts', false)])).toEqual([])
    expect(crashedFiles([crash('/p/a.test.ts', 'SIGKILL')], [])).toEqual([])
    expect(crashedFiles([], [file('/p/a.test.ts', false)])).toEqual([])
  })
})
