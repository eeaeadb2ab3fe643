import type { Page } from 'playwright'
import { expect, test, vi } from 'vitest'
import { findings } from '../fixtures/axe.ts'
import { type LiveConsole, openWindow, see } from '../fixtures/browser.ts'
import { type OpenConsole, withLiveConsole } from '../fixtures/liveConsole.ts'
import { until } from '../fixtures/testHost.ts'
import { payloads } from './payloads.ts'

vi.setConfig({ testTimeout: 240_000 })

const dayMs = 86_400_000
const said = [
  'I want to learn Italian.',
  'Today was awful, I am exhausted and sad.',
  'I finally finished the report! I am so proud.',
  'I realised that I only panic when I have not slept.',
]

let open: OpenConsole
let live: LiveConsole
let page: Page
let clientId: string
let conversationId: string

/** Anna told for months how she was, and the day before yesterday what she would do. */
const tell = async ({ house, conversationOf }: LiveConsole) => {
  const now = Date.now()
  for (let nth = 38; nth > 0; nth -= 1)
    await house.far.write('Anna Berg', said[nth % said.length] ?? '', { sentAt: now - nth * 2 * dayMs - 3 * dayMs })
  await house.far.write('Anna Berg', "I'll ring my manager tomorrow.", { sentAt: now - 2 * dayMs - 1 })
  await house.far.write('Anna Berg', "I'll post the letter tomorrow.", { sentAt: now - 2 * dayMs })
  conversationId = await conversationOf('Anna Berg')
  clientId = (await house.client.inbox.conversation({ conversationId })).clientId
  await until('both are suggested', async () => (await house.client.checkIns.list({ clientId })).rows.length === 2)
  await house.client.inbox.takeOver({ conversationId })
  await house.client.inbox.handBack({ conversationId })
}

withLiveConsole({ settings: { defaultReplyMode: 'off' }, before: tell }, (given) => {
  open = given
  ;({ live, page } = given)
})

const goTo = (path: string) => page.goto(`${new URL(live.url).origin}/#/${path}`)
const strip = () => page.getByRole('region', { name: 'Check-in', exact: true })
const note = () => page.getByRole('button', { name: '1 client to ask how it went' })
const scheduled = async () => (await live.house.client.inbox.conversation({ conversationId })).scheduled

test('the coach sees in the inbox whom to ask, approves a check-in with the keyboard alone, and can take it back', async () => {
  await note().focus()
  await page.keyboard.press('Enter')
  const rows = page.getByRole('list', { name: 'Conversations' })
  await see(rows.getByRole('listitem')).toHaveCount(1)
  await see(rows).toContainText('check in')
  expect(await findings(page)).toEqual([])
  await rows.getByRole('link', { name: /Anna Berg/ }).focus()
  await page.keyboard.press('Enter')
  await see(strip()).toContainText('“ring my manager tomorrow”. It was due yesterday.')
  await see(strip()).toContainText('1 more after this.')
  expect(await findings(page)).toEqual([])

  await strip().getByRole('button', { name: 'Check in…' }).focus()
  await page.keyboard.press('Enter')
  const words = page.getByRole('textbox', { name: 'Your words' })
  await see(words).toBeFocused()
  await see(words).toHaveValue(/^Hi Anna, .*“ring my manager”/)
  expect(await findings(page)).toEqual([])
  expect(await scheduled()).toEqual([])
  await page.keyboard.press('Escape')
  await see(strip().getByRole('button', { name: 'Check in…' })).toBeFocused()
  await page.keyboard.press('Enter')
  await see(words).toBeFocused()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type('Did you reach her?')
  const button = page.getByRole('button', { name: 'Schedule', exact: true })
  for (let presses = 0; presses < 12 && !(await button.evaluate((one) => one === document.activeElement)); presses += 1)
    await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await until('it is scheduled', async () => (await scheduled())[0]?.text === 'Did you reach her?')
  expect(await scheduled()).toMatchObject([{ onlyIfSilent: true }])
  await see(strip()).toContainText('“post the letter tomorrow”')
  await see(page.getByRole('log')).toBeFocused()
  expect(live.house.far.sent).toEqual([])

  await page.keyboard.press('z')
  await until('it is taken back', async () => (await scheduled()).length === 0)
  await see(page.getByRole('textbox', { name: /Write to Anna|Reply/ })).toHaveValue('Did you reach her?')
})

test('a suggestion that is not needed goes for good, and one that is done can be opened again', async () => {
  await goTo(`inbox/${conversationId}`)
  await strip().getByRole('button', { name: 'Not needed' }).click()
  await see(strip()).toContainText('“post the letter tomorrow”')
  await see(page.getByRole('status').getByText('Not suggested again')).toBeVisible()
  await see(page.getByRole('button', { name: 'Undo Z' })).toHaveCount(0)
  await see(page.getByRole('log')).toBeFocused()
  await strip().getByRole('button', { name: 'They did it' }).click()
  await see(strip()).toHaveCount(0)
  await see(page.getByRole('log')).toBeFocused()
  await see(note()).toHaveCount(0)
  await goTo(`clients/${clientId}?tab=timeline`)
  await page.getByText('1 done or dropped').click()
  const state = page.getByRole('combobox', { name: 'State of post the letter tomorrow' })
  await see(state).toHaveValue('done')
  await state.selectOption('Open')
  await see(page.getByRole('list', { name: 'Open goals and commitments' })).toContainText('post the letter tomorrow')
  await until('it is suggested again', async () => (await live.house.client.checkIns.waiting()).rows.length === 1)
})

