import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page, WebSocketRoute } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { maxMessageLength } from '../../shared/limits.ts'
import { type ModelServer, startModelServer } from '../fakes/modelServer.ts'
import {
  type ConsoleWindow,
  type LiveConsole,
  launchBrowser,
  openWindow,
  see,
  startLiveConsole,
} from '../fixtures/browser.ts'
import { connectConsole, startConsole } from '../fixtures/console.ts'
import { until } from '../fixtures/testHost.ts'

let browser: Browser
let model: ModelServer

beforeAll(async () => {
  browser = await launchBrowser()
  model = await startModelServer()
})
afterAll(async () => {
  await browser?.close()
  await model?.close()
})

const log = (page: Page) => page.getByRole('log', { name: 'Messages' })
const reply = (page: Page) => page.getByRole('textbox', { name: 'Reply' })
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const openThread = async (page: Page, name: string | RegExp) => {
  await page.getByRole('list', { name: 'Conversations' }).getByRole('link', { name }).click()
  await see(reply(page)).toBeVisible()
}

describe('a host that is killed while a page is open', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'opencoach-killed-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  test('loses nothing of what the coach was writing, and the page goes on once the new address is opened', async () => {
    const replay = join(folder, 'replay.jsonl')
    writeFileSync(replay, `${JSON.stringify({ from: 'client', text: 'Are you there?' })}\n`)
    const start = (port: string) =>
      startConsole(join(folder, 'data'), ['--demo', '--replay', replay, '--replay-speed', '100', '--port', port], {
        OPENAI_BASE_URL: '',
        OPENAI_API_KEY: '',
      })
    const first = await start('0')
    const window = await openWindow(browser, first.url)
    await openThread(window.page, /Replay client/)
    await reply(window.page).fill('I was just about to say')
    const before = await connectConsole(first.url)
    const idOf = async (client: typeof before.client) =>
      (await client.inbox.list({ filter: 'all', limit: 100 })).rows.find((row) => row.clientName === 'Replay client')
        ?.id ?? ''
    const unsent = async (client: typeof before.client) =>
      (await client.inbox.conversation({ conversationId: await idOf(client) })).composerText
    await until('the text is saved', async () => (await unsent(before.client)) === 'I was just about to say')

    const died = new Promise((resolve) => first.child.once('exit', resolve))
    first.child.kill('SIGKILL')
    await died
    const lost = window.page.getByText('This page has lost OpenCoach')
    await see(lost).toContainText('no new alert can be heard or seen here', { timeout: 15_000 })
    await see(lost).toContainText(
      'Copy what you wrote, as this page cannot save it any more. Then start OpenCoach again',
    )
    await see(window.page).toHaveTitle('No connection · OpenCoach')
    await reply(window.page).fill('I was just about to say something kind')
    await see(button(window.page, 'Send')).toBeInViewport({ ratio: 1 })
    await button(window.page, 'Send').click({ trial: true })
    await window.page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await button(window.page, 'Copy what I wrote').click()
    await see(button(window.page, 'Copied')).toBeVisible()
    expect(await window.page.evaluate(() => navigator.clipboard.readText())).toBe(
      'I was just about to say something kind',
    )

    const second = await start(new URL(first.url).port)
    const reopened = await openWindow(browser, second.url)
    await openThread(reopened.page, /Replay client/)
    await see(reply(reopened.page)).toHaveValue('I was just about to say')
    await see(log(reopened.page)).toContainText('Are you there?')
    expect(reopened.faults).toEqual([])
    await reopened.close()
    const outdated = window.page.getByText('OpenCoach was started again, so this page is out of date.')
    await see(outdated).toContainText('No alert can be heard or seen here. Copy what you wrote', { timeout: 15_000 })
    await see(reply(window.page)).toHaveValue('I was just about to say something kind')

    const tab = await window.page.context().newPage()
    await tab.goto(second.url)
    await see(outdated).toHaveCount(0, { timeout: 15_000 })
    await see(reply(window.page)).toHaveValue('I was just about to say something kind')
    const after = await connectConsole(second.url)
    await until(
      'the newer text is saved too',
      async () => (await unsent(after.client)) === 'I was just about to say something kind',
    )
    await button(window.page, 'Send').click()
    await see(log(window.page)).toContainText('I was just about to say something kind')
    await see(log(window.page).getByText('Are you there?')).toHaveCount(1)
    after.close()
    before.close()
    await window.close()
    expect(await second.stop()).toBe(0)
  })
})

