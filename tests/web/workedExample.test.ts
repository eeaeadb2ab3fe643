import type { Page } from 'playwright'
import { expect, test } from 'vitest'
import type { FakeAnswer, ModelServer } from '../fakes/modelServer.ts'
import { type LiveConsole, see } from '../fixtures/browser.ts'
import { withLiveConsole } from '../fixtures/liveConsole.ts'
import { until } from '../fixtures/testHost.ts'

const crisisAtWork = "I'm having a crisis at work"
const quitting = 'I want to quit my job right now'
const resumed = 'I slept on it. Where do we begin?'
const script: Record<string, FakeAnswer> = {
  [crisisAtWork]: { reply: 'That sounds like a lot at once. What happened?', confidence: 0.75, baseIntent: 'STRUGGLE' },
  [quitting]: { reply: 'If it feels right, then do it today.', confidence: 0.4, baseIntent: 'DECISION' },
  [resumed]: { reply: 'Good to hear that you slept. What matters most to you now?', confidence: 0.85 },
}

let model: ModelServer
let live: LiveConsole
let page: Page

withLiveConsole(
  {
    settings: { defaultReplyMode: 'autopilot' },
    hasModel: true,
    before: (_live, { respond }) => respond((asked) => script[asked.clientText] ?? {}),
  },
  (open) => {
    ;({ model, live, page } = open)
  },
)

const row = () => page.getByRole('list', { name: 'Conversations' }).getByRole('listitem').first()
const log = () => page.getByRole('log', { name: 'Messages' })
const banner = () => page.getByRole('region', { name: 'Why you are needed' })
const button = (name: string) => page.getByRole('button', { name, exact: true })
const clientWrites = (text: string) => live.house.far.write('Ann Keller', text)
const sentToClient = () => live.house.far.sent.map((message) => message.text)
const conversation = async () =>
  live.house.client.inbox.conversation({ conversationId: await live.conversationOf('Ann Keller') })
const newest = async () => {
  const conversationId = await live.conversationOf('Ann Keller')
  return (await live.house.client.inbox.thread({ conversationId, limit: 20 })).messages.at(-1)
}

test('a rash decision is handed to the coach, who answers in person and hands back, and the clone resumes', async () => {
  await clientWrites(crisisAtWork)
  await row().click()
  await see(log()).toContainText('What happened?')
  await see(log()).toContainText('confidence 0.75')
  await see(row()).toContainText('AI')

  await clientWrites(quitting)
  await see(banner()).toContainText('Ann needs you: high-stakes decision')
  await see(banner()).toContainText('the clone was not sure enough')
  await see(banner()).toContainText('Confidence 0.40')
  await see(row()).toContainText('Waiting for you')
  await see(page).toHaveTitle('(1) OpenCoach')
  expect((await live.house.client.handoffs.openAlerts()).rows).toMatchObject([{ trigger: 'high_stakes_decision' }])
  await see(log()).toContainText("I've let Akmal know")
  await see(log()).not.toContainText('do it today')

  await button('Take over').click()
  await see(button('Hand back')).toBeVisible()
  await see(banner()).toHaveCount(0)
  await page.getByRole('textbox', { name: 'Reply' }).fill('Ann, stop. Take a breath. Can we talk at six?')
  await button('Send').click()
  await until('it reached the client', () => sentToClient().at(-1)?.startsWith('Ann, stop'))
  await see(log()).toContainText('Can we talk at six?')
  expect(await newest()).toMatchObject({
    senderType: 'human_coach',
    metadata: {
      is_handoff: true,
      handoff_trigger: 'high_stakes_decision',
      handoff_reason: 'high_stakes_decision',
      ai_confidence_before: 0.4,
    },
  })
  expect((await live.house.client.handoffs.openAlerts()).rows).toEqual([])

  const asked = model.requests.length
  await button('Hand back').click()
  await see(button('Take over')).toBeVisible()
  expect((await conversation()).owner).toBe('ai')
  expect(model.requests).toHaveLength(asked)

  await clientWrites(resumed)
  await see(log()).toContainText('What matters most to you now?')
  await see(log()).toContainText('confidence 0.85')
  await see(row()).toContainText('AI')
  expect(await newest()).toMatchObject({
    senderType: 'ai',
    metadata: {
      is_handback: true,
      handoff_trigger: 'high_stakes_decision',
      human_duration_minutes: expect.any(Number),
      messages_in_intervention: 1,
      ai_confidence_before: 0.4,
    },
  })
  expect(await conversation()).toMatchObject({ owner: 'ai', handoff: null })
  expect(sentToClient().join()).not.toContain('do it today')
  expect(model.requests.at(-1)?.messages[0]?.content).toContain('handed the conversation back to you')
})
