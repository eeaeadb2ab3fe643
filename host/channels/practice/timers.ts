import type { Clock } from '../../clock.ts'

export interface Timers {
  /** Calls action once after at least `ms`, unless called off or stopped before. */
  after(ms: number, action: () => void): () => void
  /** Calls off everything that waits, and whatever would be asked for later. */
  stop(): void
}

/** A clock whose waiting actions end together with what they belong to. */
export const createTimers = (clock: Clock): Timers => {
  const cancels = new Set<() => void>()
  let isStopped = false
  return {
    after: (ms, action) => {
      if (isStopped) return () => undefined
      const cancel = clock.after(ms, () => {
        cancels.delete(cancel)
        action()
      })
      cancels.add(cancel)
      return () => {
        cancels.delete(cancel)
        cancel()
      }
    },
    stop: () => {
      isStopped = true
      for (const cancel of cancels) cancel()
      cancels.clear()
    },
  }
}
