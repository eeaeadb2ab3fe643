import { z } from 'zod'
import { readSignals, type Signals } from '../host/signals/index.ts'
import { crisisSeverities } from '../shared/taxonomy/conversation.ts'
import { writeResults } from './memory.ts'
import { readRows } from './rows.ts'

const row = z.object({
  id: z.union([z.string(), z.number()]),
  text: z.string(),
  history: z.array(z.object({ from: z.string(), text: z.string() })).optional(),
  gold: z.object({ self_harm: z.coerce.number(), violence: z.coerce.number() }).partial().optional(),
})
type Row = z.infer<typeof row>

interface Judged {
  readonly row: Row
  readonly signals: Signals
}

/** Whoever is called anything else speaks to the client. */
const clients: ReadonlySet<string> = new Set(['client', 'user', 'customer', 'human'])

/**
 * Reads the signals of every row of a JSON-lines file and writes them to another, in order; returns a summary to print.
 * Throws a sentence that names the line of the first bad row, and then writes nothing.
 */
export const signals = ({ input, output }: { input: string; output: string }): string => {
  const judged = readRows(input, row).map(judge)
  writeResults(output, judged.map((one) => `${JSON.stringify(answer(one))}\n`).join(''))
  return summary(judged)
}

const judge = (one: Row): Judged => {
  const history = (one.history ?? []).map(({ from, text }) => ({
    from: clients.has(from.toLowerCase()) ? ('client' as const) : ('other' as const),
    text,
  }))
  return { row: one, signals: readSignals(one.text, history) }
}

const answer = ({ row: { id }, signals: read }: Judged) => ({
  id,
  crisis: { severity: read.crisis.severity, kinds: read.crisis.kinds },
  sentiment: read.sentiment,
  highStakes: read.highStakes,
  requestsHuman: read.requestsHuman,
  situation: read.situation,
})

const isDetected = ({ signals: { crisis } }: Judged): boolean => !['none', 'mention'].includes(crisis.severity)
const share = (part: number, whole: number): string => (whole === 0 ? 'none to count' : (part / whole).toFixed(3))

const summary = (judged: readonly Judged[]): string => {
  const counts = crisisSeverities.map(
    (severity) => `${severity} ${judged.filter((one) => one.signals.crisis.severity === severity).length}`,
  )
  const lines = [`${judged.length} rows: ${counts.join(', ')}`]
  const graded = judged.filter((one) => one.row.gold !== undefined)
  if (graded.length > 0) {
    const selfHarm = graded.filter((one) => one.row.gold?.self_harm)
    const violence = graded.filter((one) => one.row.gold?.violence)
    const alarms = graded.filter(isDetected)
    const right = alarms.filter((one) => one.row.gold?.self_harm || one.row.gold?.violence)
    const found = (rows: readonly Judged[]) => rows.filter(isDetected).length
    lines.push(
      `recall on self-harm ${share(found(selfHarm), selfHarm.length)} (${found(selfHarm)} of ${selfHarm.length})`,
      `recall on violence ${share(found(violence), violence.length)} (${found(violence)} of ${violence.length})`,
      `precision on self-harm and violence ${share(right.length, alarms.length)} (${right.length} of ${alarms.length} alarms)`,
      `false alarms ${alarms.length - right.length} of ${graded.filter((one) => !one.row.gold?.self_harm && !one.row.gold?.violence).length} rows that are neither`,
    )
  }
  return `${lines.join('\n')}\n`
}
