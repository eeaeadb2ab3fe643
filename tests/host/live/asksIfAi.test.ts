import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { noticeText } from '../../../host/handoff/index.ts'
import { type Desk, minutes, nothingHappens, openDesk } from './desk.ts'

let desk: Desk

beforeEach(async () => {
  desk = await openDesk()
  const replies = ['What would help you today?', 'And what else comes to mind?', 'How did that feel for you?']
  desk.model.respond(() => ({ reply: replies.shift() ?? 'I am listening.', confidence: 0.85 }))
})
afterEach(() => desk.close())

const notice = async (language: 'en' | 'es' | 'de' = 'en') => {
  const { coachName } = await desk.house.client.settings.get()
  return noticeText('ai_answer', { coachName, region: null, language })
}
const said = async (language?: 'en' | 'es' | 'de') => {
  const text = await notice(language)
  return desk.texts().filter((one) => one === text).length
}
const answered = (count: number) =>
  desk.until('the clone has answered', async () => (await desk.answers()).length === count)
const instructions = () => desk.model.requests.at(-1)?.messages[0]?.content ?? ''
const toldNote = 'just been told in a fixed line that you are an AI'

describe('a client who asks whether a machine answers', () => {
  test('hears the truth at once in fixed words, and the clone knows that they did', async () => {
    await desk.house.far.write('Ann', 'Hello')
    await answered(1)
    expect(instructions()).not.toContain(toldNote)
    desk.model.think(1_500)
    await desk.house.far.write('Ann', 'Are you an AI?')
    await desk.until('it is said', async () => (await said()) === 1)
    expect(await desk.answers()).toHaveLength(1)
    await answered(2)
    expect(instructions()).toContain(toldNote)
    desk.model.think(0)
    await desk.house.far.write('Ann', 'Good to know.')
    await answered(3)
    expect(instructions()).not.toContain(toldNote)
  })

  test('hears it in their own language', async () => {
    await desk.house.far.write('Ann', '¿Eres una inteligencia artificial o una persona?')
    await desk.until('it is said', async () => (await said('es')) === 1)
    await desk.house.far.write('Ben', 'Bist du eine KI?')
    await desk.until('it is said', async () => (await said('de')) === 1)
  })

  test('hears it once within ten minutes, and again later', async () => {
    await desk.house.far.write('Ann', 'Are you an AI?')
    await answered(1)
    await desk.house.far.write('Ann', 'Am I talking to a bot?')
    await answered(2)
    expect(await said()).toBe(1)
    desk.later(minutes(11))
    await desk.house.far.write('Ann', 'Really, are you an AI?')
    await desk.until('it is said again', async () => (await said()) === 2)
  })

  test('hears nothing by itself where the coach reads every answer first, or the coach has the floor', async () => {
    await desk.house.client.settings.update({ defaultReplyMode: 'drafts' })
    await desk.house.far.write('Ann', 'Are you an AI?')
    await desk.until('a draft is there', async () => (await desk.open()).draft)
    await desk.house.client.settings.update({ defaultReplyMode: 'autopilot' })
    await desk.house.client.inbox.takeOver({ conversationId: (await desk.open()).id })
    await desk.house.far.write('Ann', 'Am I talking to a bot?')
    await nothingHappens()
    expect(await said()).toBe(0)
  })

  test('who wants a person as well gets a person', async () => {
    await desk.house.far.write('Ann', 'Are you an AI? I want to talk to a real person.')
    await desk.until('the coach is called', async () => (await desk.open()).owner === 'waiting')
    await nothingHappens()
    expect(await said()).toBe(0)
  })
})
