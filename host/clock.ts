/** Time as the host sees it, so that tests can move it. Milliseconds since 1970, UTC. */
export interface Clock {
  now(): number
  /** Calls action once after at least `ms`; returns a function that cancels it. */
  after(ms: number, action: () => void): () => void
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after: (ms, action) => {
    const timer = setTimeout(action, Math.min(ms, 2 ** 31 - 1))
    return () => clearTimeout(timer)
  },
}
