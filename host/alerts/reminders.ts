import { sql } from 'drizzle-orm'
import type { Queries } from '../../db/sqlite.ts'
import type { Change } from '../../shared/contract/events.ts'
import { type Attention, shownName } from './words.ts'

export interface Due {
  readonly attentions: Attention[]
  /** What windows should refetch: a conversation with a due follow-up needs the coach. */
  readonly changes: Change[]
  /** When the next follow-up falls due, milliseconds UTC. */
  readonly nextAt: number | null
}

/** Tells once, and once more after each start of the console, that a follow-up has fallen due. */
export const createReminders = (queries: Queries): { look(now: number): Due } => {
  let told: ReadonlySet<string> = new Set()

  const look = (now: number): Due => {
    const due = queries.all<{ key: string; conversationId: string; name: string }>(
      sql`SELECT f.id || ':' || f.due_at AS key, f.conversation_id AS conversationId, cl.name
          FROM follow_ups f INDEXED BY follow_ups_open JOIN clients cl ON cl.id = f.client_id
          WHERE f.done_at IS NULL AND f.due_at <= ${now} ORDER BY f.due_at, f.id`,
    )
    const fresh = due.filter((one) => !told.has(one.key))
    told = new Set(due.map((one) => one.key))
    const next = queries.get<{ at: number | null }>(
      sql`SELECT min(due_at) AS at FROM follow_ups INDEXED BY follow_ups_open WHERE done_at IS NULL AND due_at > ${now}`,
    )
    return {
      attentions: fresh.map(({ conversationId, name }) => ({
        conversationId,
        title: `Time to look after ${shownName(name)}`,
        body: 'A follow-up you planned is due.',
        level: 0,
        isCrisis: false,
      })),
      changes:
        fresh.length === 0
          ? []
          : [
              { topic: 'alerts' },
              { topic: 'inbox' },
              ...fresh.map(({ conversationId }) => ({ topic: 'conversation' as const, id: conversationId })),
            ],
      nextAt: next?.at ?? null,
    }
  }

  return { look }
}
