import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Desk, openDesk } from './desk.ts'

let desk: Desk
beforeEach(async () => {
  desk = await openDesk()
})
afterEach(() => desk.close())

const crisis = 'I want to kill myself tonight'
const clients = () => desk.house.client.clients
const clientId = async () => (await desk.open()).clientId
const told = () => desk.until('they are told', () => desk.texts().find((text) => text.includes('alerted')))
const queuedWords = async () => {
  const { rows } = await desk.house.client.handoffs.crises({ limit: 1 })
  const { events } = await desk.house.client.handoffs.audit({ handoffId: rows[0]?.handoffId ?? '' })
  return events.find((event) => event.kind === 'notice_queued')?.text
}

describe('a client in danger whose country the coach has not set', () => {
  test('is told the numbers of the country their time zone lies in, and the record says that it was a guess', async () => {
    await desk.house.far.write('Ann', crisis, { timeZone: 'Asia/Calcutta' })
    expect(await told()).toContain('112')
    expect(await queuedWords()).toContain('It names help in India: you had not set the country')
  })

  test('is told no local number where the time zone tells no country of ours', async () => {
    await desk.house.far.write('Ann', crisis, { timeZone: 'Africa/Lagos' })
    expect(await told()).toContain('your local emergency number')
    expect(await queuedWords()).not.toContain('It names help in')
  })

  test('is guessed anew with another time zone, until the coach confirms', async () => {
    await desk.house.far.write('Ann', 'Hello', { timeZone: 'Europe/Madrid' })
    expect(await clients().get({ clientId: await clientId() })).toMatchObject({ region: null, guessedRegion: 'ES' })
    await clients().update({ clientId: await clientId(), timeZone: 'Atlantic/Azores' })
    expect(await clients().get({ clientId: await clientId() })).toMatchObject({ region: null, guessedRegion: 'PT' })
    await clients().update({ clientId: await clientId(), region: 'PT' })
    expect(await clients().get({ clientId: await clientId() })).toMatchObject({ region: 'PT', guessedRegion: null })
  })
})

test('a country the coach set is never overruled by the time zone', async () => {
  await desk.house.far.write('Ann', 'Hello', { timeZone: 'America/New_York' })
  await clients().update({ clientId: await clientId(), region: 'GB' })
  await desk.house.far.write('Ann', crisis)
  expect(await told()).toContain('999')
  expect(await queuedWords()).not.toContain('It names help in')
})
