import type { Browser, Page } from 'playwright'
import { beforeEach, describe, expect, test } from 'vitest'
import { snoozeChoices } from '../../renderer/features/inbox/list/snoozeTimes.ts'
import type { InboxFilter } from '../../shared/contract/inbox.ts'
import { type LiveConsole, openWindow, see } from '../fixtures/browser.ts'
import { withLiveConsole } from '../fixtures/liveConsole.ts'
import { until } from '../fixtures/testHost.ts'

let browser: Browser
let live: LiveConsole
let page: Page

withLiveConsole(
  {
    settings: { defaultReplyMode: 'off' },
    before: async ({ house }) => {
      for (const name of ['Ann Keller', 'Ben Ode', 'Cleo Marsh']) await house.far.write(name, `I am ${name}.`)
    },
  },
  (open) => {
    ;({ browser, live, page } = open)
  },
)
beforeEach(() => see(rows()).toHaveText([/Cleo Marsh/, /Ben Ode/, /Ann Keller/]))

const rows = () => page.getByRole('list', { name: 'Conversations' }).getByRole('listitem')
const row = (name: string) => rows().filter({ hasText: name })
const opened = () => page.getByRole('heading', { level: 2 })
const note = () => page.locator('.undo').getByRole('status')
const button = (name: string) => page.getByRole('button', { name, exact: true })
const press = async (...keys: string[]) => {
  for (const key of keys) await page.keyboard.press(key)
}
const choose = async (filter: string) => {
  await button('More').click()
  await page.getByRole('menuitemradio', { name: filter }).click()
}
const named = async (filter: InboxFilter): Promise<string[]> =>
  (await live.house.client.inbox.list({ filter, limit: 100 })).rows.map((each) => each.clientName)
const isSoon = (filter: InboxFilter, names: string[]) =>
  until(`${filter} holds ${names.join(', ') || 'nobody'}`, async () => `${await named(filter)}` === `${names}`)

