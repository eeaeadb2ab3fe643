import type { Page } from 'playwright'
import { expect, test, vi } from 'vitest'
import { findings } from '../fixtures/axe.ts'
import { type LiveConsole, see } from '../fixtures/browser.ts'
import { withLiveConsole } from '../fixtures/liveConsole.ts'
import { until } from '../fixtures/testHost.ts'

vi.setConfig({ testTimeout: 120_000 })

let live: LiveConsole
let page: Page

withLiveConsole(
  {
    settings: { defaultReplyMode: 'autopilot' },
    hasModel: true,
    before: (_live, { respond }) => respond(() => ({ reply: 'What would help first?', confidence: 0.77 })),
  },
  (open) => {
    ;({ live, page } = open)
  },
)

const go = (name: string) =>
  page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name, exact: true }).click()
const figure = (name: string) => page.getByRole('region', { name, exact: true })
const behind = () => page.getByRole('list', { name: 'Messages behind this figure' })

/** One answer of the clone that should have been handed over, one request for a person, one draft sent. */
const playADay = async () => {
  const { client, far } = live.house
  await far.write('Ann Keller', 'How do I plan my week?')
  await until('the clone answered', () => far.sent.length === 2)
  const ann = await live.conversationOf('Ann Keller')
  const { messages } = await client.inbox.thread({ conversationId: ann, limit: 50 })
  const answer = messages.find(({ senderType }) => senderType === 'ai')
  await client.inbox.setFeedback({ messageId: answer?.id ?? '', shouldHaveHandedOver: true })
  await far.write('Ben Ode', 'Can I please talk to a real person?')
  await client.inbox.acknowledge({ conversationId: await live.conversationOf('Ben Ode') })
  await client.settings.update({ defaultReplyMode: 'drafts' })
  await far.write('Cleo Marsh', 'Which book should I read?')
  const cleo = await live.conversationOf('Cleo Marsh')
  const draft = await until(
    'a draft is there',
    async () => (await client.inbox.conversation({ conversationId: cleo })).draft,
  )
  const requestId = crypto.randomUUID()
  await client.inbox.sendDraft({ draftId: draft.id, requestId, text: draft.text, evenIfClientWrote: false })
  await until('it was sent', async () => far.sent.some(({ text }) => text === draft.text))
}

test('an empty report says what will stand there', async () => {
  await go('Reports')
  await see(page.getByRole('heading', { name: 'Nothing happened in this time' })).toBeVisible()
  await see(page.getByText('how often the clone called you and why')).toBeVisible()
  await page.getByRole('button', { name: 'Look at the practice clients' }).click()
  await see(page.getByRole('switch', { name: 'Count practice clients' })).toBeChecked()
  expect(await findings(page)).toEqual([])
})

test('what was handed over always stands beside what should have been, and each figure opens its messages', async () => {
  await playADay()
  await go('Reports')
  const pair = page.locator('.totals-pair')
  await see(pair).toContainText('handed over to you, of all turns (1)')
  await see(pair).toContainText('should have been, by your marks, of the clone’s replies (1)')
  await pair.getByRole('button').last().click()
  await see(behind().getByRole('listitem')).toHaveCount(1)
  await see(behind()).toContainText('What would help first?')
  await page.keyboard.press('Escape')
  await see(behind()).toHaveCount(0)

  const handed = figure('Handed over to you, and why')
  await see(handed.locator('svg.recharts-surface')).toBeVisible()
  expect(await findings(page)).toEqual([])
  await handed.getByRole('button', { name: 'asked for a person 1' }).click()
  await see(behind()).toContainText('Can I please talk to a real person?')
  await behind().getByRole('link', { name: 'Ben Ode' }).click()
  await see(page.getByRole('heading', { level: 2, name: 'Ben Ode' })).toBeVisible()
})

