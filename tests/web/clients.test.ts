import type { Page } from 'playwright'
import { beforeEach, expect, test } from 'vitest'
import { type LiveConsole, see } from '../fixtures/browser.ts'
import { withLiveConsole } from '../fixtures/liveConsole.ts'
import { until } from '../fixtures/testHost.ts'

let live: LiveConsole
let page: Page

withLiveConsole(
  {
    settings: { defaultReplyMode: 'off' },
    before: ({ house }) => house.far.write('Ann Keller', 'Hello?'),
  },
  (open) => {
    ;({ live, page } = open)
  },
)
beforeEach(async () => {
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Clients', exact: true }).click()
  await page
    .getByRole('list', { name: 'Clients' })
    .getByRole('link', { name: /Ann Keller/ })
    .click()
  await see(name()).toHaveValue('Ann Keller')
})

const name = () => page.getByRole('textbox', { name: 'Name' })
const savedName = async () =>
  (await live.house.client.clients.list({ search: '', limit: 10 })).rows.map((client) => client.name).join()

test('a client whose name is emptied keeps it: the field says so, and Escape or leaving it brings the name back', async () => {
  await name().fill('  ')
  await see(page.getByText('Everybody needs a name. Press Esc to keep “Ann Keller”')).toBeVisible()
  await see(name()).toHaveAttribute('aria-invalid', 'true')
  await page.keyboard.press('Escape')
  await see(name()).toHaveValue('Ann Keller')
  await see(page.getByText('Everybody needs a name.')).toHaveCount(0)
  await name().fill('')
  await name().blur()
  await see(name()).toHaveValue('Ann Keller')
  expect(await savedName()).toBe('Ann Keller')
})

test('a name that was changed is saved and stays changed', async () => {
  await name().fill('Ann K. Miller')
  await until('it is saved', async () => (await savedName()) === 'Ann K. Miller')
  await name().fill('')
  await name().blur()
  await see(name()).toHaveValue('Ann K. Miller')
})

test('a long name takes two lines at most on a phone, with the button below it', async () => {
  await page.setViewportSize({ width: 390, height: 760 })
  await name().fill('Maria Magdalena Wolfeschlegelsteinhausenbergerdorff of the Far Northern Highlands and Islands')
  const title = page.getByRole('heading', { name: /^Maria Magdalena/ })
  await see(title).toBeVisible()
  const lines = await title.evaluate((one) => one.clientHeight / Number.parseFloat(getComputedStyle(one).lineHeight))
  expect(lines).toBeLessThan(2.5)
  const [above, below] = [
    await title.boundingBox(),
    await page.getByRole('link', { name: 'Open conversation' }).boundingBox(),
  ]
  expect(below?.y).toBeGreaterThanOrEqual((above?.y ?? 0) + (above?.height ?? 0))
})

const row = () => page.getByRole('list', { name: 'Clients' }).getByRole('link', { name: /Ann Keller/ })

test('somebody who only asks to be let in is listed as a request, and by who answers them once they are let in', async () => {
  const { inbox } = live.house.client
  const [conversation] = (await inbox.list({ filter: 'all', limit: 9 })).rows
  const before = { conversationId: conversation?.id ?? '', snoozedUntil: null, doneAt: null, unreadCount: 1 }
  const lastClientSeq = Number.MAX_SAFE_INTEGER
  await see(row()).toContainText('AI')
  await inbox.restore({ before: [{ ...before, lastClientSeq, acceptance: 'requested' }] })
  await see(row()).toContainText('Request')
  await see(row()).not.toContainText('AI')
  await inbox.restore({ before: [{ ...before, lastClientSeq, acceptance: 'declined' }] })
  await see(row()).toContainText('Declined')
})

test('a country that the time zone suggests is confirmed with one press', async () => {
  const { clients } = live.house.client
  const [client] = (await clients.list({ search: '', limit: 9 })).rows
  await clients.update({ clientId: client?.id ?? '', timeZone: 'Europe/Lisbon' })
  const guess = page.getByRole('region', { name: 'Country to confirm' })
  await see(guess).toContainText('Their time zone suggests Portugal.')
  await guess.getByRole('button', { name: 'It is Portugal' }).click()
  await see(guess).toHaveCount(0)
  await see(page.getByRole('combobox', { name: 'Country' })).toHaveValue('Portugal')
  expect(await clients.get({ clientId: client?.id ?? '' })).toMatchObject({ region: 'PT' })
})

test('every country stands in the list once, under the code it has today', async () => {
  const country = page.getByRole('combobox', { name: 'Country' })
  await country.fill('Germany')
  await see(page.getByRole('option')).toHaveText(['Germany'])
  await page.getByRole('option').click()
  await until('the country is kept', async () => {
    const { rows } = await live.house.client.clients.list({ search: 'Ann', limit: 1 })
    return rows[0]?.region === 'DE'
  })
})
