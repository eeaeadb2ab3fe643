import { context } from './context.ts'
import type { Figure } from './figure.ts'
import { inbox } from './inbox.ts'
import { ingest } from './ingest.ts'
import { learning } from './learning.ts'
import { live } from './live.ts'
import { retrieval } from './retrieval.ts'
import { store } from './store.ts'
import { year } from './year.ts'

/** `npm run bench -- <name> [--json]`: prints figures beside their budget; exits non-zero only when it could not run. */
interface Options {
  readonly messages: number
  readonly from: string | null
  readonly chunks: number
  readonly dims: number
}

const benches: Record<string, (options: Options) => Promise<Figure[]>> = {
  store,
  live,
  inbox,
  ingest,
  retrieval,
  year,
  context,
  learning,
}

const [name = '', ...flags] = process.argv.slice(2)
const bench = benches[name]
if (!bench) {
  process.stderr.write(
    `Name one of: ${Object.keys(benches).join(', ')}. Flags: --json, --messages=N, --in DIR, --chunks N, --dims N.\n`,
  )
  process.exit(2)
}
const messages = Number(flags.find((flag) => flag.startsWith('--messages='))?.slice(11) ?? 1_000_000)
const from = flags.includes('--in') ? (flags[flags.indexOf('--in') + 1] ?? null) : null
const numberAfter = (flag: string, usual: number): number => {
  const at = flags.findIndex((one) => one === flag || one.startsWith(`${flag}=`))
  const given = flags[at]?.split('=')[1] ?? flags[at + 1]
  return at === -1 ? usual : Number(given)
}
const figures = await bench({
  messages,
  from,
  chunks: numberAfter('--chunks', 100_000),
  dims: numberAfter('--dims', 1_536),
})
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
