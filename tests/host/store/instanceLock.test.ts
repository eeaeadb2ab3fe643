import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { takeInstanceLock } from '../../../db/instanceLock.ts'
import { problemOf, temporaryFolder } from './folder.ts'

test('a second process is refused, until the first closes or crashes', async () => {
  const folder = temporaryFolder()
  const other = spawn(process.execPath, [join(import.meta.dirname, 'holdLock.ts'), folder], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  onTestFinished(() => void other.kill('SIGKILL'))
  await once(other.stdout, 'data')
  expect(await problemOf(() => takeInstanceLock(folder))).toBe('SECOND_INSTANCE')
  other.kill('SIGKILL')
  await once(other, 'exit')
  const release = takeInstanceLock(folder)
  expect(await problemOf(() => takeInstanceLock(folder))).toBe('SECOND_INSTANCE')
  release()
  takeInstanceLock(folder)()
})
