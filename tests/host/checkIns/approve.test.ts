import { afterEach, beforeEach, expect, test } from 'vitest'
import { startTestHost, type TestHost, until } from '../../fixtures/testHost.ts'

const dayMs = 86_400_000
const soonMs = 1_500

let house: TestHost
let clientId: string
let conversationId: string
beforeEach(async () => {
  house = await startTestHost({ settings: { defaultReplyMode: 'off' } })
  const { far, client } = house
  const now = Date.now()
  // Twenty in all are read at once.
  for (let nth = 19; nth > 0; nth -= 1)
    await far.write('Ada Lund', `A walk, the ${nth}th of this year.`, { sentAt: now - 3 * dayMs - nth * 60_000 })
  await far.write('Ada Lund', "I'll call my manager tomorrow.", { sentAt: now - 2 * dayMs })
  const [row] = (await client.inbox.list({ filter: 'all', limit: 1 })).rows
  clientId = row?.clientId ?? ''
  conversationId = row?.id ?? ''
})
afterEach(() => house.stop())

const suggestion = () =>
  until('something is suggested', async () => (await house.client.checkIns.list({ clientId })).rows[0])
const approve = async (more: { text?: string; sendAt?: number; requestId?: string } = {}) => {
  const { id } = await suggestion()
  const given = { requestId: crypto.randomUUID(), text: 'How did it go?', sendAt: Date.now() + soonMs, ...more }
  return house.client.checkIns.approve({ clientId, id, ...given })
}
const scheduled = async () => (await house.client.inbox.conversation({ conversationId })).scheduled
const sent = () => house.far.sent.map(({ text }) => text)

test('an approved check-in goes out at its time, in the coach’s words, and once', async () => {
  const requestId = crypto.randomUUID()
  const sendAt = Date.now() + soonMs
  const { id } = await suggestion()
  const given = { clientId, id, requestId, text: ' Did you call her? ', sendAt }
  const first = await house.client.checkIns.approve(given)
  expect(await house.client.checkIns.approve(given)).toEqual(first)
  expect(await scheduled()).toMatchObject([{ text: 'Did you call her?', sendAt, onlyIfSilent: true, note: null }])
  await until('it was sent', () => sent().length > 0)
  expect(sent()).toEqual(['Did you call her?'])
  expect((await house.client.checkIns.waiting()).rows).toEqual([])
})

test('a client who writes first is not asked: the words come back to the coach', async () => {
  await approve()
  await house.far.write('Ada Lund', 'Guess what happened.')
  const [held] = await until('it is held back', async () => {
    const rows = await scheduled()
    return rows.some(({ note }) => note !== null) && rows
  })
  expect(held).toMatchObject({ text: 'How did it go?', note: expect.stringContaining('they wrote') })
  expect(sent()).not.toContain('How did it go?')
})

test('a client in danger is not asked, whatever was approved before', async () => {
  await approve()
  await house.far.write('Ada Lund', 'I want to kill myself tonight.')
  expect((await house.client.inbox.conversation({ conversationId })).owner).toBe('locked')
  await until('it is held back', async () => (await scheduled()).some(({ note }) => note !== null))
  expect(sent()).not.toContain('How did it go?')
  expect((await house.client.checkIns.list({ clientId })).rows).toEqual([])
})

test('nothing is sent for what the coach left alone, dismissed, or knows to be done', async () => {
  const { id } = await suggestion()
  await house.client.checkIns.dismiss({ clientId, id })
  await house.client.timeline.setState({ clientId, id, state: 'done' })
  expect((await house.client.checkIns.waiting()).rows).toEqual([])
  expect(await scheduled()).toEqual([])
  expect(sent()).toEqual([])
})

test('what was decided holds after a restart', async () => {
  const { id } = await suggestion()
  await house.client.checkIns.dismiss({ clientId, id })
  await house.client.timeline.setState({ clientId, id, state: 'dropped' })
  await house.restart()
  await house.client.timeline.setState({ clientId, id, state: 'open' })
  expect((await house.client.timeline.plans({ clientId })).rows).toMatchObject([{ id, state: 'open', isOverdue: true }])
  expect((await house.client.checkIns.list({ clientId })).rows).toEqual([])
})

test('bad input gets a sentence, and nothing is scheduled', async () => {
  const { id } = await suggestion()
  const given = { clientId, id, requestId: crypto.randomUUID(), text: 'So?', sendAt: Date.now() + dayMs }
  const refusals = [
    [{ text: '   ' }, 'The text is missing. Fill it in.'],
    [{ text: 'x'.repeat(20_001) }, 'The text is too long. Shorten it to 20000 characters.'],
    [{ sendAt: Date.now() - 1 }, 'This time is over. Choose a later one.'],
    [{ sendAt: Date.now() + 400 * dayMs }, 'Choose a time within the next year.'],
    [{ sendAt: Number.NaN }, 'The time to send it is not in a form that is understood here. Correct it and try again.'],
    [{ requestId: 'again' }, 'The request id is not known here.'],
  ] as const
  for (const [wrong, message] of refusals)
    await expect(house.client.checkIns.approve({ ...given, ...wrong })).rejects.toMatchObject({ message })
  await expect(house.client.checkIns.approve({ ...given, clientId: 'nobody' })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
  const decade: 'all' = JSON.parse('"decade"')
  await expect(house.client.timeline.read({ clientId, range: decade })).rejects.toMatchObject({ code: 'INVALID_INPUT' })
  await expect(house.client.timeline.read({ clientId: 'nobody', range: 'all' })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
  expect(await scheduled()).toEqual([])
})
