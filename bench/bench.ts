import type { Figure } from './figure.ts'
import { inbox } from './inbox.ts'
import { live } from './live.ts'
import { store } from './store.ts'

/** `npm run bench -- <name> [--json]`: prints figures beside their budget; exits non-zero only when it could not run. */
const benches: Record<string, (options: { messages: number }) => Promise<Figure[]>> = { store, live, inbox }

const [name = '', ...flags] = process.argv.slice(2)
const bench = benches[name]
if (!bench) {
  process.stderr.write(`Name one of: ${Object.keys(benches).join(', ')}. Flags: --json, --messages=N.\n`)
  process.exit(2)
}
const messages = Number(flags.find((flag) => flag.startsWith('--messages='))?.slice(11) ?? 1_000_000)
const figures = await bench({ messages })
const rounded = figures.map((figure) => ({ ...figure, value: Math.round(figure.value * 1000) / 1000 }))
if (flags.includes('--json')) process.stdout.write(`${JSON.stringify(rounded)}\n`)
else {
  for (const { metric, value, unit, budget, baseline, ratio } of rounded) {
    const beside = [
      budget === undefined ? '' : `budget ${budget}`,
      baseline === undefined ? '' : `baseline ${Math.round(baseline * 1000) / 1000}`,
      ratio === undefined ? '' : `ratio ${Math.round(ratio * 100) / 100}`,
    ]
    process.stdout.write(
      `${metric.padEnd(32)} ${String(value).padStart(12)} ${unit.padEnd(6)} ${beside.filter(Boolean).join(' · ')}\n`,
    )
  }
}
process.exit(0)
