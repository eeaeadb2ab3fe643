import type { implement } from '@orpc/server'
import type { contract } from '../../shared/contract/index.ts'
import { approveCheckIn, dismissCheckIn, listCheckIns } from '../checkIns/index.ts'
import type { House } from '../house.ts'
import { plansOf, readTimeline, setPlanState, waitingCheckIns, zoneOfClient } from '../memory/index.ts'

type Implementer = ReturnType<typeof implement<typeof contract>>
type Timeline = Pick<Implementer['timeline'], keyof typeof contract.timeline>
type CheckIns = Pick<Implementer['checkIns'], keyof typeof contract.checkIns>

/** What happened with a client, and how their goals and commitments stand. */
export const timelineRoutes = (os: Timeline, house: () => House, now: () => number) => ({
  read: os.read.handler(({ input }) => readTimeline(house().queries, input, now())),
  plans: os.plans.handler(({ input: { clientId } }) => ({
    ...zoneOfClient(house().queries, clientId),
    rows: plansOf(house().queries, clientId, now()),
  })),
  setState: os.setState.handler(({ input }) =>
    house().act((tx, at) => {
      setPlanState(tx, input, at)
      return {}
    }),
  ),
})

/** Commitments that fall due, and what the coach decides about them. */
export const checkInRoutes = (os: CheckIns, house: () => House, now: () => number) => ({
  waiting: os.waiting.handler(() => ({ rows: waitingCheckIns(house().queries, now()) })),
  list: os.list.handler(({ input }) => ({
    rows: listCheckIns(house().queries, input.clientId, house().settings.values(), now()),
  })),
  approve: os.approve.handler(({ input }) => house().act((tx, at) => approveCheckIn(tx, input, at))),
  dismiss: os.dismiss.handler(({ input }) =>
    house().act((tx, at) => {
      dismissCheckIn(tx, input, at)
      return {}
    }),
  ),
})
