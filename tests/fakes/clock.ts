import type { Clock } from '../../host/clock.ts'

export interface FakeClock extends Clock {
  /** Moves time forward, firing what becomes due in order and letting promises settle in between. */
  advance(ms: number): Promise<void>
  /** Sets the time without firing anything, as a changed system clock does. */
  jumpTo(now: number): void
}

export const createFakeClock = (start: number): FakeClock => {
  let now = start
  let timers: { at: number; action: () => void }[] = []
  const settle = () => new Promise((resolve) => setImmediate(resolve))
  return {
    now: () => now,
    after: (ms, action) => {
      const timer = { at: now + ms, action }
      timers.push(timer)
      return () => {
        timers = timers.filter((one) => one !== timer)
      }
    },
    jumpTo: (to) => {
      now = to
    },
    advance: async (ms) => {
      const end = now + ms
      await settle()
      for (;;) {
        const next = timers.filter((timer) => timer.at <= end).toSorted((a, b) => a.at - b.at)[0]
        if (!next) break
        now = Math.max(now, next.at)
        timers = timers.filter((timer) => timer !== next)
        next.action()
        await settle()
      }
      now = end
      await settle()
    },
  }
}
