import type { implement } from '@orpc/server'
import type { contract } from '../../shared/contract/index.ts'
import type { House } from '../house.ts'
import { learningOverview } from '../learning/index.ts'

type Learning = Pick<ReturnType<typeof implement<typeof contract>>['learning'], keyof typeof contract.learning>

/** What the clone learned from the coach, and what the coach does with it. */
export const learningRoutes = (os: Learning, house: () => House) => ({
  overview: os.overview.handler(() => learningOverview(house().queries)),
})
