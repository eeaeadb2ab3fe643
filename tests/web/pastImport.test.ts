import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { findings } from '../fixtures/axe.ts'
import { type LiveConsole, see } from '../fixtures/browser.ts'
import { withLiveConsole } from '../fixtures/liveConsole.ts'
import { maysChat, takeInPast } from '../host/past/files.ts'

vi.setConfig({ testTimeout: 120_000 })

let live: LiveConsole
let page: Page
let folder: string

withLiveConsole(
  {
    settings: { defaultReplyMode: 'off' },
    before: async ({ house }) => {
      await house.far.write('Maya', 'Hello')
      await house.far.write('Ben Okafor', 'Good morning')
    },
  },
  (open) => {
    ;({ live, page } = open)
  },
)
const section = () => page.getByRole('region', { name: 'Past conversations' })
const dialog = () => page.getByRole('dialog')
const button = (name: string | RegExp) => dialog().getByRole('button', { name })
const rows = () => section().getByRole('list', { name: 'Past conversations taken in' }).getByRole('listitem')
const choose = async (name: string, content: string) => {
  const path = join(folder, name)
  writeFileSync(path, content)
  await page.locator('input[data-adds="past"]').setInputFiles(path)
}
const listed = async () => (await live.house.client.past.list()).rows
const seen = async (name: string) => {
  if (process.env.SCREENSHOTS) await page.screenshot({ path: `${process.env.SCREENSHOTS}/${name}.png`, fullPage: true })
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'opencoach-past-'))
  await page.goto(`${new URL(live.url).origin}/#/settings/past`)
  await see(section()).toBeVisible()
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('a chat is looked at, given to the client it was with, and taken in with the keyboard alone', async () => {
  await choose('WhatsApp Chat with Maya.txt', `${maysChat}\n[13/02/2024, 10:05:00] Maya: This message was deleted.`)
  await see(dialog()).toContainText('WhatsApp chat · 5 messages')
  await see(dialog()).toContainText('Maya: I want to quit.')
  await see(dialog()).toContainText('Left out: 1 deleted or empty message.')
  await see(button('Take in')).toBeDisabled()
  expect(await findings(page)).toEqual([])
  await seen('past-preview')
  const me = dialog().getByRole('combobox', { name: 'Which one are you?' })
  await see(me).toBeFocused()
  await page.keyboard.press('Enter')
  await page.keyboard.press('ArrowDown')
  await see(page.getByRole('option', { name: /Ruth/ })).toBeVisible()
  for (let step = 0; step < 3; step += 1) {
    const active = await page.getByRole('option', { name: /Ruth/ }).getAttribute('data-combobox-selected')
    if (active === 'true') break
    await page.keyboard.press('ArrowDown')
  }
  await page.keyboard.press('Enter')
  await see(me).toHaveValue(/^Ruth/)
  // A client of that very name is meant.
  await see(dialog().getByRole('combobox', { name: 'Who is Maya here?' })).toHaveValue('Maya')
  await button('Take in').press('Enter')
  await see(dialog()).toContainText('2 messages of yours are taken in, with 3 answers of clients.')
  expect(await findings(page)).toEqual([])
  await page.keyboard.press('Enter')
  await see(dialog()).toHaveCount(0)
  await see(rows()).toHaveCount(1)
  await see(rows().first()).toContainText('WhatsApp chat with Maya · 2 messages of yours among 5 messages')
  expect(await listed()).toMatchObject([{ clients: ['Maya'], turns: 5 }])
})

test('of somebody who is nobody here only the coach’s words are kept, and removing takes them out again', async () => {
  await choose('chat.txt', maysChat.replaceAll('Maya', 'Somebody'))
  await dialog().getByRole('combobox', { name: 'Which one are you?' }).click()
  await page.getByRole('option', { name: /Ruth/ }).click()
  await dialog().getByRole('combobox', { name: 'Who is Somebody here?' }).click()
  await page.getByRole('option', { name: /Nobody here/ }).click()
  await button('Take in').click()
  await see(dialog()).toContainText('2 messages of yours are taken in.')
  await button('Done').click()
  await see(rows().first()).toContainText('only your words')
  expect(await findings(page)).toEqual([])
  await seen('past-listed')
  await rows().first().getByRole('button', { name: 'Remove chat.txt' }).click()
  await see(dialog()).toContainText('what was learned from them')
  await see(button('Keep')).toBeFocused()
  expect(await findings(page)).toEqual([])
  await button('Remove').click()
  await see(rows()).toHaveCount(0)
  expect(await listed()).toEqual([])
})

