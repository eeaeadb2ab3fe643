// Brings everything a fresh clone needs. Plain JavaScript that runs on Node 18 and later;
// npm's own words go to standard error so that standard output stays machine readable.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const modules = join(root, 'node_modules')
const stampFile = join(modules, '.opencoach-setup')
const minimum = [22, 14]

/** The project's own Node (npm package `node`), or the running one where that is new enough. */
export function projectNode() {
  const own = join(modules, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  if (runs(own)) return own
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const enough = major > minimum[0] || (major === minimum[0] && minor >= minimum[1])
  return enough ? process.execPath : undefined
}

function runs(binary) {
  return existsSync(binary) && spawnSync(binary, ['--version'], { stdio: 'ignore' }).status === 0
}

function stamp() {
  const hash = createHash('sha256')
  hash.update(readFileSync(join(root, 'package-lock.json')))
  return `${hash.digest('hex')} ${process.platform} ${process.arch}`
}

function isComplete() {
  if (!existsSync(stampFile) || readFileSync(stampFile, 'utf8') !== stamp()) return false
  return (
    Boolean(projectNode()) &&
    ['vite', 'better-sqlite3', 'react'].every((name) => existsSync(join(modules, name, 'package.json')))
  )
}

function npm(args) {
  const cli = process.env.npm_execpath
  const [command, prefix] = cli?.endsWith('.js')
    ? [process.execPath, [cli]]
    : [process.platform === 'win32' ? 'npm.cmd' : 'npm', []]
  return (
    spawnSync(command, [...prefix, ...args], { cwd: root, stdio: ['ignore', 2, 2], shell: command.endsWith('.cmd') })
      .status === 0
  )
}

/** Installs what is missing, whatever the state of node_modules; returns the Node to run the project with. */
export function setUp() {
  if (!isComplete()) {
    process.stderr.write('Installing what OpenCoach needs (once; a minute or two)…\n')
    let installed = npm(['ci'])
    if (!installed) {
      rmSync(modules, { recursive: true, force: true })
      // A registry that lacks a package for some other platform makes `ci` refuse the whole lockfile.
      installed = npm(['ci']) || npm(['install', '--no-save'])
    }
    if (!installed)
      fail('The packages could not be installed. Check the internet connection and run the command again.')
    if (!runs(join(modules, 'node', 'bin', 'node'))) npm(['rebuild', 'node'])
    if (!projectNode()) fail('Node 22.14 or newer could not be set up. Install it by hand and run the command again.')
    writeFileSync(stampFile, stamp())
  }
  return projectNode()
}

function fail(sentence) {
  process.stderr.write(`${sentence}\n`)
  process.exit(1)
}
