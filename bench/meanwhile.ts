import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { connectConsole, startConsole } from '../tests/fixtures/console.ts'
import type { ConsoleClient } from '../tests/fixtures/testHost.ts'
import { type Figure, quantile, within } from './figure.ts'
import { fillWorkspace } from './workspace.ts'

const messages = 100_000
const clients = 200
const restMs = 40
const quietOpenings = 60
const longestRunMs = 180_000

/** Opening the inbox and a thread, through the built host, while it takes in a folder with the whole pipeline. */
export const inboxMeanwhile = async (documents: string): Promise<Figure[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'opencoach-bench-'))
  try {
    await fillWorkspace(folder, { messages, clients })
    const running = await startConsole(folder)
    const { client, close } = await connectConsole(running.url)
    try {
      const threads = (await client.inbox.list({ filter: 'all', limit: 100 })).rows.map(({ id }) => id)
      const before = await openOften(client, threads, async (openings) => openings < quietOpenings)
      const start = performance.now()
      await client.library.watch({ path: documents })
      const during = await openOften(client, threads, async () => {
        const { documents: known, progress } = await client.library.overview()
        const isBusy = known === 0 || progress !== null
        return isBusy && performance.now() - start < longestRunMs
      })
      const seconds = (performance.now() - start) / 1_000
      const { ready, passages } = await client.library.overview()
      const alone = quantile(before, 0.95)
      const beside = quantile(during, 0.95)
      return [
        { ...within('inbox_p95_ms_meanwhile', beside, 100), baseline: alone, ratio: beside / alone },
        { metric: 'inbox_p50_ms_meanwhile', value: quantile(during, 0.5), unit: 'ms', baseline: quantile(before, 0.5) },
        { metric: 'inbox_samples', value: during.length, unit: '' },
        { metric: 'documents_per_minute', value: (60 * ready) / seconds, unit: '/min' },
        { metric: 'passages_per_second', value: passages / seconds, unit: '/s' },
      ]
    } finally {
      close()
      await running.stop()
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Milliseconds of each look at the inbox and into the next thread, as a window asks for them. */
const openOften = async (
  client: ConsoleClient,
  threads: readonly string[],
  goOn: (openings: number) => Promise<boolean>,
): Promise<number[]> => {
  const times: number[] = []
  while (await goOn(times.length)) {
    const conversationId = threads[times.length % threads.length] ?? ''
    const start = performance.now()
    await Promise.all([client.inbox.list({ filter: 'all', limit: 50 }), client.inbox.counts()])
    await Promise.all([
      client.inbox.conversation({ conversationId }),
      client.inbox.thread({ conversationId, limit: 60 }),
    ])
    times.push(performance.now() - start)
    await pause(restMs)
  }
  return times
}
