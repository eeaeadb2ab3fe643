import { alerts } from '../../db/schema/index.ts'
import type { Queries } from '../../db/sqlite.ts'
import type { Write } from '../../db/write.ts'
import type { Topic } from '../../shared/contract/events.ts'
import type { OpenAlert } from '../../shared/contract/handoffs.ts'
import type { SettingsValues } from '../../shared/contract/settings.ts'
import { toProblem } from '../../shared/problem.ts'
import type { Channel } from '../channels/index.ts'
import { type Clock, within } from '../clock.ts'
import type { Changes } from '../events/index.ts'
import type { Log } from '../log/index.ts'
import { createArrivals } from './arrivals.ts'
import { type OpenCall, ownDevicePlanOf, readOpenCalls, readProgress } from './openCalls.ts'
import { createOwnDevice } from './ownDevice.ts'
import { createReminders } from './reminders.ts'
import { levelAfter, nextLevelAt, nextOwnDeviceCallAt, type OwnDeviceCalls, type Raised, rhythmOf } from './rhythm.ts'
import { type Attention, alertWords, ownDeviceWords, withoutFlood } from './words.ts'

interface Parts {
  readonly write: Write
  readonly queries: Queries
  readonly clock: Clock
  readonly log: Log
  readonly settings: () => SettingsValues
  /** The channel that reaches the coach's own device, where one does. */
  readonly ownDevice: () => Channel | undefined
  readonly changes: Pick<Changes, 'listen' | 'publish'>
}

export interface Alerts {
  start(): void
  /** Waits shortly for calls under way; what is not heard of by then stays `unknown`. */
  stop(): Promise<void>
  /** Looks for what is due: by itself after each change, and when the machine wakes. */
  look(): void
  /** Called with everything the coach should be notified of; returns how to stop. */
  listen(listener: (attention: Attention) => void): () => void
  openAlerts(): OpenAlert[]
}

/** How far a call has come. Kept beside the rows: it goes on even where nothing can be written down. */
interface Progress {
  raised: Raised | null
  calls: OwnDeviceCalls | null
}

const afterFailureMs = 5_000
const stopMs = 2_000
const watched: ReadonlySet<Topic> = new Set(['inbox', 'settings', 'channels'])

/**
 * Calls the coach about every handoff nobody has acknowledged, louder each time, in the console and on their own
 * device. Needs neither network nor model. It goes on where it stopped, and after a long sleep calls once, not as often
 * as it missed.
 */
