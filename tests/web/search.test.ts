import fc from 'fast-check'
import type { Page } from 'playwright'
import { expect, test } from 'vitest'
import { piecesOf } from '../../renderer/features/search/Marked.tsx'
import { type LiveConsole, see } from '../fixtures/browser.ts'
import { withLiveConsole } from '../fixtures/liveConsole.ts'

let live: LiveConsole
let page: Page

withLiveConsole({ settings: { defaultReplyMode: 'off' } }, (open) => {
  ;({ live, page } = open)
})

const field = () => page.getByRole('searchbox', { name: 'Search messages' })
const results = () => page.getByRole('list', { name: 'Search results' })
const hits = () => results().getByRole('link')
const opened = () => page.getByRole('heading', { level: 2, name: /Keller|Ode/ })
const log = () => page.getByRole('log', { name: 'Messages' })
const press = async (...keys: string[]) => {
  for (const key of keys) await page.keyboard.press(key)
}
const writeAll = async (name: string, texts: readonly string[]) => {
  for (const text of texts) await live.house.far.write(name, text)
}
const chatter = (count: number): string[] => Array.from({ length: count }, (_, at) => `Small talk number ${at}.`)

test('by keyboard alone a message far back is found and opened in its place', async () => {
  await writeAll('Ann Keller', ['I dreamt of a purple lighthouse.', ...chatter(120)])
  await writeAll('Ben Ode', ['The lighthouse was closed.'])
  await see(page.getByRole('heading', { name: 'Inbox', level: 1 })).toBeVisible()
  await press('/')
  await see(field()).toBeFocused()
  await page.keyboard.type('lighth')
  await see(hits()).toHaveText([/Ben Ode/, /Ann Keller/])
  await see(results().locator('mark')).toHaveText(['lighthouse', 'lighthouse'])
  await see(results()).toContainText('Today')
  await press('ArrowDown', 'j', 'Enter')
  await see(opened()).toHaveText('Ann Keller')
  await see(log().getByText('I dreamt of a purple lighthouse.')).toBeInViewport()
  expect(page.url()).toMatch(/\?at=\d+$/)
  await press('k', 'Enter')
  await see(opened()).toHaveText('Ben Ode')
  await press('Escape')
  await see(field()).toHaveValue('')
  await see(page.getByRole('list', { name: 'Conversations' })).toBeVisible()
})

test('Enter in the field opens the newest message that was found, also when it comes before the answer', async () => {
  await writeAll('Ann Keller', ['First lighthouse.', 'Second lighthouse.', 'No light here.'])
  await field().fill('lighthouse')
  await see(hits()).toHaveCount(2)
  await press('Enter')
  await see(log().getByText('Second lighthouse.')).toBeInViewport()
  const seqOfSecond = page.url()
  await field().fill('first')
  await press('Enter')
  await see(hits()).toHaveText([/First/])
  await see(async () => expect(page.url()).not.toBe(seqOfSecond)).toPass()
  await see(hits()).toHaveAttribute('aria-current', 'true')
})

test('letters typed in the field are only letters', async () => {
  await writeAll('Ann Keller', ['Hello.'])
  await page.getByRole('link', { name: /Ann Keller/ }).click()
  await see(opened()).toHaveText('Ann Keller')
  await press('/')
  await page.keyboard.type('ehxzujkt')
  await see(field()).toHaveValue('ehxzujkt')
  await see(page.getByText('Nothing found')).toBeVisible()
  await see(page.getByText(/marked as done|selected/)).toHaveCount(0)
})

test('one client is searched alone, and all of them again', async () => {
  await writeAll('Ann Keller', ['My sister called.'])
  await writeAll('Ben Ode', ['The sister of my boss.', 'Only Ben says banana.'])
  await page.getByRole('link', { name: /Ann Keller/ }).click()
  await field().fill('sister')
  await see(hits()).toHaveCount(2)
  await page.getByRole('button', { name: 'Only Ann' }).click()
  await see(hits()).toHaveText([/Ann Keller/])
  await field().fill('banana')
  await see(page.getByText('No message with Ann Keller has all of these words.')).toBeVisible()
  await page.getByRole('button', { name: 'Search all clients' }).click()
  await see(hits()).toHaveText([/Ben Ode/])
})

test('what was found comes page by page down to the oldest', async () => {
  await writeAll('Ann Keller', [
    'The oldest lighthouse.',
    ...Array.from({ length: 110 }, (_, at) => `Lighthouse ${at}.`),
  ])
  await field().fill('lighthouse')
  await see(hits().first()).toContainText('Lighthouse 109.')
  await see(async () => {
    await page.locator('.search-scroller').evaluate((scroller) => scroller.scrollTo(0, scroller.scrollHeight))
    await see(hits().filter({ hasText: 'The oldest lighthouse.' })).toBeVisible({ timeout: 300 })
  }).toPass()
})

test('markup in a message that was found stays text, also where words of it are marked', async () => {
  const text = '<img src=x onerror=executed()> lighthouse <b>lighthouse</b>'
  await writeAll('Ann Keller', [text])
  await field().fill('lighthouse')
  await see(hits()).toContainText(text)
  await see(results().locator('mark')).toHaveCount(2)
  await see(results().locator('img')).toHaveCount(0)
})

test('Ctrl+K searches the messages for what was typed', async () => {
  await writeAll('Ann Keller', ['A lighthouse, far away.'])
  await page.goto(new URL('/#/settings', live.url).href)
  await see(page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible()
  await press('Control+k')
  await page.getByRole('combobox', { name: 'Go to anything' }).fill('lighthouse')
  await page.getByRole('option', { name: 'Search messages for “lighthouse”' }).click()
  await see(field()).toHaveValue('lighthouse')
  await see(hits()).toHaveText([/Ann Keller/])
})

test('a text cut at its marks is whole when put together, and nothing is marked twice', () => {
  const mark = fc.record({ start: fc.integer({ min: -3, max: 40 }), end: fc.integer({ min: -3, max: 40 }) })
  fc.assert(
    fc.property(fc.string({ maxLength: 30 }), fc.array(mark, { maxLength: 6 }), (text, marks) => {
      const pieces = piecesOf(text, marks)
      expect(pieces.map((piece) => piece.text).join('')).toBe(text)
      for (const piece of pieces) expect(text.slice(piece.at, piece.at + piece.text.length)).toBe(piece.text)
    }),
    { seed: 3 },
  )
})
