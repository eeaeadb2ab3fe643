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

/** Resolves with what `work` gives, or undefined once `ms` have passed; leaves no timer behind. */
export const within = async <T>(clock: Clock, ms: number, work: Promise<T>): Promise<T | undefined> => {
  let cancel: () => void = () => undefined
  const limit = new Promise<undefined>((resolve) => {
    cancel = clock.after(ms, () => resolve(undefined))
  })
  return Promise.race([work, limit]).finally(cancel)
}

/** Waits; rejects with the signal's reason as soon as it is aborted. */
export const rest = (clock: Clock, ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const stop = (): void => {
      cancel()
      reject(signal.reason)
    }
    const cancel = clock.after(ms, () => {
      signal.removeEventListener('abort', stop)
      resolve()
    })
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop, { once: true })
  })
