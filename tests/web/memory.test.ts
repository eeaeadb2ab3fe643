import type { Page } from 'playwright'
import { beforeEach, describe, expect, test } from 'vitest'
import { findings } from '../fixtures/axe.ts'
import { type LiveConsole, see } from '../fixtures/browser.ts'
import { withLiveConsole } from '../fixtures/liveConsole.ts'
import { until } from '../fixtures/testHost.ts'
import { payloads } from './payloads.ts'

const day = 86_400_000
/** So many unread messages are read at once. */
const manyMessages = 20

let live: LiveConsole
let page: Page
let clientId: string

const told = [
  'I want to learn Italian.',
  "I'll call Ana tomorrow.",
  'My boss is what stops me.',
  'Whenever my boss shouts I freeze.',
  'I realised that I say yes to please people.',
  'I prefer mornings.',
  'I prefer evenings.',
  'My sister Zoë is here.',
  "I'm struggling with sleep.",
  "I'm an introvert.",
  'Please don’t bring up my divorce.',
  "I'm a nurse.",
  'I love jazz.',
  ...['Spain', 'Peru', 'Japan', 'Norway', 'Kenya', 'Chile'].map((land) => `I want to visit ${land}.`),
]

/** Ann says something, and memory has read it. */
const say = async (...texts: readonly string[]): Promise<void> => {
  const { far, client } = live.house
  const sentAt = Date.now() - 2 * day
  for (const [index, text] of texts.entries()) await far.write('Ann Keller', text, { sentAt: sentAt + index * 60_000 })
  for (let extra = texts.length; extra < manyMessages; extra += 1)
    await far.write('Ann Keller', 'Good', { sentAt: sentAt + extra * 60_000 })
  clientId = await until(
    'Ann is there',
    async () => (await client.clients.list({ search: 'Ann', limit: 1 })).rows[0]?.id,
  )
  await until('all of it is read', async () => (await client.memory.of({ clientId })).unreadMessages === 0)
}

const openMemory = async (): Promise<void> => {
  await page.evaluate((id) => {
    location.hash = `#/clients/${id}?tab=memory`
  }, clientId)
  await see(page.getByRole('searchbox', { name: 'Search what is remembered' })).toBeVisible()
}

withLiveConsole({ settings: { defaultReplyMode: 'off' } }, (open) => {
  ;({ live, page } = open)
})

const group = (name: string | RegExp) => page.getByRole('region', { name })
const menuOf = (text: string) => page.getByRole('button', { name: `What to do with: ${text}`, exact: true })
/** The row of one thing, without the rows around it. */
const row = (text: string) =>
  page
    .locator('.memory-row')
    .filter({ has: menuOf(text) })
    .last()
const choose = async (text: string, what: string) => {
  await menuOf(text).click()
  await page.getByRole('menuitem', { name: what, exact: true }).click()
}
const dialog = () => page.getByRole('dialog')
const button = (name: string) => page.getByRole('button', { name, exact: true })
const searchField = () => page.getByRole('searchbox', { name: 'Search what is remembered' })

