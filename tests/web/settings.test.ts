import type { Page } from 'playwright'
import { afterEach, describe, expect, test, vi } from 'vitest'
import type { ModelServer } from '../fakes/modelServer.ts'
import { startTelegramServer, type TelegramServer } from '../fakes/telegram/server.ts'
import { findings } from '../fixtures/axe.ts'
import { type LiveConsole, see } from '../fixtures/browser.ts'
import { withLiveConsole } from '../fixtures/liveConsole.ts'
import { until } from '../fixtures/testHost.ts'

// One test looks at a long page in two sizes and two colour schemes; how long it takes says nothing about the product.
vi.setConfig({ testTimeout: 120_000 })

const robin = { id: 77, first_name: 'Robin', username: 'robinvale' }

let telegram: TelegramServer
let model: ModelServer
let live: LiveConsole
let page: Page

// Closed after the console that polls it.
afterEach(() => telegram.close())
withLiveConsole(
  {
    settings: { defaultReplyMode: 'autopilot' },
    hasModel: true,
    environment: async () => {
      telegram = await startTelegramServer()
      return { TELEGRAM_API_ROOT: telegram.url }
    },
  },
  (open) => {
    ;({ model, live, page } = open)
  },
)

const openSection = async (id: string, title: string) => {
  await page.goto(`${new URL(live.url).origin}/#/settings/${id}`)
  await see(section(title).getByRole('heading', { level: 2 })).toBeVisible()
  return section(title)
}
const section = (title: string) => page.getByRole('region', { name: title, exact: true })
const button = (name: string) => page.getByRole('button', { name, exact: true })
const saved = () => live.house.client.settings.get()

describe('Telegram', () => {
  test('is connected step by step, links the coach’s phone, and is disconnected again', async () => {
    const part = await openSection('telegram', 'Telegram')
    await see(part.getByRole('link', { name: '@BotFather' })).toHaveAttribute('href', 'https://t.me/BotFather')
    await see(button('Connect')).toBeDisabled()
    await part.getByLabel('Token').first().fill(telegram.token)
    await button('Test').last().click()
    await see(part.getByText(/^Found: /)).toBeVisible()
    expect((await live.house.client.channels.telegram()).hasToken).toBe(false)
    await button('Connect').click()
    await see(part.locator('.channel-state')).toHaveText('Running')
    await see(part.getByLabel('Token')).toHaveCount(0)

    const command = await part.getByText(/^\/link /).textContent()
    for (let guess = 0; guess < 5; guess += 1) telegram.clientWrites(robin, `/link 1${guess}`)
    await see(part).toContainText('Too many codes that do not fit were sent to the bot')
    await button('Make a new code').click()
    await see(part.getByText(command ?? '')).toHaveCount(0)
    await see(part).not.toContainText('codes that do not fit')
    const renewed = await part.getByText(/^\/link /).textContent()
    telegram.clientWrites(robin, renewed ?? '')
    await see(part).toContainText('Linked: a call that you do not acknowledge here goes to your own Telegram.')
    await button('Send a test alert').click()
    await until('the phone rings', () =>
      telegram.messages.some(({ chatId, text }) => chatId === robin.id && /test/i.test(text)),
    )
    expect(await findings(page)).toEqual([])
    await button('Unlink').click()
    await see(part.getByText(/^\/link /)).toBeVisible()

    await button('Disconnect…').click()
    await page.getByRole('dialog').getByRole('button', { name: 'Disconnect', exact: true }).click()
    await see(part.getByText('Not connected.')).toBeVisible()
    expect((await live.house.client.channels.telegram()).hasToken).toBe(false)
  })

  test('a wrong token gets a clear word and nothing is kept', async () => {
    const part = await openSection('telegram', 'Telegram')
    await part.getByLabel('Token').first().fill('1234567:wrong-wrong-wrong-wrong-wrong-wrong')
    await button('Test').last().click()
    await see(part.getByRole('alert')).toContainText('@BotFather')
    await see(button('Connect')).toBeDisabled()
    expect((await live.house.client.channels.telegram()).hasToken).toBe(false)
  })
})

describe('handing over', () => {
  test('shows at once what other thresholds would have done, with the messages', async () => {
    model.respond(() => ({ reply: 'What would help first?', confidence: 0.75 }))
    await live.house.far.write('Ann Keller', 'How do I plan my week?')
    await until('the clone answered', () => live.house.far.sent.length === 2)
    const part = await openSection('handover', 'Handing over to you')
    await see(part.getByRole('status')).toHaveText('Of your last 1 answer, 0 are handed over to you as it is set now.')
    await see(part.getByText('a safety crisis: this cannot be switched off')).toBeVisible()
    await see(part.getByRole('region', { name: 'What this would have done' })).toContainText(
      'These borders never hold back what is listed as always handed over: a crisis, a client who asks for a person',
    )
    await part.getByRole('slider', { name: 'Unsure below a confidence of' }).press('End')
    await part.getByRole('slider', { name: 'Hand over from' }).press('Home')
    await see(part).toContainText('Any single sign is enough')
    await see(part.getByRole('status')).toHaveText(
      'Of your last 1 answer, 1 would have been handed over to you; as it is set now, 0 are.',
    )
    await part.getByText('1 answer that would go the other way').click()
    await see(part.getByRole('listitem').filter({ hasText: 'How do I plan my week?' })).toContainText(
      'would come to you',
    )
    expect(await saved()).toMatchObject({ handOffAt: 7, lowConfidenceBelow: 0.6 })
    await part.getByRole('button', { name: 'Back to how it was' }).click()
    await see(part.getByText('7 of 10 points')).toBeVisible()
    await part.getByRole('slider', { name: 'Hand over from' }).press('ArrowLeft')
    await part.getByRole('button', { name: 'Use these' }).click()
    await until('it is kept', async () => (await saved()).handOffAt === 6)
    await see(part.getByRole('button', { name: 'Use these' })).toHaveCount(0)
    await see(part.getByText('that would go the other way')).toHaveCount(0)
    await part.getByRole('slider', { name: 'Unsure below a confidence of' }).press('End')
    await part.getByRole('slider', { name: 'Hand over from' }).press('Home')
    await part.getByText('1 answer that would go the other way').click()
    await part.getByRole('link', { name: 'Ann Keller' }).click()
    await see(page.getByRole('heading', { level: 2, name: 'Ann Keller' })).toBeVisible()
  })
})

