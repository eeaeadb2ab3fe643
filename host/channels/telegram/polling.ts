import { z } from 'zod'
import { type Problem, toProblem } from '../../../shared/problem.ts'
import type { Clock } from '../../clock.ts'
import type { Log } from '../../log/index.ts'
import type { ChannelSink } from '../channel.ts'
import type { Answer, Calls, Failure } from './calls.ts'
import { connectionsOf } from './connections.ts'
import { fetchFile } from './files.ts'
import type { Linking } from './linking.ts'
import { isForeign, type Memory } from './memory.ts'
import { gapSince, offsetOf, type Position, readPosition } from './position.ts'
import { type Afterwards, readUpdate } from './reading.ts'
import { noticeOf, pollTrouble, refusedTrouble, storingTrouble } from './sentences.ts'
import { type RawUpdate, rawUpdate, updateKinds } from './shapes.ts'
import type { Status } from './status.ts'
import { createStoring } from './storing.ts'
import { createWindow } from './window.ts'

interface Parts {
  readonly clock: Clock
  readonly log: Log
  readonly calls: Calls
  readonly sink: ChannelSink
  readonly botId: string
  readonly tryLink: Linking['attempt']
  readonly memory: { get(): Memory; set(memory: Memory): void }
  /** Makes sure that the connections these updates came through are known. */
  readonly meetConnections: (updates: readonly RawUpdate[], signal: AbortSignal) => Promise<ReadonlySet<string>>
  readonly afterwards: (deed: Afterwards, signal: AbortSignal) => Promise<void>
  readonly listening: () => string
  readonly status: Status
}

const longPollSeconds = 50
/** What Telegram may take longer than it was asked to wait. */
const graceMs = 15_000
const mostUpdates = 100
const betweenLooksMs = 1_000
/** So often the time of the last poll is written down, for the sake of the 24 hours. */
const savedEveryMs = 15 * 60_000
const slowAgainMs = 30_000
const noticeForMs = 3_600_000

