import type { Page } from 'playwright'
import { expect, test } from 'vitest'
import { type LiveConsole, see } from '../fixtures/browser.ts'
import { withLiveConsole } from '../fixtures/liveConsole.ts'
import { until } from '../fixtures/testHost.ts'

const answer = 'Stop for a moment. Put both feet on the floor. What is the smallest next step?'

let live: LiveConsole
let page: Page

withLiveConsole(
  {
    settings: { defaultReplyMode: 'autopilot' },
    before: async (started) => {
      const { client, far } = started.house
      const waits = async (text: string) => {
        await far.write('Ann Keller', text)
        const conversationId = await started.conversationOf('Ann Keller')
        await until('the coach is called', async () => {
          const { owner, isThinking } = await client.inbox.conversation({ conversationId })
          return owner === 'waiting' && !isThinking
        })
        return conversationId
      }
      const conversationId = await waits('I am overwhelmed at work, everything is too much')
      await client.inbox.send({ conversationId, text: answer, requestId: crypto.randomUUID() })
      await until('it is sent', () => far.sent.some(({ text }) => text === answer))
      await far.write('Ann Keller', 'Thank you, that helps.')
      await client.inbox.send({ conversationId, text: 'Well done.', requestId: crypto.randomUUID() })
      await until('it is sent', () => far.sent.some(({ text }) => text === 'Well done.'))
      await client.inbox.handBack({ conversationId })
      await waits('I am overwhelmed again, it is all too much at work')
    },
  },
  (open) => {
    ;({ live, page } = open)
  },
)

const card = () => page.getByRole('region', { name: 'Draft', exact: true })

test("a draft without a model says that it is the coach's own words, shows which, and goes out only when they send it", async () => {
  await page.getByRole('link', { name: /Ann Keller/ }).click()
  await see(page.getByRole('region', { name: 'Why you are needed' })).toContainText('no model connected')
  await see(card()).toContainText(answer)
  await see(card()).toContainText('Put together from your own earlier words; no model is connected.')
  await see(card()).not.toContainText('by the clone')
  await see(card()).not.toContainText('confidence')
  await card().getByRole('button', { name: 'Why this reply' }).click()
  const drawer = page.getByRole('dialog', { name: 'Why this reply' })
  await see(drawer.getByRole('heading', { name: 'Your own words that it is put together from' })).toBeVisible()
  await see(drawer.getByRole('list').filter({ hasText: answer })).toContainText('Open it in the thread')
  await see(drawer).toContainText('How alike the moments are')
  await page.keyboard.press('Escape')
  const sent = () => live.house.far.sent.filter(({ text }) => text === answer)
  expect(sent()).toHaveLength(1)
  await card().getByRole('button', { name: 'Send draft' }).click()
  await see(card()).toHaveCount(0)
  await until('it reached the client', () => sent().length === 2)
})
