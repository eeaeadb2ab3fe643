import { and, desc, eq, gt, inArray, isNull } from 'drizzle-orm'
import { clients, handoffs } from '../db/schema/index.ts'
import type { HandoffTrigger } from '../shared/taxonomy/conversation.ts'
import type { Changes } from './events/index.ts'
import type { House } from './house.ts'

/** Something a coach must look at; names and reasons only, never what a client wrote. */
export interface Attention {
  readonly conversationId: string
  readonly title: string
  readonly body: string
}

const words: Partial<Record<HandoffTrigger, string>> = {
  safety_crisis: 'safety crisis',
  client_request: 'asked for you',
  high_stakes_decision: 'high-stakes decision',
  low_confidence: 'the clone is not sure',
  score: 'several signs at once',
}

/** Tells the shell about each new call for the coach, once, with the client's name and the reason in our own words. */
export const createAttention = ({ changes, house }: { changes: Changes; house: () => House | undefined }) => {
  let lastSeq: number | undefined
  return {
    listen: (listener: (attention: Attention) => void): void => {
      const newest = (queries: House['queries']) =>
        queries.select({ seq: handoffs.seq }).from(handoffs).orderBy(desc(handoffs.seq)).limit(1).get()?.seq ?? 0
      changes.listen(() => {
        const queries = house()?.queries
        if (!queries) return
        lastSeq ??= newest(queries)
        const calls = queries
          .select({
            seq: handoffs.seq,
            conversationId: handoffs.conversationId,
            trigger: handoffs.trigger,
            name: clients.name,
          })
          .from(handoffs)
          .innerJoin(clients, eq(clients.id, handoffs.clientId))
          .where(
            and(gt(handoffs.seq, lastSeq), inArray(handoffs.toOwner, ['waiting', 'locked']), isNull(handoffs.endedAt)),
          )
          .all()
        for (const call of calls) {
          lastSeq = Math.max(lastSeq, call.seq)
          const reason = words[call.trigger]
          listener({
            conversationId: call.conversationId,
            title: `${call.name} needs you`,
            body: reason ? `Reason: ${reason}.` : 'The clone is silent.',
          })
        }
      })
    },
  }
}
