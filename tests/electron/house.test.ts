import { existsSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { quit } from './scripted.ts'
import { connect, driverName, inPage, isReal, launch, removeFolder, type Shell, until, whenOpen } from './shell.ts'

// The whole app as built: shell, host and console together.
const appFolder = resolve(import.meta.dirname, '../..')
let shell: Shell | undefined
let dataFolder = ''

afterEach(async () => {
  shell?.kill()
  await shell?.exited
  removeFolder(dataFolder)
})

test('the built app opens the console on its host, and quits cleanly', async () => {
  console.log(`electron specs: ${driverName}`)
  if (!existsSync(join(appFolder, 'dist/host/utility.js'))) throw new Error('Run `npm run build` first.')
  dataFolder = mkdtempSync(join(tmpdir(), 'opencoach-data-'))
  shell = await launch({ appFolder, dataFolder })
  await whenOpen(shell)
  expect(await connect(shell)).toBe('connected')
  const page = await shell.run(
    async ({ session }, url) => (await session.fromPartition('opencoach').fetch(url)).text(),
    'app://console/',
  )
  expect(page).toMatch(/csp-nonce" content="[A-Za-z0-9+/]{22}=="/)
  if (isReal) {
    const running = shell
    const text = () => inPage(running, () => document.body.innerText, null)
    expect(await until(text, (seen) => typeof seen === 'string' && seen.length > 0)).toContain('OpenCoach')
  }
  await quit(shell)
  expect(await shell.exited).toBe(0)
})
