import type { Clock } from '../../../host/clock.ts'

export interface SimClock extends Clock {
  /** Lets time pass, firing what becomes due in order; `settle` runs before the first and after each. */
  advance(ms: number, settle: () => Promise<void>): Promise<void>
  /** Moves the wall clock alone: what was due in ten seconds still is, as with real timers. */
  moveWall(ms: number): void
  /** Forgets every timer, as a process that dies does. */
  dropTimers(): void
}

/** A clock whose timers count elapsed time and whose wall time can be set, like a machine's. */
export const createSimClock = (start: number): SimClock => {
  let elapsed = 0
  let wall = start
  let timers: { at: number; action: () => void }[] = []
  return {
    now: () => wall + elapsed,
    after: (ms, action) => {
      const timer = { at: elapsed + ms, action }
      timers.push(timer)
      return () => {
        timers = timers.filter((one) => one !== timer)
      }
    },
    advance: async (ms, settle) => {
      const end = elapsed + ms
      await settle()
      for (;;) {
        const next = timers.filter((timer) => timer.at <= end).toSorted((a, b) => a.at - b.at)[0]
        if (!next) break
        elapsed = Math.max(elapsed, next.at)
        timers = timers.filter((timer) => timer !== next)
        next.action()
        await settle()
      }
      elapsed = end
    },
    moveWall: (ms) => {
      wall += ms
    },
    dropTimers: () => {
      timers = []
    },
  }
}
