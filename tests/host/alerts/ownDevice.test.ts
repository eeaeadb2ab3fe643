import { afterEach, describe, expect, test } from 'vitest'
import type { SettingsValues } from '../../../shared/contract/settings.ts'
import { type Desk, noon, openDesk } from './desk.ts'

let desk: Desk
afterEach(() => desk.close())

const begin = (settings: Partial<SettingsValues> = {}): Desk => {
  desk = openDesk({ ownDeviceAfterSeconds: 60, ...settings })
  desk.alerts().start()
  return desk
}

const second = 1_000
const minute = 60 * second
const hour = 60 * minute
const minutesOf = (handoffId: string) => desk.ownDeviceRows(handoffId).map((row) => (row.createdAt - noon) / minute)

describe("the coach's own device", () => {
  test('is called about a safety crisis after the time the coach set, then less and less often, until it is acknowledged', async () => {
    begin()
    const conversationId = desk.addClient('Sarah')
    const handoffId = desk.raise(conversationId)
    await desk.clock.advance(59 * second)
    expect(desk.phone.calls).toEqual([])
    await desk.clock.advance(hour)
    expect(minutesOf(handoffId)).toEqual([1, 2, 4, 8, 16, 31, 46])
    expect(desk.phone.calls).toHaveLength(7)
    expect(desk.phone.calls[0]).toEqual({
      handoffId,
      text: 'OpenCoach: safety crisis. One of your clients needs you now. Open the console.',
    })
    expect(desk.ownDeviceRows(handoffId).every((row) => row.outcome === 'sent')).toBe(true)
    expect(desk.alerts().openAlerts()).toMatchObject([{ ownDevice: 'sent' }])
    desk.acknowledge(conversationId)
    await desk.clock.advance(hour)
    expect(desk.phone.calls).toHaveLength(7)
  })

  test('reads names only where the coach wants them there', async () => {
    begin({ ownDeviceNames: true, ownDeviceAfterSeconds: 0 })
    desk.raise(desk.addClient('Sarah'))
    expect(desk.phone.calls.map((call) => call.text)).toEqual([
      'OpenCoach: safety crisis. Sarah needs you now. Open the console.',
    ])
  })

  test('is called once about a client who asked for the coach, five times later than about a crisis', async () => {
    begin()
    const handoffId = desk.raise(desk.addClient('Tom'), 'client_request')
    await desk.clock.advance(3 * hour)
    expect(minutesOf(handoffId)).toEqual([5])
    expect(desk.phone.calls[0]?.text).toBe('OpenCoach: One of your clients asked to talk to you. Open the console.')
  })

  test('is never called about anything else, or about a rehearsal', async () => {
    begin()
    desk.raise(desk.addClient('Tom'), 'high_stakes_decision')
    desk.raise(desk.addClient('Maya', { isPractice: true }))
    desk.phone.isSetUp = false
    await desk.clock.advance(3 * hour)
    desk.phone.isSetUp = true
    await desk.clock.advance(3 * hour)
    expect(desk.phone.calls).toEqual([])
    expect(desk.alerts().openAlerts()).toMatchObject([{ ownDevice: null }, { ownDevice: null }])
  })

  test('that could certainly not be reached is called again soon, and the console goes on all the while', async () => {
    begin({ alertRepeatSeconds: 30 })
    const handoffId = desk.raise(desk.addClient('Sarah'))
    for (let times = 0; times < 40; times += 1)
      desk.phone.answers.push({ outcome: 'failed', message: 'The bot was blocked.' })
    await desk.clock.advance(12 * minute)
    expect(minutesOf(handoffId)).toEqual([1, 2, 4, 6, 8, 10, 12])
    expect(desk.ownDeviceRows(handoffId)[0]).toMatchObject({ outcome: 'failed', detail: 'The bot was blocked.' })
    expect(desk.alerts().openAlerts()).toMatchObject([{ ownDevice: 'failed', level: 25 }])
  })

  test('that is asked to wait counts as not reached', async () => {
    begin()
    desk.phone.answers.push({ outcome: 'later', afterMs: 5_000, message: 'Too many messages.' })
    const handoffId = desk.raise(desk.addClient('Sarah'))
    await desk.clock.advance(minute)
    expect(desk.ownDeviceRows(handoffId)).toMatchObject([{ outcome: 'failed', detail: 'Too many messages.' }])
  })

  test('is not called again for a call that may have arrived, until the next one is planned', async () => {
    begin()
    desk.phone.answers.push('throw')
    const handoffId = desk.raise(desk.addClient('Sarah'))
    await desk.clock.advance(minute + 50 * second)
    expect(desk.phone.calls).toHaveLength(1)
    expect(desk.ownDeviceRows(handoffId)).toMatchObject([{ outcome: 'unknown' }])
    await desk.clock.advance(10 * second)
    expect(desk.ownDeviceRows(handoffId)).toMatchObject([{ outcome: 'unknown' }, { outcome: 'sent' }])
  })

  test('that never answers holds nothing back', async () => {
    begin({ alertRepeatSeconds: 30 })
    desk.phone.answers.push('hang', 'hang')
    const handoffId = desk.raise(desk.addClient('Sarah'))
    await desk.clock.advance(5 * minute)
    expect(minutesOf(handoffId)).toEqual([1, 2, 4])
    expect(desk.ownDeviceRows(handoffId).map((row) => row.outcome)).toEqual(['unknown', 'unknown', 'sent'])
    expect(desk.levels(handoffId)).toHaveLength(11)
  })

  test('is called as planned after a crash in the middle of a call, and the interrupted call stays unknown', async () => {
    begin()
    desk.phone.answers.push('hang')
    const handoffId = desk.raise(desk.addClient('Sarah'))
    await desk.clock.advance(minute + 10 * second)
    desk.crash()
    desk.alerts().start()
    expect(desk.alerts().openAlerts()).toMatchObject([{ ownDevice: 'unknown' }])
    expect(desk.phone.calls).toHaveLength(1)
    await desk.clock.advance(50 * second)
    expect(desk.ownDeviceRows(handoffId).map((row) => row.outcome)).toEqual(['unknown', 'sent'])
    expect(minutesOf(handoffId)).toEqual([1, 2])
  })

  test('is written down before it is called', () => {
    begin({ ownDeviceAfterSeconds: 0 })
    desk.phone.answers.push('hang')
    const handoffId = desk.raise(desk.addClient('Sarah'))
    expect(desk.ownDeviceRows(handoffId)).toMatchObject([{ outcome: 'unknown', level: 1 }])
  })

  test('rings once after eight hours of sleep', async () => {
    begin()
    desk.raise(desk.addClient('Sarah'))
    desk.clock.jumpTo(noon + 8 * hour)
    desk.alerts().look()
    await desk.clock.advance(30 * second)
    expect(desk.phone.calls).toHaveLength(1)
  })

  test('that is set up in the middle of a crisis is called then', async () => {
    begin()
    desk.phone.isSetUp = false
    const handoffId = desk.raise(desk.addClient('Sarah'))
    await desk.clock.advance(10 * minute)
    expect(desk.alerts().openAlerts()).toMatchObject([{ ownDevice: 'not_set_up' }])
    desk.phone.isSetUp = true
    await desk.clock.advance(30 * second)
    expect(desk.ownDeviceRows(handoffId)).toHaveLength(1)
  })
})
