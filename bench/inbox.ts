import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { launchBrowser, openWindow } from '../tests/fixtures/browser.ts'
import { connectConsole, startConsole } from '../tests/fixtures/console.ts'
import type { ConsoleClient } from '../tests/fixtures/testHost.ts'
import { seededRandom } from '../tests/soak/random.ts'
import { type Figure, quantile, within } from './figure.ts'
import { vocabulary } from './fill.ts'
import { paintAfterClick, watchTasks } from './paint.ts'
import { fillWorkspace } from './workspace.ts'

const listOpenings = 40
const threadOpenings = 120
const searches = 200

/** Opening, scrolling and searching an inbox with `messages` messages, in the real browser with the built console. */
export const inbox = async ({ messages }: { messages: number }): Promise<Figure[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'opencoach-bench-'))
  try {
    const [longThread = ''] = await fillWorkspace(folder, { messages, clients: 220, longThread: messages / 50 })
    const search = await withConsole(folder, (url) => measureSearch(url))
    const screen = await withConsole(folder, (url) => measureScreen(url, longThread))
    return [
      within('list_first_paint_p95_ms', quantile(screen.lists, 0.95), 100),
      { metric: 'list_first_paint_p50_ms', value: quantile(screen.lists, 0.5), unit: 'ms' },
      within('thread_first_paint_p95_ms', quantile(screen.threads, 0.95), 100),
      { metric: 'thread_first_paint_p50_ms', value: quantile(screen.threads, 0.5), unit: 'ms' },
      within('scroll_longest_task_ms', Math.max(screen.listScroll.task, screen.threadScroll.task), 50),
      {
        metric: 'scroll_longest_frame_ms',
        value: Math.max(screen.listScroll.frame, screen.threadScroll.frame),
        unit: 'ms',
      },
      { metric: 'search_p95_ms', value: quantile([...search.whole, ...search.ofClient], 0.95), unit: 'ms' },
      within('search_client_p95_ms', quantile(search.ofClient, 0.95), 40),
      { metric: 'search_first_ms', value: search.first, unit: 'ms' },
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const withConsole = async <T>(folder: string, work: (url: string) => Promise<T>): Promise<T> => {
  const running = await startConsole(folder)
  try {
    return await work(running.url)
  } finally {
    await running.stop()
  }
}

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const start = performance.now()
  await work()
  return performance.now() - start
}

const measureSearch = async (url: string) => {
  const { client, close } = await connectConsole(url)
  try {
    const random = seededRandom(3)
    const word = (): string => vocabulary[Math.floor(random() * vocabulary.length)] ?? ''
    const query = (): string => {
      const words = Array.from({ length: 1 + Math.floor(random() * 3) }, word).join(' ')
      // As while typing: every other query ends in the beginning of a word.
      return random() < 0.5 ? words : words.slice(0, Math.max(2, words.length - 2)).trim()
    }
    const ask = (clientId?: string) =>
      timed(() => client.inbox.search({ query: query(), limit: 30, ...(clientId === undefined ? {} : { clientId }) }))
    const first = await ask()
    const clientIds = (await client.inbox.list({ filter: 'all', limit: 100 })).rows.map((row) => row.clientId)
    const whole: number[] = []
    const ofClient: number[] = []
    for (let index = 0; index < searches; index += 1) {
      whole.push(await ask())
      ofClient.push(await ask(clientIds[index % clientIds.length]))
    }
    return { first, whole, ofClient }
  } finally {
    close()
  }
}

const measureScreen = async (url: string, longThread: string) => {
  const { client, close } = await connectConsole(url)
  const browser = await launchBrowser()
  try {
    const previews = await previewsOf(client)
    const { page } = await openWindow(browser, url)
    const lists = await openLists(page)
    const threads = await openThreads(page, previews)
    const listScroll = await scroll(page, '[role="list"] [data-conversation]', 400, 120)
    await page.evaluate((id) => {
      location.hash = `#/inbox/${id}`
    }, longThread)
    await page.locator('[role="log"]', { hasText: previews.get(longThread) ?? '' }).waitFor()
    const threadScroll = await scroll(page, '[role="log"]', -700, 400)
    return { lists, threads, listScroll, threadScroll }
  } finally {
    close()
    await browser.close()
  }
}

/** The beginning of each conversation's last message, by which its thread is known on the screen. */
const previewsOf = async (client: ConsoleClient): Promise<ReadonlyMap<string, string>> => {
  const previews = new Map<string, string>()
  let after: Parameters<typeof client.inbox.list>[0]['after']
  do {
    const page = await client.inbox.list({ filter: 'all', limit: 100, after })
    for (const row of page.rows) previews.set(row.id, row.preview.slice(0, 60))
    after = page.next ?? undefined
  } while (after !== undefined)
  return previews
}

/** The inbox is opened from another screen of a window that has not shown it yet. */
const openLists = async (page: Page): Promise<number[]> => {
  const times: number[] = []
  for (let index = 0; index < listOpenings; index += 1) {
    await page.evaluate(() => {
      location.hash = '#/privacy'
    })
    await page.reload()
    await page.getByRole('heading', { name: 'Privacy', level: 1 }).waitFor()
    await page.waitForTimeout(300)
    const time = await paintAfterClick(page, {
      click: 'nav[aria-label="Main"] a[href="#/inbox"]',
      shown: '[data-conversation]',
    })
    if (time !== null) times.push(time)
  }
  return times
}

const openThreads = async (page: Page, previews: ReadonlyMap<string, string>): Promise<number[]> => {
  const times: number[] = []
  const opened = new Set<string>()
  while (opened.size < Math.min(threadOpenings, previews.size)) {
    const inSight = await page
      .locator('[data-conversation]')
      .evaluateAll((rows) =>
        rows.flatMap((row) => (row instanceof HTMLElement ? (row.dataset.conversation ?? []) : [])),
      )
    const next = inSight.find((id) => !opened.has(id))
    if (next === undefined) {
      await page.locator('[data-conversation]').last().scrollIntoViewIfNeeded()
      await page.waitForTimeout(200)
      continue
    }
    opened.add(next)
    const time = await paintAfterClick(page, {
      click: `[data-conversation="${next}"]`,
      shown: '[role="log"]',
      text: previews.get(next) ?? '',
    })
    if (time !== null) times.push(time)
    await page.waitForTimeout(50)
  }
  return times
}

/** Turns the wheel over a part of the page; the longest task and the longest time between two frames meanwhile. */
const scroll = async (page: Page, over: string, by: number, times: number) => {
  await page.locator(over).first().hover()
  const stop = await watchTasks(page)
  for (let turn = 0; turn < times; turn += 1) {
    await page.mouse.wheel(0, by)
    await page.waitForTimeout(16)
  }
  return stop()
}