test('of an export of many chats only those are taken in that the coach chose', async () => {
  const chat = (name: string, text: string) => ({
    name,
    type: 'personal_chat',
    id: name,
    messages: [
      { id: 1, type: 'message', date_unixtime: '1700000000', from: name, from_id: name, text },
      { id: 2, type: 'message', date_unixtime: '1700000060', from: 'Ruth', from_id: 'me', text: `To ${name}` },
    ],
  })
  const group = { ...chat('Book club', 'x'), type: 'private_group' }
  const all = {
    personal_information: { first_name: 'Ruth' },
    chats: { list: [chat('Mum', 'Dinner?'), chat('Ben Okafor', 'Hi'), group] },
  }
  await choose('result.json', JSON.stringify(all))
  await see(dialog()).toContainText('Telegram export · 4 messages')
  await see(dialog()).toContainText('so not: Book club')
  await see(dialog().getByRole('combobox', { name: 'Which one are you?' })).toHaveValue(/^Ruth/)
  await see(dialog().getByRole('combobox', { name: 'Who is Mum here?' })).toHaveValue('Leave out')
  await see(dialog().getByRole('combobox', { name: 'Who is Ben Okafor here?' })).toHaveValue('Ben Okafor')
  await page.setViewportSize({ width: 390, height: 760 })
  expect(await findings(page)).toEqual([])
  await seen('past-many-narrow')
  await button('Take in').click()
  await see(dialog()).toContainText('1 message of yours is taken in')
  expect(await listed()).toMatchObject([{ clients: ['Ben Okafor'], turns: 2, counts: { not_chosen: 2 } }])
})

test('where dates can be read in two ways the coach is asked which is right', async () => {
  await choose('chat.csv', 'date,from,text\n03/04/2023,Maya,Hello\n03/04/2023,Coach,Hi\n')
  await see(button('Take in')).toBeDisabled()
  const asked = dialog().getByRole('combobox', { name: 'Which day is the first date in this file?' })
  await asked.click()
  await see(page.getByRole('option')).toHaveCount(2)
  await page.getByRole('option', { name: /Mar/ }).click()
  await see(asked).toHaveCount(0)
  await button('Take in').click()
  await button('Done').click()
  const [row] = await listed()
  expect(row?.firstAt).toBe(new Date(2023, 2, 4).getTime())
})

test('own writing needs no answer, and the same file is known again', async () => {
  const essay = 'I begin with the breath.\n\nThen I wait, and ask one question.\n'
  await takeInPast(live.house.client, 'essay.md', essay, { coach: '' })
  await choose('another.md', `${essay}\nAnd I thank them.\n`)
  await see(dialog()).toContainText('Your own writing · 3 paragraphs')
  await see(button('Take in')).toBeEnabled()
  await button('Cancel').click()
  await see(rows()).toHaveCount(1)
  await choose('copy.md', essay)
  await see(dialog()).toContainText('This file was taken in on')
  await see(button('Take in')).toHaveCount(0)
})

test('a file that cannot be read says why, and leaving an unread one leaves nothing', async () => {
  await choose('photo.json', '{"photos": []}')
  await see(dialog().getByRole('alert')).toContainText('not an export of Telegram Desktop')
  expect(await findings(page)).toEqual([])
  await page.keyboard.press('Enter')
  await see(dialog()).toHaveCount(0)
  await choose('long.csv', `from,text\n${'Maya,Hello\nRuth,Hi\n'.repeat(200_000)}`)
  await see(dialog()).toBeVisible()
  await page.keyboard.press('Escape')
  await see(dialog()).toHaveCount(0)
  await see(async () => expect((await live.house.client.past.list()).underWay).toBeNull()).toPass()
  expect(await listed()).toEqual([])
})
