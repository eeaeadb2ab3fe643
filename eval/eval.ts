import { decay } from './decay.ts'
import { learning } from './learning.ts'
import { memory } from './memory.ts'
import { retrieval } from './retrieval.ts'
import { signals } from './signals.ts'
import { technique } from './technique.ts'

/** `npm run eval -- <name> --in FILE --out FILE`: runs a part of the product over rows of a file, or a folder of them, and says how it did. */
const evals: Record<string, (files: { input: string; output: string }) => string | Promise<string>> = {
  signals,
  retrieval,
  memory,
  decay,
  learning,
  technique,
}

/** These make what they measure themselves. */
const needNoInput: ReadonlySet<string> = new Set(['learning'])

const [name = '', ...flags] = process.argv.slice(2)
const flagValue = (flag: string): string => {
  const at = flags.indexOf(flag)
  return at < 0
    ? (flags.find((one) => one.startsWith(`${flag}=`))?.slice(flag.length + 1) ?? '')
    : (flags[at + 1] ?? '')
}
const evaluate = Object.hasOwn(evals, name) ? evals[name] : undefined
const [input, output] = [flagValue('--in'), flagValue('--out')]
if (!evaluate || (input === '' && !needNoInput.has(name)) || output === '') {
  process.stderr.write(`Say: npm run eval -- <name> --in FILE --out FILE. Names: ${Object.keys(evals).join(', ')}.\n`)
  process.exit(2)
}
try {
  process.stdout.write(await evaluate({ input, output }))
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
}
