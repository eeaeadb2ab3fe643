import type { Browser, Page } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { type ModelServer, startModelServer } from '../fakes/modelServer.ts'
import {
  type ConsoleWindow,
  type LiveConsole,
  launchBrowser,
  openWindow,
  see,
  startLiveConsole,
} from '../fixtures/browser.ts'
import { until } from '../fixtures/testHost.ts'

let browser: Browser
let model: ModelServer
let live: LiveConsole
let window: ConsoleWindow
let page: Page

beforeAll(async () => {
  browser = await launchBrowser()
  model = await startModelServer()
})
afterAll(async () => {
  await browser?.close()
  await model?.close()
})

beforeEach(async () => {
  live = await startLiveConsole({
    environment: { OPENAI_BASE_URL: model.url, OPENAI_MODEL: 'stand-in' },
    settings: { defaultReplyMode: 'autopilot' },
  })
  await live.house.far.write('Ann Keller', 'I want to kill myself tonight.')
  window = await openWindow(browser, live.url)
  page = window.page
  await page.getByRole('link', { name: /Ann Keller/ }).click()
  await see(banner()).toBeVisible()
})
afterEach(async () => {
  expect(window.faults).toEqual([])
  await window.close()
  await live.stop()
})

const banner = () => page.getByRole('region', { name: 'Why you are needed' })
const bar = () => page.getByRole('region', { name: 'Safety crisis' })
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
  await see(page).toHaveTitle('(1) OpenCoach')
})

test('a crisis that comes while the coach is elsewhere is said with its name and its reason', async () => {
  await page.getByRole('navigation').getByRole('link', { name: 'Settings', exact: true }).click()
  await see(bar()).toContainText('Ann Keller may be in danger.')
  await live.house.far.write('Ben Ode', 'I want to kill myself tonight.')
  await see(page.getByRole('alert')).toHaveText('Safety crisis: Ben Ode may be in danger.')
  await see(page.getByRole('status').filter({ hasText: 'Ben Ode: safety crisis, locked' })).toHaveCount(1)
  await see(bar()).toContainText('Ann Keller and 1 other client may be in danger.')
})

test('what the crisis was read from is folded away until it is asked for', async () => {
  await see(banner().getByText('Trigger')).toBeHidden()
  await banner().getByText('Details').click()
  await see(banner().getByText('Trigger')).toBeVisible()
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
    await see(question).toContainText('If you are sure that the person is safe')
    await see(keep).toBeFocused()
    await page.keyboard.press('Enter')
    await see(question).toHaveCount(0)
    expect(await ownerNow()).toBe('human')
  }
  await page.keyboard.press('b')
  await question.getByRole('button', { name: 'They are safe, hand back' }).click()
  await see(question).toHaveCount(0)
  await until('the clone has it', async () => (await ownerNow()) === 'ai')
})

test('only Take over unlocks it', async () => {
  await banner().getByRole('button', { name: 'Take over', exact: true }).click()
  await see(banner()).toHaveCount(0)
  await see(row()).toContainText('You')
  await see(button('Hand back')).toBeVisible()
  expect(await ownerNow()).toBe('human')
})
