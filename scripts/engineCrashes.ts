import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** The file that a worker of the test runner was in when the engine itself gave up, or null for any other error. */
export const fileInCrash = (message: string): string | null =>
  /Worker exited unexpectedly with signal SIG(?:TRAP|SEGV|ABRT) .*while running test file (.+\.test\.tsx?)/.exec(
    message,
  )?.[1] ?? null

interface UnhandledError {
  readonly message: string
  readonly cause?: unknown
}

interface FinishedFile {
  readonly moduleId: string
  ok(): boolean
}

const causeOf = ({ cause }: UnhandledError): string =>
  typeof cause === 'object' && cause !== null && 'message' in cause ? String(cause.message) : ''

/** Files to run once more: those of engine crashes, and none at all where anything else went wrong. */
export const crashedFiles = (errors: readonly UnhandledError[], files: readonly FinishedFile[]): string[] => {
  const crashed = errors.map((error) => fileInCrash(error.message) ?? fileInCrash(causeOf(error)))
  const names = crashed.filter((name) => name !== null)
  const othersAreFine = files.every((file) => file.ok() || names.includes(file.moduleId))
  return names.length === errors.length && othersAreFine ? [...new Set(names)] : []
}

/** A reporter that leaves the crashed files behind, a line each, at the path in CRASHED_FILES. */
export default class EngineCrashes {
  onTestRunEnd(files: readonly FinishedFile[], errors: readonly UnhandledError[]): void {
    const path = process.env.CRASHED_FILES ?? ''
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, crashedFiles(errors, files).join('\n'))
  }
}

export const readCrashedFiles = (path: string): string[] =>
  existsSync(path) ? readFileSync(path, 'utf8').split('\n').filter(Boolean) : []
