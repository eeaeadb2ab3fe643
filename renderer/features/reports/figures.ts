import { type HandoffTrigger, handoffTriggers } from '../../../shared/taxonomy/conversation.ts'
import { plural, triggerWords } from '../../components/words.ts'
import type { host } from '../../transport/console.ts'
import { bucketsOf, type Span } from './range.ts'

export type Overview = Awaited<ReturnType<typeof host.reports.overview>>
export type What = Parameters<typeof host.reports.behind>[0]['what']

/** Which messages stand behind a number. */
export interface Behind {
  readonly what: What
  readonly trigger?: HandoffTrigger
}

export interface Column {
  readonly key: string
  readonly name: string
  /** A colour of reports.css; without one it stands in the table only. */
  readonly color: string | null
  /** The sum over the whole span in words; null where a sum means nothing. */
  readonly total: string | null
  readonly behind: Behind
}

export interface Row {
  readonly start: number
  readonly values: Readonly<Record<string, number | null>>
}

/** One plot with everything that its picture, its legend and its table need. */
export interface Figure {
  readonly id: string
  readonly title: string
  readonly lead: string
  readonly isStacked: boolean
  readonly columns: readonly Column[]
  readonly rows: readonly Row[]
  readonly words: (value: number) => string
  /** What is said where the plot would be empty. */
  readonly empty: string
}

const sumOf = (rows: readonly Row[], key: string): number =>
  rows.reduce((sum, { values }) => sum + (values[key] ?? 0), 0)

const whole = new Intl.NumberFormat()
const countWords = (count: number): string => whole.format(count)

const withRest = (whole: number, unit: string, rest: number, smaller: string): string =>
  rest === 0 ? `${whole} ${unit}` : `${whole} ${unit} ${rest} ${smaller}`

/** "45 s", "2 min 30 s", "12 min", "3 h 5 min". */
const durationWords = (ms: number): string => {
  const seconds = Math.round(ms / 1_000)
  if (seconds < 60) return `${seconds} s`
  if (seconds < 600) return withRest(Math.floor(seconds / 60), 'min', seconds % 60, 's')
  const minutes = Math.round(seconds / 60)
  if (minutes < 60) return `${minutes} min`
  return withRest(Math.floor(minutes / 60), 'h', minutes % 60, 'min')
}

const triggerColors: Readonly<Record<HandoffTrigger, string>> = {
  safety_crisis: 'var(--plot-red)',
  client_request: 'var(--plot-amber)',
  high_stakes_decision: 'var(--plot-brown)',
  low_confidence: 'var(--plot-violet)',
  score: 'var(--plot-teal)',
  unreadable: 'var(--plot-blue)',
  circles: 'var(--plot-olive)',
  unsafe_generation: 'var(--plot-rose)',
  generation_failed: 'var(--plot-slate)',
  no_model: 'var(--plot-grey)',
  budget: 'var(--plot-sand)',
  coach: 'var(--plot-green)',
  handback: 'var(--plot-pale)',
}

const startsIn = ({ handoffs, replies, drafts, acknowledge }: Overview): readonly number[] =>
  [...handoffs, ...replies, ...drafts, ...acknowledge].map(({ start }) => start)

const handoffFigure = ({ handoffs }: Overview, starts: readonly number[]): Figure => {
  const seen = handoffTriggers.filter((trigger) => handoffs.some((one) => one.trigger === trigger))
  const rows = starts.map((start) => ({
    start,
    values: Object.fromEntries(
      seen.map((trigger) => [
        trigger,
        handoffs.find((one) => one.start === start && one.trigger === trigger)?.count ?? 0,
      ]),
    ),
  }))
  return {
    id: 'handoffs',
    title: 'Handed over to you, and why',
    lead: 'How often the clone stopped and called you.',
    isStacked: true,
    columns: seen.map((trigger) => ({
      key: trigger,
      name: triggerWords[trigger],
      color: triggerColors[trigger],
      total: countWords(sumOf(rows, trigger)),
      behind: { what: 'handoff', trigger },
    })),
    rows,
    words: countWords,
    empty: 'Nothing was handed over to you in this time.',
  }
}

/** With fewer calls a middle one says nothing that the slowest does not say. */
const fewestForMedian = 3

