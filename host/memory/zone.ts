import { eq } from 'drizzle-orm'
import { clients } from '../../db/schema/index.ts'
import type { Queries } from '../../db/sqlite.ts'
import { Problem } from '../../shared/problem.ts'
import { knownTimeZone } from './dates/index.ts'

export interface Zone {
  readonly timeZone: string
  /** Nobody said where the client lives: it is the time zone of this machine. */
  readonly isGuessedZone: boolean
}

/** Whose clock and calendar hold for a client; throws NOT_FOUND. */
export const zoneOfClient = (queries: Queries, clientId: string): Zone => {
  const client = queries.select({ timeZone: clients.timeZone }).from(clients).where(eq(clients.id, clientId)).get()
  if (!client) throw new Problem('NOT_FOUND')
  const { timeZone } = client
  return {
    timeZone: knownTimeZone(timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone),
    isGuessedZone: timeZone === null,
  }
}
