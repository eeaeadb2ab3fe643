import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Desk, minutes, nothingHappens, openDesk, request } from './desk.ts'

let desk: Desk

beforeEach(async () => {
  desk = await openDesk({ settings: { silenceMinutes: 5 } })
  const replies = ['What would help you today?', 'And what else comes to mind?', 'How did that feel for you?']
  desk.model.respond(() => ({ reply: replies.shift() ?? 'I am listening.', confidence: 0.85 }))
})
afterEach(() => desk.close())

const inbox = () => desk.house.client.inbox
const id = async () => (await desk.open()).id
const fromPhone = (text: string) => desk.house.far.write('Ann', text, { from: 'coach', clientName: 'Ann' })
const answered = (count: number) =>
  desk.until('the clone has answered', async () => (await desk.answers()).length === count)
const asksMe = async () => (await desk.open()).asksToHandBack

describe('a reply from the coach’s own phone', () => {
  test('is a person’s: it opens an intervention, and the clone is silent', async () => {
    await desk.house.far.write('Ann', 'Good morning')
    await answered(1)
    await fromPhone('Morning Ann, I am reading along today.')
    expect((await desk.thread()).at(-1)).toMatchObject({
      senderType: 'human_coach',
      deliveryStatus: 'sent',
      metadata: { from_own_device: true, is_handoff: true, handoff_trigger: 'coach' },
    })
    expect(await desk.open()).toMatchObject({ owner: 'human', unreadCount: 0, handoff: { trigger: 'coach' } })
    await fromPhone('Tell me everything.')
    expect((await desk.thread()).at(-1)?.metadata).toMatchObject({ from_own_device: true, is_handoff: false })
    await desk.house.far.write('Ann', 'It was a hard week.')
    await nothingHappens()
    expect(await desk.answers()).toHaveLength(1)
    expect(desk.model.requests).toHaveLength(1)
  })

  test('withdraws what the clone was thinking of, and its draft', async () => {
    desk.model.think(1_000)
    await desk.house.far.write('Ann', 'Are you there?')
    await desk.until('the clone thinks', () => desk.model.requests.length === 1)
    await fromPhone('I am.')
    await desk.until('the run is closed', async () => !(await desk.open()).isThinking)
    await nothingHappens()
    expect(desk.texts()).toEqual([])
    expect((await desk.open()).draft).toBeNull()
  })

  test('keeps the reason for which they were called', async () => {
    await desk.house.far.write('Ann', 'Can I talk to a real person?')
    await desk.until('the coach is called', async () => (await desk.open()).owner === 'waiting')
    await fromPhone('Here I am.')
    expect((await desk.thread()).at(-1)?.metadata).toMatchObject({
      is_handoff: true,
      handoff_trigger: 'client_request',
      from_own_device: true,
    })
    expect((await desk.house.client.handoffs.openAlerts()).rows).toEqual([])
  })

  test('offered twice by the channel is one message', async () => {
    await desk.house.far.write('Ann', 'Hello')
    await answered(1)
    for (const updateId of ['once', 'once', 'again'])
      await desk.house.far.write('Ann', 'It is me.', { from: 'coach', updateId, externalId: 'phone-1' })
    expect((await desk.thread()).filter((message) => message.senderType === 'human_coach')).toHaveLength(1)
  })

  test('in a crisis acknowledges the alarm, and the lock stays', async () => {
    await desk.house.far.write('Ann', 'I want to kill myself tonight')
    await fromPhone('Ann, I am calling you now.')
    expect((await desk.open()).owner).toBe('locked')
    expect((await desk.open()).handoff?.acknowledgedAt).not.toBeNull()
    expect((await desk.thread()).at(-1)?.content).toBe('Ann, I am calling you now.')
    desk.later(minutes(6))
    await nothingHappens()
    expect(await desk.open()).toMatchObject({ owner: 'locked', asksToHandBack: false })
  })
})

