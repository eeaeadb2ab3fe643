/** What a log line may hold: numbers, codes, ids and names of our own parts. Never text from or about a client. */
export interface LogFields {
  readonly code?: string
  readonly id?: string
  readonly kind?: string
  readonly channel?: string
  readonly state?: string
  readonly ms?: number
  readonly count?: number
  readonly bytes?: number
  readonly attempt?: number
  readonly version?: number | string
  /** A statement with placeholders, never bound values. */
  readonly sql?: string
  readonly procedure?: string
  readonly signal?: string
}

export type LogLevel = 'info' | 'warn' | 'error'

/** `event` is a fixed word of ours, such as `host_started`. */
export type Log = (level: LogLevel, event: string, fields?: LogFields) => void

const allowed: ReadonlySet<string> = new Set([
  'code',
  'id',
  'kind',
  'channel',
  'state',
  'ms',
  'count',
  'bytes',
  'attempt',
  'version',
  'sql',
  'procedure',
  'signal',
] satisfies (keyof LogFields)[])

/** Writes one JSON line an event; fields outside the allow-list and long values are dropped, not trusted. */
export const createLog = (write: (line: string) => void): Log => {
  return (level, event, fields = {}) => {
    const kept = Object.entries(fields).filter(
      ([name, value]) =>
        allowed.has(name) && (typeof value === 'number' || (typeof value === 'string' && value.length <= 400)),
    )
    write(`${JSON.stringify({ at: new Date().toISOString(), level, event, ...Object.fromEntries(kept) })}\n`)
  }
}

export const silentLog: Log = () => undefined

/** Keeps out of the log what libraries print by themselves: an error of theirs may quote what a client wrote. */
export const silenceLibraries = (log: Log): void => {
  for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const) {
    console[method] = () => log('warn', 'library_message', { kind: method })
  }
}

/** Ends the process on what nobody caught, with a word in the log instead of a stack that may hold text. */
export const endOnUncaught = (log: Log): void => {
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => {
      log('error', 'uncaught', { kind: event, code: error instanceof Error ? error.name : typeof error })
      process.exit(1)
    })
  }
}
