import type { Page } from 'playwright'
import { expect, test, vi } from 'vitest'
import { findings } from '../fixtures/axe.ts'
import { type LiveConsole, see } from '../fixtures/browser.ts'
import { withLiveConsole } from '../fixtures/liveConsole.ts'
import { until } from '../fixtures/testHost.ts'

// One test looks at a long page in two sizes and two colour schemes; how long it takes says nothing about the product.
vi.setConfig({ testTimeout: 120_000 })

let live: LiveConsole
let page: Page

withLiveConsole(
  {
    settings: { defaultReplyMode: 'drafts' },
    hasModel: true,
    before: ({ house }, model) => {
      model.respond(() => ({ reply: 'What would help first?', confidence: 0.8 }))
      return house
    },
  },
  (open) => {
    ;({ live, page } = open)
  },
)

const draftFor = (name: string) =>
  until(`a draft for ${name} is there`, async () => {
    const { client } = live.house
    const conversationId = await live.conversationOf(name)
    return (await client.inbox.conversation({ conversationId })).draft
  })

/** The coach discards a draft to each of so many clients, and sends one to Ann. */
const decide = async (discarded: number) => {
  const { client, far } = live.house
  const others = Array.from({ length: discarded }, (_, index) => `Client ${index}`)
  for (const name of others) await far.write(name, 'I walked home.')
  for (const name of others) await client.inbox.discardDraft({ draftId: (await draftFor(name)).id })
  await far.write('Ann Keller', 'All is quiet here.')
  const { id, text } = await draftFor('Ann Keller')
  await client.inbox.sendDraft({ draftId: id, requestId: crypto.randomUUID(), text, evenIfClientWrote: false })
  await until('it is sent', () => far.sent.some((message) => message.text === text))
}

const part = () => page.getByRole('region', { name: 'How far its confidence can be relied on', exact: true })
const openHandover = async () => {
  await page.goto(`${new URL(live.url).origin}/#/settings/handover`)
  await see(part()).toBeVisible()
}

test('says so plainly while the coach has not decided about any draft', async () => {
  await openHandover()
  await see(part()).toContainText('You have not decided about any draft yet.')
  await see(part().getByText('As a table')).toHaveCount(0)
})

test('says what is missing while there are too few drafts, and how often the coach agreed', async () => {
  await decide(2)
  await openHandover()
  await see(part()).toContainText(
    'When the clone says that it is about 80 % sure, you send its words as they are, or nearly so, 33 % of the time.',
  )
  await see(part()).toContainText(
    'From 20 drafts on, what the clone says of itself is corrected by this; 17 more to go.',
  )
})

test('shows what the record changes, and opens the drafts behind it', async () => {
  await decide(21)
  await openHandover()
  await see(part()).toContainText('This rests on 22 drafts')
  await see(part()).toContainText(
    /So the confidence you see, and that handing over goes by, is about \d+ % where the clone says 80 %/,
  )
  await see(part()).toContainText(
    /its own figure is 75 points of 100 away from what you do; corrected it is [1-3]?\d away/,
  )
  await part().getByText('As a table, with the drafts behind each row').click()
  const row = part().getByRole('row').filter({ hasText: '80 to 90 %' })
  await see(row).toContainText('1, that is 5 %')
  expect(await findings(page)).toEqual([])
  await page.setViewportSize({ width: 390, height: 760 })
  expect(await findings(page)).toEqual([])
  await page.setViewportSize({ width: 1280, height: 900 })
  await row.getByRole('button', { name: '22 drafts' }).click()
  const drafts = page.getByRole('list', { name: 'Drafts behind this figure' })
  await see(drafts.getByRole('listitem')).toHaveCount(22)
  await see(drafts.getByRole('listitem').first()).toContainText('You sent it as it was')
  await see(drafts.getByRole('listitem').nth(1)).toContainText('You discarded it')
  await drafts.getByRole('link', { name: 'Ann Keller' }).first().click()
  await see(page.getByRole('heading', { level: 2, name: 'Ann Keller' })).toBeVisible()
  await see(page.getByRole('log').getByText('What would help first?')).toBeVisible()
})

test('the plot opens the same drafts', async () => {
  await decide(2)
  await openHandover()
  await part().locator('svg circle').click()
  await see(page.getByRole('list', { name: 'Drafts behind this figure' }).getByRole('listitem')).toHaveCount(3)
})

test('the borders are shown at every number of points', async () => {
  await decide(1)
  await openHandover()
  const preview = page.getByRole('region', { name: 'What this would have done' })
  await page.getByRole('slider', { name: 'Unsure below a confidence of' }).press('End')
  await page.getByRole('slider', { name: 'Hand over from' }).press('Home')
  await see(preview).toContainText(
    'At 1 point, 2 of your last 2 answers would have been handed over. Of 1 you had sent the draft as it was.',
  )
  await preview.getByText('The same at each number of points').click()
  await see(preview.getByRole('row').filter({ hasText: /^1 point/ })).toHaveText('1 point201')
  await see(preview.getByRole('row').filter({ hasText: /^4 points/ })).toHaveText('4 points000')
})
