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
  clientId = await until('Ann is there', async () => (await client.clients.list({ search: 'Ann', limit: 1 })).rows[0]?.id)
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
const row = (text: string) => page.locator(`.memory-row:has(> .memory-line [aria-label="What to do with: ${text}"])`)
const choose = async (text: string, what: string) => {
  await page.getByRole('button', { name: `What to do with: ${text}` }).click()
  await page.getByRole('menuitem', { name: what, exact: true }).click()
}
const dialog = () => page.getByRole('dialog')

describe('what is remembered of Ann', () => {
  beforeEach(async () => {
    await say(...told)
    await openMemory()
  })

  test('stands in groups, each thing one click from its message', async () => {
    await page.screenshot({ path: '/tmp/ha/shot-light.png', fullPage: true })
    await see(group(/^Goals/)).toContainText('7')
    await group(/^Goals/).getByRole('button', { name: 'Show all 7' }).click()
    await see(group(/^Goals/)).toContainText('learn Italian')
    await row('learn Italian').getByRole('button', { name: '1 message' }).click()
    const from = page.getByRole('list', { name: 'Messages it comes from' })
    await see(from.locator('mark')).toHaveText('learn Italian')
    await from.getByRole('link').click()
    await see(page.getByRole('log').getByText('I want to learn Italian.')).toBeInViewport()
  })

  test('no serious finding, wide and narrow, with everything open', async () => {
    await group(/^Goals/).getByRole('button', { name: 'Show all 7' }).click()
    await row('learn Italian').getByRole('button', { name: '1 message' }).click()
    await group('Sensitive triggers 1').getByRole('button', { name: 'Show what is sensitive' }).click()
    await row('evenings').getByRole('button', { name: 'said otherwise before' }).click()
    for (const viewport of [
      { width: 1360, height: 860 },
      { width: 390, height: 760 },
    ]) {
      await page.setViewportSize(viewport)
      expect([viewport.width, await findings(page)]).toEqual([viewport.width, []])
      await page.locator('.client-detail').evaluate((element) => element.scrollTo(0, 0))
      await page.setViewportSize({ width: viewport.width, height: 2600 })
      await page.screenshot({ path: `/tmp/ha/shot-${viewport.width}.png` })
    }
  })
})
