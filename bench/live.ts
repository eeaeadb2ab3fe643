import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { decideHandoff } from '../host/handoff/index.ts'
import { readSignals } from '../host/signals/index.ts'
import type { Change } from '../shared/contract/events.ts'
import { connectConsole, startConsole } from '../tests/fixtures/console.ts'
import type { ConsoleClient } from '../tests/fixtures/testHost.ts'
import { type Figure, quantile, within } from './figure.ts'
import { clientTexts } from './texts.ts'
import { fillWorkspace } from './workspace.ts'

const arrivals = 300
// Between 40 and 400 milliseconds from one message to the next, by their lengths.
const replaySpeed = 15
const longestRunMs = 240_000
const readings = 5_000

/** From a channel's message to the changed row in a window's hands, in a full workspace; and the reading of signals. */
export const live = async ({ messages }: { messages: number }): Promise<Figure[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'opencoach-bench-'))
  try {
    await fillWorkspace(folder, { messages, clients: 220 })
    const replay = join(folder, 'replay.jsonl')
    const lines = clientTexts(arrivals).map((text) => JSON.stringify({ from: 'client', text }))
    writeFileSync(replay, lines.join('\n'))
    const delays = await measureArrivals(folder, replay)
    const signals = measureSignals()
    return [
      within('inbound_visible_p95_ms', quantile(delays, 0.95), 100),
      { metric: 'inbound_visible_p50_ms', value: quantile(delays, 0.5), unit: 'ms' },
      { metric: 'inbound_samples', value: delays.length, unit: '' },
      within('signals_p95_ms', quantile(signals, 0.95), 2),
      { metric: 'signals_p50_ms', value: quantile(signals, 0.5), unit: 'ms' },
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

interface Sight {
  /** Milliseconds UTC. */
  readonly at: number
  readonly lastSeq: number
}

const measureArrivals = async (folder: string, replay: string): Promise<number[]> => {
  const running = await startConsole(folder, ['--replay', replay, '--replay-speed', String(replaySpeed)])
  const { client, close } = await connectConsole(running.url)
  try {
    const changes = await client.events.changes()
    await changes.next()
    const watchedFrom = Date.now()
    const window = openWindow(client)
    const watch = async (): Promise<void> => {
      for await (const batch of changes) window.take(batch)
    }
    // Ends with the connection.
    watch().catch(() => undefined)
    await replayIsOver(client)
    // What came last is fetched too.
    await pause(500)
    const conversationId = window.conversationId()
    if (!conversationId) throw new Error('The replay never showed up in the inbox.')
    const came = await arrivalsOf(client, conversationId)
    return came
      .filter((message) => message.sentAt > watchedFrom)
      .flatMap((message) => {
        const seen = window.sights.find((sight) => sight.lastSeq >= message.seq)
        return seen ? [seen.at - message.sentAt] : []
      })
  } finally {
    close()
    await running.stop()
  }
}

const gatherMs = 60

/** Fetches again what an open inbox shows, at the moments at which the console does (renderer/transport/invalidate.ts). */
const openWindow = (client: ConsoleClient) => {
  const sights: Sight[] = []
  let conversationId: string | undefined
  let gathered: Change[] = []
  let timer: ReturnType<typeof setTimeout> | undefined

  const look = async (): Promise<void> => {
    const { rows } = await client.inbox.list({ filter: 'all', limit: 50 })
    const at = Date.now()
    const row = rows.find((one) => one.clientName === 'Replay client')
    conversationId = row?.id
    if (row) sights.push({ at, lastSeq: row.lastSeq })
  }
  const flush = (): void => {
    const topics = new Set(gathered.map((change) => change.topic))
    gathered = []
    const beside = [
      ...(topics.has('inbox') ? [look(), client.inbox.counts()] : []),
      ...(topics.has('conversation') && conversationId
        ? [client.inbox.conversation({ conversationId }), client.inbox.thread({ conversationId, limit: 60 })]
        : []),
    ]
    void Promise.allSettled(beside)
  }
  const rest = (): void => {
    timer = undefined
    if (gathered.length === 0) return
    flush()
    timer = setTimeout(rest, gatherMs)
  }
  return {
    sights,
    conversationId: () => conversationId,
    take: (batch: readonly Change[]): void => {
      gathered.push(...batch)
      if (timer !== undefined || gathered.length === 0) return
      flush()
      timer = setTimeout(rest, gatherMs)
    },
  }
}

const replayIsOver = async (client: ConsoleClient): Promise<void> => {
  const deadline = Date.now() + longestRunMs
  while (Date.now() < deadline) {
    const { rows } = await client.channels.list()
    if (rows.some((row) => row.name === 'replay' && row.state === 'finished')) return
    await pause(1_000)
  }
  throw new Error('The replay did not come to its end in time.')
}

const arrivalsOf = async (
  client: ConsoleClient,
  conversationId: string,
): Promise<{ seq: number; sentAt: number }[]> => {
  const found: { seq: number; sentAt: number }[] = []
  let after = 0
  while (true) {
    const page = await client.inbox.thread({ conversationId, after, limit: 200 })
    found.push(...page.messages.filter((message) => message.senderType === 'client'))
    after = page.messages.at(-1)?.seq ?? after
    if (!page.hasLater) return found
  }
}

const measureSignals = (): number[] => {
  const texts = clientTexts(readings)
  return texts.map((text, index) => {
    const history = texts.slice(Math.max(0, index - 4), index).map((earlier, at) => ({
      from: at % 2 === 0 ? ('client' as const) : ('other' as const),
      text: earlier,
    }))
    const start = performance.now()
    decideHandoff({
      signals: readSignals(text, history, { coachName: 'Robin Vale' }),
      confidence: null,
      generation: 'none',
    })
    return performance.now() - start
  })
}
