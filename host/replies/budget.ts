import { gte, sql } from 'drizzle-orm'
import { agentExecutions, interventionRefinements, memoryRefinements } from '../../db/schema/index.ts'
import type { Queries } from '../../db/sqlite.ts'

const startOfDay = (now: number): number => new Date(now).setHours(0, 0, 0, 0)

/** What the model has cost since midnight on this machine, millionths of a US dollar: its answers and its readings. */
export const spentToday = (queries: Queries, now: number): number =>
  [agentExecutions, memoryRefinements, interventionRefinements].reduce((spent, table) => {
    const row = queries
      .select({ spent: sql<number>`coalesce(sum(${table.costMicros}), 0)` })
      .from(table)
      .where(gte(table.finishedAt, startOfDay(now)))
      .get()
    return spent + (row?.spent ?? 0)
  }, 0)

/** True where a daily limit is set and used up. */
export const isBudgetUsed = (queries: Queries, dailyBudgetUsd: number, now: number): boolean =>
  dailyBudgetUsd > 0 && spentToday(queries, now) >= dailyBudgetUsd * 1_000_000
