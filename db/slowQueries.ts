import type { SqliteDatabase } from './sqlite.ts'

export interface SlowQuery {
  /** With every literal replaced by a placeholder. */
  readonly sql: string
  readonly ms: number
}

export const slowQueryMs = 50

const withoutValues = (sql: string): string =>
  sql
    .replace(/'(?:[^']|'')*'/g, '?')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 400)

const timed = ['run', 'get', 'all'] as const

/** Reports each statement slower than the limit, by its text alone; bound values are never seen here. */
export const reportSlowQueries = (
  sqlite: SqliteDatabase,
  report: (query: SlowQuery) => void,
  limitMs = slowQueryMs,
): void => {
  const measure = <T>(sql: string, work: () => T): T => {
    const start = performance.now()
    try {
      return work()
    } finally {
      const ms = performance.now() - start
      if (ms > limitMs) report({ sql: withoutValues(sql), ms: Math.round(ms) })
    }
  }
  const prepare = sqlite.prepare.bind(sqlite)
  const exec = sqlite.exec.bind(sqlite)
  Object.assign(sqlite, {
    exec: (sql: string) => measure(sql, () => exec(sql)),
    prepare: (sql: string) => {
      const statement = prepare(sql)
      for (const name of timed) {
        const original = statement[name].bind(statement)
        Object.assign(statement, {
          [name]: (...values: unknown[]) => measure(sql, () => Reflect.apply(original, statement, values)),
        })
      }
      return statement
    },
  })
}