describe('with a far end that the test plays', () => {
  let live: LiveConsole
  const windows: ConsoleWindow[] = []

  beforeEach(async () => {
    model.respond(() => ({ reply: 'What would help first?', confidence: 0.8 }))
    live = await startLiveConsole({
      environment: { OPENAI_BASE_URL: model.url, OPENAI_MODEL: 'stand-in' },
      settings: { defaultReplyMode: 'off' },
    })
  })
  afterEach(async () => {
    await Promise.all(windows.splice(0).map((window) => window.close()))
    await live.stop()
  })

  const openPage = async (): Promise<ConsoleWindow> => {
    const window = await openWindow(browser, live.url)
    windows.push(window)
    return window
  }
  const sentToClient = () => live.house.far.sent.map((message) => message.text)

  /** A page whose traffic with the host the test can hold or cut. */
  const openWired = async () => {
    const sockets: { page: WebSocketRoute; host: WebSocketRoute }[] = []
    const wire = { isHolding: false, cutOn: '', held: [] as (() => void)[] }
    const context = await browser.newContext({ viewport: { width: 1360, height: 860 }, locale: 'en-GB' })
    const page = await context.newPage()
    await page.routeWebSocket(/\/rpc$/, (route) => {
      const host = route.connectToServer()
      sockets.push({ page: route, host })
      route.onMessage((message) => {
        host.send(message)
        if (wire.cutOn !== '' && String(message).includes(wire.cutOn)) {
          wire.cutOn = ''
          wire.isHolding = true
        }
      })
      host.onMessage((message) => {
        if (wire.isHolding) wire.held.push(() => route.send(message))
        else route.send(message)
      })
    })
    await page.goto(live.url)
    windows.push({ page, faults: [], close: () => context.close() })
    return {
      page,
      wire,
      /** Ends the connection; what was held is lost. */
      cut: async () => {
        wire.held = []
        wire.isHolding = false
        for (const { page: route, host } of sockets.splice(0)) {
          await route.close()
          await host.close()
        }
      },
      release: () => {
        wire.isHolding = false
        for (const give of wire.held.splice(0)) give()
      },
    }
  }

  test('a connection that breaks while sending keeps the text, and sending again cannot send twice', async () => {
    await live.house.far.write('Ann Keller', 'Hello?')
    const { page, wire, cut } = await openWired()
    await openThread(page, 'Ann Keller')
    await reply(page).fill('Here I am.')
    wire.cutOn = 'inbox/send'
    await button(page, 'Send').click()
    await until('it reached the client', () => sentToClient().length === 1)
    await cut()
    await see(page.getByText('The connection broke while sending. Your text stands here still')).toBeVisible()
    await see(reply(page)).toHaveValue('Here I am.')
    await button(page, 'Send').click()
    await see(reply(page)).toHaveValue('')
    await see(log(page).getByText('Here I am.')).toHaveCount(1)
    expect(sentToClient()).toEqual(['Here I am.'])
  })

  test('a connection that comes back catches up with what happened meanwhile, without a reload', async () => {
    await live.house.far.write('Ann Keller', 'First.')
    const { page, cut } = await openWired()
    await openThread(page, 'Ann Keller')
    await page.evaluate(() => document.body.setAttribute('data-same-page', 'yes'))
    await cut()
    await live.house.far.write('Ann Keller', 'Second.')
    await live.house.far.write('Ben Ode', 'I am new here.')
    await see(log(page)).toContainText('Second.')
    await see(page.getByRole('list', { name: 'Conversations' })).toContainText('Ben Ode')
    await see(page.getByText('Reconnecting')).toHaveCount(0)
    await see(page.locator('body')).toHaveAttribute('data-same-page', 'yes')
  })

  test('what the browser calls offline changes nothing that matters on this machine', async () => {
    await live.house.far.write('Ann Keller', 'First.')
    const { page } = await openPage()
    await openThread(page, 'Ann Keller')
    await page.context().setOffline(true)
    expect(await page.evaluate(() => navigator.onLine)).toBe(false)
    await live.house.far.write('Ann Keller', 'Second.')
    await reply(page).fill('Written in a tunnel.')
    await page.context().setOffline(false)
    await see(log(page)).toContainText('Second.')
    await see(reply(page)).toHaveValue('Written in a tunnel.')
    await see(async () => {
      if ((await reply(page).inputValue()) !== '') await button(page, 'Send').click()
      await see(reply(page)).toHaveValue('', { timeout: 1_000 })
    }).toPass()
    expect(sentToClient()).toEqual(['Written in a tunnel.'])
  })

  test('two windows on one thread agree: a takeover, a reply and unread show in both', async () => {
    await live.house.far.write('Ann Keller', 'Hello?')
    const [one, two] = [await openPage(), await openPage()]
    await openThread(one.page, 'Ann Keller')
    await openThread(two.page, 'Ann Keller')
    await button(one.page, 'Take over').click()
    await see(button(two.page, 'Hand back')).toBeVisible()
    await reply(two.page).fill('From the second window.')
    await button(two.page, 'Send').click()
    await see(log(one.page)).toContainText('From the second window.')
    await button(two.page, 'Hand back').click()
    await see(button(one.page, 'Take over')).toBeVisible()
    expect([...one.faults, ...two.faults]).toEqual([])
  })

  test('a draft sent in one window is gone in the other, and pressing it there a moment too late gets a sentence', async () => {
    await live.house.client.settings.update({ defaultReplyMode: 'drafts' })
    await live.house.far.write('Ann Keller', 'I am stuck.')
    const one = await openPage()
    const two = await openWired()
    await openThread(one.page, 'Ann Keller')
    await openThread(two.page, 'Ann Keller')
    await see(button(one.page, 'Send draft')).toBeVisible()
    await see(button(two.page, 'Send draft')).toBeVisible()
    two.wire.isHolding = true
    await button(one.page, 'Send draft').click()
    await see(button(one.page, 'Send draft')).toHaveCount(0)
    const heard = two.wire.held.length
    await button(two.page, 'Send draft').click()
    await until('the host has answered', () => two.wire.held.length > heard)
    two.release()
    await see(two.page.getByText('This draft was already sent or discarded, perhaps in another window.')).toBeVisible()
    await see(button(two.page, 'Send draft')).toHaveCount(0)
    await see(log(two.page)).toContainText('What would help first?')
    expect(sentToClient().filter((text) => text === 'What would help first?')).toHaveLength(1)
  })

  test('a message of 20,000 characters is shown whole and answered at full length; one more is refused with its number', async () => {
    const long = 'All of it matters to me. '.repeat(800)
    expect(long).toHaveLength(20_000)
    await live.house.far.write('Ann Keller', long)
    const { page, faults } = await openPage()
    await openThread(page, 'Ann Keller')
    expect(await log(page).locator('.message-text').textContent()).toBe(long)
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)

    const answer = 'x'.repeat(maxMessageLength)
    await reply(page).fill(`${answer}y`)
    await see(page.getByText('1 characters too long.')).toBeVisible()
    await reply(page).press('Control+Enter')
    await see(reply(page)).toHaveValue(`${answer}y`)
    expect(sentToClient()).toEqual([])
    await reply(page).fill(answer)
    await reply(page).press('Control+Enter')
    await see(reply(page)).toHaveValue('')
    await until('it reached the client', () => sentToClient().length === 1)
    expect(sentToClient()[0]).toBe(answer)
    expect(faults).toEqual([])
  })

  test('300 messages scroll to the first one in order, without losing the place when earlier ones are loaded or new ones arrive', {
    timeout: 120_000,
  }, async () => {
    const textOf = (number: number) => `Message ${number}. ${'More words about it. '.repeat(number % 7)}`.trim()
    for (let number = 1; number <= 300; number += 1) await live.house.far.write('Ann Keller', textOf(number))
    const { page, faults } = await openPage()
    await openThread(page, 'Ann Keller')
    await see(log(page).getByText('Message 300.')).toBeInViewport()

    /** Number and place of the topmost message that is wholly in view. */
    const topmost = () =>
      log(page).evaluate((scroller) => {
        const edge = scroller.getBoundingClientRect()
        const rows = [...scroller.querySelectorAll('.message-text')]
          .map((row) => ({
            number: Number(row.textContent?.match(/\d+/)?.[0]),
            top: row.getBoundingClientRect().top - edge.top,
          }))
          .filter((row) => row.top >= 0)
          .sort((a, b) => a.top - b.top)
        return rows[0] ?? { number: 0, top: 0 }
      })
    const shown = () =>
      log(page).evaluate((scroller) =>
        [...scroller.querySelectorAll('.message-text')].map((row) => Number(row.textContent?.match(/\d+/)?.[0])),
      )
    const placeOf = (number: number) =>
      log(page).evaluate((scroller, wanted) => {
        const rows = [...scroller.querySelectorAll('.message-text')]
        const row = rows.find((each) => Number(each.textContent?.match(/\d+/)?.[0]) === wanted)
        return row ? row.getBoundingClientRect().top - scroller.getBoundingClientRect().top : null
      }, number)
    const settle = () =>
      page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))))

    const seen = new Set<number>()
    await log(page).hover()
    await see(async () => {
      for (let steps = 0; steps < 12; steps += 1) {
        const before = await topmost()
        for (const number of await shown()) seen.add(number)
        await page.mouse.wheel(0, -180)
        await settle()
        const after = await topmost()
        const moved = await placeOf(before.number)
        // The wheel moves what is read down by what it turned, a few steps at most at once, and never up.
        if (moved !== null) expect(moved - before.top).toBeGreaterThan(-20)
        if (moved !== null) expect(moved - before.top).toBeLessThan(400)
        expect(after.number).toBeLessThanOrEqual(before.number)
      }
      await see(log(page).getByText('The conversation starts here')).toBeInViewport({ timeout: 50 })
    }).toPass({ timeout: 90_000 })
    for (const number of await shown()) seen.add(number)
    expect([...seen].sort((a, b) => a - b)).toEqual(Array.from({ length: 300 }, (_, index) => index + 1))

    await page.mouse.wheel(0, 2_000)
    await settle()
    const reading = await topmost()
    await live.house.far.write('Ann Keller', 'Message 301. It is new.')
    await see(page.getByRole('button', { name: 'Jump to latest' })).toBeVisible()
    await until('the host has told the page', async () => (await live.house.client.inbox.counts()).unread === 1)
    await settle()
    expect(await placeOf(reading.number)).toBeCloseTo(reading.top, 0)
    await page.getByRole('button', { name: 'Jump to latest' }).click()
    await see(log(page).getByText('Message 301.')).toBeInViewport()
    expect(faults).toEqual([])
  })
})