const acknowledgeFigure = ({ acknowledge, totals }: Overview, starts: readonly number[]): Figure => {
  const rows = starts.map((start) => {
    const one = acknowledge.find((bucket) => bucket.start === start)
    return { start, values: { median: one?.medianMs ?? null, slowest: one?.slowestMs ?? null } }
  })
  const slowest = Math.max(0, ...acknowledge.map(({ slowestMs }) => slowestMs ?? 0))
  const calls = acknowledge.reduce((sum, { count }) => sum + count, 0)
  const median = calls < fewestForMedian ? null : totals.acknowledgeMedianMs
  return {
    id: 'acknowledge',
    title: 'Until you acknowledged a call',
    lead: calls === 0 ? 'From the alert to your word.' : `${plural(calls, 'call')} you acknowledged.`,
    isStacked: false,
    columns: [
      {
        key: 'median',
        name: 'typically (half of them sooner)',
        color: 'var(--plot-teal)',
        total: median === null ? 'too few calls to say' : durationWords(median),
        behind: { what: 'slow_acknowledge' },
      },
      {
        key: 'slowest',
        name: 'the slowest',
        color: 'var(--plot-amber)',
        total: calls === 0 ? null : durationWords(slowest),
        behind: { what: 'slow_acknowledge' },
      },
    ],
    rows: calls === 0 ? [] : rows,
    words: durationWords,
    empty: 'You acknowledged no call in this time.',
  }
}

const authors = [
  { key: 'ai', name: 'the clone', color: 'var(--plot-violet)', what: 'ai_reply' },
  { key: 'approved_draft', name: 'drafts you sent', color: 'var(--plot-blue)', what: 'approved_draft' },
  { key: 'human_coach', name: 'you', color: 'var(--plot-teal)', what: 'coach_reply' },
  { key: 'system', name: 'fixed notices', color: 'var(--plot-grey)', what: 'notice' },
] as const

const replyFigure = ({ replies }: Overview, starts: readonly number[]): Figure => {
  const rows = starts.map((start) => ({
    start,
    values: Object.fromEntries(
      authors.map(({ key }) => [key, replies.find((one) => one.start === start && one.author === key)?.count ?? 0]),
    ),
  }))
  return {
    id: 'replies',
    title: 'Who answered',
    lead: 'Messages to clients, by who stands behind them.',
    isStacked: true,
    columns: authors.map(({ key, name, color, what }) => ({
      key,
      name,
      color,
      total: countWords(sumOf(rows, key)),
      behind: { what },
    })),
    rows,
    words: countWords,
    empty: 'Nothing was sent to clients in this time.',
  }
}

const fates = [
  { key: 'accepted', name: 'sent as they were, or nearly', color: 'var(--plot-teal)', what: 'draft_accepted' },
  { key: 'unedited', name: 'of these without any change', color: null, what: 'draft_accepted' },
  { key: 'edited', name: 'sent after you changed much', color: 'var(--plot-amber)', what: 'draft_edited' },
  { key: 'discarded', name: 'discarded', color: 'var(--plot-grey)', what: 'draft_discarded' },
] as const

const draftFigure = ({ drafts }: Overview, starts: readonly number[]): Figure => {
  const rows = starts.map((start) => {
    const one = drafts.find((bucket) => bucket.start === start)
    return { start, values: Object.fromEntries(fates.map(({ key }) => [key, one?.[key] ?? 0])) }
  })
  return {
    id: 'drafts',
    title: 'What became of drafts',
    lead: 'Nearly: at most a fifth of the text was changed.',
    isStacked: true,
    columns: fates.map(({ key, name, color, what }) => ({
      key,
      name,
      color,
      total: countWords(sumOf(rows, key)),
      behind: { what },
    })),
    rows,
    words: countWords,
    empty: 'No draft was sent or discarded in this time.',
  }
}

/** True where a plot would show nothing at all. */
export const isEmptyFigure = ({ rows }: Figure): boolean =>
  rows.every(({ values }) => Object.values(values).every((value) => !value))

/** The four plots of the reports, with every day or week of the span. */
export const figuresOf = (overview: Overview, span: Span): readonly Figure[] => {
  const starts = bucketsOf(span, overview.unit, startsIn(overview))
  return [handoffFigure, acknowledgeFigure, replyFigure, draftFigure].map((make) => make(overview, starts))
}
