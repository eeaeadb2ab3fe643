// Runs one of the project's TypeScript files with the project's own Node, after set-up.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { root, setUp } from './setup.mjs'

const [file, ...rest] = process.argv.slice(2)
const child = spawn(setUp(), ['--disable-warning=ExperimentalWarning', join(root, file), ...rest], {
  cwd: root,
  stdio: 'inherit',
})
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)))
