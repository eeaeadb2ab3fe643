import { spawnSync } from 'node:child_process'
import { globSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { readCrashedFiles } from './engineCrashes.ts'

const root = join(import.meta.dirname, '..')
const bin = (name: string) => join(root, 'node_modules', name)

const results = join(root, 'test-results')
const report = (name: string): string[] => [
  '--reporter=default',
  '--reporter=json',
  `--reporter=${join(root, 'scripts/engineCrashes.ts')}`,
  `--outputFile.json=${join(results, `${name}.json`)}`,
]

/** Every step of the check by name; each is one command that exits non-zero when it fails. */
const steps = {
  lint: [bin('@biomejs/biome/bin/biome'), 'check', '--error-on-warnings', '.'],
  types: [bin('typescript/bin/tsc'), '-p', '.'],
  'dead code': [bin('knip/bin/knip.js')],
  build: [join(root, 'scripts/build.ts')],
  browser: [join(root, 'scripts/browser.ts')],
  'unit, host and electron': [bin('vitest/vitest.mjs'), 'run', ...report('host')],
  web: [bin('vitest/vitest.mjs'), 'run', '-c', 'vitest.web.config.ts', ...report('web')],
  'soak sample': [join(root, 'tests/soak/soak.ts'), 'all', '--sample'],
} satisfies Record<string, string[]>

export type Step = keyof typeof steps

const crashedList = join(results, 'crashed')

const run = (command: readonly string[]): boolean =>
  spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', ...command], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, CRASHED_FILES: crashedList },
  }).status === 0

/** Node 24 aborts on rare occasions where threads come and go (nodejs/node#64500): only such a file has a second run. */
const runAgainWhatCrashed = (name: Step): boolean => {
  const files = readCrashedFiles(crashedList)
  if (files.length === 0) return false
  process.stdout.write(
    `── ${name}: the engine itself gave up (SIGTRAP, SIGSEGV or SIGABRT) in ${files.join(', ')}; run once more, alone\n`,
  )
  return run([...steps[name].map((part) => part.replace(/\.json$/, '-again.json')), ...files])
}

/** Runs steps in order with the project's Node and says how each went; false as soon as one fails. */
export const runSteps = (names: readonly Step[]): boolean => {
  for (const name of names) {
    process.stdout.write(`\n── ${name}\n`)
    rmSync(crashedList, { force: true })
    const began = performance.now()
    const passed = run(steps[name]) || runAgainWhatCrashed(name)
    const seconds = Math.round((performance.now() - began) / 1000)
    process.stdout.write(`── ${name}: ${passed ? 'passed' : 'FAILED'} in ${seconds} s\n`)
    if (!passed) return false
  }
  return true
}

/** What the test runners counted in this run. */
export const countTests = (): { passed: number; failed: number } => {
  const counted = globSync('*.json', { cwd: results }).map((file) =>
    JSON.parse(readFileSync(join(results, file), 'utf8')),
  )
  const sum = (field: string): number => counted.reduce((total: number, one) => total + Number(one[field] ?? 0), 0)
  return { passed: sum('numPassedTests'), failed: sum('numFailedTests') }
}

export const forgetResults = (): void => rmSync(results, { recursive: true, force: true })
