import type { Page } from 'playwright'
import { beforeEach, expect, test } from 'vitest'
import type { ModelServer } from '../fakes/modelServer.ts'
import { type LiveConsole, see } from '../fixtures/browser.ts'
import { withLiveConsole } from '../fixtures/liveConsole.ts'
import { until } from '../fixtures/testHost.ts'

let model: ModelServer
let live: LiveConsole
let page: Page

withLiveConsole(
  {
    settings: { defaultReplyMode: 'autopilot' },
    hasModel: true,
    before: ({ house }) => house.far.write('Ann Keller', 'I want to kill myself tonight.'),
  },
  (open) => {
    ;({ model, live, page } = open)
  },
)
beforeEach(async () => {
  await page.getByRole('link', { name: /Ann Keller/ }).click()
  await see(banner()).toBeVisible()
})

const banner = () => page.getByRole('region', { name: 'Why you are needed' })
const bar = () => page.getByRole('region', { name: 'Safety crisis' })
const unanswered = () => page.getByRole('region', { name: 'Crisis not answered yet' })
const log = () => page.getByRole('log', { name: 'Messages' })
const row = () => page.getByRole('list', { name: 'Conversations' }).getByRole('listitem').first()
const button = (name: string) => page.getByRole('button', { name, exact: true })
const ownerNow = async () =>
  (await live.house.client.inbox.conversation({ conversationId: await live.conversationOf('Ann Keller') })).owner
const sentToClient = () => live.house.far.sent.map((message) => message.text)

test('a crisis is locked, named in words, alerted, and answered by the fixed notice alone', async () => {
  await see(banner()).toContainText('Ann may be in danger')
  await see(banner()).toContainText('Their words point to danger')
  await see(row()).toContainText('Locked')
  await see(row()).toContainText('safety crisis')
  await see(page.locator('.thread-header')).toContainText('Locked: only you can write')
  await see(page.getByTitle('How the clone answers this client')).toHaveCount(0)
  await see(page).toHaveTitle('⚠ Safety crisis · (1) OpenCoach')
  await see(page.getByRole('log', { name: 'Messages' })).toContainText('Notice to the client')
  await until('the notice is sent', () => sentToClient().length === 1)
  expect(sentToClient()[0]).toContain('I have alerted')
  expect(model.requests).toEqual([])
  await see(button('Hand back')).toHaveCount(0)
})

test('acknowledging it leaves it locked, and neither B nor the host hands it back', async () => {
  await button('Acknowledge').click()
  await see(banner()).toContainText('Acknowledged at')
  await page.keyboard.press('b')
  await see(row()).toContainText('Locked')
  expect(await ownerNow()).toBe('locked')
  const conversationId = await live.conversationOf('Ann Keller')
  await expect(live.house.client.inbox.handBack({ conversationId })).rejects.toMatchObject({
    code: 'CONVERSATION_LOCKED',
  })
  await live.house.far.write('Ann Keller', 'Sorry, I did not mean it. I am fine.')
  await see(page.getByRole('log', { name: 'Messages' })).toContainText('I am fine.')
  expect(await ownerNow()).toBe('locked')
  expect(model.requests).toEqual([])
})

test('the coach can write while it stays locked', async () => {
  await page.getByRole('textbox', { name: 'Reply' }).fill('I am calling you right now.')
  await button('Send').click()
  await until('it reached the client', () => sentToClient().includes('I am calling you right now.'))
  await see(row()).toContainText('Locked')
  expect(await ownerNow()).toBe('locked')
})

test('it stands over every screen and is said at once, until it is acknowledged', async () => {
  await see(page.getByRole('alert')).toHaveText('Safety crisis: Ann Keller may be in danger.')
  for (const name of ['Clients', 'Privacy', 'Settings']) {
    await page.getByRole('navigation').getByRole('link', { name, exact: true }).click()
    await see(page.getByRole('heading', { level: 1, name })).toBeVisible()
    await see(bar()).toContainText('Ann Keller may be in danger.')
  }
  await see(page.getByRole('navigation').getByRole('link', { name: 'Inbox' })).toHaveAccessibleDescription(
    '1 conversation needs you, 1 safety crisis',
  )
  await bar().getByRole('link', { name: 'Open', exact: true }).click()
  await see(banner()).toBeVisible()
  await button('Acknowledge').click()
  await see(bar()).toHaveCount(0)
  await see(page).toHaveTitle('⚠ (1) OpenCoach')
})

