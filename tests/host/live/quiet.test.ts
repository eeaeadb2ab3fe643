import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Desk, minutes, nothingHappens, openDesk, request } from './desk.ts'

let desk: Desk

const clockTime = (inMinutes: number): string => {
  const at = new Date(Date.now() + minutes(inMinutes))
  return [at.getHours(), at.getMinutes()].map((part) => String(part).padStart(2, '0')).join(':')
}
/** Quiet hours that began an hour ago and end in one. */
const night = () => ({ quietHoursOn: true, quietFrom: clockTime(-60), quietTo: clockTime(60) })
const untilMorning = minutes(61)

beforeEach(async () => {
  desk = await openDesk()
  await desk.house.client.settings.update(night())
})
afterEach(() => desk.close())

const inbox = () => desk.house.client.inbox
const answered = (count = 1) =>
  desk.until('the clone has answered', async () => (await desk.answers()).length === count)
const notices = async () => (await desk.thread()).filter((message) => message.metadata.notice === 'out_of_hours')

describe('in quiet hours, where the clone waits', () => {
  test('what was written in the night is answered in the morning, once', async () => {
    await desk.house.far.write('Ann', 'I cannot sleep')
    await desk.house.far.write('Ann', 'Tomorrow is the talk')
    await nothingHappens()
    expect(desk.texts()).toEqual([])
    expect(desk.model.requests).toEqual([])
    desk.later(untilMorning)
    await answered()
    await nothingHappens()
    expect(await desk.answers()).toHaveLength(1)
    expect(desk.model.requests).toHaveLength(1)
  })

  test('it does not call for the coach meanwhile', async () => {
    await desk.house.far.write('Ann', 'Good night')
    expect((await inbox().list({ filter: 'needs_me', limit: 10 })).rows).toEqual([])
    expect((await desk.house.client.handoffs.openAlerts()).rows).toEqual([])
  })

  test('a restart in the night changes nothing', async () => {
    await desk.house.far.write('Ann', 'I cannot sleep')
    await desk.house.restart()
    await nothingHappens()
    expect(desk.texts()).toEqual([])
    desk.later(untilMorning)
    await answered()
    await nothingHappens()
    expect(await desk.answers()).toHaveLength(1)
  })

  test('whoever the coach answers in the night is not answered again in the morning', async () => {
    await desk.house.far.write('Ann', 'I cannot sleep')
    await inbox().send({ conversationId: (await desk.open()).id, ...request(), text: 'I am awake too.' })
    await inbox().handBack({ conversationId: (await desk.open()).id })
    desk.later(untilMorning)
    await nothingHappens()
    expect(desk.texts()).toEqual(['I am awake too.'])
  })

  test('quiet hours that begin while an answer was gathered hold it back too', async () => {
    await desk.house.client.settings.update({ quietHoursOn: false, gatherMs: 60_000 })
    await desk.house.far.write('Ann', 'Still there?')
    await desk.house.client.settings.update({ quietHoursOn: true })
    desk.later(minutes(2))
    await nothingHappens()
    expect(desk.texts()).toEqual([])
    desk.later(untilMorning)
    await answered()
  })

  test('a client in another time zone has their own night', async () => {
    await desk.house.far.write('Ann', 'Hello')
    const zone = new Date().getTimezoneOffset() === 0 ? 'Asia/Tokyo' : 'Etc/UTC'
    await desk.house.client.clients.update({ clientId: (await desk.open()).clientId, timeZone: zone })
    await desk.house.far.write('Ann', 'It is noon here')
    await answered()
  })

  test('handing back waits for the morning, too', async () => {
    await desk.house.far.write('Ann', 'I cannot sleep')
    await inbox().takeOver({ conversationId: (await desk.open()).id })
    await inbox().handBack({ conversationId: (await desk.open()).id })
    await nothingHappens()
    expect(desk.texts()).toEqual([])
    desk.later(untilMorning)
    await answered()
  })

  test('the client is told once a night when they will be answered, where the coach wants that', async () => {
    await desk.house.client.settings.update({ quietNotice: true })
    await desk.house.far.write('Ann', 'I cannot sleep')
    await desk.house.far.write('Ann', 'Not at all')
    await desk.until('they are told', async () => (await notices()).length === 1)
    await nothingHappens()
    expect(await notices()).toHaveLength(1)
    expect((await notices())[0]?.content).toContain('until')
    desk.later(untilMorning)
    await answered()
    desk.model.respond(() => ({ reply: 'And how was today for you?', confidence: 0.85 }))
    desk.later(minutes(23 * 60))
    await desk.house.far.write('Ann', 'Another bad night')
    await desk.until('they are told again', async () => (await notices()).length === 2)
  })

  test('and told so in their own language', async () => {
    await desk.house.client.settings.update({ quietNotice: true })
    await desk.house.far.write('Ann', 'No puedo dormir y no sé qué hacer con mi trabajo')
    await desk.until('they are told', async () => (await notices()).length === 1)
    expect((await notices())[0]?.content).toContain('hasta')
  })

  test('who is in danger or wants a person is not held back', async () => {
    await desk.house.far.write('Ann', 'I want to kill myself tonight')
    await desk.house.far.write('Ben', 'Can I talk to a real person?')
    await desk.until('both are told', () => desk.texts().length === 2)
    expect((await desk.open('Ann')).owner).toBe('locked')
    expect((await desk.open('Ben')).owner).toBe('waiting')
    expect((await desk.house.client.handoffs.openAlerts()).rows).toHaveLength(2)
  })

  test('the coach writes whenever they like', async () => {
    await desk.house.far.write('Ann', 'I cannot sleep')
    await inbox().send({ conversationId: (await desk.open()).id, ...request(), text: 'I am awake too.' })
    await desk.until('it is sent', () => desk.texts().includes('I am awake too.'))
  })
})

describe('in quiet hours, where the clone leaves drafts', () => {
  beforeEach(() => desk.house.client.settings.update({ quietWhat: 'drafts', quietNotice: true }))

  test('nothing is sent, also not in the morning, until the coach approves', async () => {
    await desk.house.far.write('Ann', 'I cannot sleep')
    const draft = await desk.until('a draft is there', async () => (await desk.open()).draft)
    expect(desk.texts()).toEqual([])
    expect(desk.house.far.typing).toEqual([])
    desk.later(untilMorning)
    await nothingHappens()
    expect(desk.texts()).toEqual([])
    await inbox().sendDraft({ draftId: draft.id, ...request(), text: draft.text, evenIfClientWrote: false })
    await answered()
  })

  test('by day the clone answers by itself', async () => {
    desk.later(untilMorning)
    await desk.house.far.write('Ann', 'Good morning')
    await answered()
  })
})
