import { countTests, forgetResults, runSteps } from './steps.ts'

// Everything `npm test` runs, cheapest first; the last line counts.
forgetResults()
const isGreen = runSteps([
  'lint',
  'types',
  'dead code',
  'build',
  'browser',
  'unit, host and electron',
  'web',
  'soak sample',
])
const { passed, failed } = countTests()
process.stdout.write(isGreen ? '\nAll checks passed.\n' : '\nA check failed; see above.\n')
process.stdout.write(`${passed} passed, ${failed} failed\n`)
process.exit(isGreen ? 0 : 1)
