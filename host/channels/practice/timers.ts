import type { Clock } from '../../clock.ts'

export interface Timers {
  after(ms: number, action: () => void): () => void
  clear(): void
}

/** A clock whose waiting actions can all be called off at once. */
export const createTimers = (clock: Clock): Timers => {
  const cancels = new Set<() => void>()
  return {
    after: (ms, action) => {
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
    clear: () => {
      for (const cancel of cancels) cancel()
      cancels.clear()
    },
  }
}
