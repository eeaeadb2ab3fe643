import type { implement } from '@orpc/server'
import type { contract } from '../../shared/contract/index.ts'
import type { House } from '../house.ts'
import { reliability, repliesBehind } from '../learning/index.ts'

type Confidence = Pick<ReturnType<typeof implement<typeof contract>>['confidence'], keyof typeof contract.confidence>

/** How far the clone's confidence can be relied on. */
export const confidenceRoutes = (os: Confidence, house: () => House) => ({
  record: os.record.handler(() => reliability(house().queries, house().settings.values())),
  behind: os.behind.handler(({ input: { from, limit } }) => ({ rows: repliesBehind(house().queries, from, limit) })),
})