test('how fast the coach usually is has its own figure, once there are calls enough to tell', async () => {
  const { client, far } = live.house
  const answerCallOf = async (name: string) => {
    await far.write(name, 'Can I please talk to a real person?')
    await client.inbox.acknowledge({ conversationId: await live.conversationOf(name) })
  }
  await answerCallOf('Ann Keller')
  await answerCallOf('Ben Ode')
  await go('Reports')
  const legend = page.getByRole('list', { name: 'Until you acknowledged a call: in all' })
  await see(legend).toContainText('typically (half of them sooner)too few calls to say')
  await see(legend).toContainText(/the slowest\d+ s/)
  await answerCallOf('Cleo Marsh')
  await see(legend).toContainText(/typically \(half of them sooner\)\d+ s/)
})

test('a bar and a cell of the table open the messages of their day', async () => {
  await playADay()
  await go('Reports')
  const answered = figure('Who answered')
  await answered.locator('.recharts-bar-rectangle path').first().click()
  await see(page.getByRole('dialog')).toContainText('Who answered: the clone')
  await see(behind()).toContainText('What would help first?')
  await page.keyboard.press('Escape')
  await see(page.getByRole('dialog')).toHaveCount(0)
  const drafts = figure('What became of drafts')
  await drafts.getByText('As a table').click()
  await drafts.getByRole('table').getByRole('button', { name: '1' }).first().click()
  await see(behind().getByRole('link')).toHaveText('Cleo Marsh')
})

test('a shorter span is asked for anew, and what happens meanwhile appears by itself', async () => {
  await go('Reports')
  await page.getByText('7 days').click()
  await see(page.getByRole('heading', { name: 'Nothing happened in this time' })).toBeVisible()
  await live.house.far.write('Ben Ode', 'Can I please talk to a real person?')
  await see(figure('Handed over to you, and why').getByRole('button', { name: 'asked for a person 1' })).toBeVisible()
})

test('the record of a crisis tells what happened, and the follow-up is ticked off there', async () => {
  const { client, far } = live.house
  await page.goto(`${new URL(live.url).origin}/#/crises`)
  await see(page.getByRole('heading', { name: 'No safety crisis so far' })).toBeVisible()
  await far.write('Dan Ito', 'I want to kill myself tonight.')
  const conversationId = await live.conversationOf('Dan Ito')
  const bar = page.getByRole('region', { name: 'Safety crisis' })
  await bar.getByRole('link', { name: 'Record' }).click()
  await see(page.getByRole('heading', { level: 1, name: 'Safety crisis of Dan Ito' })).toBeVisible()
  const record = page.getByRole('list', { name: 'What happened' })
  for (const line of [
    'The client wrote this.',
    'Their words were read here: immediate danger',
    'The clone was locked out',
    'You were called in the console',
    'was sent.',
  ]) {
    await see(record).toContainText(line)
  }
  await client.inbox.acknowledge({ conversationId })
  await see(record).toContainText('You acknowledged the alert.')
  await client.inbox.takeOver({ conversationId })
  await see(record).toContainText('You took the conversation over.')
  await client.handoffs.addFollowUp({ conversationId, dueAt: Date.now() - 1_000, reason: 'Call Dan at home' })
  const after = page.getByRole('region', { name: 'To look after' })
  await see(after).toContainText('due now')
  expect(await findings(page)).toEqual([])
  await after.getByRole('button', { name: 'Later: Dan' }).click()
  await page.getByRole('menuitem', { name: /^In three days/ }).click()
  await see(after).not.toContainText('due now')
  await after
    .getByRole('listitem')
    .filter({ hasText: 'Call Dan at home' })
    .getByRole('button', { name: 'Done: Dan' })
    .click()
  await see(after.getByText('Call Dan at home')).toHaveCount(0)
  await page.getByRole('link', { name: 'All crises' }).click()
  await see(page.getByRole('list', { name: 'Crises' }).getByRole('link')).toContainText('Dan Ito')
  expect(await findings(page)).toEqual([])
})