test('a goal that is marked as done is open again with Z', async () => {
  await goTo(`clients/${clientId}?tab=timeline`)
  const open = page.getByRole('list', { name: 'Open goals and commitments' })
  await page.getByRole('combobox', { name: 'State of post the letter tomorrow' }).selectOption('Done')
  await see(open).not.toContainText('letter')
  await see(page.getByRole('status').getByText('Marked as done')).toBeVisible()
  await see(page.getByRole('heading', { name: 'Goals and commitments' })).toBeFocused()
  await page.keyboard.press('z')
  await see(open).toContainText('post the letter tomorrow')
})

test('what is sensitive is hidden on the timeline until the coach asks for it', async () => {
  const { memory } = live.house.client
  const { groups } = await memory.of({ clientId })
  const letter = groups.flatMap(({ rows }) => rows).find(({ text }) => text === 'post the letter tomorrow')
  await memory.markSensitive({ clientId, layer: 'insight', itemId: letter?.id ?? '', isSensitive: true })
  await goTo(`clients/${clientId}?tab=timeline`)
  const plans = page.getByRole('list', { name: 'Open goals and commitments' })
  await see(plans).toContainText('Sensitive, hidden')
  await see(plans).not.toContainText('letter')
  await page.getByRole('button', { name: 'Show what is sensitive' }).click()
  await see(plans).toContainText('post the letter tomorrow')
})

test('the timeline shows mood and motivation as a picture and as a table, and each thing that happened leads to its words', async () => {
  await goTo(`clients/${clientId}?tab=timeline`)
  await see(page.locator('.timeline svg.recharts-surface')).toHaveCount(2)
  await page.getByText('As a table').click()
  const table = page.getByRole('table')
  await see(table.getByRole('columnheader')).toHaveText(['Day', 'Mood', 'Motivation', 'Sessions'])
  await see(table).toContainText(/low \(-\d\.\d\)/)
  await see(table).toContainText(/good \(\+\d\.\d\)/)
  await see(page.getByText('their time zone is not known')).toBeVisible()
  expect(await findings(page)).toEqual([])
  await page.getByText('Year', { exact: true }).click()
  await see(page.getByText('Each dot is a week with sessions.')).toBeVisible()
  const happened = page.locator('.month[open] .happened')
  await see(happened.filter({ hasText: 'You took over' })).toHaveCount(1)
  await happened.filter({ hasText: 'Breakthrough: I realised' }).first().getByRole('link').click()
  await see(page).toHaveURL(/#\/inbox\/.*at=\d+/)
})

test('a client whose messages are still being read has a timeline that says so', async () => {
  await live.house.far.write('Ben Ode', 'Hello')
  const ben = await live.conversationOf('Ben Ode')
  const client = (await live.house.client.inbox.conversation({ conversationId: ben })).clientId
  await goTo(`clients/${client}?tab=timeline`)
  await see(page.getByRole('heading', { name: 'Nothing in this time' })).toBeVisible()
  await see(page.getByText('The messages of Ben are still being read.')).toBeVisible()
  expect(await findings(page)).toEqual([])
})

test('on a narrow window nothing sticks out', async () => {
  const window = await openWindow(open.browser, live.url, { viewport: { width: 390, height: 760 } })
  const { origin } = new URL(live.url)
  await window.page.goto(`${origin}/#/inbox/${conversationId}`)
  await see(window.page.getByRole('button', { name: 'Check in…' })).toBeVisible()
  expect(await findings(window.page)).toEqual([])
  await window.page.goto(`${origin}/#/clients/${clientId}?tab=timeline`)
  await see(window.page.locator('.timeline svg.recharts-surface')).toHaveCount(2)
  expect(await findings(window.page)).toEqual([])
  expect(window.faults).toEqual([])
  await window.close()
})

test('what a client says they will do is text, whatever it looks like', async () => {
  const { far, client } = live.house
  const wicked = payloads.slice(0, 24)
  for (const payload of wicked)
    await far.write('Anna Berg', `I'll print ${payload.replace(/[.!?;,:\n]/g, ' ')} tomorrow.`, {
      sentAt: Date.now() - 2 * dayMs,
    })
  const shown = await until('they are remembered', async () => {
    const { rows } = await client.timeline.plans({ clientId })
    return rows.filter(({ text }) => /<(?:script|img|svg)/iu.test(text)).length > 2 && rows
  })
  await goTo(`clients/${clientId}?tab=timeline`)
  const wickedRow = shown.find(({ text }) => text.includes('<img'))
  await see(page.getByRole('list', { name: 'Open goals and commitments' })).toContainText(wickedRow?.text ?? 'nothing')
  await client.checkIns.dismiss({ clientId, id: (await client.checkIns.list({ clientId })).rows[0]?.id ?? '' })
  await goTo(`inbox/${conversationId}`)
  const due = page.getByRole('region', { name: 'Falls due' })
  await see(due).toContainText(wickedRow?.text ?? 'nothing')
  await due.getByRole('button', { name: 'Check in' }).last().click()
  await see(page.getByRole('textbox', { name: 'Your words' })).toBeVisible()
  const made = await page.evaluate(
    () => document.querySelectorAll('.plan img, .strip img, .note img, .plan script').length,
  )
  expect(made).toBe(0)
})
