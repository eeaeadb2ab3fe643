import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright'
import { describe, expect, test, vi } from 'vitest'
import { readKeyFile } from '../../db/keyFile.ts'
import { openDatabase } from '../../db/open.ts'
import { searchGaps } from '../../db/schema/index.ts'
import { createWriter } from '../../db/write.ts'
import { findings } from '../fixtures/axe.ts'
import { type LiveConsole, see } from '../fixtures/browser.ts'
import { boundaries, onPages, withLibraryScreen } from '../fixtures/libraryScreen.ts'
import { createPdfWriter, pageHeight, pageWidth, show } from '../fixtures/pdf.ts'
import { until } from '../fixtures/testHost.ts'
import { payloads } from './payloads.ts'

// One test visits many screens; how long it takes says nothing about the product.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 })

let browser: Browser
let live: LiveConsole
let page: Page
let folder: string

const { go, button, dialog, rows, shelve } = withLibraryScreen((open) => {
  ;({ browser, live, page, folder } = open)
})

describe('a document', () => {
  test('its title, folder, tags and client are changed in place, and its pages stand beside them', async () => {
    await live.house.far.write('Ann Keller', 'Hello.')
    await live.conversationOf('Ann Keller')
    const documentId = await shelve('boundaries.md', boundaries)
    await go(`/${documentId}`)
    await see(page.getByRole('article')).toContainText('A boundary is a door')
    await page.getByRole('textbox', { name: 'Title' }).fill('Doors, not walls')
    await page.keyboard.press('Enter')
    await page.getByRole('combobox', { name: 'Folder' }).fill('Courses')
    await page.getByRole('combobox', { name: 'Folder' }).press('Tab')
    await see(page.getByRole('heading', { level: 2, name: 'Doors, not walls' })).toBeVisible()
    await page.getByRole('combobox', { name: 'Only for one client' }).click()
    await page.getByRole('option', { name: 'Ann Keller' }).click()
    await until('all of it is kept', async () => {
      const { document } = await live.house.client.library.document({ documentId })
      return (
        document.title === 'Doors, not walls' && document.folder === 'Courses' && document.clientName === 'Ann Keller'
      )
    })
    const history = page.getByRole('region', { name: 'History' })
    await see(history).toContainText('Read for the first time')
    await see(history.getByRole('listitem')).toHaveCount(2)
  })

  test('pages are turned, gone to, and drawn as in the original', async () => {
    const documentId = await shelve('three.pdf', onPages('Page of apples.', 'Page of bananas.', 'Page of cherries.'))
    await go(`/${documentId}`)
    const shown = page.getByRole('article')
    await see(shown).toContainText('Page of apples.')
    await button('Next page').click()
    await see(shown).toContainText('Page of bananas.')
    await page.getByRole('spinbutton', { name: 'Go to page' }).fill('3')
    await page.keyboard.press('Enter')
    await see(shown).toContainText('Page of cherries.')
    await page.getByText('Original', { exact: true }).click()
    await see(page.getByRole('img', { name: /Page 3 of 3 as in the original/ })).toBeVisible()
    expect(await darkPixels()).toBeGreaterThan(100)
    await button('Previous page').click()
    await see(page.getByRole('img', { name: /Page 2 of 3 as in the original/ })).toBeVisible()
    const download = page.waitForEvent('download')
    await button('Save a copy').click()
    expect((await download).suggestedFilename()).toBe('three.pdf')
  })

  test('a page that cannot be drawn says so, and its text is still there', async () => {
    const documentId = await shelve('half.pdf', withBrokenPicture('The words are whole.'))
    await go(`/${documentId}`)
    await see(page.getByRole('article')).toContainText('The words are whole.')
    await page.getByText('Original', { exact: true }).click()
    await see(page.getByText('Part of this page cannot be drawn here.')).toBeVisible()
  })
})

/** How many pixels of the drawn page are not white. */
const darkPixels = () =>
  page.locator('canvas').evaluate((canvas: HTMLCanvasElement) => {
    const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] }
    return Array.from({ length: data.length / 4 }, (_, at) => data[at * 4] ?? 255).filter((red) => red < 128).length
  })

