import type { ProblemCode } from '../../../shared/contract/problems.ts'
import { type Problem, toProblem } from '../../../shared/problem.ts'
import type { Clock } from '../../clock.ts'
import type { Log } from '../../log/index.ts'
import type { ChannelSink, InboundBatch } from '../channel.ts'
import { unknownWords } from './content.ts'
import type { Entry, Window } from './window.ts'

interface Parts {
  readonly clock: Clock
  readonly log: Log
  readonly sink: ChannelSink
  readonly window: Window
  /** What goes with a batch that holds these entries. */
  readonly around: (entries: readonly Entry[]) => Pick<InboundBatch, 'cursor' | 'gap' | 'memory'>
  readonly stored: (entries: readonly Entry[]) => void
}

// Nothing can be stored while one of these holds, whatever it is.
const concernsAll: ReadonlySet<ProblemCode> = new Set([
  'DISK_FULL',
  'READ_ONLY',
  'LOCKED',
  'DATABASE_DAMAGED',
  'DATABASE_FOREIGN',
])
/** About a minute. */
const givesWayAfter = 6
const longestRetryMs = 60_000

/**
 * Offers what is ready to the house. Answers with the Problem that keeps everything back; what the house refuses
 * alone stays in the window, is offered again later, and keeps back nobody else.
 */
export const createStoring = ({ clock, log, sink, window, around, stored }: Parts) => {
  let storedAt = Number.NEGATIVE_INFINITY

  const offer = async (entries: readonly Entry[]): Promise<Problem | null> => {
    const messages = entries.flatMap(({ message }) => (message ? [message] : []))
    const changes = entries.flatMap(({ change }) => (change ? [change] : []))
    try {
      await sink.receive({ messages, changes, ...around(entries) })
    } catch (error) {
      return toProblem(error)
    }
    storedAt = clock.now()
    window.remove(entries)
    stored(entries)
    return null
  }

  const refused = (entry: Entry, { code }: Problem): void => {
    if (entry.failures === 0) entry.failedAt = clock.now()
    entry.failures += 1
    entry.retryAt = clock.now() + Math.min(longestRetryMs, 500 * 2 ** entry.failures)
    log('error', 'update_not_stored', {
      channel: 'telegram',
      id: String(entry.updateId),
      code,
      attempt: entry.failures,
    })
    // Only what is refused while other things are stored gives way: else it is the house that is in trouble.
    if (entry.failures < givesWayAfter || storedAt < entry.failedAt) return
    delete entry.change
    if (!entry.message) return
    const { files: _, ...words } = entry.message
    entry.message = { ...words, text: unknownWords, unreadable: 'file' }
  }

  return async (entries: readonly Entry[]): Promise<Problem | null> => {
    const problem = await offer(entries)
    if (!problem || entries.length === 0 || concernsAll.has(problem.code)) return problem
    for (const entry of entries) {
      const alone = entries.length === 1 ? problem : await offer([entry])
      if (alone && concernsAll.has(alone.code)) return alone
      if (alone) refused(entry, alone)
    }
    return null
  }
}
