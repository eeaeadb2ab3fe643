import type { Page } from 'playwright'
import { afterEach, expect, test, vi } from 'vitest'
import { startEmbeddingServer } from '../fakes/embeddingServer.ts'
import { findings } from '../fixtures/axe.ts'
import { type LiveConsole, see } from '../fixtures/browser.ts'
import { shelveIn } from '../fixtures/libraryScreen.ts'
import { withLiveConsole } from '../fixtures/liveConsole.ts'

// One test visits many screens; how long it takes says nothing about the product.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 })

let live: LiveConsole
let page: Page
let server: Awaited<ReturnType<typeof startEmbeddingServer>>

// Closed after the console that asks it.
afterEach(() => server.close())
withLiveConsole(
  {
    settings: { defaultReplyMode: 'off' },
    before: async () => {
      server = await startEmbeddingServer({ apiKey: 'sk-right', model: 'nomic-embed-text' })
    },
  },
  (open) => {
    ;({ live, page } = open)
    return page.emulateMedia({ reducedMotion: 'reduce' })
  },
)

const go = (place: string) => page.goto(`${new URL(live.url).origin}/#/library${place}`)
const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true })
const dialog = () => page.getByRole('dialog')
const inDialog = (name: string) => dialog().getByRole('button', { name, exact: true })
const cost = () => dialog().getByRole('region', { name: 'What it would cost' })
const inUse = () => page.getByRole('region', { name: 'In use' })
const beingPrepared = () => page.getByRole('region', { name: 'Being prepared' })
const check = async (screen: string) => expect([screen, await findings(page)]).toEqual([screen, []])

const section = (at: number) =>
  `## Habit ${at}\n\n${`Habit ${at} grows where it is small, and where somebody asks about it. `.repeat(25)}\n`

/** A document of so many sections, read. Answers with the number of passages. */
const shelve = async (count: number): Promise<number> => {
  const sections = Array.from({ length: count }, (_, at) => section(at))
  await shelveIn(live, 'habits.md', `# Habits\n\n${sections.join('\n')}`)
  return (await live.house.client.library.overview()).passages
}

/** Holds the server before its nth answer (the 0th tries it out) until the given function is called. */
const holdBefore = (nth: number): (() => void) => {
  let release: () => void = () => undefined
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  let asked = -1
  server.waitFor(async () => {
    asked += 1
    if (asked === nth) await held
  })
  return release
}

test.each([
  ['wide', { width: 1360, height: 860 }],
  ['narrow', { width: 390, height: 760 }],
])('search by meaning is set up, fails, goes on, answers, and is turned off, %s', async (_name, viewport) => {
  await page.setViewportSize(viewport)
  const passages = await shelve(70)
  await go('/searching')
  await see(page.getByText('It cannot know that two different words mean the same')).toBeVisible()
  await check('by words')

  await button('Set up search by meaning…').click()
  await dialog()
    .getByRole('radio', { name: /^OpenAI/ })
    .check()
  await see(inDialog('Set up')).toBeDisabled()
  await inDialog('See what it would cost').click()
  await see(cost()).toContainText('What would go to api.openai.com')
  await see(cost()).toContainText(`The text of these ${passages} passages`)
  await see(cost()).toContainText('Moments remembered of clients')
  await see(cost()).toContainText('Less than one cent')
  await see(inDialog('Set up')).toBeEnabled()
  await check('cost elsewhere')

  await dialog()
    .getByRole('radio', { name: /^On this computer/ })
    .check()
  await see(cost()).toHaveCount(0)
  await dialog().getByRole('textbox', { name: 'Address' }).fill(server.url)
  await inDialog('See what it would cost').click()
  await see(cost()).toContainText('Nothing leaves this computer.')
  expect(server.requests).toEqual([])
  await dialog().getByLabel('Key', { exact: true }).fill('sk-wrong')
  await inDialog('Set up').click()
  await see(dialog().getByRole('alert')).toContainText('does not accept this key')
  await check('wrong key')
  await dialog().getByLabel('Key', { exact: true }).fill('sk-right')
  const release = holdBefore(2)
  await inDialog('Set up').click()
  await see(dialog()).toHaveCount(0)

  await see(beingPrepared()).toContainText(`32 of ${passages} passages done`)
  await check('being prepared')
  await go('/search?words=habit')
  await see(page.getByText('Searched by words: search by meaning is still being prepared.')).toBeVisible()
  await page.getByRole('link', { name: 'How your library is searched' }).click()
  server.misbehaveAlways('not_a_number')
  release()
  await see(beingPrepared().getByRole('alert')).toContainText('a vector that is not made of numbers')
  await beingPrepared().getByText('Use another key').click()
  await check('trouble')
  server.misbehaveAlways(null)
  await button('Try again').click()

  await see(inUse()).toContainText(`All ${passages}`)
  await see(inUse()).toContainText('On this computer')
  await see(inUse()).toContainText('The clone finds them by meaning too')
  await see(page.getByText('finds passages that say the same in other words')).toBeVisible()
  await check('in use')
  await go('/search?words=small habit')
  await see(page.getByText('Searched by meaning and by words.')).toBeVisible()
  await check('search by meaning')

  server.misbehaveAlways('error_401')
  await page.getByRole('searchbox', { name: 'Search your knowledge' }).fill('growing habit')
  await see(page.getByText('the server for search by meaning gave no answer')).toBeVisible()
  await go('/searching')
  await see(inUse().getByRole('alert')).toContainText('does not accept this key')
  server.misbehaveAlways(null)
  await button('Try again').click()
  await see(inUse().getByRole('alert')).toHaveCount(0)

  await button('Turn off…').click()
  await see(inDialog('Keep it on')).toBeFocused()
  await check('turning off')
  await inDialog('Turn off').click()
  await see(button('Set up search by meaning…')).toBeVisible()
  await go('/search?words=habit')
  await see(page.getByText('Searched by words.')).toBeVisible()
  expect(await page.content()).not.toContain('sk-right')
})
