import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { HandoffTrigger } from '../../../shared/taxonomy/conversation.ts'
import { type Desk, openDesk } from './desk.ts'

const clientCount = 4
const second = 1_000

interface Open {
  readonly handoffId: string
  readonly trigger: HandoffTrigger
  readonly raisedAt: number
}

const client = fc.integer({ min: 0, max: clientCount - 1 })
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('raise' as const), client, isCrisis: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('acknowledge' as const), client }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('takeOver' as const), client }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('wait' as const), ms: fc.integer({ min: 0, max: 400_000 }) }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('sleep' as const), ms: fc.integer({ min: 0, max: 40_000_000 }) }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'restart' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'crash' as const }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('set' as const), alertRepeatSeconds: fc.constantFrom(10, 30, 45, 600) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('phone' as const), isBroken: fc.boolean() }) },
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

/** The longest silence a crisis may have, whatever its level. */
const longestSilence = (alertRepeatSeconds: number, level: number): number =>
  level < 5 ? Math.min(30, alertRepeatSeconds) * second : alertRepeatSeconds * second

const run = async (desk: Desk, steps: readonly Step[]): Promise<void> => {
  const open = new Map<number, Open>()
  const silentFrom = new Map<string, number>()
  let repeat = 30
  const conversationOf = (index: number) => `with-Client ${index}`

  const check = (): void => {
    const now = desk.clock.now()
    for (const { handoffId, trigger } of open.values()) {
      const rows = desk.consoleRows(handoffId)
      expect(rows.length).toBeGreaterThan(0)
      const levels = rows.map((row) => row.level)
      expect(levels).toEqual([...new Set(levels)].toSorted((a, b) => a - b))
      const last = rows.at(-1)
      if (trigger === 'safety_crisis' && last)
        expect(now - last.createdAt).toBeLessThanOrEqual(longestSilence(repeat, last.level))
    }
    for (const [handoffId, at] of silentFrom)
      expect(desk.consoleRows(handoffId).every((row) => row.createdAt <= at)).toBe(true)
    expect(
      desk
        .alerts()
        .openAlerts()
        .map((alert) => alert.handoffId)
        .toSorted(),
    ).toEqual([...open.values()].map((one) => one.handoffId).toSorted())
  }

  const close = (index: number): void => {
    const one = open.get(index)
    if (one) silentFrom.set(one.handoffId, desk.clock.now())
    open.delete(index)
  }

  for (const one of steps) {
    if (one.kind === 'raise') {
      const trigger = one.isCrisis ? 'safety_crisis' : 'client_request'
      close(one.client)
      open.set(one.client, {
        handoffId: desk.raise(conversationOf(one.client), trigger),
        trigger,
        raisedAt: desk.clock.now(),
      })
    } else if (one.kind === 'acknowledge') {
      desk.acknowledge(conversationOf(one.client))
      close(one.client)
    } else if (one.kind === 'takeOver') {
      desk.takeOver(conversationOf(one.client))
      close(one.client)
    } else if (one.kind === 'wait') await desk.clock.advance(one.ms)
    else if (one.kind === 'sleep') {
      const before = desk
        .alerts()
        .openAlerts()
        .map((alert) => desk.consoleRows(alert.handoffId).length)
      desk.clock.jumpTo(desk.clock.now() + one.ms)
      desk.alerts().look()
      const after = desk
        .alerts()
        .openAlerts()
        .map((alert) => desk.consoleRows(alert.handoffId).length)
      for (const [index, count] of after.entries()) expect(count - (before[index] ?? 0)).toBeLessThanOrEqual(1)
    } else if (one.kind === 'restart') await desk.restart()
    else if (one.kind === 'crash') {
      desk.crash()
      desk.alerts().start()
    } else if (one.kind === 'set') {
      repeat = one.alertRepeatSeconds
      desk.set({ alertRepeatSeconds: repeat })
    } else desk.phone.answers.push(one.isBroken ? 'throw' : { outcome: 'failed', message: 'Blocked.' })
    check()
  }
}

test('whatever happens, levels never go down, an open crisis is never silent for longer than its interval, and an answered one is', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async (steps) => {
      const desk = openDesk({ alertRepeatSeconds: 30, ownDeviceAfterSeconds: 60 })
      try {
        desk.alerts().start()
        for (let index = 0; index < clientCount; index += 1) desk.addClient(`Client ${index}`)
        await run(desk, steps)
      } finally {
        await desk.close()
      }
    }),
    { seed: 20_261_121, numRuns: 60 },
  )
})
