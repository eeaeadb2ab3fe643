/** How often in a row a reading failed, and when it did last, milliseconds UTC. */
export interface Failures {
  readonly failures: number
  readonly failedAt: number
}

/** A stop is seldom the fault of what was read: so many in a row weigh as one failure. */
const stopsPerFailure = 4

/** From the failed readings since the last that came to an end, oldest first. */
export const failuresIn = (
  failed: readonly { readonly finishedAt: number | null; readonly errorCode: string | null }[],
): Failures => {
  const interrupted = failed.filter(({ errorCode }) => errorCode === 'INTERRUPTED').length
  return {
    failures: failed.length - interrupted + Math.floor(interrupted / stopsPerFailure),
    failedAt: failed.at(-1)?.finishedAt ?? 0,
  }
}

/** When what failed may be tried again. */
export const retryAt = ({ failures, failedAt }: Failures): number =>
  failures === 0 ? 0 : failedAt + 60_000 * 5 ** (failures - 1)
