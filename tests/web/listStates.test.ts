import type { Browser, Page } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { findings } from '../fixtures/axe.ts'
import {
  type ConsoleWindow,
  type LiveConsole,
  launchBrowser,
  openWindow,
  see,
  startLiveConsole,
} from '../fixtures/browser.ts'

// One test visits many states; how long it takes says nothing about the product.
vi.setConfig({ testTimeout: 240_000 })

const minuteMs = 60_000

let browser: Browser
let live: LiveConsole
let window: ConsoleWindow | undefined
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
})
beforeEach(async () => {
  live = await startLiveConsole({ settings: { defaultReplyMode: 'off' } })
})
afterEach(async () => {
  await window?.close()
  window = undefined
  await live.stop()
})

/** Clients in every standing the list can show. */
const fill = async () => {
  const { far, client } = live.house
  const idOf = live.conversationOf
  for (const [name, minutes] of [
    ['Ann Keller', 5],
    ['Ben Ode', 20],
    ['Cleo Marsh', 95],
    ['Dan Ito', 30],
    ['Eve Lund', 40],
  ] as const)
    await far.write(name, 'The evenings are hard for me.', { sentAt: Date.now() - minutes * minuteMs })
  await far.write('Fay Sun', 'Can I please talk to a real person?')
  await far.write('Gus Hall', 'I want to kill myself tonight.')
  await client.inbox.takeOver({ conversationId: await idOf('Ben Ode') })
  const tomorrow = Date.now() + 24 * 60 * minuteMs
  await client.inbox.triage({
    conversationIds: [await idOf('Dan Ito')],
    action: { kind: 'snooze', until: tomorrow },
  })
  await client.inbox.triage({ conversationIds: [await idOf('Eve Lund')], action: { kind: 'done' } })
  Object.assign(far.channel, { asksBeforeAccepting: true })
  await far.write('Noor Haddad', 'Do you have room for one more?')
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

describe.each([
  ['wide', { width: 1360, height: 860 }],
  ['narrow', { width: 390, height: 760 }],
])('no serious finding in light and dark, %s', (_name, viewport) => {
  const open = async () => {
    window = await openWindow(browser, live.url, { viewport, reducedMotion: 'reduce' })
    const { page } = window
    const check = async (state: string) => expect([state, await findings(page)]).toEqual([state, []])
    return { page, check }
  }

  test('in the list, its filters, a selection, a snooze and what can be undone', async () => {
    await fill()
    const { page, check } = await open()
    const rows = page.getByRole('list', { name: 'Conversations' }).getByRole('listitem')
    const choose = async (filter: string) => {
      await button(page, 'More').click()
      await page.getByRole('menuitemradio', { name: filter }).click()
    }
    await see(rows).toHaveCount(5)
    await check('everything')
    await button(page, 'More').click()
    await see(page.getByRole('menuitemradio')).toHaveCount(6)
    await check('more filters')
    await page.keyboard.press('Escape')
    for (const filter of ['Snoozed', 'Done', 'Requests']) {
      await choose(filter)
      await see(rows).toHaveCount(1)
      await check(filter)
    }
    await button(page, 'Needs me 6').click()
    await see(rows.filter({ hasText: 'Noor Haddad' })).toBeVisible()
    await check('Needs me')
    await button(page, 'All').click()
    await page.getByRole('checkbox', { name: 'Select Ann Keller' }).click()
    await see(page.getByText('1 selected')).toBeVisible()
    await check('selected')
    await page.keyboard.press('h')
    await see(page.getByRole('dialog')).toBeVisible()
    await check('snooze')
    await page.keyboard.press('Escape')
    await see(page.getByRole('dialog')).toHaveCount(0)
    await page.keyboard.press('e')
    await see(page.locator('.undo').getByRole('button', { name: 'Undo' })).toBeVisible()
    await check('undo')
  })

  test('in a search with and without results, and in empty lists', async () => {
    const { page, check } = await open()
    await see(page.getByText('No conversations yet')).toBeVisible()
    await check('nobody yet')
    await fill()
    await page.getByRole('searchbox').fill('even')
    await see(page.getByRole('list', { name: 'Search results' }).getByRole('listitem').first()).toBeVisible()
    await check('found')
    await page.getByRole('searchbox').fill('zebra')
    await see(page.getByText('Nothing found')).toBeVisible()
    await check('nothing found')
    await page.getByRole('searchbox').fill('z')
    await see(page.getByText('Go on typing')).toBeVisible()
    await check('too short')
  })
})
