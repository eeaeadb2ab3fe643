import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { describe, expect, test, vi } from 'vitest'
import { findings } from '../fixtures/axe.ts'
import { see } from '../fixtures/browser.ts'
import { boundaries, patienceMs, withLibraryScreen } from '../fixtures/libraryScreen.ts'

// One test visits many screens; how long it takes says nothing about the product.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 })

let page: Page
let folder: string

const { go, button, dialog, rows, row, shelve } = withLibraryScreen((open) => {
  ;({ page, folder } = open)
})
const added = () => page.getByRole('region', { name: 'Files being added' })
const text = (name: string, content: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(content) })
const choose = (...files: Parameters<Page['setInputFiles']>[1][]) =>
  page
    .locator('input[data-adds="files"]')
    .first()
    .setInputFiles(files.flat() as never)

describe('adding', () => {
  test('an empty library says what to do next, what can be read, and that it stays here', async () => {
    await go()
    await see(page.getByRole('heading', { name: 'Nothing in your library yet' })).toBeVisible()
    await see(page.getByRole('main')).toContainText('PDF (scans too), Word, PowerPoint')
    await see(page.getByRole('main')).toContainText('kept and searched on this machine')
    await see(button('Add files')).toBeVisible()
    expect(await findings(page)).toEqual([])
  })

  test('files that are chosen are read while another screen is looked at; bad ones say why in a sentence', async () => {
    await go()
    await choose(
      text('boundaries.md', boundaries),
      text('nothing.txt', ''),
      text('not-really.pdf', 'This is no PDF.'),
      text('.DS_Store', 'kept by the system'),
    )
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Clients', exact: true }).click()
    await see(page.getByRole('heading', { name: 'No clients yet' })).toBeVisible()
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Knowledge', exact: true }).click()
    await see(added()).toContainText('3 added, 1 system file left out')
    await see(row('Boundaries')).toContainText('Ready', { timeout: patienceMs })
    await see(row('nothing.txt')).toContainText('The file is empty.')
    await see(row('not-really.pdf')).toContainText('The file is not what its name says.')
    await see(row('nothing.txt')).toContainText('Cannot be read')
    await page.getByRole('region', { name: 'Reading' }).getByRole('button', { name: 'Show them' }).click()
    await see(rows()).toHaveCount(2)
    await added().getByRole('button', { name: 'Close' }).click()
    await see(added()).toHaveCount(0)
  })

  test('what is here already is not added twice, also under another name', async () => {
    await shelve('boundaries.md', boundaries)
    await go()
    await see(rows()).toHaveCount(1)
    await choose(text('boundaries.md', boundaries), text('copy.md', boundaries))
    await see(added()).toContainText('2 already here')
    await added().getByText('Which ones').click()
    await see(page.getByRole('list', { name: 'Files that were not added' })).toContainText('copy.md holds the same as')
    await see(rows()).toHaveCount(1)
  })

  test('a folder keeps its name and what lies within, chosen or dropped', async () => {
    mkdirSync(join(folder, 'Confidence/Week 1'), { recursive: true })
    writeFileSync(join(folder, 'Confidence/start.md'), '# Start here\n\nYou are not a fraud.')
    writeFileSync(join(folder, 'Confidence/Week 1/list.txt'), 'Write down three things that went well.')
    writeFileSync(join(folder, 'Confidence/.DS_Store'), 'kept by the system')
    await go()
    await page.locator('input[data-adds="folder"]').first().setInputFiles(join(folder, 'Confidence'))
    await see(added()).toContainText('2 added, 1 system file left out')
    const folders = page.getByRole('navigation', { name: 'Folders and tags' })
    await see(folders.getByRole('button', { name: 'Confidence 2' })).toBeVisible()
    await folders.getByRole('button', { name: 'Week 1 1' }).click()
    await see(rows()).toHaveCount(1)
    await see(rows()).toContainText('list.txt')

    mkdirSync(join(folder, 'Grief'))
    writeFileSync(join(folder, 'Grief/waves.md'), '# Waves\n\nGrief comes in waves.')
    await drop(join(folder, 'Grief'))
    await see(added()).toContainText('1 added')
    await folders.getByRole('button', { name: 'Grief 1' }).click()
    await see(rows()).toContainText('Waves')
    await see(rows()).toContainText('Confidence/Week 1/Grief')
  })

  test('whatever waits can be stopped, and a sum remains', async () => {
    await go()
    await choose(
      ...Array.from({ length: 60 }, (_, at) => text(`note ${at}.txt`, `Note ${at}. ${'words '.repeat(20_000)}`)),
    )
    await added().getByRole('button', { name: 'Stop', exact: true }).click()
    await see(added().getByRole('status')).toContainText(/\d+ stopped/)
  })
})

