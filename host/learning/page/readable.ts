import type { InferContractRouterOutputs } from '@orpc/contract'
import type { LearnedIntervention, learning } from '../../../shared/contract/learning.ts'
import type { reports } from '../../../shared/contract/reports.ts'
import {
  energyWords,
  formalityWords,
  movesInWords,
  noReactionWords,
  paceWords,
  reactionWords,
  techniqueWords,
  toneWords,
} from '../../../shared/taxonomy/learningWords.ts'
import { situationWords } from '../../../shared/taxonomy/situations.ts'

type Outputs = InferContractRouterOutputs<typeof learning>

export interface WholePage {
  readonly overview: Outputs['overview']
  readonly interventions: readonly LearnedIntervention[]
  readonly handovers: Outputs['handovers']
  readonly drafts: InferContractRouterOutputs<typeof reports>['overview']['drafts']
  readonly from: number
  readonly to: number
  readonly timeZone: string
}

/** More than these belong into the form for machines. */
const mostTold = 200

/** What stands for the characters by which a text could become markup. */
const signs: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** Anybody's text as text: no markup, and nothing that turns or hides what follows. */
const text = (said: string): string =>
  said.replace(/[^\P{Cc}\n\t]|[\u202a-\u202e\u2066-\u2069]/gu, '').replace(/[&<>"']/gu, (sign) => signs[sign] ?? '')

const percent = (value: number): string => `${Math.round(value * 100)} %`
const quoted = (said: readonly string[]): string => said.map((one) => `“${text(one)}”`).join(', ')

interface Rated {
  readonly known: number
  readonly well: number
  readonly low: number | null
  readonly high: number | null
}
const ratedWords = ({ known, well, low, high }: Rated): string =>
  low === null || high === null
    ? 'no reaction known yet'
    : `${well} of ${known} times clients took it well (${Math.round(low * 100)}–${percent(high)})`

const rate = (part: number, whole: number): string =>
  whole === 0 ? '–' : `${part} of ${whole} (${percent(part / whole)})`

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  `<table><tr>${head.map((cell) => `<th>${cell}</th>`).join('')}</tr>${rows
    .map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join('')}</tr>`)
    .join('')}</table>`

const list = (lines: readonly string[], none: string): string =>
  lines.length === 0 ? `<p>${none}</p>` : `<ul>${lines.map((line) => `<li>${line}</li>`).join('')}</ul>`

const style = `body{font:16px/1.5 system-ui,sans-serif;max-width:48rem;margin:2rem auto;padding:0 1rem;color:#1f2328}
h1{font-size:1.5rem}h2{font-size:1.1rem;margin-top:2rem}table{border-collapse:collapse}
th,td{padding:.3rem .8rem .3rem 0;text-align:left;vertical-align:top}th{color:#5f636a;font-weight:400}li{margin:.3rem 0}`

/** The page as a document of its own that any browser shows, without script and without reaching anywhere. */
export const readableLearning = (page: WholePage, now: number): string => {
  const { overview, interventions, handovers, drafts, timeZone } = page
  const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone })
  const both = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone })
  const { profile } = overview
  const signature = profile?.styleSignature
  const told = interventions.slice(0, mostTold)
  const sections: readonly (readonly [string, string])[] = [
    [
      'Your style',
      signature
        ? `<p>Mostly ${toneWords[signature.tone]}, ${energyWords[signature.energyLevel]} and ${formalityWords[signature.formality]}, at a ${paceWords[signature.pace]} pace; a picture in ${percent(signature.metaphorFrequency)} of answers.</p>`
        : '<p>Not enough was learned yet to say.</p>',
    ],
    [
      'Techniques',
      list(
        overview.techniques.map((one) => `${techniqueWords[one.technique]}: ${one.count} times, ${ratedWords(one)}`),
        'None yet.',
      ),
    ],
    [
      'Phrases',
      list(
        (profile?.signaturePhrases ?? []).map(({ key, phrase }) => {
          const mark = overview.phraseMarks[key]
          return `“${text(phrase)}”${mark === undefined ? '' : ` (${mark})`}`
        }),
        'None yet.',
      ),
    ],
    [
      'What works for whom',
      list(
        overview.approaches.map(
          (one) =>
            `${text(one.clientName)}, in ${situationWords[one.situation]}: ${movesInWords(one.moves)}. Worked ${one.timesValidated}, did not ${one.timesContradicted} times.${one.mark === null ? '' : ` (${one.mark})`}`,
        ),
        'Nothing yet.',
      ),
    ],
    [
      'What you usually do',
      list(
        overview.responses.map(
          (one) => `In ${situationWords[one.situation]}: ${movesInWords(one.moves)}; ${ratedWords(one)}`,
        ),
        'Nothing yet.',
      ),
    ],
    [
      'How sure the clone was',
      table(
        ['Month', 'Confidence', 'Replies'],
        (profile?.aiConfidenceTrend ?? []).map(({ date, score, count }) => [
          text(date.slice(0, 7)),
          score.toFixed(2),
          `${count}`,
        ]),
      ),
    ],
    [
      `What was learned${interventions.length > mostTold ? `, the newest ${mostTold}` : ''}`,
      list(
        told.map(
          (one) =>
            `${both.format(one.endedAt)}: with ${text(one.clientName)}, in ${situationWords[one.situation]}: ${movesInWords(one.moves)}. ${one.reaction === null ? noReactionWords : reactionWords[one.reaction]}${one.answer === '' ? '' : `: ${quoted([one.answer])}`}.${one.isPractice ? ' (practice)' : ''}${one.isActive ? '' : ' (undone)'}`,
        ),
        'Nothing yet.',
      ),
    ],
    [
      'Drafts',
      table(
        ['From', 'Sent unchanged', 'Sent as they were, or nearly', 'Changed much', 'Discarded'],
        drafts
          .filter((one) => one.accepted + one.edited + one.discarded > 0)
          .map((one) => [
            day.format(one.start),
            `${one.unedited}`,
            `${one.accepted}`,
            `${one.edited}`,
            `${one.discarded}`,
          ]),
      ),
    ],
    [
      'Handed over, and missed',
      `<p>Handed over to you: ${rate(handovers.total.handoffs, handovers.total.turns)} of the clone’s turns. Should have been, by your marks: ${rate(handovers.total.missed, handovers.total.replies)} of its replies.</p>${table(
        ['', 'Handed over', 'Should have been'],
        [
          ...handovers.clients.map((one) => ({ name: text(one.clientName), one })),
          ...handovers.situations.map((one) => ({ name: `In ${situationWords[one.situation]}`, one })),
        ].map(({ name, one }) => [name, rate(one.handoffs, one.turns), rate(one.missed, one.replies)]),
      )}`,
    ],
    [
      'Your style over time',
      table(
        ['Month', 'Mostly', 'Times'],
        (profile?.drift ?? []).map(({ from, tone, count }) => [text(from.slice(0, 7)), toneWords[tone], `${count}`]),
      ),
    ],
  ]
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>What was learned</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><style>${style}</style></head><body>
<h1>What was learned</h1>
<p>Saved from OpenCoach on ${both.format(now)}. ${overview.interventions} interventions${overview.since === null ? '' : ` since ${day.format(overview.since)}`}. Drafts and handoffs from ${day.format(page.from)} to ${day.format(page.to - 1)}.</p>
<p>This file is not encrypted. Keep it where only those can read it who may.</p>
${sections.map(([title, body]) => `<h2>${title}</h2>${body}`).join('\n')}
</body></html>
`
}
