import { EventEmitter } from 'node:events'
import { describe, expect, test } from 'vitest'
import { launchHost, restart, restartDelay, stopLimitMs } from '../../../electron/hostLauncher.ts'

const setUp = () => {
  const hosts: { told: unknown[]; say: (message: unknown) => void; die: (code: number) => void; isKilled: boolean }[] =
    []
  const seen: { messages: unknown[]; lost: number; givenUp: (string | undefined)[] } = {
    messages: [],
    lost: 0,
    givenUp: [],
  }
  let now = 0
  let timers: { at: number; action: () => void }[] = []
  const pass = (ms: number): void => {
    now += ms
    const due = timers.filter(({ at }) => at <= now)
    timers = timers.filter(({ at }) => at > now)
    for (const { action } of due) action()
  }
  const launcher = launchHost({
    fork: () => {
      const events = new EventEmitter()
      const host = {
        told: [] as unknown[],
        isKilled: false,
        say: (message: unknown) => void events.emit('message', message),
        die: (code: number) => void events.emit('exit', code),
      }
      hosts.push(host)
      return {
        on: events.on.bind(events),
        postMessage: (message: unknown) => void host.told.push(message),
        kill: () => {
          host.isKilled = true
          return true
        },
      }
    },
    start: { dataFolder: '/data', demo: false },
    onMessage: (message) => void seen.messages.push(message),
    onLost: () => {
      seen.lost += 1
    },
    onGivenUp: (sentence) => void seen.givenUp.push(sentence),
    now: () => now,
    after: (ms, action) => {
      const timer = { at: now + ms, action }
      timers.push(timer)
      return () => {
        timers = timers.filter((other) => other !== timer)
      }
    },
  })
  const newest = () => {
    const host = hosts.at(-1)
    if (!host) throw new Error('No host was started.')
    return host
  }
  return { launcher, hosts, seen, pass, newest }
}

describe('the launcher of the host', () => {
  test('tells the host where the data lies, first of all', () => {
    expect(setUp().newest().told).toEqual([{ type: 'start', dataFolder: '/data', demo: false }])
  })

  test('serves a window that asks too early as soon as the host is ready, once', () => {
    const { launcher, newest } = setUp()
    let served = 0
    const serve = () => {
      served += 1
    }
    launcher.whenReady(1, serve)
    launcher.whenReady(1, serve)
    expect(served).toBe(0)
    newest().say({ type: 'ready' })
    expect(served).toBe(1)
    launcher.whenReady(2, serve)
    expect(served).toBe(2)
  })

  test('starts a crashed host again, later each time', () => {
    const { hosts, seen, pass, newest } = setUp()
    for (let crash = 1; crash <= restart.attempts; crash += 1) {
      newest().die(1)
      pass(restartDelay(crash) - 1)
      expect(hosts).toHaveLength(crash)
      pass(1)
      expect(hosts).toHaveLength(crash + 1)
    }
    expect(seen.lost).toBe(restart.attempts)
    expect(restartDelay(20)).toBe(restart.longestDelayMs)
  })

  test('asks the coach when the host crashes again and again, and tries again when told to', () => {
    const { launcher, hosts, seen, pass, newest } = setUp()
    for (let crash = 0; crash <= restart.attempts; crash += 1) {
      newest().die(1)
      pass(restart.longestDelayMs)
    }
    expect(seen.givenUp).toEqual([undefined])
    const before = hosts.length
    pass(3_600_000)
    expect(hosts).toHaveLength(before)
    launcher.retry()
    expect(hosts).toHaveLength(before + 1)
  })

  test('crashes that lie far apart are no reason to give up', () => {
    const { seen, pass, newest, hosts } = setUp()
    for (let crash = 0; crash < 3 * restart.attempts; crash += 1) {
      pass(restart.healthyAfterMs)
      newest().die(1)
      pass(restart.longestDelayMs)
    }
    expect(seen.givenUp).toEqual([])
    expect(hosts).toHaveLength(3 * restart.attempts + 1)
  })

  test('a host that says why it cannot run is not started again by itself', () => {
    const { hosts, seen, pass, newest } = setUp()
    newest().say({ type: 'failed', code: 'SECOND_INSTANCE', message: 'OpenCoach already runs.' })
    newest().die(1)
    pass(3_600_000)
    expect(seen.givenUp).toEqual(['OpenCoach already runs.'])
    expect(hosts).toHaveLength(1)
  })

  test('a port asked for between a crash and the next start goes to the new host', () => {
    const { launcher, pass, newest, hosts } = setUp()
    newest().say({ type: 'ready' })
    newest().die(1)
    launcher.whenReady(1, () => launcher.post({ type: 'connect' }))
    pass(restart.firstDelayMs)
    newest().say({ type: 'ready' })
    expect(hosts[0]?.told).not.toContainEqual({ type: 'connect' })
    expect(hosts[1]?.told).toContainEqual({ type: 'connect' })
  })

  test('hands on what the protocol knows, and drops the rest', () => {
    const { seen, newest } = setUp()
    const counts = { type: 'counts', counts: { needsMe: 1, unread: 2 } }
    for (const message of [counts, { type: 'counts', counts: { needsMe: -1 } }, { type: 'eval' }, null, 'ready']) {
      newest().say(message)
    }
    expect(seen.messages).toEqual([counts])
  })

  test('waits for the host to finish, and ends it after five seconds', async () => {
    const patient = setUp()
    const stopped = patient.launcher.stop()
    expect(patient.newest().told).toContainEqual({ type: 'stop' })
    patient.newest().die(0)
    await stopped
    expect(patient.newest().isKilled).toBe(false)
    expect(patient.seen.lost).toBe(0)

    const hanging = setUp()
    const ended = hanging.launcher.stop()
    hanging.pass(stopLimitMs - 1)
    expect(hanging.newest().isKilled).toBe(false)
    hanging.pass(1)
    await ended
    expect(hanging.newest().isKilled).toBe(true)
  })

  test('stopping between two starts leaves no host behind', async () => {
    const { launcher, hosts, pass, newest } = setUp()
    newest().die(1)
    await launcher.stop()
    pass(3_600_000)
    expect(hosts).toHaveLength(1)
  })
})
