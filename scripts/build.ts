import { createHash } from 'node:crypto'
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'

// Builds host, console and shell; does nothing when no source has changed since the last time.
const root = join(import.meta.dirname, '..')
const stampFile = join(root, 'dist/.built-from')
const sources = [
  '{electron,host,db,shared,renderer}/**/*.{ts,tsx,css,html,svg,json}',
  'vite.*.config.ts',
  'package.json',
  'package-lock.json',
]

const stamp = (): string => {
  const hash = createHash('sha256')
  for (const file of globSync(sources, { cwd: root }).sort()) hash.update(file).update(readFileSync(join(root, file)))
  return hash.digest('hex')
}

const current = stamp()
if (!existsSync(stampFile) || readFileSync(stampFile, 'utf8') !== current) {
  process.stderr.write('Building the console…\n')
  rmSync(join(root, 'dist'), { recursive: true, force: true })
  for (const part of ['host', 'renderer', 'electron']) {
    await build({ configFile: join(root, `vite.${part}.config.ts`), logLevel: 'warn' })
  }
  mkdirSync(join(root, 'dist'), { recursive: true })
  writeFileSync(stampFile, current)
}
