import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from 'playwright'

/** Chromium for the tests: Playwright's own, else the system's; undefined where there is none. */
export const findBrowser = (): string | undefined =>
  [chromium.executablePath(), '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((file) =>
    existsSync(file),
  )

const quiet = (command: string, args: string[], timeout: number): boolean =>
  spawnSync(command, args, { stdio: ['ignore', 'ignore', 'ignore'], timeout }).status === 0

const install = (): void => {
  process.stdout.write('No Chromium found; fetching one for the tests…\n')
  const playwright = join(import.meta.dirname, '../node_modules/playwright/cli.js')
  if (quiet(process.execPath, [playwright, 'install', 'chromium-headless-shell', 'chromium'], 180_000) && findBrowser())
    return
  const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n']
  const apt = [...sudo, 'apt-get']
  const [command = 'apt-get', ...rest] = apt
  quiet(command, [...rest, 'update', '-qq'], 180_000)
  quiet(command, [...rest, 'install', '-y', '-qq', 'chromium'], 600_000)
}

if (import.meta.main) {
  if (!findBrowser()) install()
  const found = findBrowser()
  process.stdout.write(
    found
      ? `Browser: ${found}\n`
      : 'No browser could be had, and the tests need one. Install Chromium and run them again.\n',
  )
  process.exit(found ? 0 : 1)
}