describe('every field saves itself', () => {
  test('numbers, choices, switches and times', async () => {
    const quiet = await openSection('quiet', 'Quiet hours')
    await quiet.getByRole('switch', { name: 'Keep quiet hours' }).click()
    await quiet.getByLabel('From').fill('21:30')
    await quiet.getByText('Leave drafts').click()
    await page.getByRole('textbox', { name: 'Most for one day, in US dollars' }).fill('2.5')
    await page.getByRole('textbox', { name: 'Time to take a message back' }).fill('12')
    await page.getByRole('switch', { name: /^Name the client on my phone/ }).click()
    await page.getByText('Hand back by itself').click()
    await until('all of it is kept', async () => {
      const { quietHoursOn, quietFrom, quietWhat, dailyBudgetUsd, undoSendSeconds, ownDeviceNames, silenceWhat } =
        await saved()
      return (
        quietHoursOn &&
        quietFrom === '21:30' &&
        quietWhat === 'drafts' &&
        dailyBudgetUsd === 2.5 &&
        undoSendSeconds === 12 &&
        ownDeviceNames &&
        silenceWhat === 'end'
      )
    })
    await page.reload()
    await see(quiet.getByLabel('From')).toHaveValue('21:30')
    await see(page.getByRole('textbox', { name: 'Most for one day, in US dollars' })).toHaveValue('$ 2.5')
  })

  test('a number that is out of bounds is never saved', async () => {
    await openSection('alerts', 'Alerts')
    const field = page.getByRole('textbox', { name: 'Repeat a call every' })
    await field.fill('5')
    await field.press('Tab')
    await see(field).toHaveValue('10 s')
    await see(page.getByText('The least is 10.')).toBeVisible()
    await until('the nearest allowed one is kept', async () => (await saved()).alertRepeatSeconds === 10)
    await field.fill('')
    await field.press('Tab')
    await see(field).toHaveValue('10 s')
    await see(page.getByText('It takes a number, so what was there stays.')).toBeVisible()
  })

  test('a name that was emptied and quiet hours of no length say what that means', async () => {
    const you = await openSection('you', 'You')
    const name = (await saved()).coachName
    await you.getByLabel('Your name').fill('')
    await see(you).toContainText(`Until you enter one, it stays ${name}.`)
    const quiet = await openSection('quiet', 'Quiet hours')
    await quiet.getByRole('switch', { name: 'Keep quiet hours' }).click()
    await quiet.getByLabel('To').fill((await saved()).quietFrom)
    await see(quiet.getByRole('alert')).toContainText('so there are none')
    await quiet.getByLabel('To').fill('06:15')
    await see(quiet.getByRole('alert')).toHaveCount(0)
  })
})

test('canned replies are written, renamed and deleted, and a name is used once', async () => {
  const part = await openSection('canned', 'Canned replies')
  await button('New canned reply').click()
  await part.getByLabel('Name').fill('Late')
  await part.getByLabel('Text').fill('Dear {{first_name}}, I am late.')
  await part.getByRole('button', { name: 'Save' }).click()
  const list = part.getByRole('list', { name: 'Canned replies' })
  await see(list.getByRole('listitem')).toHaveCount(1)
  await button('New canned reply').click()
  await part.getByLabel('Name').fill('Late')
  await part.getByLabel('Text').fill('Another.')
  await part.getByRole('button', { name: 'Save' }).click()
  await see(part).toContainText('This name is taken. Choose another.')
  await part.getByRole('button', { name: 'Cancel' }).click()
  await button('Edit Late').click()
  await part.getByLabel('Name').fill('Running late')
  await part.getByRole('button', { name: 'Save' }).click()
  await see(list.getByRole('listitem')).toContainText('Running late')
  await button('Edit Running late').click()
  await part.getByRole('button', { name: 'Delete' }).click()
  await part.getByRole('button', { name: 'Really delete' }).click()
  await see(list).toHaveCount(0)
})

test('every section is found by its name, by address and by keyboard', async () => {
  await openSection('backups', 'Backups')
  await see(button('Back up now')).toBeInViewport()
  const names = page.getByRole('navigation', { name: 'Settings' })
  await names.getByRole('link', { name: 'Telegram' }).press('Enter')
  await see(section('Telegram').getByRole('heading', { level: 2 })).toBeInViewport()
  await see(page).toHaveURL(/#\/settings\/telegram$/)
  await see(names.getByRole('link', { name: 'Telegram' })).toHaveAttribute('aria-current', 'location')
  await see(page.getByText('Start when I log in')).toHaveCount(0)
})

test('the settings are accessible, wide and narrow', async () => {
  await openSection('you', 'You')
  await see(page.getByText('Not connected.').first()).toBeVisible()
  expect(await findings(page)).toEqual([])
  await page.setViewportSize({ width: 390, height: 760 })
  expect(await findings(page)).toEqual([])
})