describe('by keyboard alone', () => {
  test('E is done with a conversation and goes on to the next; Z brings it back and opens it again', async () => {
    await press('j')
    await see(opened()).toHaveText('Cleo Marsh')
    await press('e')
    await see(opened()).toHaveText('Ben Ode')
    await see(rows()).toHaveText([/Ben Ode/, /Ann Keller/])
    await see(note()).toHaveText('Cleo Marsh marked as done')
    expect(await named('done')).toEqual(['Cleo Marsh'])
    await press('e')
    await see(opened()).toHaveText('Ann Keller')
    await press('e')
    await see(page.getByText('Everything is dealt with')).toBeVisible()
    await press('z')
    await see(note()).toHaveText('Undone: Ann Keller marked as done')
    await see(opened()).toHaveText('Ann Keller')
    await press('z')
    await see(opened()).toHaveText('Ben Ode')
    await press('z')
    await see(rows()).toHaveText([/Cleo Marsh/, /Ben Ode/, /Ann Keller/])
    expect(await named('done')).toEqual([])
    await press('z')
    await see(note()).toHaveText('Nothing to undo')
  })

  test('with somebody still at the door not everything is dealt with', async () => {
    const newcomer = await live.conversationOf('Cleo Marsh')
    const { before } = await live.house.client.inbox.triage({
      conversationIds: [newcomer],
      action: { kind: 'read' },
    })
    await live.house.client.inbox.restore({ before: before.map((each) => ({ ...each, acceptance: 'requested' })) })
    await see(rows()).toHaveText([/Ben Ode/, /Ann Keller/])
    await press('j', 'e')
    await see(opened()).toHaveText('Ann Keller')
    await press('e')
    await see(page.getByText('No conversation is open here')).toBeVisible()
    await see(page.getByText('1 person wants to write to you and waits for your word.')).toBeVisible()
    await see(page.getByText('Everything is dealt with')).toHaveCount(0)
    await button('Show who wants to write').click()
    await see(rows()).toHaveText([/Cleo Marsh/])
  })

  test('after the last conversation of the list E goes to the one above', async () => {
    await press('j', 'j', 'j')
    await see(opened()).toHaveText('Ann Keller')
    await press('e')
    await see(opened()).toHaveText('Ben Ode')
  })

  test('E held down is done with one conversation only', async () => {
    await press('j')
    await see(opened()).toHaveText('Cleo Marsh')
    for (let held = 0; held < 4; held += 1) await page.keyboard.down('e')
    await page.keyboard.up('e')
    await see(opened()).toHaveText('Ben Ode')
    await isSoon('done', ['Cleo Marsh'])
  })

  test('H snoozes until a time chosen with the arrows, and Z undoes it', async () => {
    await press('j', 'h')
    const dialog = page.getByRole('dialog', { name: 'Snooze Cleo Marsh until' })
    const choices = dialog.locator('.snooze-choice')
    await see(choices.first()).toBeFocused()
    await press('ArrowDown')
    await see(choices.nth(1)).toBeFocused()
    await press('ArrowUp', 'ArrowDown', 'Enter')
    await see(dialog).toHaveCount(0)
    await see(opened()).toHaveText('Ben Ode')
    await see(note()).toContainText('Cleo Marsh snoozed until')
    await isSoon('snoozed', ['Cleo Marsh'])
    await choose('Snoozed')
    await see(row('Cleo Marsh')).toContainText('until')
    await press('z')
    await see(page.getByText('Nothing is snoozed')).toBeVisible()
    await isSoon('all', ['Cleo Marsh', 'Ben Ode', 'Ann Keller'])
  })

  test('X and Shift+J select, and what is done with all of them is undone at once', async () => {
    await press('j', 'x', 'Shift+J')
    await see(page.getByText('2 selected')).toBeVisible()
    await press('e')
    await see(rows()).toHaveText([/Ann Keller/])
    await see(opened()).toHaveText('Ann Keller')
    await see(note()).toHaveText('2 conversations marked as done')
    await press('z')
    await see(rows()).toHaveCount(3)
    await isSoon('done', [])
  })

  test('Shift+K takes back what Shift+J took too much; Ctrl+A takes all and Escape none', async () => {
    await press('j', 'Shift+J', 'Shift+J')
    await see(page.getByText('3 selected')).toBeVisible()
    await press('Shift+K')
    await see(page.getByText('2 selected')).toBeVisible()
    await press('Escape')
    await see(button('All')).toBeVisible()
    await press('Control+a')
    await see(page.getByText('3 selected')).toBeVisible()
    await press('u')
    await isSoon('unread', [])
    await see(note()).toHaveText('3 conversations marked as read')
    await press('z')
    await isSoon('unread', ['Cleo Marsh', 'Ben Ode', 'Ann Keller'])
  })

  test('several are snoozed together', async () => {
    await press('j', 'Shift+J', 'h')
    await see(page.getByRole('dialog', { name: 'Snooze 2 conversations until' })).toBeVisible()
    await press('Enter')
    await isSoon('snoozed', ['Cleo Marsh', 'Ben Ode'])
    await see(button('All')).toBeVisible()
    await press('z')
    await isSoon('snoozed', [])
  })

  test('Escape in the snooze dialog leaves everything as it was, also what is selected', async () => {
    await press('j', 'x', 'h')
    await see(page.getByRole('dialog')).toBeVisible()
    await press('Escape')
    await see(page.getByRole('dialog')).toHaveCount(0)
    await see(page.getByText('1 selected')).toBeVisible()
    expect(await named('snoozed')).toEqual([])
  })

  test('the sheet of shortcuts names every key', async () => {
    await press('?')
    const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
    for (const key of ['J', 'K', 'Enter', 'E', 'H', 'U', 'X', '/', 'Z', '?', 'R', 'T', 'B', 'A', 'Ctrl Enter']) {
      await see(sheet.locator('dt .visually-hidden').getByText(key, { exact: true }).first()).toBeAttached()
    }
  })
})

test('a client who waits for the coach stays in sight when their conversation is marked as done', async () => {
  await live.house.client.settings.update({ defaultReplyMode: 'autopilot' })
  await live.house.far.write('Ann Keller', 'Can I please talk to a real person?')
  await see(row('Ann Keller')).toContainText('Waiting for you')
  await row('Ann Keller').getByRole('link').click()
  await see(opened()).toHaveText('Ann Keller')
  await press('e')
  await see(note()).toHaveText('Ann Keller marked as done, but stays under Needs me')
  await button('Needs me 3').click()
  await see(row('Ann Keller')).toBeVisible()
})

test('the mouse selects by the picture, and Shift selects what lies between', async () => {
  await page.getByRole('checkbox', { name: 'Select Cleo Marsh' }).click()
  await page.getByRole('checkbox', { name: 'Select Ann Keller' }).click({ modifiers: ['Shift'] })
  await see(page.getByText('3 selected')).toBeVisible()
  await page.getByRole('group', { name: 'Selected conversations' }).getByRole('button', { name: 'Done' }).click()
  await isSoon('done', ['Cleo Marsh', 'Ben Ode', 'Ann Keller'])
  await page.locator('.undo').getByRole('button', { name: 'Undo' }).click()
  await isSoon('done', [])
})

