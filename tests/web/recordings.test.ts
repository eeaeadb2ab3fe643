import type { Page } from 'playwright'
import { afterEach, expect, test, vi } from 'vitest'
import { startTranscriptionServer, type TranscriptionServer } from '../fakes/transcriptionServer.ts'
import { findings } from '../fixtures/axe.ts'
import { type LiveConsole, see } from '../fixtures/browser.ts'
import { withLiveConsole } from '../fixtures/liveConsole.ts'
import { until } from '../fixtures/testHost.ts'

// One test looks at several screens in two sizes and two colour schemes; how long it takes says nothing about the product.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 60_000 })

// A reading thread starts slowly on a machine that is busy with others.
const patienceMs = 60_000

let service: TranscriptionServer
let live: LiveConsole
let page: Page

// Closed after the console that asks it.
afterEach(() => service.close())
withLiveConsole(
  {
    settings: { defaultReplyMode: 'off' },
    before: async () => {
      service = await startTranscriptionServer({ apiKey: 'sk-recordings' })
    },
  },
  (open) => {
    ;({ live, page } = open)
  },
)

const go = (place: string) => page.goto(`${new URL(live.url).origin}/#/${place}`)
const part = () => page.getByRole('region', { name: 'Recordings', exact: true })
const button = (name: string) => part().getByRole('button', { name, exact: true })
const saved = () => live.house.client.settings.get()
const row = () => page.getByRole('list', { name: 'Documents' }).getByRole('listitem')

const addRecording = () =>
  page
    .locator('input[data-adds="files"]')
    .first()
    .setInputFiles({ name: 'hour.mp3', mimeType: 'audio/mpeg', buffer: Buffer.from(`ID3${'sound '.repeat(900)}`) })

test('a service for recordings is tried with silence, kept with its key, and switched off again', async () => {
  await go('settings/recordings')
  await see(part()).toContainText('Recordings stay on this machine')
  await see(button('Test')).toHaveCount(0)
  await part().getByText('Model’s server').click()
  await see(part()).toContainText('No model is connected.')
  await see(button('Test')).toBeDisabled()

  await part().getByText('Another address', { exact: true }).click()
  await see(part()).toContainText('names cannot be replaced in sound')
  await part().getByLabel('Address of the service').fill('http://192.168.1.20:8000/v1')
  await see(part()).toContainText('This address is not encrypted')
  expect(await findings(page)).toEqual([])

  await part().getByLabel('Address of the service').fill(service.url)
  await see(part()).toContainText('This service is on this machine: no recording leaves it.')
  await part().getByLabel('Key of the service').fill('sk-wrong')
  await button('Test').click()
  await see(part().getByRole('alert')).toContainText('does not accept this key')
  await part().getByLabel('Key of the service').fill('sk-recordings')
  await button('Test').click()
  await see(part().getByText(/^It works: whisper-1 answered in/)).toBeVisible()
  expect(await saved()).toMatchObject({ transcription: 'off', hasTranscriptionKey: false })

  await button('Save').click()
  await see(button('Save')).toBeDisabled()
  await see(part().getByLabel('Key of the service')).toHaveValue('')
  expect(await saved()).toMatchObject({ transcription: 'other', hasTranscriptionKey: true, transcriptionReady: true })
  await page.setViewportSize({ width: 390, height: 760 })
  expect(await findings(page)).toEqual([])

  await button('Forget the key').click()
  await until('the key is gone', async () => !(await saved()).hasTranscriptionKey)
  await part().getByText('Off', { exact: true }).click()
  await button('Save').click()
  await until('it is off', async () => (await saved()).transcription === 'off')
})

test('a recording that waits for a service leads there, is read by itself, and is shown by the minute', async () => {
  await go('library')
  await see(page.getByRole('heading', { name: 'Nothing in your library yet' })).toBeVisible()
  await addRecording()
  await see(row()).toContainText('Recordings need a transcription service.', { timeout: patienceMs })
  await row().getByRole('link').click()
  await see(page.getByRole('region', { name: 'About this document' })).toContainText('Recordings need a')
  expect(await findings(page)).toEqual([])
  await page.getByRole('link', { name: 'Settings for recordings' }).click()
  await see(part().getByRole('heading', { level: 2 })).toBeInViewport()

  await part().getByText('Another address', { exact: true }).click()
  await part().getByLabel('Address of the service').fill(service.url)
  await part().getByLabel('Key of the service').fill('sk-recordings')
  await button('Save').click()
  await go('library')
  await see(row()).toContainText('Ready', { timeout: patienceMs })
  await row().getByRole('link').click()
  const text = page.getByRole('article')
  await see(text).toContainText('1:35 A boundary is a door that opens from your side.')
  await see(text).toContainText('1:02:05 Say the marigold sentence')
  expect(await findings(page)).toEqual([])

  await go('library/search?words=marigold')
  const hit = page.getByRole('link').filter({ hasText: 'marigold' })
  await see(hit).toHaveCount(1)
  await hit.click()
  await see(text.locator('mark').filter({ hasText: 'marigold' })).toBeVisible()
  expect(service.heard()).toBe(1)

  await go('privacy')
  await see(page.getByText('Turning a recording into text').first()).toBeVisible()
})