/** A page of text with a JPEG 2000 picture whose data is damaged. */
const withBrokenPicture = (words: string): Uint8Array => {
  const pdf = createPdfWriter()
  const font = pdf.add('<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>')
  const data = 'not a picture'
  const picture = pdf.add(
    `<< /Type /XObject /Subtype /Image /Width 8 /Height 8 /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /JPXDecode /Length ${data.length} >>\nstream\n${data}\nendstream`,
  )
  const content = pdf.addStream('', `q 200 0 0 200 60 400 cm /Im Do Q\n${show(words, { x: 60, y: 700 })}`)
  const tree = pdf.add('null')
  const only = pdf.add(
    `<< /Type /Page /Parent ${tree} 0 R /MediaBox [0 0 ${pageWidth} ${pageHeight}] /Resources << /Font << /F1 ${font} 0 R >> /XObject << /Im ${picture} 0 R >> >> /Contents ${content} 0 R >>`,
  )
  pdf.set(tree, `<< /Type /Pages /Kids [${only} 0 R] /Count 1 >>`)
  return pdf.finish(`/Root ${pdf.add(`<< /Type /Catalog /Pages ${tree} 0 R >>`)} 0 R`)
}

describe('search', () => {
  test('a question finds the passage, opens its page beside it, and the passage is marked and in sight', async () => {
    const filler = Array.from({ length: 12 }, (_, at) => `Chapter ${at} tells of gardens and weather.`)
    await shelve('gardens.pdf', onPages(...filler, 'An imposter feels like a fraud in spite of all success.'))
    await go()
    await page.getByRole('navigation', { name: 'Knowledge' }).getByRole('link', { name: 'Search', exact: true }).click()
    await see(page.getByRole('searchbox', { name: 'Search your knowledge' })).toBeFocused()
    await page.keyboard.type('imposter fraud')
    const hits = page.getByRole('list', { name: 'Passages' }).getByRole('link')
    await see(hits.first()).toContainText('gardens.pdf')
    await see(hits.first()).toContainText(/pages? \d+/)
    await see(hits.first().locator('mark').filter({ hasText: 'imposter' })).toHaveCount(1)
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    const shown = page.getByRole('article')
    await see(shown.locator('mark').first()).toBeInViewport()
    await see(hits.first()).toHaveAttribute('aria-current', 'true')
    expect(page.url()).toContain('words=imposter+fraud')
    await page.getByRole('link', { name: 'Open the document' }).click()
    await see(page.getByRole('heading', { level: 2, name: /gardens/ })).toBeVisible()
    await see(page.getByRole('article').locator('mark').first()).toBeInViewport()
  })

  test('what answers badly is shown as only the nearest', async () => {
    await shelve('gardens.md', '# Gardens\n\nRoses want sun, and patience in the weeks of rain.')
    await go('/search?words=tax law for rain')
    await see(page.getByText('Nothing in your library answers this well.')).toBeVisible()
  })

  test('Ctrl+K looks for what was typed in the library', async () => {
    await shelve('boundaries.md', boundaries)
    await go()
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox', { name: 'Go to anything' }).fill('door')
    await page.getByRole('option', { name: 'Search your knowledge for “door”' }).click()
    await see(page.getByRole('searchbox', { name: 'Search your knowledge' })).toHaveValue('door')
    await see(page.getByRole('list', { name: 'Passages' }).getByRole('link').first()).toContainText('Boundaries')
  })
})

