import { and, asc, desc, eq, gte, or, sql } from 'drizzle-orm'
import { pastImports, pastTurns } from '../../../db/schema/index.ts'
import type { Queries } from '../../../db/sqlite.ts'
import { mostCoachTurns } from './select.ts'

/** So many turns are told before and after each one. */
const mostAround = 5

export interface PastWords {
  readonly from: 'client' | 'coach'
  readonly text: string
}

/** Something the coach said in a past conversation, or a paragraph of their own writing. */
export interface PastCoachTurn {
  readonly importId: string
  /** Of the import. */
  readonly thread: number
  /** Of the turn, unique over all imports. */
  readonly seq: number
  /** Whose conversation it was; null: nobody here, and then no words of another person are around it. */
  readonly clientId: string | null
  readonly text: string
  /** What was said just before and after, oldest first. */
  readonly before: readonly PastWords[]
  readonly after: readonly PastWords[]
  /** Milliseconds since 1970; null where the file did not tell. */
  readonly sentAt: number | null
}

type Row = typeof pastTurns.$inferSelect

const wordsOf = ({ author, content }: Row): PastWords => ({
  from: author === 'human_coach' ? 'coach' : 'client',
  text: content,
})

/** The coach's newest turns, those that two exports of one conversation share only once. */
const newestTurns = (queries: Queries): Row[] => {
  const rows = queries
    .select({ turn: pastTurns })
    .from(pastTurns)
    .innerJoin(pastImports, and(eq(pastImports.id, pastTurns.importId), eq(pastImports.state, 'done')))
    .where(eq(pastTurns.author, 'human_coach'))
    .orderBy(desc(pastTurns.orderAt), desc(pastTurns.seq))
    .limit(mostCoachTurns)
    .all()
  const importOf = new Map<string, string>()
  return rows.flatMap(({ turn }) => {
    if (turn.sentAt === null) return [turn]
    const key = JSON.stringify([turn.sentAt, turn.clientId, turn.content])
    const known = importOf.get(key)
    importOf.set(key, known ?? turn.importId)
    return known === undefined || known === turn.importId ? [turn] : []
  })
}

/** A conversation from shortly before one of its turns on, in the order in which it went. */
const conversationFrom = (queries: Queries, { importId, thread, orderAt, seq }: Row): Row[] => {
  const sameThread = and(eq(pastTurns.importId, importId), eq(pastTurns.thread, thread))
  const earlier = queries
    .select()
    .from(pastTurns)
    .where(and(sameThread, sql`(${pastTurns.orderAt}, ${pastTurns.seq}) < (${orderAt}, ${seq})`))
    .orderBy(desc(pastTurns.orderAt), desc(pastTurns.seq))
    .limit(mostAround)
    .all()
  const later = queries
    .select()
    .from(pastTurns)
    .where(
      and(
        sameThread,
        gte(pastTurns.orderAt, orderAt),
        or(sql`${pastTurns.orderAt} > ${orderAt}`, gte(pastTurns.seq, seq)),
      ),
    )
    .orderBy(asc(pastTurns.orderAt), asc(pastTurns.seq))
    .all()
  return [...earlier.toReversed(), ...later]
}

/**
 * What the coach said in what was taken in: at most the newest 5,000 turns of all imports, conversation by
 * conversation, each in its order. Only what one client's conversation holds is ever around a turn.
 */
export function* pastCoachTurns(queries: Queries): Generator<PastCoachTurn, void, undefined> {
  const threads = new Map<string, Row[]>()
  for (const turn of newestTurns(queries)) {
    const key = `${turn.importId} ${turn.thread}`
    const known = threads.get(key)
    if (known) known.push(turn)
    else threads.set(key, [turn])
  }
  for (const turns of threads.values()) {
    const oldest = turns.at(-1)
    if (!oldest) continue
    const wanted = new Set(turns.map(({ seq }) => seq))
    const conversation = conversationFrom(queries, oldest)
    for (const [index, row] of conversation.entries()) {
      if (!wanted.has(row.seq)) continue
      yield {
        importId: row.importId,
        thread: row.thread,
        seq: row.seq,
        clientId: row.clientId,
        text: row.content,
        before: conversation.slice(Math.max(0, index - mostAround), index).map(wordsOf),
        after: conversation.slice(index + 1, index + 1 + mostAround).map(wordsOf),
        sentAt: row.sentAt,
      }
    }
  }
}
