import type { implement } from '@orpc/server'
import type { Tx } from '../../db/write.ts'
import type { contract } from '../../shared/contract/index.ts'
import type { House } from '../house.ts'
import { searchMessages } from '../inbox/index.ts'
import {
  addNeverMention,
  bringBack,
  correctItem,
  type Doing,
  forgetItem,
  listEvidence,
  listGroup,
  listRollUps,
  listSessions,
  markItemSensitive,
  pinItem,
  removeNeverMention,
  searchItems,
  shownMemory,
} from '../memory/index.ts'

type Memory = Pick<ReturnType<typeof implement<typeof contract>>['memory'], keyof typeof contract.memory>

const mostMessages = 20

/** What the coach sees of what is remembered of a client, and does with it. */
export const memoryRoutes = (os: Memory, house: () => House, now: () => number) => {
  const act = (work: (tx: Tx, doing: Doing) => void): Record<string, never> => {
    const { sessionGapMinutes } = house().settings.values()
    house().act((tx, at) => work(tx, { now: at, sessionGapMinutes }))
    return {}
  }
  return {
    of: os.of.handler(({ input }) => shownMemory(house().queries, input.clientId, now())),
    list: os.list.handler(({ input }) => listGroup(house().queries, input, now())),
    sessions: os.sessions.handler(({ input }) => listSessions(house().queries, input.clientId, input)),
    rollUps: os.rollUps.handler(({ input }) => listRollUps(house().queries, input.clientId, input.period, input)),
    evidence: os.evidence.handler(({ input }) => listEvidence(house().queries, input, input)),
    search: os.search.handler(({ input: { clientId, text } }) => {
      const { queries } = house()
      const { rows, next } = searchMessages(queries, { query: text, clientId, limit: mostMessages })
      return { items: searchItems(queries, { clientId, text }, now()), messages: rows, hasMoreMessages: next !== null }
    }),
    correct: os.correct.handler(({ input }) => act((tx, doing) => correctItem(tx, input, doing))),
    pin: os.pin.handler(({ input }) => act((tx, doing) => pinItem(tx, input, doing))),
    markSensitive: os.markSensitive.handler(({ input }) => act((tx, doing) => markItemSensitive(tx, input, doing))),
    forget: os.forget.handler(({ input }) => act((tx, doing) => forgetItem(tx, input, doing))),
    bringBack: os.bringBack.handler(({ input }) => act((tx, doing) => bringBack(tx, input, doing))),
    neverMention: os.neverMention.handler(({ input }) => house().act((tx, at) => addNeverMention(tx, input, at))),
    mentionAgain: os.mentionAgain.handler(({ input }) => act((tx) => removeNeverMention(tx, input))),
  }
}
