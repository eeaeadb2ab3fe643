import type { Browser, Page } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { findings } from '../fixtures/axe.ts'
import {
  type ConsoleWindow,
  type LiveConsole,
  launchBrowser,
  openWindow,
  see,
  startLiveConsole,
} from '../fixtures/browser.ts'
import { until } from '../fixtures/testHost.ts'

let browser: Browser
let live: LiveConsole
const windows: ConsoleWindow[] = []

beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser?.close())
beforeEach(async () => {
  live = await startLiveConsole({ settings: { defaultReplyMode: 'off', alertRepeatSeconds: 10, alertVolume: 0.2 } })
})
afterEach(async () => {
  for (const window of windows.splice(0)) {
    expect(window.faults).toEqual([])
    await window.close()
  }
  await live.stop()
})

declare global {
  var tones: { hertz: number; gain: number }[]
}

/** The browser's own audio, which also writes down each tone and how loud it was. */
const spyOnAudio = () => {
  globalThis.tones = []
  const Real = globalThis.AudioContext
  class SpiedAudioContext extends Real {
    override createGain() {
      const gain = super.createGain()
      const ramp = gain.gain.linearRampToValueAtTime.bind(gain.gain)
      gain.gain.linearRampToValueAtTime = (value, at) => {
        const last = globalThis.tones.at(-1)
        if (last && value > 0) last.gain = value
        return ramp(value, at)
      }
      return gain
    }
    override createOscillator() {
      const oscillator = super.createOscillator()
      globalThis.tones.push({ hertz: 0, gain: 0 })
      const start = oscillator.start.bind(oscillator)
      oscillator.start = (at) => {
        const last = globalThis.tones.at(-1)
        if (last) last.hertz = oscillator.frequency.value
        start(at)
      }
      return oscillator
    }
  }
  globalThis.AudioContext = SpiedAudioContext
}

/** A browser that lets nothing be heard before a click; the one that tests drive takes every test step for one. */
const keepSilentUntilClick = () => {
  let isClicked = false
  const click = () => {
    isClicked = true
  }
  addEventListener('pointerdown', click, { capture: true })
  const Real = globalThis.AudioContext
  class SilencedAudioContext extends Real {
    override get state() {
      return isClicked ? super.state : 'suspended'
    }
    override resume() {
      return isClicked ? super.resume() : new Promise<void>(() => undefined)
    }
  }
  globalThis.AudioContext = SilencedAudioContext
}

/** A browser that begins to play without a word about it, after a first click that it did not take for one. */
const loseTheAnswer = () => {
  let clicks = 0
  addEventListener('pointerup', () => (clicks += 1), { capture: true })
  const Real = globalThis.AudioContext
  class ForgetfulAudioContext extends Real {
    override get state() {
      return clicks > 1 ? super.state : 'suspended'
    }
    override resume() {
      void super.resume()
      return new Promise<void>(() => undefined)
    }
    override addEventListener() {
      return undefined
    }
  }
  globalThis.AudioContext = ForgetfulAudioContext
}

const open = async (...prepare: (() => void)[]): Promise<Page> => {
  const window = await openWindow(browser, live.url)
  windows.push(window)
  for (const script of [spyOnAudio, ...prepare]) await window.page.addInitScript(script)
  await window.page.reload()
  await see(window.page.getByRole('navigation', { name: 'Main' })).toBeVisible()
  return window.page
}
const hear = (page: Page) => page.evaluate(() => globalThis.tones)
const touch = (page: Page) => page.getByRole('heading', { level: 1 }).first().click()
const go = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name, exact: true }).click()
const crisisBar = (page: Page) => page.getByRole('region', { name: 'Safety crisis' })
const callBar = (page: Page) => page.getByRole('region', { name: 'A call for you' })
const acknowledge = (page: Page) => page.getByRole('button', { name: 'Acknowledge' })
const loudest = async (page: Page) => Math.max(0, ...(await hear(page)).map(({ gain }) => gain))

test('a call is heard, repeated louder, and ends when the coach acknowledges it', async () => {
  const page = await open()
  await go(page, 'Settings')
  await live.house.far.write('Ben Ode', 'Can I please talk to a real person?')
  await see(callBar(page)).toContainText('Ben Ode needs you: asked for a person')
  await until('it sounds', async () => (await hear(page)).length === 2)
  expect(await loudest(page)).toBeCloseTo(0.2)
  await see(page).toHaveTitle('● Needs you · (1) OpenCoach')
  await see(page).toHaveTitle('(1) OpenCoach')
  await see.poll(() => loudest(page)).toBeGreaterThan(0.25)
  await acknowledge(page).click()
  await see(callBar(page)).toHaveCount(0)
  expect((await live.house.client.handoffs.openAlerts()).rows).toEqual([])
  const heard = (await hear(page)).length
  await live.house.far.write('Ben Ode', 'Thank you.')
  await until('it is in the inbox', async () =>
    (await live.house.client.inbox.list({ filter: 'all', limit: 1 })).rows[0]?.preview.includes('Thank you.'),
  )
  expect((await hear(page)).length).toBe(heard)
})

