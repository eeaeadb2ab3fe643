import type { Change } from '../../shared/contract/events.ts'

export interface Changes {
  publish(changes: readonly Change[]): void
  /** Batches of changes for one window, the first one empty; ends when the signal aborts. */
  subscribe(signal: AbortSignal | undefined): AsyncGenerator<Change[]>
  /** Called with every batch in this process; returns how to stop. */
  listen(listener: (changes: readonly Change[]) => void): () => void
}

/** Beyond this a slow window is told that whole topics changed, so that nothing piles up for it. */
const mostWaiting = 200

/** Tells windows what changed after a commit. A window that is slow gets fewer, larger batches, never an old one. */
export const createChanges = (): Changes => {
  const listeners = new Set<(changes: readonly Change[]) => void>()

  const listen = (listener: (changes: readonly Change[]) => void) => {
    listeners.add(listener)
    return () => {
      listeners.delete(listener)
    }
  }

  async function* subscribe(signal: AbortSignal | undefined): AsyncGenerator<Change[]> {
    const waiting = new Map<string, Change>()
    let wake: () => void = () => undefined
    const stop = listen((changes) => {
      for (const change of changes) waiting.set(`${change.topic}:${change.id ?? ''}`, change)
      if (waiting.size > mostWaiting) {
        const topics = new Set([...waiting.values()].map((change) => change.topic))
        waiting.clear()
        for (const topic of topics) waiting.set(topic, { topic })
      }
      wake()
    })
    signal?.addEventListener('abort', () => wake(), { once: true })
    try {
      yield []
      while (!signal?.aborted) {
        if (waiting.size === 0) await new Promise<void>((resolve) => (wake = resolve))
        const batch = [...waiting.values()]
        waiting.clear()
        if (batch.length > 0) yield batch
      }
    } finally {
      stop()
    }
  }

  const publish = (changes: readonly Change[]): void => {
    for (const listener of listeners) listener(changes)
  }

  return { publish, subscribe, listen }
}