describe('what the library lives from', () => {
  test('a watched folder brings its files in, is looked at again, and is let go with or without them', async () => {
    writeFileSync(join(folder, 'first.md'), '# First\n\nThe first text.')
    await go('/watched')
    const path = page.getByRole('textbox', { name: 'Folder on this machine' })
    await path.fill(join(folder, 'nowhere'))
    await button('Watch this folder').click()
    await see(page.getByRole('alert')).toContainText(/\w+\./)
    await path.fill(folder)
    await button('Watch this folder').click()
    const watched = page.getByRole('list', { name: 'Watched folders' })
    await see(watched).toContainText('1 document')
    writeFileSync(join(folder, 'second.md'), '# Second\n\nThe second text.')
    await watched.getByRole('button', { name: /^Look now/ }).click()
    await see(watched).toContainText('2 documents')
    await watched.getByRole('button', { name: /^Stop watching/ }).click()
    await dialog().getByRole('button', { name: 'Stop and keep the documents' }).click()
    await see(page.getByRole('heading', { name: 'No folder is watched' })).toBeVisible()
    expect((await live.house.client.library.overview()).documents).toBe(2)

    const other = join(folder, 'other')
    mkdirSync(other)
    writeFileSync(join(other, 'third.md'), '# Third\n\nThe third text.')
    await path.fill(other)
    await button('Watch this folder').click()
    await see(watched).toContainText('1 document')
    await watched.getByRole('button', { name: /^Stop watching/ }).click()
    await dialog().getByRole('button', { name: 'Stop and remove them' }).click()
    await see(page.getByRole('heading', { name: 'No folder is watched' })).toBeVisible()
    await until('it is gone', async () => (await live.house.client.library.overview()).documents === 2)
  })

  test('a question that found nothing is searched from there, and dismissed', async () => {
    await live.house.far.write('Ann Keller', 'Hello.')
    await live.conversationOf('Ann Keller')
    await keepQuestion('How do I tell my boss?')
    await go('/gaps')
    const questions = page.getByRole('list', { name: 'Questions that found nothing' })
    await see(questions).toContainText('How do I tell my boss?')
    await questions.getByRole('link', { name: 'Search: How do I tell my boss?' }).click()
    await see(page.getByRole('searchbox', { name: 'Search your knowledge' })).toHaveValue('How do I tell my boss?')
    await page.goBack()
    await questions.getByRole('button', { name: 'Dismiss: How do I tell my boss?' }).click()
    await see(page.getByRole('heading', { name: 'No open questions' })).toBeVisible()
  })

  test('words are linked and unlinked, and a link that is there already is told', async () => {
    await go('/links')
    const link = async () => {
      await page.getByRole('textbox', { name: 'What clients say' }).fill('fraud')
      await page.getByRole('textbox', { name: 'What your documents say' }).fill('imposter syndrome')
      await button('Link').click()
    }
    await link()
    const links = page.getByRole('list', { name: 'Linked words' })
    await see(links).toContainText('imposter syndrome')
    await link()
    await see(page.getByRole('alert')).toContainText('These two are linked already.')
    await links.getByRole('button', { name: /^Unlink/ }).click()
    await see(page.getByRole('heading', { name: 'No words are linked yet' })).toBeVisible()
  })
})

/** Notes a question as a reply of the clone would that found nothing. */
const keepQuestion = async (question: string) => {
  const { folder: data, client } = live.house
  const clientId = (await client.clients.list({ search: '', limit: 1 })).rows[0]?.id ?? ''
  const database = openDatabase({ file: join(data, 'opencoach.db'), key: readKeyFile(data) })
  const write = createWriter(database.sqlite, database.queries, () => undefined)
  write((tx) =>
    tx.queries.insert(searchGaps).values({ id: crypto.randomUUID(), question, clientId, askedAt: Date.now() }).run(),
  )
  database.close()
}

test.each([
  ['wide', { width: 1360, height: 860 }],
  ['narrow', { width: 390, height: 760 }],
])('no serious finding on any place of the library in light and dark, %s', async (_name, viewport) => {
  await page.setViewportSize(viewport)
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await live.house.far.write('Ann Keller', 'Hello.')
  await live.conversationOf('Ann Keller')
  await keepQuestion('How do I tell my boss?')
  await live.house.client.library.link({ term: 'fraud', other: 'imposter syndrome' })
  const documentId = await shelve('two.pdf', onPages('A boundary is a door.', 'Say it early.'), 'Courses/Week 1')
  await shelve('nothing.txt', '')
  const check = async (screen: string) => expect([screen, await findings(page)]).toEqual([screen, []])
  await go()
  await see(rows()).toHaveCount(2)
  await check('list')
  await page.getByRole('checkbox', { name: /two/ }).check()
  await check('list with a choice')
  await button('Remove…').click()
  await see(dialog()).toBeVisible()
  await check('removing')
  await page.keyboard.press('Escape')
  await button('Tag…').click()
  await see(dialog().getByRole('combobox')).toBeVisible()
  await check('tagging')
  await dialog().getByRole('button', { name: 'Cancel' }).click()
  await see(dialog()).toHaveCount(0)
  if (viewport.width < 600) {
    await page.getByRole('button', { name: 'Select none' }).click()
    await button('Folders').click()
    await see(dialog().getByRole('button', { name: /Courses/ })).toBeVisible()
    await check('folders')
    await page.keyboard.press('Escape')
  }
  await go(`/${documentId}`)
  await see(page.getByRole('article')).toContainText('A boundary is a door.')
  await check('document')
  await page.getByText('Original', { exact: true }).click()
  await see(page.getByRole('img', { name: /as in the original/ })).toBeVisible()
  await check('original')
  await go('/search?words=boundary')
  await page.getByRole('list', { name: 'Passages' }).getByRole('link').first().click()
  await see(page.getByRole('article').locator('mark').first()).toBeVisible()
  await check('search')
  for (const [place, title] of [
    ['watched', 'No folder is watched'],
    ['gaps', 'Questions that found nothing'],
    ['links', 'Linked words'],
    ['searching', 'How your library is searched'],
  ] as const) {
    await go(`/${place}`)
    await see(page.getByRole('heading', { name: title })).toBeVisible()
    await check(place)
  }
})