describe('what is remembered of Ann', () => {
  beforeEach(async () => {
    await say(...told)
    await openMemory()
  })

  test('stands in groups, each thing one click from its message', async () => {
    await see(group('Goals 7')).toBeVisible()
    await see(menuOf('learn Italian')).toHaveCount(0)
    await button('Show all 7').click()
    await row('learn Italian').getByRole('button', { name: '1 message' }).click()
    const from = page.getByRole('list', { name: 'Messages it comes from' })
    await see(from).toContainText('read by rules on this computer')
    await see(from.locator('mark')).toHaveText('learn Italian')
    await from.getByRole('link').click()
    await see(page.getByRole('log').getByText('I want to learn Italian.')).toBeInViewport()
  })

  test('a day is the day where the client lives', async () => {
    const { clients, memory } = live.house.client
    const promise = (await memory.of({ clientId })).groups.find((each) => each.group === 'promises')?.rows[0]
    const dueIn = (timeZone: string) =>
      page.evaluate(
        ([at, zone]) => new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeZone: zone }).format(at),
        [promise?.dueAt ?? 0, timeZone] as const,
      )
    const [west, east] = [await dueIn('Pacific/Pago_Pago'), await dueIn('Pacific/Kiritimati')]
    expect(west).not.toBe(east)
    await clients.update({ clientId, timeZone: 'Pacific/Pago_Pago' })
    await see(row(promise?.text ?? '')).toContainText(`due ${west}`)
    await clients.update({ clientId, timeZone: 'Pacific/Kiritimati' })
    await see(row(promise?.text ?? '')).toContainText(`due ${east}`)
  })

  test('is reached from the conversation, and a conversation from what was said in it', async () => {
    await group('Conversations 1').getByRole('link').click()
    await see(page.getByRole('log').getByText('I want to learn Italian.')).toBeInViewport()
    await page.getByRole('link', { name: 'What is remembered' }).click()
    await see(group('Goals 7')).toBeVisible()
    await button('By week').click()
    await see(group('Conversations 1')).toContainText('1 conversation · 20 messages')
    await see(group('Rhythm')).toContainText('Set the client’s time zone under Details')
  })

  test('is corrected, and the correction taken back, without a mouse', async () => {
    await menuOf('evenings').focus()
    await page.keyboard.press('Enter')
    await see(page.getByRole('menuitem', { name: 'Correct' })).toBeFocused()
    await page.keyboard.press('Enter')
    const field = page.getByRole('textbox', { name: 'How it should read' })
    await see(field).toBeFocused()
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.type('Evenings, but not on Fridays')
    await page.keyboard.press('Enter')
    await see(row('Evenings, but not on Fridays')).toContainText('in your words')
    await see(row('Evenings, but not on Fridays')).toContainText('Read as: evenings')
    await see(menuOf('Evenings, but not on Fridays')).toBeFocused()
    await page.keyboard.press('z')
    await see(menuOf('evenings')).toBeVisible()
    await choose('evenings', 'Correct')
    await field.fill('  ')
    await page.keyboard.press('Enter')
    await see(page.getByText('Write how it should read. To have it remembered no longer, choose Forget.')).toBeVisible()
    await page.keyboard.press('Escape')
    await see(menuOf('evenings')).toBeFocused()
  })

  test('is pinned, and unpinned with Z', async () => {
    await choose('My sister Zoë', 'Pin')
    await see(row('My sister Zoë').getByRole('img', { name: 'Pinned' })).toBeVisible()
    await see(page.getByRole('status').getByText('Pinned')).toBeVisible()
    await see(page.getByRole('menu')).toHaveCount(0)
    await page.keyboard.press('z')
    await see(page.getByRole('img', { name: 'Pinned' })).toHaveCount(0)
  })

  test('is forgotten for good once the coach says so, and the next thing has the focus', async () => {
    await choose('visit Kenya', 'Forget…')
    await see(dialog()).toContainText('You cannot undo this.')
    await see(button('Keep')).toBeFocused()
    await button('Keep').click()
    await see(menuOf('visit Kenya')).toBeVisible()
    await choose('visit Kenya', 'Forget…')
    await button('Forget').click()
    await see(menuOf('visit Kenya')).toHaveCount(0)
    await see(group('Goals 6')).toBeVisible()
    await see(menuOf('visit Norway')).toBeFocused()
    await say('I want to visit Kenya.')
    await see(group('Goals 6')).toBeVisible()
    await see(menuOf('visit Kenya')).toHaveCount(0)
  })

  test('what was said otherwise before is there behind it, and goes with it unless the coach says no', async () => {
    await row('evenings').getByRole('button', { name: 'said otherwise before' }).click()
    await see(menuOf('mornings')).toBeVisible()
    await choose('evenings', 'Forget…')
    await page.getByRole('checkbox', { name: /^Also forget what was said of it before \(1 entry\)/ }).uncheck()
    await button('Forget').click()
    await see(menuOf('evenings')).toHaveCount(0)
    await see(row('mornings')).not.toContainText('said otherwise before')
  })

  test('what is sensitive is hidden until it is asked for, and may be unmarked', async () => {
    const triggers = group('Sensitive triggers 1')
    await see(triggers).toContainText('Sensitive, hidden')
    await see(page.getByText('Whenever my boss shouts I freeze')).toHaveCount(0)
    await triggers.getByRole('button', { name: 'Show what is sensitive' }).click()
    await choose('Whenever my boss shouts I freeze', 'No longer sensitive')
    await see(triggers.getByRole('button', { name: /what is sensitive/ })).toHaveCount(0)
    await choose('My sister Zoë', 'Mark as sensitive')
    await see(page.getByText('My sister Zoë')).toHaveCount(0)
    await see(group(/^People/).getByRole('button', { name: 'Show what is sensitive' })).toBeFocused()
  })

  test('words are never mentioned from then on, from a row or by hand, and can be let go', async () => {
    await choose('My sister Zoë', 'Never mention…')
    const words = dialog().getByRole('textbox', { name: 'Words' })
    await see(words).toHaveValue('My sister Zoë')
    await words.fill('zoe')
    await page.keyboard.press('Enter')
    await see(row('My sister Zoë')).toContainText('never mentioned')
    await see(menuOf('My sister Zoë')).toBeFocused()
    await page.getByRole('button', { name: 'Let “zoe” be mentioned again' }).click()
    await see(row('My sister Zoë')).not.toContainText('never mentioned')
    await button('Add words').click()
    await words.fill('x')
    await page.keyboard.press('Enter')
    await see(page.getByText('One letter is too little.')).toBeVisible()
    await see(words).toHaveValue('x')
  })

  test('is searched with /, with the messages that say it, and left with Escape', async () => {
    await page.keyboard.press('/')
    await see(searchField()).toBeFocused()
    await page.keyboard.type('ital')
    await see(group('Remembered').locator('mark')).toHaveText('Ital')
    await see(group('In messages').getByRole('link')).toHaveCount(1)
    await searchField().fill('nothing like this')
    await see(page.getByText('Nothing found. Try fewer words, or only the beginning of one.')).toBeVisible()
    await page.keyboard.press('Escape')
    await see(group('Goals 7')).toBeVisible()
    await see(searchField()).toHaveValue('')
  })

  // One test looks at many states; how long it takes says nothing about the product.
  test('no serious finding, wide and narrow, with everything open', { timeout: 240_000 }, async () => {
    await button('Show all 7').click()
    await row('learn Italian').getByRole('button', { name: '1 message' }).click()
    await button('Show what is sensitive').click()
    await row('evenings').getByRole('button', { name: 'said otherwise before' }).click()
    for (const viewport of [
      { width: 1360, height: 860 },
      { width: 390, height: 760 },
    ]) {
      await page.setViewportSize(viewport)
      expect([viewport.width, await findings(page)]).toEqual([viewport.width, []])
      for (const what of ['Forget…', 'Never mention…']) {
        await choose('evenings', what)
        await see(dialog()).toBeVisible()
        expect([viewport.width, what, await findings(page)]).toEqual([viewport.width, what, []])
        await page.keyboard.press('Escape')
        await see(dialog()).toHaveCount(0)
      }
      await searchField().fill('learn')
      await see(group('Remembered')).toBeVisible()
      expect([viewport.width, 'search', await findings(page)]).toEqual([viewport.width, 'search', []])
      await searchField().fill('')
    }
  })
})

