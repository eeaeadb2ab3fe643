import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { type ModelServer, startModelServer } from '../fakes/modelServer.ts'
import { findings } from '../fixtures/axe.ts'
import {
  type ConsoleWindow,
  type LiveConsole,
  launchBrowser,
  openWindow,
  see,
  startLiveConsole,
} from '../fixtures/browser.ts'
import { startConsole } from '../fixtures/console.ts'
import { until } from '../fixtures/testHost.ts'

const passphrase = 'four quiet words here'
const wide = { width: 1360, height: 860 }
const narrow = { width: 390, height: 760 }

// One test visits many screens; how long it takes says nothing about the product.
vi.setConfig({ testTimeout: 240_000 })

let browser: Browser
let model: ModelServer
beforeAll(async () => {
  browser = await launchBrowser()
  model = await startModelServer()
})
afterAll(async () => {
  await browser?.close()
  await model?.close()
})

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const dialog = (page: Page) => page.getByRole('dialog')

const check = async (page: Page, screen: string) => {
  expect([screen, await findings(page)]).toEqual([screen, []])
}

describe.each([
  ['wide', wide],
  ['narrow', narrow],
])('no serious finding in light and dark, %s', (_name, viewport) => {
  const windows: ConsoleWindow[] = []
  const stops: (() => Promise<unknown>)[] = []
  afterEach(async () => {
    await Promise.all(windows.splice(0).map((window) => window.close()))
    for (const stop of stops.splice(0)) await stop()
  })
  const openPage = async (url: string): Promise<Page> => {
    const window = await openWindow(browser, url, { viewport, reducedMotion: 'reduce' })
    windows.push(window)
    return window.page
  }
  const startLive = async (settings: Parameters<typeof startLiveConsole>[0] = {}): Promise<LiveConsole> => {
    const live = await startLiveConsole(settings)
    stops.push(live.stop)
    return live
  }

  test('from the guide to the lock', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'opencoach-a11y-'))
    stops.push(async () => rmSync(folder, { recursive: true, force: true }))
    const console = await startConsole(folder, [], { OPENAI_BASE_URL: '', OPENAI_API_KEY: '' })
    stops.unshift(console.stop)
    const page = await openPage(console.url)
    await see(button(page, 'Set up')).toBeVisible()
    await check(page, 'welcome')
    await button(page, 'Restore from a backup').click()
    await check(page, 'restore')
    await button(page, 'Back').click()
    await button(page, 'Set up').click()
    await page.getByLabel('Your name').fill('Akmal')
    await page.getByRole('textbox', { name: 'Passphrase' }).fill(passphrase)
    await page.getByRole('textbox', { name: 'The same again' }).fill('other')
    await check(page, 'create')
    await page.getByRole('textbox', { name: 'The same again' }).fill(passphrase)
    await button(page, 'Continue').click()
    await see(page.getByRole('list', { name: 'Recovery phrase' })).toBeVisible()
    const words = await page.locator('.phrase-word').allTextContents()
    await check(page, 'phrase')
    await button(page, 'I have written them down').click()
    const asked = page.getByRole('textbox', { name: /^Word \d+$/ })
    for (const field of await asked.all()) await field.fill('wrong')
    await button(page, 'Confirm').click()
    await see(page.getByRole('alert')).toBeVisible()
    await check(page, 'confirm')
    for (const field of await asked.all()) {
      const label = await field.evaluate((input: HTMLInputElement) => input.labels?.[0]?.textContent ?? '')
      await field.fill(words[Number(label.replace('Word ', '')) - 1] ?? '')
    }
    await button(page, 'Confirm').click()
    await see(button(page, 'Later')).toBeVisible()
    await check(page, 'model')
    await button(page, 'Later').click()
    await see(button(page, 'Start practice')).toBeVisible()
    await check(page, 'practice')
    await button(page, 'Not now').click()
    await see(page.getByText('No conversations yet')).toBeVisible()
    await check(page, 'empty inbox')
    await page.close()
    expect(await console.stop()).toBe(0)

    const locked = await startConsole(folder)
    stops.unshift(locked.stop)
    const lockedPage = await openPage(locked.url)
    await lockedPage.getByRole('textbox', { name: 'Passphrase' }).fill('not the right one')
    await button(lockedPage, 'Open').click()
    await see(lockedPage.getByRole('alert')).toBeVisible()
    await check(lockedPage, 'lock')
    await lockedPage.getByText('Recovery phrase', { exact: true }).click()
    await lockedPage.getByRole('switch', { name: 'Set a new passphrase' }).click()
    await check(lockedPage, 'lock with the phrase')
  })

  test('the inbox with every owner, a draft, trouble and what opens over it', async () => {
    model.respond(() => ({ reply: 'What would help first?', confidence: 0.77 }))
    const live = await startLive({
      environment: { OPENAI_BASE_URL: model.url, OPENAI_MODEL: 'stand-in' },
      settings: { defaultReplyMode: 'autopilot' },
    })
    const { client, far } = live.house
    await far.write('Ann Keller', 'The week was too much for me.')
    await until('the clone answered', () => far.sent.length === 2)
    await far.write('Ben Ode', 'Can I please talk to a real person?')
    await far.write('Cleo Marsh', 'I want to kill myself tonight.')
    const picture = { name: 'plan.png', mediaType: 'image/png', bytes: Buffer.alloc(2_048) }
    await far.write('Dan Ito', 'Here is my plan.', { files: [picture] })
    await client.inbox.takeOver({ conversationId: await live.conversationOf('Dan Ito') })
    far.nextSends.push({ outcome: 'unknown', message: 'The channel did not answer.' })
    await client.inbox.send({
      conversationId: await live.conversationOf('Dan Ito'),
      requestId: crypto.randomUUID(),
      text: 'Thank you.',
    })
    await client.settings.update({ defaultReplyMode: 'drafts' })
    await far.write('Eve Lund', 'I am stuck.')
    const eve = await live.conversationOf('Eve Lund')
    await until('a draft is there', async () => (await client.inbox.conversation({ conversationId: eve })).draft)

    const page = await openPage(live.url)
    const { origin } = new URL(live.url)
    const rows = page.getByRole('list', { name: 'Conversations' }).getByRole('listitem')
    await see(rows).toHaveCount(5)
    await check(page, 'inbox, nothing open')
    const read = async (name: string) => {
      await page.goto(`${origin}/#/inbox/${await live.conversationOf(name)}`)
      await see(page.getByRole('heading', { level: 2, name })).toBeVisible()
      await see(page.getByRole('textbox', { name: 'Reply' })).toBeVisible()
      await see(page.getByRole('log').locator('.message').first()).toBeVisible()
    }
    for (const name of ['Ann Keller', 'Ben Ode', 'Cleo Marsh']) {
      await read(name)
      await check(page, `thread of ${name}`)
    }
    const banner = page.getByRole('region', { name: 'Why you are needed' })
    await banner.getByRole('button', { name: 'Acknowledge', exact: true }).click()
    await see(banner.getByText('Acknowledged at')).toBeVisible()
    await check(page, 'acknowledged')
    await read('Dan Ito')
    await see(page.locator('.trouble')).toBeVisible()
    await check(page, 'trouble')
    await read('Eve Lund')
    await see(page.getByRole('region', { name: 'Draft', exact: true })).toBeVisible()
    await check(page, 'draft')
    await button(page, 'Why this reply').click()
    await see(dialog(page).getByRole('heading', { name: 'Confidence 0.77' })).toBeVisible()
    await check(page, 'why')
    await page.keyboard.press('Escape')
    await see(dialog(page)).toHaveCount(0)
    await button(page, 'Edit draft').click()
    await check(page, 'editing a draft')
    await page.getByTitle('How the clone answers this client').click()
    await see(page.getByRole('menuitemradio')).toHaveCount(3)
    await check(page, 'reply mode menu')
    await page.keyboard.press('Escape')
    if (viewport === narrow) {
      await button(page, 'About the client').click()
      await see(dialog(page)).toContainText('Sensitive')
      await check(page, 'client drawer')
      await page.keyboard.press('Escape')
      await see(dialog(page)).toHaveCount(0)
    }
    model.think(60_000)
    await far.write('Eve Lund', 'And there is more.')
    await see(page.locator('.draft-stale')).toBeVisible()
    await button(page, 'Send draft').click()
    await see(dialog(page)).toContainText('wrote since')
    await check(page, 'client wrote since')
    await page.keyboard.press('Escape')
    model.think(0)
    await page.keyboard.press('Control+k')
    await see(page.getByRole('option').first()).toBeVisible()
    await check(page, 'palette')
    await page.keyboard.press('Escape')
    await see(dialog(page)).toHaveCount(0)
    await page.getByRole('log').focus()
    await page.keyboard.press('?')
    await see(dialog(page)).toContainText('Keyboard shortcuts')
    await check(page, 'shortcuts')
  })

  test('clients, privacy and settings, empty and full, and what opens over them', async () => {
    model.respond(() => ({ reply: 'What would help first?', confidence: 0.77 }))
    const live = await startLive({
      environment: { OPENAI_BASE_URL: model.url, OPENAI_MODEL: 'stand-in' },
      settings: { defaultReplyMode: 'autopilot' },
    })
    const page = await openPage(live.url)
    const go = (name: string) => page.getByRole('navigation').getByRole('link', { name, exact: true }).click()
    await go('Clients')
    await see(page.getByText('No clients yet')).toBeVisible()
    await check(page, 'no clients')
    await go('Privacy')
    await see(page.getByText('Nothing has left this machine')).toBeVisible()
    await check(page, 'empty ledger')
    await live.house.far.write('Ann Keller', 'The week was too much for me.')
    await until('the clone answered', () => live.house.far.sent.length === 2)
    await see(page.getByRole('table')).toBeVisible()
    await check(page, 'ledger')
    await page.getByRole('button', { name: 'Answer by the model' }).click()
    await see(dialog(page).locator('.payload')).toBeVisible()
    await check(page, 'payload')
    await page.keyboard.press('Escape')
    await go('Clients')
    await page.getByRole('list', { name: 'Clients' }).getByRole('link').first().click()
    await see(page.getByRole('heading', { level: 2, name: 'Ann Keller' })).toBeVisible()
    await check(page, 'client')
    await page.getByRole('combobox', { name: 'Time zone' }).or(page.getByLabel('Time zone')).first().click()
    await see(page.getByRole('option').first()).toBeVisible()
    await check(page, 'client with a list open')
    await page.keyboard.press('Escape')
    if (viewport === narrow) await page.getByRole('link', { name: 'Back to the list' }).click()
    await go('Settings')
    await button(page, 'Back up now').click()
    await see(page.getByRole('list', { name: 'Backups' })).toBeVisible()
    await see(page.getByText('Backup done')).toBeVisible()
    await check(page, 'settings')
    await button(page, 'New recovery phrase…').click()
    await see(button(page, 'Show 24 new words')).toBeVisible()
    await check(page, 'new phrase')
    await page.keyboard.press('Escape')
    await see(dialog(page)).toHaveCount(0)
    await button(page, 'Restore from a folder…').click()
    await see(dialog(page)).toContainText('Restore a backup')
    await check(page, 'restore in settings')
  })
})

test('the check would have noticed a button without a name and text too faint to read', async () => {
  const live = await startLiveConsole()
  const { page, close } = await openWindow(browser, live.url)
  await see(page.getByRole('navigation')).toBeVisible()
  await page.evaluate(() => {
    const faint = document.createElement('p')
    faint.textContent = 'Hardly to be read'
    faint.style.cssText = 'color: rgb(128 128 128); background: rgb(120 120 120)'
    document.querySelector('main')?.append(faint, document.createElement('button'))
  })
  const found = (await findings(page)).join('\n')
  expect(found).toContain('color-contrast')
  expect(found).toContain('button-name')
  await close()
  await live.stop()
})