/** Drops a file or folder of this machine onto the middle of the window, as a hand would. */
const drop = async (path: string) => {
  const session = await page.context().newCDPSession(page)
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    const data = { items: [], files: [path], dragOperationsMask: 1 }
    await session.send('Input.dispatchDragEvent', { type, x: 700, y: 500, data })
  }
}

describe('the list', () => {
  test('by keyboard alone documents are found, chosen, tagged and moved', async () => {
    for (const name of ['Apples', 'Bananas', 'Cherries']) await shelve(`${name}.md`, `# ${name}\n\nAll about ${name}.`)
    await go()
    await see(rows()).toHaveCount(3)
    await page.getByRole('combobox', { name: 'Order' }).selectOption({ label: 'By title' })
    await see(rows().first()).toContainText('Apples')
    await page.getByRole('list', { name: 'Documents' }).click({ position: { x: 2, y: 2 }, trial: true })
    await page.keyboard.press('j')
    await see(row('Apples').getByRole('link')).toBeFocused()
    await page.keyboard.press('x')
    await page.keyboard.press('Shift+j')
    await see(page.getByText('2 selected')).toBeVisible()
    await button('Tag…').click()
    await page.getByRole('combobox', { name: 'Tags to add' }).fill('fruit')
    await page.keyboard.press('Enter')
    await dialog().getByRole('button', { name: 'Add', exact: true }).click()
    await see(row('Bananas')).toContainText('fruit')
    await see(page.getByText('2 selected')).toHaveCount(0)

    await page.getByRole('checkbox', { name: 'Select Cherries' }).check()
    await button('Move…').click()
    await dialog().getByRole('combobox', { name: 'Folder' }).fill('Food/Sweet')
    await dialog().getByRole('button', { name: 'Move', exact: true }).click()
    await see(row('Cherries')).toContainText('Food/Sweet')

    await page.keyboard.press('/')
    await see(page.getByRole('searchbox', { name: 'Search in titles' })).toBeFocused()
    await page.keyboard.type('bana')
    await see(rows()).toHaveCount(1)
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await see(rows()).toHaveCount(3)
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await see(page.getByRole('heading', { level: 2, name: 'Apples' })).toBeVisible()
    await page.keyboard.press('Escape')
    await see(page.getByRole('heading', { level: 2, name: 'Apples' })).toHaveCount(0)
  })

  test('removing asks first, says what goes, and nothing of it is found afterwards', async () => {
    await shelve('boundaries.md', boundaries)
    await go()
    await page.getByRole('checkbox', { name: 'Select Boundaries' }).check()
    await button('Remove…').click()
    await see(dialog()).toContainText('Gone for good')
    await see(dialog().getByRole('button', { name: 'Keep' })).toBeFocused()
    await dialog().getByRole('button', { name: 'Keep' }).click()
    await see(rows()).toHaveCount(1)
    await button('Remove…').click()
    await dialog().getByRole('button', { name: 'Remove', exact: true }).click()
    await see(page.getByRole('heading', { name: 'Nothing in your library yet' })).toBeVisible()
    await go('/search?words=door')
    await see(page.getByRole('heading', { name: 'Nothing found' })).toBeVisible()
  })

  test('what comes in while the coach points into the list does not move it', async () => {
    for (const name of ['One', 'Two', 'Three']) await shelve(`${name}.md`, `# ${name}\n\nText of ${name}.`)
    await go()
    await see(rows().first()).toContainText('Three')
    await rows().nth(1).hover()
    await shelve('Four.md', '# Four\n\nText of Four.')
    await see(button('1 new document above. Show it')).toBeVisible()
    await see(rows().first()).toContainText('Three')
    await button('1 new document above. Show it').click()
    await see(rows().first()).toContainText('Four')
  })
})
