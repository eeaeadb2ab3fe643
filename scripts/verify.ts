import { runSteps } from './steps.ts'

// Everything `npm test` runs, cheapest first.
const passed = runSteps([
  'lint',
  'types',
  'dead code',
  'build',
  'browser',
  'unit, host and electron',
  'web',
  'soak sample',
])
process.stdout.write(passed ? '\nAll checks passed.\n' : '\nA check failed; see above.\n')
process.exit(passed ? 0 : 1)
