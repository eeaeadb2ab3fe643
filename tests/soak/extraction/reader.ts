import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import type { Queries } from '../../../db/sqlite.ts'
import type { Write } from '../../../db/write.ts'
import type { FormRequest } from '../../../host/ai/index.ts'
import { systemClock } from '../../../host/clock.ts'
import { silentLog } from '../../../host/log/index.ts'
import { closeInterruptedRefinements, refineJobs } from '../../../host/memory/index.ts'
import { createSettings } from '../../../host/settings/index.ts'

export const sessionGapMinutes = 120

/** What the stand-in reads: always the same in the same words, and one thing that nobody said. */
const claimsIn = (message: string): unknown[] =>
  [...message.matchAll(/⟦message (\d+)⟧\n([\s\S]*?)\n⟦\/message \d+⟧/gu)].flatMap(([, nth, text = '']) => {
    const claim = (kind: string, quote: string) => ({ message: Number(nth), kind, quote })
    if (text.includes('harbour'))
      return [claim('context', 'The weather is grey'), claim('goal', 'sail around the world')]
    return text.includes('sister') ? [claim('context', text)] : text.includes('Italian') ? [claim('goal', text)] : []
  })

/** A model's reading for memory whose answers take a moment, so that it can be killed while it waits. */
export const createReader = ({ write, queries }: { write: Write; queries: Queries }, now: () => number) => {
  const settings = createSettings(queries, {})
  let time = 0
  const jobs = refineJobs({
    write,
    queries,
    clock: { now: () => Math.max(time, now()), after: systemClock.after },
    log: silentLog,
    model: {
      fillForm: async <Value>({ message, reader }: FormRequest<Value>) => {
        await pause(100)
        const value = reader.parse({ findings: claimsIn(message) })
        return { value, model: 'stand-in', promptTokens: 1, completionTokens: 1, statedCostUsd: null, latencyMs: 100 }
      },
    },
    settings: () => ({ ...settings.values(), defaultReplyMode: 'autopilot', sessionGapMinutes }),
    isModelReady: () => true,
    isRemote: () => false,
    isBudgetUsed: () => false,
  })
  write((tx) => closeInterruptedRefinements(tx, now()))

  const readOnce = async (): Promise<number | undefined> => {
    write((tx) => tx.queries.run(sql`DELETE FROM jobs`))
    await jobs.refine_memory?.({
      id: 'job',
      payload: {},
      attempt: 1,
      isLast: false,
      signal: new AbortController().signal,
    })
    return (
      queries.get<{ at: number | null }>(sql`SELECT min(run_at) AS at FROM jobs WHERE kind = 'refine_memory'`)?.at ??
      undefined
    )
  }
  return {
    readOnce,
    /** Goes on until nothing is left, at whatever time that would be. */
    readAll: async (): Promise<void> => {
      for (let at = await readOnce(); at !== undefined; at = await readOnce()) time = Math.max(time, at)
    },
  }
}
