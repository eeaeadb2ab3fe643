import { runSteps } from './steps.ts'

// The quick part: format, lint, arrows between folders, types, dead code.
process.exit(runSteps(['lint', 'types', 'dead code']) ? 0 : 1)
