import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { OpenedDatabase } from '../../../db/open.ts'
import { createWriter, type Tx } from '../../../db/write.ts'
import { Problem } from '../../../shared/problem.ts'

/** A fresh folder that goes when the test ends. */
export const temporaryFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'opencoach-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

export const keyOf = (fill: number): Uint8Array => new Uint8Array(32).fill(fill)

/** The code of the Problem that work throws or rejects with; fails loudly where it does neither. */
export const problemOf = async (work: () => unknown): Promise<string> => {
  try {
    await work()
  } catch (error) {
    if (error instanceof Problem) return error.code
    throw error
  }
  return 'no problem'
}

export const writeTo = <T>({ sqlite, queries }: Pick<OpenedDatabase, 'sqlite' | 'queries'>, work: (tx: Tx) => T): T =>
  createWriter(sqlite, queries, () => undefined)(work)

/** Every file below a folder, by its path from there. */
export const filesBelow = (folder: string): Map<string, Buffer> => {
  const found = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return new Map(
    found
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => [path.slice(folder.length + 1), readFileSync(path)]),
  )
}
