import type { implement } from '@orpc/server'
import type { contract } from '../../shared/contract/index.ts'
import type { House } from '../house.ts'
import { behindRule, decideRule, listRules, momentOf, teach, unteach } from '../learning/index.ts'
import { screenReply } from '../replies/index.ts'

type Rules = Pick<ReturnType<typeof implement<typeof contract>>['rules'], keyof typeof contract.rules>

/** What the clone learned from edits and was taught, and what the coach decides about it. */
export const rulesRoutes = (os: Rules, house: () => House) => ({
  list: os.list.handler(({ input }) => listRules(house().queries, input)),
  behind: os.behind.handler(({ input }) => behindRule(house().queries, input)),
  momentOf: os.momentOf.handler(({ input }) => momentOf(house().queries, input)),
  teach: os.teach.handler(({ input }) => house().act((tx, now) => teach(tx, input, screenReply, now))),
  unteach: os.unteach.handler(({ input }) =>
    house().act((tx, now) => {
      unteach(tx, input.ruleId, now)
      return {}
    }),
  ),
  decide: os.decide.handler(({ input }) => house().act((tx, now) => decideRule(tx, input, screenReply, now))),
})
