import { sql } from 'drizzle-orm'
import { clients, egressLedger, memoryEvidence, memoryRefinements } from '../../../db/schema/index.ts'
import type { Write } from '../../../db/write.ts'
import { closeInterruptedRefinements, refineJobs } from '../../../host/memory/index.ts'
import type { ModelRequest } from '../../fakes/modelServer.ts'
import { openReadingModel } from '../../fixtures/readingModel.ts'
import { openRemembered } from './remembered.ts'
import { dayMs, noon } from './talk.ts'

const hourMs = 3_600_000

/** One finding as a model hands it over. */
export const claim = (message: number, kind: string, quote: string, more: Record<string, unknown> = {}) => ({
  message,
  kind,
  quote,
  is_sensitive: false,
  preference: 'none',
  value: '',
  area: 'none',
  ...more,
})

export const findings = (...claims: unknown[]): string => JSON.stringify({ findings: claims })

/** The messages that a request gave to the model, in their order. */
export const givenIn = ({ messages }: Pick<ModelRequest, 'messages'>): string[] =>
  [...(messages[1]?.content ?? '').matchAll(/⟦message \d+⟧\n([\s\S]*?)\n⟦\/message \d+⟧/gu)].map(
    ([, text = '']) => text,
  )

/** Talks of a day ago with a model that reads them, and time that only moves when the test says so. */
export const openRefining = async (options: Parameters<typeof openReadingModel>[1] = {}) => {
  const memory = openRemembered()
  const { write, queries } = memory
  const { server, time, settings, parts } = await openReadingModel({ write, queries, now: noon + dayMs }, options)
  const handlersWith = (writing: Write) => refineJobs({ ...parts, write: writing })
  let handlers = handlersWith(write)

  const nextAt = (): number | undefined =>
    queries.get<{ at: number }>(sql`SELECT run_at AS at FROM jobs WHERE kind = 'refine_memory' AND state = 'queued'`)
      ?.at

  const look = async (signal = new AbortController().signal): Promise<void> => {
    write((tx) => tx.queries.run(sql`DELETE FROM jobs WHERE kind = 'refine_memory'`))
    await handlers.refine_memory?.({ id: 'job', payload: {}, attempt: 1, isLast: false, signal })
  }
  /** Lets the job look, and again whenever it wants to, for at most `ms`. */
  const refine = async (ms = 3 * hourMs): Promise<void> => {
    const until = time.now + ms
    memory.remember(time.now)
    await look()
    for (let at = nextAt(); at !== undefined && at <= until; at = nextAt()) {
      time.now = Math.max(time.now, at)
      await look()
    }
  }

  return {
    ...memory,
    server,
    settings,
    time,
    look,
    refine,
    nextAt,
    /** The host stopped in the middle and begins again. */
    restart: () => {
      handlers = handlersWith(write)
      write((tx) => closeInterruptedRefinements(tx, time.now))
    },
    handlersWith,
    refinements: () => queries.select().from(memoryRefinements).all(),
    evidence: () =>
      queries
        .select()
        .from(memoryEvidence)
        .all()
        .filter(({ reader }) => reader === 'model'),
    ledger: () => queries.select().from(egressLedger).all(),
    setClient: (values: Partial<typeof clients.$inferInsert>) => queries.update(clients).set(values).run(),
  }
}