describe('when the coach falls silent on their phone', () => {
  beforeEach(async () => {
    await desk.house.far.write('Ann', 'Good morning')
    await answered(1)
    await fromPhone('Good morning Ann.')
  })

  test('they are asked whether to hand back, and taking over is an answer', async () => {
    expect(await asksMe()).toBe(false)
    desk.later(minutes(6))
    await desk.until('they are asked', asksMe)
    expect((await desk.open()).owner).toBe('human')
    expect((await inbox().list({ filter: 'needs_me', limit: 10 })).rows).toHaveLength(1)
    await inbox().takeOver({ conversationId: await id() })
    expect(await asksMe()).toBe(false)
    desk.later(minutes(60))
    await nothingHappens()
    expect(await desk.open()).toMatchObject({ owner: 'human', asksToHandBack: false })
  })

  test('every further word of theirs starts the wait anew', async () => {
    desk.later(minutes(4))
    await fromPhone('One more thing.')
    desk.later(minutes(3))
    await nothingHappens()
    expect(await asksMe()).toBe(false)
    desk.later(minutes(3))
    await desk.until('they are asked', asksMe)
    await fromPhone('And another.')
    desk.later(minutes(6))
    await desk.until('they are asked again', asksMe)
  })

  test('handing back answers the question, and the clone resumes', async () => {
    desk.later(minutes(6))
    await desk.until('they are asked', asksMe)
    await inbox().handBack({ conversationId: await id() })
    expect(await asksMe()).toBe(false)
    await desk.house.far.write('Ann', 'What shall I do first?')
    await answered(2)
  })

  test('nobody asks once they have gone on in the console', async () => {
    await inbox().send({ conversationId: await id(), ...request(), text: 'I am at my desk now.' })
    desk.later(minutes(30))
    await nothingHappens()
    expect(await desk.open()).toMatchObject({ owner: 'human', asksToHandBack: false })
  })

  test('the question survives a restart', async () => {
    desk.later(minutes(6))
    await desk.until('they are asked', asksMe)
    await desk.house.restart()
    expect(await asksMe()).toBe(true)
  })
})

describe('where silence ends an intervention', () => {
  beforeEach(async () => {
    await desk.house.client.settings.update({ silenceWhat: 'end' })
    await desk.house.far.write('Ann', 'Good morning')
    await answered(1)
  })

  test('the clone has the conversation again and says what came before', async () => {
    await fromPhone('Good morning Ann.')
    desk.later(minutes(6))
    await desk.until('it is handed back', async () => (await desk.open()).owner === 'ai')
    expect(await desk.answers()).toHaveLength(1)
    await desk.house.far.write('Ann', 'Thank you both. What now?')
    await answered(2)
    expect((await desk.thread()).at(-1)?.metadata).toMatchObject({
      is_handback: true,
      handoff_trigger: 'coach',
      messages_in_intervention: 1,
    })
  })

  test('what the client wrote in the silence is answered', async () => {
    await fromPhone('Good morning Ann.')
    await desk.house.far.write('Ann', 'Where do I begin?')
    desk.later(minutes(6))
    await answered(2)
  })

  test('what the client wrote in the silence is read like any other words: nobody has dealt with it', async () => {
    await fromPhone('Good morning Ann.')
    await desk.house.far.write('Ann', 'I want to quit my job right now')
    desk.model.respond(() => ({ reply: 'Then do it today.', confidence: 0.4 }))
    desk.later(minutes(6))
    await desk.until('the coach is called', async () => (await desk.open()).owner === 'waiting')
    expect((await desk.open()).handoff?.trigger).toBe('high_stakes_decision')
    expect(desk.texts()).not.toContain('Then do it today.')
  })

  test('a voice note sent into the silence is brought to the coach', async () => {
    await fromPhone('Good morning Ann.')
    await desk.house.far.write('Ann', '', { unreadable: 'voice' })
    desk.later(minutes(6))
    await desk.until('the coach is called', async () => (await desk.open()).handoff?.trigger === 'unreadable')
    expect(await desk.answers()).toHaveLength(1)
  })

  test('it never ends by itself after a crisis', async () => {
    await desk.house.far.write('Ann', 'I want to kill myself tonight')
    await inbox().takeOver({ conversationId: await id() })
    await fromPhone('I am with you, Ann.')
    desk.later(minutes(6))
    await desk.until('they are asked', asksMe)
    expect((await desk.open()).owner).toBe('human')
  })
})
