import { cpSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type ConsoleWindow, launchBrowser, openWindow, see } from '../fixtures/browser.ts'
import { connectConsole, type RunningConsole, startConsole } from '../fixtures/console.ts'

const passphrase = 'four quiet words here'

let browser: Browser
let root: string
const running: RunningConsole[] = []
const windows: ConsoleWindow[] = []

const start = async (folder: string): Promise<RunningConsole> => {
  const console = await startConsole(join(root, folder), [], { OPENAI_BASE_URL: '', OPENAI_API_KEY: '' })
  running.push(console)
  return console
}
const openPage = async (url: string): Promise<Page> => {
  const window = await openWindow(browser, url)
  windows.push(window)
  return window.page
}
/** A workspace made through the contract, stopped again: the next start finds it locked. */
const makeLocked = async (folder: string): Promise<string[]> => {
  const console = await start(folder)
  const { client, close } = await connectConsole(console.url)
  const { phrase } = await client.vault.create({ coachName: 'Akmal', passphrase })
  const words = [3, 9, 17].map((position) => ({ position, word: phrase[position - 1] ?? '' }))
  await client.vault.confirmPhrase({ words })
  await client.settings.update({ firstRunDone: true, coachingStyle: 'Kept through everything.' })
  close()
  expect(await console.stop()).toBe(0)
  return phrase
}
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const heading = (page: Page, name: string) => page.getByRole('heading', { name, exact: true })
const typePassphrase = (page: Page, label: string, text: string) =>
  page.getByRole('textbox', { name: label, exact: true }).fill(text)

beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser?.close())
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'opencoach-first-'))
})
afterEach(async () => {
  const faults = windows.flatMap((window) => window.faults)
  await Promise.all(windows.splice(0).map((window) => window.close()))
  await Promise.all(running.splice(0).map((console) => console.stop()))
  rmSync(root, { recursive: true, force: true })
  expect(faults).toEqual([])
})

describe('on a new machine', () => {
  test('the guide leads from nothing to practice clients, with a passphrase and a phrase that is really written down', async () => {
    const console = await start('new')
    const page = await openPage(console.url)
    await see(heading(page, 'Welcome to OpenCoach')).toBeVisible()
    expect(page.url()).not.toContain('token')
    await button(page, 'Set up').click()

    await see(page.getByText('Still missing: your name and a passphrase of at least 10 characters.')).toBeVisible()
    await page.getByLabel('Your name').fill('Akmal')
    await see(page.getByText('Still missing: a passphrase of at least 10 characters.')).toBeVisible()
    await typePassphrase(page, 'Passphrase', 'short')
    await see(page.getByText('5 more characters at least.')).toBeVisible()
    await see(button(page, 'Continue')).toBeDisabled()
    await typePassphrase(page, 'Passphrase', passphrase)
    await typePassphrase(page, 'The same again', 'something else')
    await see(page.getByText('The two are not the same.')).toBeVisible()
    await typePassphrase(page, 'The same again', passphrase.slice(0, 6))
    await see(page.getByText('This does not match yet.')).toBeVisible()
    await see(button(page, 'Continue')).toBeDisabled()
    await see(page.getByText('Still missing: the same passphrase once more.')).toBeVisible()
    await typePassphrase(page, 'The same again', passphrase)
    await see(page.getByText('Still missing')).toHaveCount(0)
    await button(page, 'Continue').click()

    await see(heading(page, 'Your recovery phrase')).toBeVisible()
    const words = await page.getByRole('list', { name: 'Recovery phrase' }).locator('.phrase-word').allTextContents()
    expect(words).toHaveLength(24)
    await see(page.getByText('These are new words.')).toHaveCount(0)
    await button(page, 'I have written them down').click()
    const asked = page.getByRole('textbox', { name: /^Word \d+$/ })
    await see(asked).toHaveCount(3)
    for (const field of await asked.all()) await field.fill('wrong')
    await button(page, 'Confirm').click()
    await see(page.getByRole('alert')).toContainText('At least one word is not right.')
    for (const field of await asked.all()) {
      const label = await field.evaluate((input: HTMLInputElement) => input.labels?.[0]?.textContent ?? '')
      await field.fill(words[Number(label.replace('Word ', '')) - 1] ?? '')
    }
    await button(page, 'Confirm').click()

    await see(heading(page, 'Connect a model')).toBeVisible()
    await page.getByLabel('Address').fill('http://models.example/v1')
    await see(page.getByText('This address is not encrypted')).toBeVisible()
    await page.getByLabel('Address').fill('http://127.0.0.1:9/v1')
    await see(page.getByText('This address is not encrypted')).toHaveCount(0)
    await page.getByRole('textbox', { name: 'Model' }).fill('nobody')
    await button(page, 'Test').click()
    await see(page.getByRole('alert')).toBeVisible()
    await see(button(page, 'Continue')).toHaveCount(0)
    await button(page, 'Later').click()
    await button(page, 'Start practice').click()
    await see(heading(page, 'Inbox')).toBeVisible()
    await see(page.getByText('not confirmed yet')).toHaveCount(0)
    await see(page.getByRole('list', { name: 'Conversations' }).getByRole('listitem').first()).toBeVisible({
      timeout: 45_000,
    })
  })

  test('a reload in the middle of the guide goes on where the phrase still has to be confirmed', async () => {
    const console = await start('new')
    const { client, close } = await connectConsole(console.url)
    await client.vault.create({ coachName: 'Akmal', passphrase })
    close()
    const page = await openPage(console.url)
    await see(heading(page, 'Your recovery phrase')).toBeVisible()
    await page.reload()
    await see(heading(page, 'Your recovery phrase')).toBeVisible()
    await button(page, 'Show 24 new words').click()
    await see(page.getByRole('list', { name: 'Recovery phrase' }).getByRole('listitem')).toHaveCount(24)
    await see(page.getByText('These are new words.')).toContainText('throw them away once you have confirmed these')
  })
})

