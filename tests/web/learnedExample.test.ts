import type { Page } from 'playwright'
import { expect, test } from 'vitest'
import { type LiveConsole, see } from '../fixtures/browser.ts'
import { withLiveConsole } from '../fixtures/liveConsole.ts'
import { until } from '../fixtures/testHost.ts'

const grounding =
  "Sarah, stop. Take a breath. I can hear the panic in your words. Before we burn bridges, let's get you grounded. What's ONE thing you know for sure about this situation?"
const others = ['That sounds like a lot at once. What happened?', 'Good that it is calmer. What would help today?']

/** A model that does what it is told was learned: the steps, and the words that worked. */
const answerTo = (system: string, clientText: string): { reply: string; confidence: number } => {
  if (/quit my job right now/u.test(clientText)) return { reply: 'If it feels right, do it.', confidence: 0.4 }
  if (!/pause, grounding/iu.test(system)) return { reply: others.shift() ?? 'Tell me more.', confidence: 0.75 }
  const phrase = /Words that worked: “([^”]+)”/u.exec(system)?.[1] ?? 'Before anything else'
  const reply = `Stop for a moment. Take a breath. ${phrase}, feel your feet on the ground. What is one thing you know for sure?`
  return { reply, confidence: 0.75 }
}

let live: LiveConsole
let page: Page

withLiveConsole(
  {
    settings: { defaultReplyMode: 'autopilot' },
    hasModel: true,
    before: (_live, { respond }) =>
      respond(({ messages, clientText }) => answerTo(messages[0]?.content ?? '', clientText)),
  },
  (open) => {
    ;({ live, page } = open)
  },
)

const row = (name: string) =>
  page.getByRole('list', { name: 'Conversations' }).getByRole('listitem').filter({ hasText: name })
const log = () => page.getByRole('log', { name: 'Messages' })
const button = (name: string) => page.getByRole('button', { name, exact: true })
const writes = (name: string, text: string) => live.house.far.write(name, text)
const sent = () => live.house.far.sent.map((message) => message.text)
const goTo = (place: string) =>
  page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: place, exact: true }).click()

test('what the coach did for Sarah once, the clone does the next time and says why; another client gets the steps alone', async () => {
  await writes('Sarah', "I'm having a crisis at work")
  await row('Sarah').click()
  await see(log()).toContainText('What happened?')
  await writes('Sarah', 'I want to quit my job right now')
  await button('Take over').click()
  await page.getByRole('textbox', { name: 'Reply' }).fill(grounding)
  await button('Send').click()
  await until('it reached her', () => sent().includes(grounding))
  await writes('Sarah', "You're right, I should think this through. I feel calmer now, thank you.")
  await see(log()).toContainText('think this through')
  await button('Hand back').click()

  await button('Learned from this').click()
  const drawer = page.getByRole('dialog')
  await see(drawer).toContainText('Before we burn bridges')
  await see(drawer).toContainText('think this through')
  await page.keyboard.press('Escape')
  await see(drawer).toHaveCount(0)

  await goTo('Learning')
  await see(page.getByRole('main')).toContainText('Sarah')
  await see(page.getByRole('main')).toContainText(/grounding/iu)
  await goTo('Inbox')

  await row('Sarah').click()
  await writes('Sarah', 'I am having a crisis at work again, I want to quit today')
  await see(log()).toContainText('Before we burn bridges, feel your feet on the ground')
  await see(log()).toContainText('confidence 0.8')
  await log().getByText('feel your feet on the ground').click()
  await page.getByRole('button', { name: 'Why this reply' }).last().click()
  await see(page.getByRole('dialog')).toContainText('Learned with this client')
  await page.keyboard.press('Escape')

  await writes('Tom', 'I am having a crisis at work, I want to quit today')
  await until('Tom is answered', () => sent().some((text) => text.includes('Before anything else, feel your feet')))
  expect(sent().filter((text) => text.includes('burn bridges'))).toHaveLength(2)
})
