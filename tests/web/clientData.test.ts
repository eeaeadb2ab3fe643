import { readFileSync } from 'node:fs'
import { unzipSync } from 'fflate'
import type { Page } from 'playwright'
import { beforeEach, expect, test, vi } from 'vitest'
import { findings } from '../fixtures/axe.ts'
import { type LiveConsole, see } from '../fixtures/browser.ts'
import { withLiveConsole } from '../fixtures/liveConsole.ts'
import { until } from '../fixtures/testHost.ts'

vi.setConfig({ testTimeout: 120_000 })

let live: LiveConsole
let page: Page

withLiveConsole(
  {
    settings: { defaultReplyMode: 'off' },
    before: async ({ house }) => {
      const bytes = Buffer.from('a plan')
      await house.far.write('Ann Keller', 'Hello <b>coach</b>', {
        files: [{ name: 'plan.txt', mediaType: 'text/plain', bytes }],
      })
      await house.far.write('Annie K.', 'This is Ann on my other phone.')
      await house.far.write('Ben Okafor', 'Good morning')
    },
  },
  (open) => {
    ;({ live, page } = open)
  },
)
const list = () => page.getByRole('list', { name: 'Clients' })
const data = () => page.getByRole('region', { name: 'This client’s data' })
const dialog = () => page.getByRole('dialog')
const button = (name: string | RegExp) => dialog().getByRole('button', { name })
const names = async () =>
  (await live.house.client.clients.list({ search: '', limit: 10 })).rows.map((client) => client.name)
const seen = async (name: string) => {
  if (process.env.SCREENSHOTS) await page.screenshot({ path: `${process.env.SCREENSHOTS}/${name}.png`, fullPage: true })
}

beforeEach(async () => {
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Clients', exact: true }).click()
  await list()
    .getByRole('link', { name: /Ann Keller/ })
    .click()
  await see(data()).toBeVisible()
})

test('an export is one file, with everything to read and the files that were sent', async () => {
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    data().getByRole('button', { name: 'Export' }).click(),
  ])
  expect(saved.suggestedFilename()).toMatch(/^Ann Keller \d{4}-\d\d-\d\d\.zip$/)
  const files = unzipSync(readFileSync(await saved.path()))
  expect(Object.keys(files).toSorted()).toEqual(['attachments/001 plan.txt', 'conversation.txt', 'data.json'])
  expect(Buffer.from(files['conversation.txt'] ?? []).toString()).toContain('Ann Keller: Hello <b>coach</b>')
})

test('a client is erased only once their name was typed; then nothing of them is on any screen', async () => {
  await data().getByRole('button', { name: 'Erase…' }).click()
  await see(dialog()).toContainText('1 message, 1 file, every draft')
  await see(button('Erase for good')).toBeDisabled()
  await see(dialog().getByRole('textbox')).toBeFocused()
  expect(await findings(page)).toEqual([])
  await seen('erase')
  await page.keyboard.type('Ann')
  await page.keyboard.press('Enter')
  expect(await names()).toContain('Ann Keller')
  await page.keyboard.type(' keller')
  await page.keyboard.press('Enter')
  await see(dialog()).toContainText('Ann Keller is erased.')
  expect(await findings(page)).toEqual([])
  await seen('erased')
  await page.keyboard.press('Enter')
  await see(dialog()).toHaveCount(0)
  await see(list().getByRole('link')).toHaveCount(2)
  await see(page.getByText('Ann Keller')).toHaveCount(0)
  expect(await names()).toEqual(['Annie K.', 'Ben Okafor'])
})

test('the dialog about erasing is left with Escape, and nothing has happened', async () => {
  await data().getByRole('button', { name: 'Erase…' }).click()
  await dialog().getByRole('textbox').fill('Ann Keller')
  await page.keyboard.press('Escape')
  await see(dialog()).toHaveCount(0)
  await see(data().getByRole('button', { name: 'Erase…' })).toBeFocused()
  expect(await names()).toContain('Ann Keller')
})

test('records of a crisis are named before they go, and whoever is in one now cannot be erased or merged', async () => {
  await live.house.far.write('Ann Keller', 'I want to kill myself tonight.')
  await data().getByRole('button', { name: 'Erase…' }).click()
  await see(dialog().getByRole('alert')).toContainText('Ann Keller is in a safety crisis that nobody has answered yet.')
  await see(button('Erase for good')).toHaveCount(0)
  expect(await findings(page)).toEqual([])
  await seen('refused')
  await page.keyboard.press('Escape')
  const conversation = (await live.house.client.inbox.list({ filter: 'all', limit: 9 })).rows.find(
    ({ clientName }) => clientName === 'Ann Keller',
  )
  const conversationId = conversation?.id ?? ''
  await live.house.client.inbox.takeOver({ conversationId })
  await live.house.client.inbox.send({ conversationId, text: 'I am calling you.', requestId: crypto.randomUUID() })
  await until('it arrived', () => live.house.far.sent.some(({ text }) => text === 'I am calling you.'))
  await data().getByRole('button', { name: 'Erase…' }).click()
  await see(dialog()).toContainText('The record of a safety crisis goes too.')
})

test('two clients become one after the coach saw what that means', async () => {
  await data().getByRole('button', { name: 'Merge with another client…' }).click()
  const who = dialog().getByRole('combobox', { name: 'Who is the same person?' })
  await see(who).toBeFocused()
  await who.fill('Annie')
  await page.getByRole('option', { name: 'Annie K.' }).click()
  await see(dialog()).toContainText('This cannot be undone.')
  expect(await findings(page)).toEqual([])
  await seen('merge')
  await button('Merge the two').click()
  await see(dialog()).toHaveCount(0)
  await see(page.getByText('Annie K. is part of Ann Keller now.')).toBeVisible()
  await see(list().getByRole('link')).toHaveCount(2)
  await see(page.getByText('2 messages')).toBeVisible()
})

test('the section reads well on a wide screen and on a phone, in light and in dark', async () => {
  const check = async (screen: string) => {
    expect([screen, await findings(page)]).toEqual([screen, []])
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await seen(`${screen}-${colorScheme}`)
    }
  }
  for (const width of [1360, 390]) {
    await page.setViewportSize({ width, height: 900 })
    await data().scrollIntoViewIfNeeded()
    await see(data().getByRole('button', { name: 'Erase…' })).toBeInViewport()
    await check(`section-${width}`)
    await data().getByRole('button', { name: 'Erase…' }).click()
    await see(dialog().getByRole('textbox')).toBeVisible()
    await check(`dialog-${width}`)
    await page.keyboard.press('Escape')
    await see(dialog()).toHaveCount(0)
  }
})
