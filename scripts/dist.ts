import { spawnSync } from 'node:child_process'
import { globSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'electron-builder'
import { wrongFuses } from './fuses.ts'

// Packs the desktop app for this system into release/; `--dir` leaves out the installers.
const root = join(import.meta.dirname, '..')
const built = spawnSync(process.execPath, [join(root, 'scripts/build.ts')], { cwd: root, stdio: 'inherit' })
if (built.status !== 0) process.exit(1)

try {
  await build({ projectDir: root, publish: 'never', dir: process.argv.includes('--dir') })
} catch (error) {
  const reason = error instanceof Error ? error.message : String(error)
  process.stderr.write(
    `The app could not be packed: ${reason}\nPacking needs the Electron runtime, which is fetched from the internet.\n`,
  )
  process.exit(1)
}

const packed = globSync(
  ['release/mac*/OpenCoach.app', 'release/*-unpacked/opencoach', 'release/*-unpacked/OpenCoach.exe'],
  {
    cwd: root,
  },
)
const wrong = (await Promise.all(packed.map((path) => wrongFuses(join(root, path))))).flat()
if (packed.length === 0 || wrong.length > 0) {
  process.stderr.write(
    `The packed app is not locked down as it must be: ${wrong.join(', ') || 'nothing was packed'}.\n`,
  )
  process.exit(1)
}
process.stdout.write(`Packed and checked: ${packed.join(', ')}\n`)
