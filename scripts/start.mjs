// Opens the console on a fresh clone: sets up, builds, then starts Electron, or the same console in the browser.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root, setUp } from './setup.mjs'

const args = process.argv.slice(2)
const node = setUp()

const built = spawnSync(node, [join(root, 'scripts/build.ts')], { cwd: root, stdio: ['ignore', 2, 2] })
if (built.status !== 0) {
  process.stderr.write('The console could not be built. The lines above say why.\n')
  process.exit(1)
}

/** The Electron binary, fetched on the first start; undefined where it cannot be had. */
function electronBinary() {
  const folder = join(root, 'node_modules/electron')
  const pathFile = join(folder, 'path.txt')
  const binary = () => (existsSync(pathFile) ? join(folder, 'dist', readFileSync(pathFile, 'utf8').trim()) : undefined)
  if (!binary() && existsSync(join(folder, 'install.js'))) {
    process.stderr.write('Fetching the desktop shell (once)…\n')
    spawnSync(node, [join(folder, 'install.js')], { cwd: root, stdio: 'ignore', timeout: 120_000 })
  }
  const found = binary()
  return found && existsSync(found) ? found : undefined
}

const isServed = args.includes('--serve')
const electron = isServed ? undefined : electronBinary()
if (!isServed && !electron) {
  process.stderr.write(
    'The desktop shell (Electron) cannot be fetched on this machine, so the console opens in your browser instead.\n',
  )
}
const command = electron
  ? [electron, [root, ...args]]
  : [
      node,
      ['--disable-warning=ExperimentalWarning', '--enable-source-maps', join(root, 'dist/host/loopback.js'), ...args],
    ]
const child = spawn(command[0], command[1], { cwd: process.cwd(), stdio: ['ignore', 'inherit', 'inherit'] })
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
child.on('exit', (code) => process.exit(code ?? 0))