test('of a client of whom nothing is known yet, it is said what will appear', async () => {
  await live.house.far.write('Ann Keller', 'Hello')
  clientId = await until(
    'Ann is there',
    async () => (await live.house.client.clients.list({ search: 'Ann', limit: 1 })).rows[0]?.id,
  )
  await openMemory()
  await see(page.getByText('One message is still to be read.')).toBeVisible()
  await see(page.getByRole('heading', { name: 'Nothing is remembered yet' })).toBeVisible()
  await see(group('Never mention')).toBeVisible()
  expect(await findings(page)).toEqual([])
})

test('what a client or the coach wrote is shown as text, whatever it looks like', async () => {
  await say(...payloads.slice(0, manyMessages).map((payload) => `I want to learn ${payload}`))
  const { memory } = live.house.client
  const { groups } = await memory.of({ clientId })
  const goals = groups.find((each) => each.group === 'goals')?.rows ?? []
  expect(goals.length).toBeGreaterThan(0)
  for (const [index, { layer, id: itemId }] of goals.entries())
    await memory.correct({ clientId, layer, itemId, text: payloads[index + 5] ?? '' })
  for (const words of payloads.slice(0, 10)) await memory.neverMention({ clientId, words: words.slice(0, 120) })
  await openMemory()
  await see(page.getByText(payloads[5] ?? '', { exact: true }).first()).toBeVisible()
  const closed = page.locator('.memory-row .link-button[aria-expanded="false"]')
  for (let left = await closed.count(); left > 0; left -= 1) await closed.first().click()
  await see(page.getByText(payloads[5] ?? '', { exact: true }).first()).toBeVisible()
  await searchField().fill('executed')
  await see(group('In messages')).toBeVisible()
  expect(await page.locator('.memory :is(script, img, iframe, object, embed, svg[onload])').count()).toBe(0)
})
