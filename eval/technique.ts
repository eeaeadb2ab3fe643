import { z } from 'zod'
import { type Turn, viewIntervention } from '../host/learning/analysis/index.ts'
import type { Technique } from '../shared/taxonomy/learning.ts'
import { writeResults } from './memory.ts'
import { readRows } from './rows.ts'

/** How counselling talk is coded in collections that measure it: what a counsellor mainly does in a turn. */
const behaviours = ['question', 'reflection', 'therapist_input', 'other'] as const
type Behaviour = (typeof behaviours)[number]

/** Whoever is called anything else is a coach. */
const speakers = new Map<string, Turn['from']>([
  ...['client', 'user', 'customer', 'human'].map((name) => [name, 'client'] as const),
  ...['ai', 'assistant', 'bot'].map((name) => [name, 'ai'] as const),
])
const turns = z.array(
  z.object({
    from: z.string().transform((name) => speakers.get(name.toLowerCase()) ?? 'human_coach'),
    text: z.string(),
  }),
)
const row = z.object({
  id: z.union([z.string(), z.number()]),
  before: turns.default([]),
  text: z.string(),
  after: turns.default([]),
  gold: z
    .object({ behaviour: z.enum(behaviours) })
    .optional()
    .catch(undefined),
})
type Row = z.infer<typeof row>

const behaviourOf: Readonly<Record<Technique, Behaviour>> = {
  question: 'question',
  reflection: 'reflection',
  normalization: 'reflection',
  direct_advice: 'therapist_input',
  reframe: 'therapist_input',
  challenge: 'therapist_input',
  story: 'therapist_input',
  silence: 'other',
  other: 'other',
}

/**
 * Reads the technique of every turn of a JSON-lines file by the local analyser alone and writes them to another file, in
 * order; returns a summary, with F1 by behaviour over rows that carry `gold.behaviour`. Throws a sentence that names the line
 * of the first bad row, and then writes nothing.
 */
export const technique = ({ input, output }: { input: string; output: string }): string => {
  const read = readRows(input, row).map((one) => ({ row: one, view: viewOf(one) }))
  writeResults(output, read.map(({ row: { id }, view }) => `${JSON.stringify({ id, ...view })}\n`).join(''))
  const graded = read.flatMap(({ row: { gold }, view }) =>
    gold ? [{ gold: gold.behaviour, found: behaviourOf[view.technique] }] : [],
  )
  return `${[`${read.length} turns`, ...(graded.length > 0 ? scored(graded) : [])].join('\n')}\n`
}

const viewOf = ({ before, text, after }: Row) => {
  const coach: Turn[] = [{ from: 'human_coach', text }]
  const { technique, techniques, tone, pace, formality, energy, structure, reaction } = viewIntervention({
    before,
    coach,
    after,
  })
  return { technique, techniques, tone, pace, formality, energy, structure, reaction: reaction?.reaction ?? null }
}

interface Graded {
  readonly gold: Behaviour
  readonly found: Behaviour
}

const scored = (graded: readonly Graded[]): string[] => {
  const figures = behaviours.map((behaviour) => ({ behaviour, ...figuresOf(graded, behaviour) }))
  const macro = figures.reduce((sum, { f1 }) => sum + f1, 0) / figures.length
  return [
    `macro-F1 ${macro.toFixed(3)} over ${graded.length} turns`,
    'behaviour         F1     precision  recall',
    ...figures.map(
      ({ behaviour, f1, precision, recall }) =>
        `${behaviour.padEnd(16)}  ${f1.toFixed(3)}  ${precision.toFixed(3)}      ${recall.toFixed(3)}`,
    ),
  ]
}

const figuresOf = (graded: readonly Graded[], behaviour: Behaviour) => {
  const count = (isSo: (one: Graded) => boolean): number => graded.filter(isSo).length
  const right = count(({ gold, found }) => gold === behaviour && found === behaviour)
  const precision =
    right /
    Math.max(
      1,
      count(({ found }) => found === behaviour),
    )
  const recall =
    right /
    Math.max(
      1,
      count(({ gold }) => gold === behaviour),
    )
  return { precision, recall, f1: right === 0 ? 0 : (2 * precision * recall) / (precision + recall) }
}