test('a safety crisis sounds more insistent than a request, and is acknowledged with A from any screen', async () => {
  const page = await open()
  await go(page, 'Clients')
  await live.house.far.write('Ann Keller', 'I want to kill myself tonight.')
  await see(crisisBar(page)).toContainText('Ann Keller may be in danger.')
  await until('it sounds', async () => (await hear(page)).length >= 6)
  await see(page.getByRole('alert')).toHaveText('Safety crisis: Ann Keller may be in danger.')
  await see(crisisBar(page)).toContainText('called 2 times')
  expect(await findings(page)).toEqual([])
  await page.keyboard.press('a')
  await see(crisisBar(page)).toHaveCount(0)
  const conversationId = await live.conversationOf('Ann Keller')
  const { owner, handoff } = await live.house.client.inbox.conversation({ conversationId })
  expect(owner).toBe('locked')
  expect(handoff?.acknowledgedAt).not.toBeNull()
})

test('the key belongs to the conversation that is open, not to somebody else’s crisis', async () => {
  await live.house.far.write('Ann Keller', 'I want to kill myself tonight.')
  await live.house.far.write('Ben Ode', 'Can I please talk to a real person?')
  const page = await open()
  const ben = await live.conversationOf('Ben Ode')
  await page.goto(`${new URL(live.url).origin}/#/inbox/${ben}`)
  await see(page.getByRole('region', { name: 'Why you are needed' })).toContainText('Ben needs you')
  await page.getByRole('log').focus()
  await page.keyboard.press('a')
  await see(page.getByText('Acknowledged at')).toBeVisible()
  await see(crisisBar(page)).toContainText('Ann Keller may be in danger.')
})

test('only one of several windows sounds, and another goes on when it is closed', async () => {
  const first = await open()
  await touch(first)
  const context = first.context()
  const second = await context.newPage()
  await second.addInitScript(spyOnAudio)
  await second.goto(`${new URL(live.url).origin}/#/settings`)
  await touch(second)
  await live.house.far.write('Ben Ode', 'Can I please talk to a real person?')
  await see(callBar(second)).toBeVisible()
  await until('one window sounds', async () => (await hear(first)).length + (await hear(second)).length > 0)
  expect([(await hear(first)).length, (await hear(second)).length]).toEqual([2, 0])
  await first.close()
  await see.poll(async () => (await hear(second)).length).toBeGreaterThan(0)
})

test('where the browser keeps the window silent, the coach is told to click once', async () => {
  await live.house.far.write('Ben Ode', 'Can I please talk to a real person?')
  const page = await open(keepSilentUntilClick)
  const hint = page.getByText('Click once so that alerts can be heard.')
  await see(hint).toBeVisible()
  expect(await hear(page)).toEqual([])
  await touch(page)
  await see(hint).toHaveCount(0)
  await until('it sounds now', async () => (await hear(page)).length === 2)
})

test('a slow first click on a call is not swallowed by the hint that goes away with it', async () => {
  await live.house.far.write('Ben Ode', 'Can I please talk to a real person?')
  const page = await open(keepSilentUntilClick)
  await see(page.getByText('Click once so that alerts can be heard.')).toBeVisible()
  const box = await callBar(page).getByRole('button', { name: 'Acknowledge' }).boundingBox()
  await page.mouse.move((box?.x ?? 0) + (box?.width ?? 0) / 2, (box?.y ?? 0) + 4)
  await page.mouse.down()
  await page.waitForTimeout(150)
  await page.mouse.up()
  await see(callBar(page)).toHaveCount(0)
})

test('a click that the browser did not take for one is no reason to stay silent: the next is asked again', async () => {
  await live.house.far.write('Ben Ode', 'Can I please talk to a real person?')
  const page = await open(loseTheAnswer)
  const hint = page.getByText('Click once so that alerts can be heard.')
  await see(hint).toBeVisible()
  await touch(page)
  await see(hint).toBeVisible()
  await touch(page)
  await touch(page)
  await see(hint).toHaveCount(0)
  await until('it sounds now', async () => (await hear(page)).length >= 2)
})

test('a call is shown on every screen, the inbox too, until its own conversation is open', async () => {
  await live.house.far.write('Cleo Marsh', 'Hello.')
  await live.house.far.write('Ben Ode', 'Can I please talk to a real person?')
  const page = await open()
  await see(callBar(page)).toContainText('Ben Ode needs you')
  await page
    .getByRole('list', { name: 'Conversations' })
    .getByRole('link', { name: /Cleo Marsh/ })
    .click()
  await see(page.getByRole('heading', { level: 2, name: 'Cleo Marsh' })).toBeVisible()
  await see(callBar(page)).toContainText('Ben Ode needs you')
  await callBar(page).getByRole('link', { name: 'Open' }).click()
  await see(page.getByRole('region', { name: 'Why you are needed' })).toContainText('Ben needs you')
  await see(callBar(page)).toHaveCount(0)
})

test('with the sound off a call is seen only', async () => {
  await live.house.client.settings.update({ alertSound: false })
  const page = await open()
  await go(page, 'Clients')
  await live.house.far.write('Ben Ode', 'Can I please talk to a real person?')
  await see(callBar(page)).toBeVisible()
  await see(page).toHaveTitle('● Needs you · (1) OpenCoach')
  expect(await hear(page)).toEqual([])
  await see(page.getByText('Click once')).toHaveCount(0)
})
