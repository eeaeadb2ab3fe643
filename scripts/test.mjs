// The whole check on a fresh clone: set-up, a browser, then every suite. Ends with one plain line of counts.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { root, setUp } from './setup.mjs'

const node = setUp()
const result = spawnSync(node, ['--disable-warning=ExperimentalWarning', join(root, 'scripts/verify.ts')], {
  cwd: root,
  stdio: 'inherit',
})
process.exit(result.status ?? 1)
