import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Desk, openDesk, request } from './desk.ts'

let desk: Desk

beforeEach(async () => {
  desk = await openDesk()
  await desk.house.far.write('Ann', 'Good morning')
  await desk.until('the clone has answered', async () => (await desk.answers()).length === 1)
})
afterEach(() => desk.close())

const inbox = () => desk.house.client.inbox
const message = async (content: string) => {
  const found = (await desk.thread()).find((one) => one.content === content)
  if (!found) throw new Error(`Nobody wrote “${content}”.`)
  return found
}
const ofClone = () => message('What would help you today?')
const refusal = { outcome: 'refused', message: 'This message is too old to be changed.' } as const

describe('what was sent', () => {
  test('is changed there and here, and what it was is kept', async () => {
    const { id } = await ofClone()
    await inbox().editMessage({ messageId: id, text: 'What would help you this week?' })
    await inbox().editMessage({ messageId: id, text: 'What helps you this week?' })
    expect(desk.house.far.edited).toMatchObject([
      { text: 'What would help you this week?', sent: { chatId: 'Ann', externalIds: ['out-2'] } },
      { text: 'What helps you this week?' },
    ])
    expect((await message('What helps you this week?')).editedAt).not.toBeNull()
    const { rows } = await inbox().versions({ messageId: id })
    expect(rows.map((row) => row.content)).toEqual(['What would help you today?', 'What would help you this week?'])
    expect((await desk.open()).preview).toBe('What helps you this week?')
  })

  test('is found by its new words', async () => {
    await inbox().editMessage({ messageId: (await ofClone()).id, text: 'Shall we begin with breakfast?' })
    expect((await inbox().search({ query: 'breakfast', limit: 10 })).rows).toHaveLength(1)
    expect((await inbox().search({ query: 'would help', limit: 10 })).rows).toEqual([])
  })

  test('is deleted for the client, and stays here, marked', async () => {
    const { id } = await ofClone()
    await inbox().removeMessage({ messageId: id })
    expect(desk.house.far.removed).toEqual([{ chatId: 'Ann', externalIds: ['out-2'] }])
    expect((await ofClone()).removedAt).not.toBeNull()
    await expect(inbox().editMessage({ messageId: id, text: 'Again' })).rejects.toMatchObject({ code: 'INVALID_INPUT' })
    await expect(inbox().removeMessage({ messageId: id })).rejects.toMatchObject({ code: 'INVALID_INPUT' })
  })

  test('stays as it is where the channel refuses, and the coach reads why', async () => {
    desk.house.far.nextChanges.push(refusal, refusal)
    const messageId = (await ofClone()).id
    const told = { code: 'CHANNEL_REFUSED', message: refusal.message }
    await expect(inbox().editMessage({ messageId, text: 'Something else' })).rejects.toMatchObject(told)
    await expect(inbox().removeMessage({ messageId })).rejects.toMatchObject(told)
    expect(await ofClone()).toMatchObject({ editedAt: null, removedAt: null })
    expect((await inbox().versions({ messageId })).rows).toEqual([])
  })

  test('cannot be changed where it is the client’s, a fixed notice, or not there', async () => {
    const notice = (await desk.thread()).find((one) => one.senderType === 'system')
    for (const messageId of [(await message('Good morning')).id, notice?.id ?? '']) {
      const asking = inbox().editMessage({ messageId, text: 'Other words' })
      await expect(asking).rejects.toMatchObject({ code: 'INVALID_INPUT' })
    }
    const nobody = inbox().removeMessage({ messageId: '01990000-0000-7000-8000-000000000000' })
    await expect(nobody).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(desk.house.far.edited).toEqual([])
  })

  test('cannot be changed while it may still be taken back', async () => {
    await desk.house.client.settings.update({ undoSendSeconds: 30 })
    await inbox().send({ conversationId: (await desk.open()).id, ...request(), text: 'See you at four.' })
    const { id, canChange } = await message('See you at four.')
    expect(canChange).toBe(false)
    await expect(inbox().editMessage({ messageId: id, text: 'At five.' })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    })
  })

  test('to the same words is no change', async () => {
    await inbox().editMessage({ messageId: (await ofClone()).id, text: 'What would help you today?' })
    expect(desk.house.far.edited).toEqual([])
  })
})

describe('a reply that the coach would have given themselves', () => {
  test('marked so stands in the reports beside the rate of handoffs', async () => {
    const { id } = await ofClone()
    const span = { from: Date.now() - 3_600_000, to: Date.now() + 3_600_000, timeZone: 'Etc/UTC', withPractice: true }
    expect((await desk.house.client.reports.overview(span)).totals).toMatchObject({
      handoffRate: 0,
      shouldHaveHandedOver: 0,
      shouldHaveHandedOverRate: 0,
    })
    await inbox().setFeedback({ messageId: id, shouldHaveHandedOver: true })
    expect((await ofClone()).feedback).toMatchObject({ shouldHaveHandedOver: true })
    expect((await desk.house.client.reports.overview(span)).totals).toMatchObject({
      aiReplies: 1,
      handoffRate: 0,
      shouldHaveHandedOver: 1,
      shouldHaveHandedOverRate: 1,
    })
    const { rows } = await desk.house.client.reports.behind({ ...span, what: 'should_have_handed_over', limit: 10 })
    expect(rows).toMatchObject([{ messageId: id, clientName: 'Ann' }])
    await inbox().setFeedback({ messageId: id, shouldHaveHandedOver: false })
    expect((await desk.house.client.reports.overview(span)).totals.shouldHaveHandedOver).toBe(0)
  })
})
