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
const row = () => page.getByRole('list', { name: 'Conversations' }).getByRole('listitem').first()
const button = (name: string) => page.getByRole('button', { name, exact: true })
const ownerNow = async () =>
  (await live.house.client.inbox.conversation({ conversationId: await live.conversationOf('Ann Keller') })).owner
const sentToClient = () => live.house.far.sent.map((message) => message.text)

test('a crisis is locked, named in words, alerted, and answered by the fixed notice alone', async () => {
  await see(banner()).toContainText('Ann needs you: safety crisis')
  await see(banner()).toContainText('Their words point to danger')
  await see(row()).toContainText('Locked')
  await see(row()).toContainText('safety crisis')
  await see(page.locator('.thread-header')).toContainText('Locked')
  await see(page).toHaveTitle('(1) OpenCoach')
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

test('only Take over unlocks it', async () => {
  await banner().getByRole('button', { name: 'Take over', exact: true }).click()
  await see(banner()).toHaveCount(0)
  await see(row()).toContainText('You')
  await see(button('Hand back')).toBeVisible()
  expect(await ownerNow()).toBe('human')
})