export const createAlerts = (parts: Parts): Alerts => {
  const { write, queries, clock, log, settings, changes } = parts
  const ownDevice = createOwnDevice(parts)
  const arrivals = createArrivals({ queries, clock, settings })
  const reminders = createReminders(queries)
  const listeners = new Set<(attention: Attention) => void>()
  const known = new Map<string, Progress>()
  const callsUnderWay = new Map<string, Promise<void>>()
  let isOn = false
  let isLooking = false
  let cancelTimer: () => void = () => undefined
  let stopListening: () => void = () => undefined

  const progressOf = ({ handoffId }: OpenCall): Progress => {
    const progress = known.get(handoffId) ?? readProgress(queries, handoffId)
    known.set(handoffId, progress)
    return progress
  }

  const look = (): void => {
    if (!isOn || isLooking) return
    isLooking = true
    cancelTimer()
    try {
      const nextAt = lookAtAll(clock.now(), settings())
      if (nextAt !== null) lookAfter(nextAt - clock.now())
    } catch (error) {
      log('error', 'alerts_not_read', { code: toProblem(error).code })
      lookAfter(afterFailureMs)
    } finally {
      isLooking = false
    }
  }

  const lookAfter = (ms: number): void => {
    cancelTimer()
    cancelTimer = clock.after(Math.max(0, ms), look)
  }

  /** Does what is due, crises before anything else; returns when something is due next, milliseconds UTC. */
  const lookAtAll = (now: number, values: SettingsValues): number | null => {
    const open = readOpenCalls(queries)
    forgetAnswered(open)
    tell(raise(open, now, values))
    const nextCallAt = open.map((call) => reachOwnDevice(call, now, values))
    const due = reminders.look(now)
    const arrived = arrivals.look(new Set(open.map((call) => call.conversationId)))
    tell([...due.attentions, ...arrived.attentions])
    changes.publish(due.changes)
    const nextAt = [
      ...open.map((call) => nextLevelAt(rhythmOf(call.isCrisis, values), progressOf(call).raised, now)),
      ...nextCallAt,
      due.nextAt,
      arrived.nextAt,
    ].filter((at) => at !== null)
    return nextAt.length > 0 ? Math.min(...nextAt) : null
  }

  /** Forgets what was acknowledged, taken over or resolved, and lets the console fall silent. */
  const forgetAnswered = (open: readonly OpenCall[]): void => {
    const stillOpen = new Set(open.map((call) => call.handoffId))
    const answered = [...known.keys()].filter((handoffId) => !stillOpen.has(handoffId))
    for (const handoffId of answered) known.delete(handoffId)
    if (answered.length > 0) changes.publish([{ topic: 'alerts' }])
  }

  const raise = (open: readonly OpenCall[], now: number, values: SettingsValues): Attention[] => {
    const due = open.flatMap((call) => {
      const { raised } = progressOf(call)
      const rhythm = rhythmOf(call.isCrisis, values)
      if (nextLevelAt(rhythm, raised, now) > now) return []
      return [{ call, level: Math.max((raised?.level ?? 0) + 1, levelAfter(rhythm, now - call.createdAt)) }]
    })
    if (due.length === 0) return []
    noteRaised(due, now)
    return due.map(({ call, level }) => {
      progressOf(call).raised = { level, at: now }
      const { conversationId, isCrisis } = call
      return { conversationId, ...alertWords(call.clientName, call.trigger, level), level, isCrisis }
    })
  }

  const noteRaised = (due: readonly { call: OpenCall; level: number }[], now: number): void => {
    try {
      write((tx) => {
        for (const { call, level } of due) {
          const row = { handoffId: call.handoffId, level, route: 'console', outcome: 'raised', createdAt: now } as const
          tx.queries.insert(alerts).values(row).run()
        }
        tx.changed('alerts')
      })
    } catch (error) {
      // A full disk must not silence the alarm.
      log('error', 'alert_not_written', { code: toProblem(error).code, count: due.length })
      changes.publish([{ topic: 'alerts' }])
    }
  }

  /** Calls the coach's own device where that is due; returns when it is due next, milliseconds UTC. */
  const reachOwnDevice = (call: OpenCall, now: number, values: SettingsValues): number | null => {
    const progress = progressOf(call)
    const at = nextOwnDeviceCallAt(ownDevicePlanOf(call), call.createdAt, progress.calls, values, now)
    if (at === null || callsUnderWay.has(call.handoffId) || !ownDevice.canBeCalled()) return null
    if (at > now) return at
    const made = { count: (progress.calls?.count ?? 0) + 1, lastAt: now }
    progress.calls = { ...made, lastOutcome: 'unknown' }
    const text = ownDeviceWords(values.ownDeviceNames ? call.clientName : null, call.isCrisis)
    const level = progress.raised?.level ?? 1
    const underWay = ownDevice.call({ handoffId: call.handoffId, level, text }).then((lastOutcome) => {
      progress.calls = { ...made, lastOutcome }
      callsUnderWay.delete(call.handoffId)
      look()
    })
    callsUnderWay.set(call.handoffId, underWay)
    return null
  }

  const tell = (attentions: readonly Attention[]): void => {
    for (const attention of withoutFlood(attentions)) {
      for (const listener of listeners) {
        try {
          listener(attention)
        } catch {
          log('error', 'attention_not_told')
        }
      }
    }
  }

  return {
    start: () => {
      if (isOn) return
      isOn = true
      arrivals.begin()
      stopListening = changes.listen((batch) => {
        if (batch.some((change) => watched.has(change.topic))) look()
      })
      look()
    },
    stop: async () => {
      isOn = false
      cancelTimer()
      stopListening()
      await within(clock, stopMs, Promise.allSettled(callsUnderWay.values()))
    },
    look,
    listen: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    openAlerts: () =>
      readOpenCalls(queries).map((call) => {
        const { handoffId, conversationId, clientName, trigger, isCrisis, createdAt } = call
        const { raised, calls } = progressOf(call)
        const isNotSetUp = ownDevicePlanOf(call) !== 'never' && !ownDevice.canBeCalled()
        return {
          handoffId,
          conversationId,
          clientName,
          trigger,
          isCrisis,
          level: raised?.level ?? 1,
          createdAt,
          ownDevice: calls?.lastOutcome ?? (isNotSetUp ? 'not_set_up' : null),
        }
      }),
  }
}
