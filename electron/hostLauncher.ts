import type { MessagePortMain, UtilityProcess } from 'electron'
import { type FromHost, fromHost, type ToHost } from '../shared/shellProtocol.ts'

/** The part of a utility process the launcher needs. */
export interface HostProcess extends Pick<UtilityProcess, 'postMessage' | 'kill'> {
  on(event: 'message', listener: (message: unknown) => void): unknown
  on(event: 'exit', listener: (code: number) => void): unknown
}

type Told = Exclude<FromHost, { type: 'ready' | 'stopped' | 'failed' }>

interface LauncherParts {
  readonly fork: () => HostProcess
  readonly start: { readonly dataFolder: string; readonly demo: boolean }
  /** Everything the host says that the launcher does not need itself. */
  readonly onMessage: (message: Told) => void
  /** The host went away without being asked to; windows have lost their ports. */
  readonly onLost: () => void
  /** The host cannot run: it said why, or crashed too often in a row (no sentence then). */
  readonly onGivenUp: (sentence?: string) => void
  readonly now: () => number
  /** Calls action after `ms`; returns how to cancel it. */
  readonly after: (ms: number, action: () => void) => () => void
}

export const restart = { firstDelayMs: 250, longestDelayMs: 8_000, attempts: 6, healthyAfterMs: 60_000 } as const
export const stopLimitMs = 5_000

/** Milliseconds to wait before start number `crashes` + 1 in a row. */
export const restartDelay = (crashes: number): number =>
  Math.min(restart.firstDelayMs * 2 ** (crashes - 1), restart.longestDelayMs)

/** Starts the host, starts it again when it crashes, and stops it so that nothing on its way is lost. */
export const launchHost = (parts: LauncherParts) => {
  const waiting = new Map<number, () => void>()
  let running: HostProcess | undefined
  let isReady = false
  let isStopping = false
  let hasGivenUp = false
  let crashes = 0
  let startedAt = 0
  let cancelRestart = () => {}
  let whenGone = () => {}

  const post = (message: ToHost, ports: MessagePortMain[] = []): void => {
    if (running && isReady) running.postMessage(message, ports)
  }

  const giveUp = (sentence?: string): void => {
    hasGivenUp = true
    parts.onGivenUp(sentence)
  }

  const hear = (raw: unknown): void => {
    const parsed = fromHost.safeParse(raw)
    if (!parsed.success) return
    const message = parsed.data
    if (message.type === 'ready') {
      isReady = true
      const deliveries = [...waiting.values()]
      waiting.clear()
      for (const deliver of deliveries) deliver()
    } else if (message.type === 'failed') {
      if (!isStopping) giveUp(message.message)
    } else if (message.type !== 'stopped') parts.onMessage(message)
  }

  const ended = (): void => {
    running = undefined
    isReady = false
    if (isStopping) return whenGone()
    parts.onLost()
    if (hasGivenUp) return
    crashes = parts.now() - startedAt >= restart.healthyAfterMs ? 1 : crashes + 1
    if (crashes > restart.attempts) giveUp()
    else cancelRestart = parts.after(restartDelay(crashes), begin)
  }

  const begin = (): void => {
    const host = parts.fork()
    running = host
    startedAt = parts.now()
    host.on('message', hear)
    host.on('exit', () => {
      if (running === host) ended()
    })
    host.postMessage({ type: 'start', ...parts.start } satisfies ToHost)
  }

  begin()

  return {
    /** Runs `deliver` once the host is ready, now or later; a window that asks twice is served once. */
    whenReady: (windowId: number, deliver: () => void): void => {
      if (isReady) deliver()
      else waiting.set(windowId, deliver)
    },
    post,
    /** Answers a request of the host; it may ask before it is ready, because opening the data needs the keychain. */
    answer: (message: ToHost): void => running?.postMessage(message),
    /** Tries again after having given up. */
    retry: (): void => {
      hasGivenUp = false
      crashes = 0
      if (!running && !isStopping) begin()
    },
    /** Lets the host finish what is on its way, at most 5 s; then it is ended. */
    stop: (): Promise<void> => {
      isStopping = true
      cancelRestart()
      const host = running
      if (!host) return Promise.resolve()
      return new Promise((resolve) => {
        const cancelLimit = parts.after(stopLimitMs, () => {
          host.kill()
          resolve()
        })
        whenGone = () => {
          cancelLimit()
          resolve()
        }
        host.postMessage({ type: 'stop' } satisfies ToHost)
      })
    },
  }
}

export type HostLauncher = ReturnType<typeof launchHost>
