import type { Page } from 'playwright'
import { expect, test, vi } from 'vitest'
import type { ModelServer } from '../fakes/modelServer.ts'
import { findings } from '../fixtures/axe.ts'
import { type LiveConsole, see } from '../fixtures/browser.ts'
import { withLiveConsole } from '../fixtures/liveConsole.ts'
import { until } from '../fixtures/testHost.ts'

// One test looks in two sizes; how long it takes says nothing about the product.
vi.setConfig({ testTimeout: 120_000 })

let model: ModelServer
let live: LiveConsole
let page: Page

withLiveConsole({ settings: {}, hasModel: true }, (open) => {
  ;({ model, live, page } = open)
})

const saved = () => live.house.client.settings.get()

const openMemory = async () => {
  await page.goto(`${new URL(live.url).origin}/#/settings/memory`)
  const part = page.getByRole('region', { name: 'Memory', exact: true })
  await see(part.getByRole('heading', { level: 2 })).toBeVisible()
  return part
}

test('the coach decides whether the model reads for memory, and when a conversation is over', async () => {
  const part = await openMemory()
  await see(part.getByRole('status')).toHaveText('In the last 30 days the model has read nothing for memory.')
  const reads = part.getByRole('switch', { name: 'The model reads too' })
  await see(reads).toBeChecked()
  await reads.click()
  await until('it is off', async () => !(await saved()).refineMemory)
  const silence = part.getByRole('textbox', { name: 'A conversation ends after a silence of' })
  await see(silence).toHaveValue('6 hours')
  await silence.fill('1.5')
  await until('it is kept in minutes', async () => (await saved()).sessionGapMinutes === 90)
  await silence.fill('0')
  await silence.press('Tab')
  await see(part.getByText('The least is 0.25.')).toBeVisible()
  await page.reload()
  await see(reads).not.toBeChecked()
})

test('what the model found, and what was refused of it, is told as it reads', async () => {
  const part = await openMemory()
  await see(part.getByRole('status')).toContainText('has read nothing')
  model.read(() =>
    JSON.stringify({
      findings: [
        { message: 1, kind: 'goal', quote: 'a small café by the sea' },
        { message: 1, kind: 'goal', quote: 'a big hotel in the hills' },
      ],
    }),
  )
  for (let nth = 1; nth <= 40; nth += 1) await live.house.far.write('Ann Keller', `${nth}: a small café by the sea.`)
  await see(part.getByRole('status')).toHaveText(
    'In the last 30 days the model read 40 messages: 1 memory kept. 1 more refused, because the client’s words do not say so.',
  )
  expect(await findings(page)).toEqual([])
  await page.setViewportSize({ width: 390, height: 760 })
  expect(await findings(page)).toEqual([])
})