test('a snooze into the past is not offered', async () => {
  await press('j', 'h')
  const own = page.getByLabel('Pick a time')
  await own.fill('2020-01-01T09:00')
  await see(page.getByText('Choose a time that lies ahead.')).toBeVisible()
  await see(button('Snooze').and(page.locator('[type=submit]'))).toBeDisabled()
  await own.fill('2999-01-01T09:00')
  await page.keyboard.press('Enter')
  await isSoon('snoozed', ['Cleo Marsh'])
})

test('whoever writes for the first time is let in or declined from the list, and both can be undone', async () => {
  Object.assign(live.house.far.channel, { asksBeforeAccepting: true })
  await live.house.far.write('Noor Haddad', 'Do you have room for one more?')
  await page.getByRole('button', { name: '1 person wants to write to you' }).click()
  await see(row('Noor Haddad')).toContainText('Wants to write to you: Do you have room')
  await button('Decline Noor Haddad').click()
  await see(page.getByText('Nobody new has written')).toBeVisible()
  await press('z')
  await see(row('Noor Haddad')).toBeVisible()
  await button('Accept Noor Haddad').click()
  await see(note()).toHaveText('Noor Haddad let in')
  await button('All').click()
  await see(row('Noor Haddad')).toContainText('AI')
  expect(await named('requests')).toEqual([])
})

test('a reload shows the same list, and a new window all of it', async () => {
  await choose('With me')
  await see(page.getByText('Nobody is with you')).toBeVisible()
  await page.reload()
  await see(page.getByText('Nobody is with you')).toBeVisible()
  const other = await openWindow(browser, live.url)
  await see(other.page.getByRole('list', { name: 'Conversations' }).getByRole('listitem')).toHaveCount(3)
  await other.close()
})

test('who has scrolled down goes on seeing the same rows while another conversation comes in on top', async () => {
  for (let at = 0; at < 30; at += 1) await live.house.far.write(`Client ${at}`, 'Hello.')
  const scroller = page.locator('.inbox-scroller')
  await see(row('Client 29')).toBeVisible()
  await scroller.evaluate((list) => list.scrollTo(0, 900))
  const placeOf = async (name: string) => (await row(name).boundingBox())?.y
  await see(row('Client 15')).toBeVisible()
  const before = await placeOf('Client 15')
  await live.house.far.write('Somebody new', 'Hello.')
  await until('the list has grown', async () => (await named('all')).length === 34)
  await see(async () => {
    expect(await scroller.evaluate((list) => list.scrollTop)).toBe(990)
  }).toPass()
  expect(await placeOf('Client 15')).toBe(before)
})

test('a row says how long the client has been waiting, louder after a quarter of an hour and after an hour', async () => {
  const minutesAgo = (minutes: number) => ({ sentAt: Date.now() - minutes * 60_000 })
  await live.house.far.write('Dee Five', 'Hello?', minutesAgo(5))
  await live.house.far.write('Eve Twenty', 'Hello?', minutesAgo(20))
  await live.house.far.write('Flo Ninety', 'Hello?', minutesAgo(95))
  const waits = (name: string) => row(name).locator('.waits')
  // Times move at full minutes, so a wait can read up to a minute short.
  await see(waits('Dee Five')).toHaveText(/waits [456] min/)
  await see(waits('Dee Five')).toHaveClass(/is-calm/)
  await see(waits('Eve Twenty')).toHaveClass(/is-long/)
  await see(waits('Flo Ninety')).toHaveText('waits 1 h')
  await see(waits('Flo Ninety')).toHaveClass(/is-too-long/)
  await see(waits('Flo Ninety')).toHaveAttribute('title', /No answer since .*\d/)
})

describe('the times to snooze until', () => {
  const at = (text: string) => new Date(text).getTime()
  const offered = (now: string) => snoozeChoices(at(now)).map(({ name, at: time }) => [name, time])
  test('are the evening, the next morning and Monday morning', () => {
    expect(offered('2026-11-18T10:00')).toEqual([
      ['Later today', at('2026-11-18T18:00')],
      ['Tomorrow', at('2026-11-19T09:00')],
      ['Monday', at('2026-11-23T09:00')],
    ])
  })
  test('leave out the evening when it is close or over, and Monday when it is tomorrow', () => {
    expect(offered('2026-11-22T17:45')).toEqual([['Tomorrow', at('2026-11-23T09:00')]])
  })
  test('mean the next Monday on a Monday', () => {
    expect(offered('2026-11-23T08:00').at(-1)).toEqual(['Monday', at('2026-11-30T09:00')])
  })
})