test(`${payloads.length} payloads as file names, folders, tags, links and text stay text: 0 executions, also without the policy`, async () => {
  const { client } = live.house
  // A text with a zero byte in it is no text to the reader.
  const joined = payloads.join('\n').replaceAll('\u0000', '')
  const title = payloads.find((payload) => payload.startsWith('<img')) ?? ''
  for (const [index, payload] of payloads.entries())
    await shelve(`${index} ${payload}`.replaceAll('\u0000', '').slice(0, 200), `Number ${index}: ${payload}`, payload)
  const first = await shelve('all.txt', `findme\n${joined}`)
  await client.library.update({
    documentId: first,
    title,
    tags: payloads.slice(0, 15).map((each) => each.slice(0, 60).trim()),
  })
  for (const payload of payloads.slice(0, 8)) await client.library.link({ term: payload.slice(0, 80), other: 'words' })
  for (const bypassCSP of [true, false]) {
    const context = await browser.newContext({ bypassCSP, viewport: { width: 1360, height: 5_000 }, locale: 'en-GB' })
    const noticed: string[] = []
    await context.exposeFunction('executed', () => void noticed.push('executed'))
    const opened = await context.newPage()
    opened.on('dialog', (asked) => {
      noticed.push('dialog')
      void asked.dismiss()
    })
    opened.on('pageerror', (error) => noticed.push(error.message))
    opened.on('console', (line) => line.type() === 'error' && noticed.push(line.text()))
    await opened.goto(live.url)
    const { origin } = new URL(live.url)
    const visit = (place: string) => opened.goto(`${origin}/#/library${place}`)
    const clean = async () =>
      expect(
        await opened.evaluate(() =>
          [
            ...document.querySelectorAll('main :is(script,img,iframe,object,embed,base,video,audio,math,style,link)'),
          ].map((each) => each.outerHTML),
        ),
      ).toEqual([])
    await visit('')
    await see(opened.getByRole('list', { name: 'Documents' })).toContainText('executed()')
    await see(opened.getByRole('navigation', { name: 'Folders and tags' })).toContainText('executed()')
    await clean()
    await visit(`/${first}`)
    await see(opened.getByRole('heading', { level: 2 })).toHaveText(title)
    await see(opened.getByRole('article')).toContainText('findme')
    await see(opened.getByRole('article')).toContainText('executed()')
    await clean()
    await visit(`/search?words=${encodeURIComponent(`findme ${title}`)}`)
    await see(opened.getByRole('list', { name: 'Passages' })).toContainText('executed()')
    await opened.getByRole('list', { name: 'Passages' }).getByRole('link').first().click()
    await see(opened.getByRole('article')).toContainText('executed()')
    await clean()
    await visit('/links')
    await see(opened.getByRole('list', { name: 'Linked words' })).toContainText('executed()')
    await visit('/watched')
    await opened.getByRole('textbox', { name: 'Folder on this machine' }).fill(title)
    await opened.getByRole('button', { name: 'Watch this folder' }).click()
    await see(opened.getByRole('alert')).toBeVisible()
    await clean()
    await visit(`/${encodeURIComponent(title)}?passage=${encodeURIComponent(title)}&page=javascript:executed()`)
    await see(opened.getByRole('alert')).toBeVisible()
    await clean()
    expect(noticed).toEqual([])
    await context.close()
  }
})
