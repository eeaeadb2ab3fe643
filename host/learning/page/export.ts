import type { InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract'
import type { Queries } from '../../../db/sqlite.ts'
import type { LearnedIntervention, learning } from '../../../shared/contract/learning.ts'
import { handoverRates, overview as reportOverview } from '../../reports/index.ts'
import { listInterventions } from './interventions.ts'
import { learningOverview } from './overview.ts'
import { readableLearning, type WholePage } from './readable.ts'

type Asked = InferContractRouterInputs<typeof learning>['export']
type Saved = InferContractRouterOutputs<typeof learning>['export']

/** The whole page as it stands: a web page to read, or JSON (`format`, `version`, `exportedAt`, then the page's parts). Throws INVALID_INPUT. */
export const exportLearning = (queries: Queries, { form, ...span }: Asked, now: number): Saved => {
  const page: WholePage = {
    overview: learningOverview(queries),
    interventions: everyIntervention(queries),
    handovers: handoverRates(queries, span),
    drafts: reportOverview(queries, { ...span, withPractice: false }).drafts,
    ...span,
  }
  const name = `Learning ${new Date(now).toISOString().slice(0, 10)}`
  if (form === 'readable') return { name: `${name}.html`, mediaType: 'text/html', text: readableLearning(page, now) }
  const machine = { format: 'opencoach-learning', version: 1, exportedAt: now, ...page }
  return { name: `${name}.json`, mediaType: 'application/json', text: `${JSON.stringify(machine, null, 1)}\n` }
}

const perPage = 100

const everyIntervention = (queries: Queries): LearnedIntervention[] => {
  const all: LearnedIntervention[] = []
  let cursor: string | undefined
  do {
    const page = listInterventions(queries, { limit: perPage, ...(cursor === undefined ? {} : { cursor }) })
    all.push(...page.rows)
    cursor = page.next ?? undefined
  } while (cursor !== undefined)
  return all
}