/** Polls until it is stopped or the token is refused. Nothing is confirmed to Telegram before it is stored. */
export const startPolling = (parts: Parts): { stop(): Promise<void> } => {
  const { clock, log, calls, sink, botId, memory } = parts
  const stopping = new AbortController()
  const { signal } = stopping
  const deeds = new Set<Promise<void>>()
  const window = createWindow({ clock, fetchFile: (wish) => fetchFile(calls, clock, wish, signal) })
  let position = readPosition(sink.cursor(), botId)
  let gap: { from: number; to: number } | undefined
  let rememberedAs = isForeign(sink.memory(), botId) ? null : memory.get()
  let savedAt: number | null = null
  let isAnswering = false
  let failures = 0
  let refusals = 0
  let notice: { sentence: string; at: number } | null = null

  const tell: Status = (state, detail) => {
    if (!signal.aborted) parts.status(state, detail)
  }

  const positionAfter = (entries: Parameters<typeof window.offsetAfter>[0]): Position => {
    const offset = window.offsetAfter(entries)
    const now = clock.now()
    return {
      version: 1,
      botId,
      updateId: offset === null ? (position?.updateId ?? null) : offset - 1,
      updateAt: position?.updateAt ?? now,
      polledAt: position?.polledAt ?? now,
    }
  }

  const store = createStoring({
    clock,
    log,
    sink,
    window,
    around: (entries) => ({
      cursor: JSON.stringify(positionAfter(entries)),
      ...(gap ? { gap } : {}),
      ...(memory.get() === rememberedAs ? {} : { memory: memory.get() }),
    }),
    stored: (entries) => {
      position = positionAfter([])
      gap = undefined
      rememberedAs = memory.get()
      savedAt = clock.now()
      for (const { afterwards } of entries) if (afterwards) run(afterwards)
    },
  })

  const run = (afterwards: Afterwards): void => {
    const deed = parts.afterwards(afterwards, signal).finally(() => deeds.delete(deed))
    deeds.add(deed)
    const sentence = noticeOf(afterwards)
    if (sentence !== null) notice = { sentence, at: clock.now() }
  }

  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const end = (): void => {
        cancel()
        signal.removeEventListener('abort', end)
        resolve()
      }
      const cancel = clock.after(ms, end)
      signal.addEventListener('abort', end)
      if (signal.aborted) end()
    })

  const ask = (): Promise<Answer<unknown[]>> => {
    const offset = offsetOf(position, clock.now())
    // After a start or a failure the first answer comes at once, so that the coach soon reads how things are.
    const timeout = window.isEmpty() && isAnswering ? longPollSeconds : 0
    return calls.call(
      (methods) =>
        methods.getUpdates({
          ...(offset === undefined ? {} : { offset }),
          limit: mostUpdates,
          timeout,
          allowed_updates: updateKinds,
        }),
      { shape: z.array(z.unknown()), purpose: 'channel_poll', timeoutMs: timeout * 1_000 + graceMs, signal },
    )
  }

  /** True where something new came. */
  const take = async (given: readonly unknown[]): Promise<boolean> => {
    const now = clock.now()
    if (position) gap = gapSince(position.polledAt, now) ?? gap
    const updates = given
      .flatMap((one) => {
        const read = rawUpdate.safeParse(one)
        if (!read.success) log('warn', 'update_without_id', { channel: 'telegram' })
        return read.success ? [read.data] : []
      })
      .filter((one) => window.isNew(one.update_id))
      .toSorted((a, b) => a.update_id - b.update_id)
    position = { ...positionAfter([]), polledAt: now, updateAt: updates.length > 0 ? now : (position?.updateAt ?? now) }
    const open = await parts.meetConnections(updates, signal)
    const firstOpen = updates.findIndex((update) => connectionsOf(update).some((id) => open.has(id)))
    const readable = firstOpen === -1 ? updates : updates.slice(0, firstOpen)
    for (const update of readable) takeOne(update)
    return readable.length > 0
  }

  const takeOne = (update: RawUpdate): void => {
    if (!window.isNew(update.update_id)) return
    const context = { memory: memory.get(), now: clock.now(), tryLink: parts.tryLink }
    const reading = readUpdate(update, context)
    if (!reading) log('warn', 'update_not_understood', { channel: 'telegram', id: String(update.update_id) })
    if (reading?.memory) memory.set(reading.memory)
    window.add(update.update_id, reading ?? {})
  }

  const flush = async (): Promise<Problem | null> => {
    const ready = window.ready()
    const isSaved = savedAt !== null && Math.abs(clock.now() - savedAt) < savedEveryMs
    if (ready.length === 0 && !gap && isSaved && memory.get() === rememberedAs) return null
    return store(ready)
  }

  const backoff = (attempt: number, longestMs: number): number =>
    Math.min(longestMs, 1_000 * 2 ** Math.min(attempt, 10)) * (0.5 + Math.random() / 2)

  /** How long to wait after a poll that failed, milliseconds; null where waiting does not help. */
  const afterFailure = (failure: Failure): number | null => {
    const trouble = pollTrouble(failure)
    if (failure.kind !== 'refused') {
      failures += 1
      if (failures > 1) tell('trouble', trouble)
      return backoff(failures, 60_000)
    }
    log('warn', 'poll_refused', { channel: 'telegram', code: String(failure.code) })
    if (failure.code === 429) return failure.retryAfterMs ?? 5_000
    tell('trouble', trouble)
    return failure.code === 401 || failure.code === 404 ? null : slowAgainMs * (1 + Math.random() / 2)
  }

  const listening = (): string => {
    const isRecent = notice !== null && Math.abs(clock.now() - notice.at) < noticeForMs
    return [parts.listening(), ...(notice && isRecent ? [notice.sentence] : [])].join(' ')
  }

  const round = async (): Promise<number | null> => {
    const answer = await ask()
    if (signal.aborted) return 0
    isAnswering = answer.ok
    let pauseMs: number | null = 0
    if (answer.ok) {
      failures = 0
      const isNews = await take(answer.result)
      // Telegram offers again what we cannot tell apart from what we have: not in a tight loop.
      if (answer.result.length > 0 && !isNews) pauseMs = betweenLooksMs
    } else {
      pauseMs = afterFailure(answer.failure)
    }
    const problem = await flush()
    if (problem) {
      tell('trouble', storingTrouble(problem))
      refusals += 1
      return pauseMs === null ? null : Math.max(pauseMs, backoff(refusals, 30_000))
    }
    refusals = 0
    if (window.hasRefused()) tell('trouble', refusedTrouble)
    else if (answer.ok) tell('running', listening())
    return pauseMs
  }

  const poll = async (): Promise<void> => {
    while (!signal.aborted) {
      const pauseMs = await round().catch((error: unknown) => {
        log('error', 'poll_broke', { channel: 'telegram', code: toProblem(error).code })
        return slowAgainMs
      })
      if (pauseMs === null) return
      if (pauseMs > 0) await pause(pauseMs)
      else if (!window.isEmpty()) await Promise.race([window.nextFile(), pause(betweenLooksMs)])
    }
  }

  const polling = poll()
  return {
    stop: async () => {
      stopping.abort()
      await polling
      await window.settled()
      await Promise.all(deeds)
    },
  }
}