test('acknowledged and not answered, it stays in sight on every screen, without a sound, until the coach wrote', async () => {
  const inboxLink = page.getByRole('navigation').getByRole('link', { name: 'Inbox' })
  const whoNeedsMe = '1 conversation needs you, 1 safety crisis'
  await button('Acknowledge').click()
  await see(unanswered()).toContainText(/^Ann Keller: acknowledged at [\d:]+, not answered yet$/)
  await page.getByRole('navigation').getByRole('link', { name: 'Settings', exact: true }).click()
  await see(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible()
  await see(unanswered()).toContainText('not answered yet')
  await see(inboxLink).toHaveAccessibleDescription(whoNeedsMe)
  await see(page.locator('.rail-badge')).toHaveClass(/is-crisis/)
  await see(page.getByRole('alert')).toHaveCount(0)
  await unanswered().getByRole('link', { name: 'Open the conversation' }).click()
  await banner().getByRole('button', { name: 'Take over', exact: true }).click()
  await see(unanswered()).toContainText('taken over')
  await see(inboxLink).toHaveAccessibleDescription(whoNeedsMe)
  await page.getByRole('textbox', { name: 'Reply' }).fill('I am calling you right now.')
  await button('Send').click()
  await see(unanswered()).toHaveCount(0)
  await see(page).toHaveTitle('OpenCoach')
})

test('a crisis that comes while the coach is elsewhere is said with its name and its reason', async () => {
  await page.getByRole('navigation').getByRole('link', { name: 'Settings', exact: true }).click()
  await see(bar()).toContainText('Ann Keller may be in danger.')
  await live.house.far.write('Ben Ode', 'I want to kill myself tonight.')
  await see(page.getByRole('alert')).toHaveText('Safety crisis: Ben Ode may be in danger.')
  await see(page.getByRole('status').filter({ hasText: 'Ben Ode: safety crisis, locked' })).toHaveCount(1)
  await see(bar()).toContainText('Ann Keller and Ben Ode may be in danger.')
})

test('what the crisis was read from is folded away until it is asked for', async () => {
  const sign = banner().getByRole('listitem').filter({ hasText: 'immediate danger' })
  await see(sign).toBeHidden()
  await banner().getByText('What was read').click()
  await see(sign).toBeVisible()
  await see(banner()).not.toContainText(/score|trigger|imminent|_/i)
})

test('handing back after it takes a second, deliberate word, by button, key and palette', async () => {
  await banner().getByRole('button', { name: 'Take over', exact: true }).click()
  const question = page.getByRole('dialog', { name: 'Hand back after a safety crisis?' })
  const keep = question.getByRole('button', { name: 'Keep it with me' })
  const ways = [
    () => button('Hand back').click(),
    () => page.keyboard.press('b'),
    async () => {
      await page.keyboard.press('Control+k')
      await page.getByRole('combobox', { name: 'Go to anything' }).fill('Hand back')
      await page.keyboard.press('Enter')
    },
  ]
  await see(button('Hand back')).toBeVisible()
  await page.getByRole('log').focus()
  for (const askToHandBack of ways) {
    await askToHandBack()
    await see(question).toContainText('only if you are sure that the person is safe')
    await see(keep).toBeFocused()
    await page.keyboard.press('Enter')
    await see(question).toHaveCount(0)
    await see(page.locator('body')).not.toBeFocused()
    expect(await ownerNow()).toBe('human')
  }
  await page.keyboard.press('b')
  await question.getByRole('button', { name: 'They are safe, hand back' }).click()
  await see(question).toHaveCount(0)
  await until('the clone has it', async () => (await ownerNow()) === 'ai')
  await see(page.getByRole('log')).toBeFocused()
})

test('the thread keeps the whole story at its place, with the record, and says what is left to the coach', async () => {
  await banner().getByRole('button', { name: 'Take over', exact: true }).click()
  await see(log()).toContainText(
    /tonight\..*Locked at [\d:]+ · Crisis record.*Notice to the client.*You took over at [\d:]+ · the clone is silent/,
  )
  await page.getByRole('log').focus()
  await page.keyboard.press('b')
  const question = page.getByRole('dialog', { name: 'Hand back after a safety crisis?' })
  await see(question).toContainText('what they have written so far stays yours to answer')
  await see(question).toContainText('The clone resumes with their next message')
  await question.getByRole('button', { name: 'They are safe, hand back' }).click()
  const left = page.getByRole('region', { name: 'Left to you' })
  await see(left).toContainText('Ann’s last message is not answered yet')
  await live.house.far.write('Ann Keller', 'Thank you, I am with my sister now.')
  await see(left).toHaveCount(0)
  const story = /Locked at .* · Crisis record.*You took over at [\d:]+You handed back at [\d:]+.*with my sister/
  await see(log()).toContainText(story)
  await page.reload()
  await see(log()).toContainText(story)
  await log().getByRole('link', { name: 'Crisis record' }).click()
  await see(page.getByRole('heading', { level: 1, name: 'Safety crisis of Ann Keller' })).toBeVisible()
})

test('the reminder to look after them leads to the record, which is in plain words', async () => {
  const { inbox, handoffs } = live.house.client
  const conversationId = await live.conversationOf('Ann Keller')
  await inbox.takeOver({ conversationId })
  await inbox.handBack({ conversationId, evenAfterCrisis: true })
  const [followUp] = (await handoffs.followUps()).rows
  await handoffs.followUpLater({ id: followUp?.id ?? '', dueAt: Date.now() - 1 })
  const due = page.getByRole('region', { name: 'Follow-up', exact: true })
  await due.getByRole('link', { name: 'Crisis record' }).click()
  const record = page.getByRole('list', { name: 'What happened' })
  await see(record).toContainText('Their words were read here: immediate danger, about suicide.')
  await see(page.locator('.crises-screen')).not.toContainText(/severity|imminent|self_harm|level/i)
})

test('only Take over unlocks it', async () => {
  await banner().getByRole('button', { name: 'Take over', exact: true }).click()
  await see(banner()).toHaveCount(0)
  await see(row()).toContainText('You')
  await see(button('Hand back')).toBeVisible()
  expect(await ownerNow()).toBe('human')
})

test('a thread that is opened again without its banner still stands at its end', async () => {
  for (let entry = 0; entry < 20; entry += 1) await live.house.far.write('Ann Keller', `I am still here, ${entry}.`)
  await see(log()).toContainText('still here, 19')
  await page.getByRole('navigation').getByRole('link', { name: 'Settings', exact: true }).click()
  await see(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible()
  await live.house.client.inbox.takeOver({ conversationId: await live.conversationOf('Ann Keller') })
  await see(unanswered()).toContainText('taken over')
  await unanswered().getByRole('link', { name: 'Open the conversation' }).click()
  await see(log().getByText('You took over')).toBeInViewport()
  await see(page.getByRole('button', { name: 'Jump to latest' })).toHaveCount(0)
})
