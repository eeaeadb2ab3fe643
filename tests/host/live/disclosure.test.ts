import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { noticeText } from '../../../host/handoff/index.ts'
import { type Desk, minutes, nothingHappens, openDesk, request } from './desk.ts'

let desk: Desk
beforeEach(async () => {
  desk = await openDesk({ settings: { defaultReplyMode: 'drafts' } })
  const replies = ['What would help you today?', 'And what else comes to mind?', 'How did that feel for you?']
  desk.model.respond(() => ({ reply: replies.shift() ?? 'I am listening.', confidence: 0.85 }))
})
afterEach(() => desk.close())

const settings = () => desk.house.client.settings
const writes = (text: string) => desk.house.far.write('Ann', text)
const draft = () => desk.until('a draft is there', async () => (await desk.open()).draft)
const approve = async () => {
  const { id: draftId, text } = await draft()
  await desk.house.client.inbox.sendDraft({ draftId, ...request(), text, evenIfClientWrote: false })
  await desk.until('it is sent', () => desk.texts().includes(text))
}
const line = async (id: 'ai_disclosure' | 'ai_drafts', language: 'en' | 'de' = 'en') =>
  noticeText(id, { coachName: (await settings().get()).coachName, region: null, language })

describe('the first word of the clone', () => {
  test('says that the coach reads each reply first, where they approve every one', async () => {
    await writes('I am stuck')
    expect((await draft()).linesBefore).toEqual(['ai_drafts'])
    await approve()
    expect(desk.texts()[0]).toBe(await line('ai_drafts'))
    await writes('And now?')
    expect((await draft()).linesBefore).toEqual([])
    await approve()
    expect(desk.texts()).toHaveLength(3)
  })

  test('says so in the language of the client', async () => {
    desk.model.respond(() => ({ reply: 'Womit möchten Sie heute gern anfangen?', confidence: 0.85 }))
    await writes('Diese Woche war sehr schwer für mich und ich weiß nicht, wo ich anfangen soll')
    await approve()
    expect(desk.texts()[0]).toBe(await line('ai_drafts', 'de'))
  })

  test('is said anew once the clone answers by itself, and then never again', async () => {
    await writes('I am stuck')
    await approve()
    await settings().update({ defaultReplyMode: 'autopilot' })
    await writes('And now?')
    await desk.until('the clone has answered', () => desk.texts().length === 4)
    expect(desk.texts()[2]).toBe(await line('ai_disclosure'))
    await settings().update({ defaultReplyMode: 'drafts' })
    await writes('I see')
    expect((await draft()).linesBefore).toEqual([])
    await approve()
    expect(desk.texts()).toHaveLength(5)
  })

  test('that the channel put off is not said after one that says more', async () => {
    await writes('I am stuck')
    const later = { outcome: 'later', afterMs: minutes(5), message: 'Offline.' } as const
    desk.house.far.nextSends.push(later)
    const { id: draftId, text } = await draft()
    await desk.house.client.inbox.sendDraft({ draftId, ...request(), text, evenIfClientWrote: false })
    await desk.until('it was tried', () => desk.house.far.nextSends.length === 0)
    await settings().update({ defaultReplyMode: 'autopilot' })
    await writes('And now?')
    await desk.until('the other is said', () => desk.texts().length === 1)
    desk.later(minutes(10))
    await desk.until('the clone has answered', () => desk.texts().length === 2)
    expect(desk.texts()[0]).toBe(await line('ai_disclosure'))
    await nothingHappens()
    expect(desk.texts()).not.toContain(await line('ai_drafts'))
  })

  test('on autopilot says that the clone answers first, with an approved draft too', async () => {
    await writes('I am stuck')
    await draft()
    await settings().update({ defaultReplyMode: 'autopilot' })
    await desk.until('the clone has answered', () => desk.texts().length === 2)
    expect(desk.texts()[0]).toBe(await line('ai_disclosure'))
  })
})

test('a draft tells every line that goes before it: that a person answers, and what helps them', async () => {
  await settings().update({ defaultReplyMode: 'autopilot' })
  desk.house.far.nextSends.push({ outcome: 'later', afterMs: minutes(5), message: 'Offline.' })
  await writes('Can I talk to a real person?')
  await desk.until('it was tried', () => desk.house.far.nextSends.length === 0)
  await desk.house.client.inbox.regenerate({ conversationId: (await desk.open()).id, hint: '' })
  expect((await draft()).linesBefore).toEqual(['handoff_holding', 'ai_disclosure'])
})