describe('after a restart', () => {
  test('a wrong passphrase gets a clear sentence and the right one opens', async () => {
    await makeLocked('data')
    const page = await openPage((await start('data')).url)
    await see(heading(page, 'Welcome back')).toBeVisible()
    await see(page.getByRole('navigation')).toHaveCount(0)
    await typePassphrase(page, 'Passphrase', 'not the right one')
    await button(page, 'Open').click()
    await see(page.getByRole('alert')).toContainText('does not open this data. Nothing was changed; try again.')
    await typePassphrase(page, 'Passphrase', passphrase)
    await see(page.getByRole('alert')).toHaveCount(0)
    await button(page, 'Open').click()
    await see(heading(page, 'Inbox')).toBeVisible()
  })

  test('on a copied folder the recovery phrase opens, however it is typed, and sets a new passphrase', async () => {
    const phrase = await makeLocked('data')
    cpSync(join(root, 'data'), join(root, 'copy'), { recursive: true })
    const copied = await start('copy')
    const page = await openPage(copied.url)
    await see(heading(page, 'Welcome back')).toBeVisible()
    await page.getByText('Recovery phrase', { exact: true }).click()
    const field = page.getByRole('textbox', { name: 'Recovery phrase' })
    await field.fill('these are not twenty four words')
    await button(page, 'Open').click()
    await see(page.getByRole('alert')).toContainText('A recovery phrase has 24 words; these are 6.')
    await field.fill(`  ${phrase.join('  ').toUpperCase()}\n`)
    await page.getByRole('switch', { name: 'Set a new passphrase' }).click()
    await typePassphrase(page, 'New passphrase', 'another set of words')
    await typePassphrase(page, 'The same again', 'another set of words')
    await button(page, 'Open').click()
    await see(heading(page, 'Inbox')).toBeVisible()
    await page.close()
    await copied.stop()
    const again = await connectConsole((await start('copy')).url)
    await again.client.vault.unlock({ secret: { passphrase: 'another set of words' } })
    expect((await again.client.settings.get()).coachingStyle).toBe('Kept through everything.')
    again.close()
  })
})

test('data that cannot be opened is tried again from the screen that says so, once it is put right', async () => {
  await makeLocked('data')
  const keys = join(root, 'data', 'keys.json')
  renameSync(keys, `${keys}-elsewhere`)
  const page = await openPage((await start('data')).url)
  await see(heading(page, 'Your data cannot be opened')).toBeVisible()
  await see(page.getByRole('alert').first()).toContainText('keys.json')
  await button(page, 'Try again').click()
  await see(heading(page, 'Your data cannot be opened')).toBeVisible()
  await see(button(page, 'Try again')).toBeEnabled()
  renameSync(`${keys}-elsewhere`, keys)
  await button(page, 'Try again').click()
  await typePassphrase(page, 'Passphrase', passphrase)
  await button(page, 'Open').click()
  await see(heading(page, 'Inbox')).toBeVisible()
})

test('a backup made in Settings is restored into a new, empty folder with the phrase alone', async () => {
  const phrase = await makeLocked('data')
  const first = await start('data')
  const page = await openPage(first.url)
  await typePassphrase(page, 'Passphrase', passphrase)
  await button(page, 'Open').click()
  await page.getByRole('navigation').getByRole('link', { name: 'Settings' }).click()
  await button(page, 'Back up now').click()
  const backups = page.getByRole('list', { name: 'Backups' })
  await see(backups.getByRole('listitem')).toHaveCount(1)
  await see(backups).toContainText('By hand')
  const folder = await backups.locator('.path').textContent()
  await page.close()
  await first.stop()
  cpSync(folder ?? '', join(root, 'carried'), { recursive: true })
  rmSync(join(root, 'data'), { recursive: true })

  const fresh = await openPage((await start('fresh')).url)
  await button(fresh, 'Restore from a backup').click()
  await fresh.getByLabel('Backup folder').fill(join(root, 'nowhere'))
  await fresh.getByText('Recovery phrase', { exact: true }).click()
  await fresh.getByRole('textbox', { name: 'Recovery phrase' }).fill(phrase.join(' '))
  await button(fresh, 'Restore').click()
  await see(fresh.getByRole('alert')).toContainText('This folder is not a complete OpenCoach backup.')
  await fresh.getByLabel('Backup folder').fill(join(root, 'carried'))
  await button(fresh, 'Restore').click()
  await see(heading(fresh, 'Inbox')).toBeVisible()
  await fresh.getByRole('navigation').getByRole('link', { name: 'Settings' }).click()
  await see(fresh.getByLabel('Your coaching style')).toHaveValue('Kept through everything.')
})
