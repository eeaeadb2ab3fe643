import type { implement } from '@orpc/server'
import type { Tx } from '../../db/write.ts'
import type { contract } from '../../shared/contract/index.ts'
import type { House } from '../house.ts'
import {
  behindLearning,
  correctIntervention,
  exportLearning,
  learningOverview,
  listInterventions,
  markLearned,
  readIntervention,
  setInterventionActive,
} from '../learning/index.ts'
import { handoverRates } from '../reports/index.ts'

type Learning = Pick<ReturnType<typeof implement<typeof contract>>['learning'], keyof typeof contract.learning>

/** What the clone learned from the coach, and what the coach does with it. */
export const learningRoutes = (os: Learning, house: () => House, now: () => number) => {
  const act = (work: (tx: Tx, at: number) => void): Record<string, never> => {
    house().act(work)
    return {}
  }
  return {
    overview: os.overview.handler(() => learningOverview(house().queries)),
    interventions: os.interventions.handler(({ input }) => listInterventions(house().queries, input)),
    intervention: os.intervention.handler(({ input }) => readIntervention(house().queries, input)),
    handovers: os.handovers.handler(({ input }) => handoverRates(house().queries, input)),
    behind: os.behind.handler(({ input }) => ({ rows: behindLearning(house().queries, input) })),
    correct: os.correct.handler(({ input }) => act((tx, at) => correctIntervention(tx, input, at))),
    setActive: os.setActive.handler(({ input }) => act((tx, at) => setInterventionActive(tx, input, at))),
    mark: os.mark.handler(({ input }) => act((tx, at) => markLearned(tx, input, at))),
    export: os.export.handler(({ input }) => exportLearning(house().queries, input, now())),
  }
}
