import { and, eq, inArray, isNull } from 'drizzle-orm'
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

/** Tells the shell about each open call for the coach, once, with the client's name and the reason in our own words. */
export const createAttention = ({ changes, house }: { changes: Changes; house: () => House | undefined }) => ({
  listen: (listener: (attention: Attention) => void): void => {
    const announced = new Set<string>()
    const look = (): void => {
      const calls = house()
        ?.queries.select({
          id: handoffs.id,
          conversationId: handoffs.conversationId,
          trigger: handoffs.trigger,
          name: clients.name,
        })
        .from(handoffs)
        .innerJoin(clients, eq(clients.id, handoffs.clientId))
        .where(
          and(
            isNull(handoffs.endedAt),
            isNull(handoffs.acknowledgedAt),
            inArray(handoffs.toOwner, ['waiting', 'locked']),
          ),
        )
        .orderBy(handoffs.seq)
        .all()
      for (const call of calls ?? []) {
        if (announced.has(call.id)) continue
        announced.add(call.id)
        const reason = words[call.trigger]
        listener({
          conversationId: call.conversationId,
          title: `${call.name} needs you`,
          body: reason ? `Reason: ${reason}.` : 'The clone is silent.',
        })
      }
    }
    changes.listen((batch) => {
      if (batch.some((change) => change.topic === 'inbox' || change.topic === 'vault')) look()
    })
    look()
  },
})
