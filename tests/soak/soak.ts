import { crash } from './crash/crash.ts'
import { extraction } from './extraction/extraction.ts'
import { ingest } from './ingest/ingest.ts'
import { runOrders } from './orders/orders.ts'

/** The long runs: `npm run soak -- <name>`; with --sample a seeded short run of each, as part of `npm test`. */
const soaks: Record<string, { full: number; sample: number; run: (count: number, seed: number) => Promise<void> }> = {
  crash: { full: 200, sample: 8, run: crash },
  extraction: { full: 100, sample: 6, run: extraction },
  ingest: { full: 50, sample: 3, run: ingest },
  orders: { full: 10_000, sample: 120, run: runOrders },
}

/** Those that `npm test` samples. */
const inTests = ['crash', 'extraction', 'ingest', 'orders']

const [name, ...flags] = process.argv.slice(2)
const isSample = flags.includes('--sample')
const seed = Number(flags.find((flag) => flag.startsWith('--seed='))?.slice(7) ?? 42)
const count = Number(flags.find((flag) => flag.startsWith('--count='))?.slice(8) ?? 0)
const chosen = name === 'all' ? inTests : name !== undefined && name in soaks ? [name] : []
if (chosen.length === 0) {
  process.stderr.write(`Name one of: all, ${Object.keys(soaks).join(', ')}. Flags: --sample, --seed=N, --count=N.\n`)
  process.exit(2)
}
for (const one of chosen) {
  const soak = soaks[one]
  if (!soak) continue
  await soak.run(count || (isSample ? soak.sample : soak.full), seed)
}
process.exit(0)
