import type { Page } from 'playwright'
import { expect, test } from 'vitest'
import { findings } from '../fixtures/axe.ts'
import { type LiveConsole, see } from '../fixtures/browser.ts'
import { withLiveConsole } from '../fixtures/liveConsole.ts'
import { until } from '../fixtures/testHost.ts'

const answer = 'How is your sister Ana since she called?'

let page: Page
let live: LiveConsole

/** Long before, a sister called; since then they spoke of other things, and memory has read all of it. */
const talkedAboutAna = async ({ house }: LiveConsole) => {
  await house.far.write('Ann Keller', 'My sister Ana finally called me. <b>I want to learn Italian.</b>')
  for (let day = 1; day <= 24; day += 1) await house.far.write('Ann Keller', `Walk number ${day} along the river.`)
  const { rows } = await house.client.clients.list({ search: 'Ann', limit: 1 })
  const clientId = rows[0]?.id ?? ''
  await until('memory has read it', async () => (await house.client.memory.of({ clientId })).unreadMessages < 20)
  await house.far.write('Ann Keller', 'I keep thinking about my sister and her call.')
}

withLiveConsole(
  {
    settings: { defaultReplyMode: 'drafts', gatherMs: 300 },
    hasModel: true,
    before: (started, model) => {
      model.respond(() => ({ reply: answer, confidence: 0.9 }))
      return talkedAboutAna(started)
    },
  },
  (open) => {
    ;({ page, live } = open)
  },
)

test('Why this reply shows what was remembered, where it was said, and leads to correcting it', async () => {
  await page.getByRole('link', { name: /Ann Keller/ }).click()
  const card = page.getByRole('region', { name: 'Draft', exact: true })
  await see(card).toContainText(answer)
  const requests = live.house.far.sent.length
  expect(requests).toBe(0)
  await card.getByRole('button', { name: 'Why this reply' }).click()
  const drawer = page.getByRole('dialog', { name: 'Why this reply' })
  await see(drawer.getByRole('heading', { name: 'What it remembered' })).toBeVisible()
  await see(drawer).toContainText(/sister Ana/u)
  await see(drawer.getByRole('link', { name: 'See and correct what is remembered' })).toBeVisible()
  expect(await findings(page)).toEqual([])
  await drawer.getByRole('listitem').filter({ hasText: 'sister Ana' }).getByRole('link').first().click()
  await see(drawer).toHaveCount(0)
  await see(page.getByRole('log', { name: 'Messages' })).toContainText('<b>I want to learn Italian.</b>')
})
