import type { Clock } from '../clock.ts'
import { isProblem } from './secrets.ts'

const firstDelayMs = 250
const longestDelayMs = 10_000

/**
 * Runs attempts to open the data one after the other. A wrong secret is answered ever more slowly, up to ten
 * seconds, so that guessing is hopeless and a coach who mistypes is never locked out.
 */
export const createAttempts = (clock: Clock) => {
  let failures = 0
  let last: Promise<unknown> = Promise.resolve()
  const pause = (ms: number): Promise<void> => new Promise((resolve) => void clock.after(ms, resolve))

  const attempt = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      const result = await work()
      failures = 0
      return result
    } catch (error) {
      if (isProblem(error, 'WRONG_SECRET')) {
        await pause(Math.min(longestDelayMs, firstDelayMs * 2 ** Math.min(failures, 10)))
        failures += 1
      }
      throw error
    }
  }
  return <T>(work: () => Promise<T>): Promise<T> => {
    const result = last.then(() => attempt(work))
    last = result.catch(() => undefined)
    return result
  }
}
