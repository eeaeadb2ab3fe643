import type { Browser, Locator } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import {
  type ConsoleWindow,
  type LiveConsole,
  launchBrowser,
  openWindow,
  see,
  startLiveConsole,
} from '../fixtures/browser.ts'

let browser: Browser
let live: LiveConsole
let window: ConsoleWindow

beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser?.close())
beforeEach(async () => {
  live = await startLiveConsole({ settings: { defaultReplyMode: 'off' } })
  await live.house.far.write('Ben Ode', 'I am stuck with my boss.')
  await live.house.far.write('Ann Keller', 'I want to kill myself tonight.')
})
afterEach(async () => {
  expect(window.faults).toEqual([])
  await window.close()
  await live.stop()
})

const boxOf = async (what: Locator) => {
  const box = await what.boundingBox()
  if (!box) throw new Error('It is not in the page.')
  return box
}
const overlap = async (one: Locator, other: Locator): Promise<boolean> => {
  const [a, b] = [await boxOf(one), await boxOf(other)]
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
}

test.each([
  { width: 1280, height: 800 },
  { width: 1000, height: 700 },
  { width: 760, height: 700 },
  { width: 390, height: 844 },
])(
  'at $width pixels what is said at the edge covers no crisis, no words being written and no Send',
  async (viewport) => {
    window = await openWindow(browser, live.url, { viewport })
    const { page } = window
    await page.goto(`${new URL(live.url).origin}/#/inbox/${await live.conversationOf('Ben Ode')}`)
    const reply = page.getByRole('textbox', { name: 'Reply' })
    await reply.fill('Shall we talk?')
    await page.getByRole('button', { name: 'Later' }).click()
    await page.getByRole('menuitem', { name: /^In 1 hour/ }).click()
    const undo = page.locator('.undo')
    await see(undo).toContainText('Message to Ben scheduled')
    await page.getByRole('log').getByRole('button', { name: 'Cancel' }).click()
    const toast = page.getByRole('alert').filter({ hasText: 'It will not be sent.' })
    await see(toast).toBeInViewport({ ratio: 1 })
    await page.keyboard.press('Escape')
    await page.keyboard.press('u')
    const covered = [
      page.getByRole('region', { name: 'Safety crisis' }),
      reply,
      page.getByRole('button', { name: 'Send', exact: true }),
      page.getByRole('button', { name: 'Later' }),
    ]
    for (const what of covered) expect(await overlap(toast, what)).toBe(false)
  },
)

test('the note that takes a reply back says when it goes, and covers neither the words being written nor Send', async () => {
  window = await openWindow(browser, live.url, { viewport: { width: 760, height: 700 } })
  const { page } = window
  await page.goto(`${new URL(live.url).origin}/#/inbox/${await live.conversationOf('Ben Ode')}`)
  const reply = page.getByRole('textbox', { name: 'Reply' })
  await live.house.client.settings.update({ undoSendSeconds: 30 })
  await reply.fill('Shall we talk?')
  await page.keyboard.press('Control+Enter')
  const undo = page.locator('.undo')
  await see(undo).toContainText(/Message to Ben goes in \d+ seconds/)
  expect(await overlap(undo, reply)).toBe(false)
  expect(await overlap(undo, page.getByRole('button', { name: 'Send', exact: true }))).toBe(false)
})

test('the list of keys can be read to its end in a low window, by wheel and by key', async () => {
  window = await openWindow(browser, live.url, { viewport: { width: 390, height: 420 } })
  const { page } = window
  await see(page.getByRole('navigation', { name: 'Main' })).toBeVisible()
  await page.keyboard.press('?')
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  const last = sheet.getByText('Show this list')
  await see(sheet.getByText('Next conversation')).toBeInViewport()
  await see(last).not.toBeInViewport()
  await page.keyboard.press('End')
  await see(last).toBeInViewport()
  await sheet.hover()
  await page.mouse.wheel(0, -4_000)
  await see(sheet.getByText('Next conversation')).toBeInViewport()
  await page.mouse.wheel(0, 4_000)
  await see(last).toBeInViewport()
})

test('whoever comes back to a reply goes on behind what is written, and Escape leaves any field', async () => {
  window = await openWindow(browser, live.url)
  const { page } = window
  await page.goto(`${new URL(live.url).origin}/#/inbox/${await live.conversationOf('Ben Ode')}`)
  const reply = page.getByRole('textbox', { name: 'Reply' })
  await reply.fill('One moment')
  await page.reload()
  await see(reply).toHaveValue('One moment')
  await page.getByRole('log').focus()
  await page.keyboard.press('r')
  await page.keyboard.type(', please')
  await see(reply).toHaveValue('One moment, please')
  await page.keyboard.press('Escape')
  await see(page.getByRole('log')).toBeFocused()
  const note = page.getByRole('textbox', { name: /note/i }).first()
  await note.fill('He was late.')
  await page.keyboard.press('Escape')
  await see(note).not.toBeFocused()
  await see(page.getByRole('log')).toBeFocused()
})
