import type { Browser, Page } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { fillVariables, openVariables } from '../../renderer/features/canned/variables.ts'
import { sendChoices } from '../../renderer/features/inbox/sendTimes.ts'
import { type ModelServer, startModelServer } from '../fakes/modelServer.ts'
import {
  type ConsoleWindow,
  type LiveConsole,
  launchBrowser,
  openWindow,
  see,
  startLiveConsole,
} from '../fixtures/browser.ts'
import { until } from '../fixtures/testHost.ts'

const firstDraft = 'What would you like to be different by Friday?'
const secondDraft = 'What is one small step?'

let browser: Browser
let model: ModelServer
let live: LiveConsole
let window: ConsoleWindow
let page: Page

beforeAll(async () => {
  browser = await launchBrowser()
  model = await startModelServer()
})
afterAll(async () => {
  await browser?.close()
  await model?.close()
})

const open = async (settings: Parameters<typeof startLiveConsole>[0] = {}) => {
  live = await startLiveConsole(settings)
  await live.house.far.write('Ann Keller', 'I am stuck with my boss.', { timeZone: 'Asia/Tokyo' })
  window = await openWindow(browser, live.url)
  page = window.page
  await page.getByRole('link', { name: /Ann Keller/ }).click()
  await see(log()).toContainText('I am stuck with my boss.')
}
const close = async () => {
  expect(window.faults).toEqual([])
  await window.close()
  await live.stop()
}

const log = () => page.getByRole('log', { name: 'Messages' })
const reply = () => page.getByRole('textbox', { name: 'Reply' })
const press = (...keys: string[]) =>
  keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve())
const sentToClient = () => live.house.far.sent.map((message) => message.text)
const scheduled = async () =>
  (await live.house.client.inbox.conversation({ conversationId: await live.conversationOf('Ann Keller') })).scheduled

describe('while a reply can still be taken back', () => {
  beforeEach(() => open({ settings: { defaultReplyMode: 'off', undoSendSeconds: 30 } }))
  afterEach(close)

  test('the thread counts down, and Undo puts the words back into the reply field, unsent', async () => {
    await reply().fill('Far too harsh.')
    await press('Control+Enter')
    await see(log()).toContainText(/Goes in \d+ s/)
    await log().getByRole('button', { name: 'Undo' }).click()
    await see(reply()).toHaveValue('Far too harsh.')
    await see(reply()).toBeFocused()
    await see(log()).not.toContainText('Far too harsh.')
    expect(sentToClient()).toEqual([])
  })

  test('Z does the same, and the same words can be sent again', async () => {
    await reply().fill('Shall we talk?')
    await press('Control+Enter')
    await see(log()).toContainText(/Goes in \d+ s/)
    await press('Escape', 'z')
    await see(reply()).toHaveValue('Shall we talk?')
    await see(reply()).toBeFocused()
    await live.house.client.settings.update({ undoSendSeconds: 0 })
    await press('Control+Enter')
    await until('it reached the client', () => sentToClient().includes('Shall we talk?'))
    expect(sentToClient()).toEqual(['Shall we talk?'])
  })

  test('what was written meanwhile is kept behind the words that come back', async () => {
    await reply().fill('First.')
    await press('Control+Enter')
    await see(log()).toContainText(/Goes in \d+ s/)
    await reply().fill('Second.')
    await log().getByRole('button', { name: 'Undo' }).click()
    await see(reply()).toHaveValue('First.\n\nSecond.')
  })
})

describe('a reply for later', () => {
  beforeEach(() => open({ settings: { defaultReplyMode: 'off' } }))
  afterEach(close)

  test('is scheduled by keyboard at the morning of the client, and Cancel gives the words back', async () => {
    await reply().fill('Good morning, Ann.')
    await press('Control+Shift+Enter')
    const choice = page.getByRole('menuitem', { name: /^Tomorrow 9:00/ })
    await see(choice).toContainText(/09:00 for Ann/)
    await choice.press('Enter')
    await see(reply()).toHaveValue('')
    await see(log()).toContainText(/Goes \w+ \d\d:\d\d, unless Ann writes first/)
    const [waiting] = await scheduled()
    expect(waiting).toMatchObject({ text: 'Good morning, Ann.', onlyIfSilent: true })
    const hourThere = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', timeZone: 'Asia/Tokyo' })
    expect(hourThere.format(waiting?.sendAt)).toBe('09')
    await log().getByRole('button', { name: 'Cancel' }).click()
    await see(reply()).toHaveValue('Good morning, Ann.')
    await see(log()).not.toContainText('Good morning, Ann.')
    expect(await scheduled()).toEqual([])
    expect(sentToClient()).toEqual([])
  })

  test('keeps its time when it is edited, and changes no owner', async () => {
    await reply().fill('See you soon.')
    await page.getByRole('button', { name: 'Send later' }).click()
    await page.getByRole('menuitemcheckbox', { name: 'Not if Ann writes first' }).click()
    await page.getByRole('menuitem', { name: /^In 1 hour/ }).click()
    await see(log()).toContainText('See you soon.')
    const before = await scheduled()
    await log().getByRole('button', { name: 'Edit' }).click()
    await see(reply()).toBeFocused()
    await reply().fill('See you very soon.')
    await page.getByRole('button', { name: 'Schedule', exact: true }).click()
    await see(log()).toContainText('See you very soon.')
    expect(await scheduled()).toMatchObject([
      { text: 'See you very soon.', sendAt: before[0]?.sendAt, onlyIfSilent: false },
    ])
    await see(page.getByRole('button', { name: 'Take over' })).toBeVisible()
  })
})

describe('canned replies', () => {
  beforeEach(async () => {
    await open({ settings: { defaultReplyMode: 'off', coachName: 'Akmal' } })
    const { canned } = live.house.client
    await canned.save({
      name: 'Reschedule',
      text: 'Hi {{first_name}}, {{ day }} is full. {{time}} instead? {{coach_name}}',
    })
    await canned.save({ name: 'Breathe', text: 'Breathe slowly, {{first_name}}.' })
  })
  afterEach(close)

  const picker = () => page.getByRole('dialog', { name: 'Canned replies' })

  test('a slash finds one by its letters and fills in what is known', async () => {
    await reply().press('/')
    await see(picker().getByRole('combobox')).toBeFocused()
    await page.keyboard.type('brea')
    await see(picker().getByRole('option')).toHaveCount(1)
    await press('Enter')
    await see(reply()).toHaveValue('Breathe slowly, Ann.')
    await see(reply()).toBeFocused()
    await press('Control+Enter')
    await until('it reached the client', () => sentToClient().includes('Breathe slowly, Ann.'))
    const { rows } = await live.house.client.canned.list()
    expect(rows.find((row) => row.name === 'Breathe')?.timesUsed).toBe(1)
  })

  test('a variable that nobody filled in is marked and not sent by accident', async () => {
    await page.getByRole('button', { name: 'Canned replies' }).click()
    await picker()
      .getByRole('option', { name: /Reschedule/ })
      .click()
    await see(reply()).toHaveValue(/^Hi Ann, \w+day is full\. \{\{time\}\} instead\? Akmal$/)
    await see(reply()).toBeFocused()
    await press('Control+Enter')
    await see(page.getByText('{{time}} is not filled in.')).toBeVisible()
    expect(sentToClient()).toEqual([])
    await page.keyboard.type('Nine')
    await press('Control+Enter')
    await until('it reached the client', () => sentToClient().length === 1)
    expect(sentToClient()[0]).toMatch(/Nine instead\? Akmal$/)
  })

  test('Escape leaves the slash that was typed', async () => {
    await reply().press('/')
    await see(picker()).toBeVisible()
    await press('Escape')
    await see(picker()).toHaveCount(0)
    await see(reply()).toHaveValue('/')
    await see(reply()).toBeFocused()
  })

  test('opened by its button and left again, nothing was written', async () => {
    await page.getByRole('button', { name: 'Canned replies' }).click()
    await see(picker()).toBeVisible()
    await press('Escape')
    await see(picker()).toHaveCount(0)
    await see(reply()).toHaveValue('')
  })
})

describe('a draft', () => {
  beforeEach(async () => {
    const drafts = [firstDraft, secondDraft]
    model.respond(() => ({ reply: drafts.shift() ?? 'And then?', confidence: 0.77 }))
    await open({
      environment: { OPENAI_BASE_URL: model.url, OPENAI_MODEL: 'stand-in' },
      settings: { defaultReplyMode: 'drafts', undoSendSeconds: 30 },
    })
    await see(card()).toContainText(firstDraft)
  })
  afterEach(close)

  const card = () => page.getByRole('region', { name: 'Draft', exact: true })
  const inCard = (name: string) => card().getByRole('button', { name, exact: true })

  test('is written anew with the wish of the coach, who sees that the clone thinks', async () => {
    model.think(600)
    await inCard('Regenerate').click()
    await see(card().getByRole('textbox', { name: 'What should be different?' })).toBeFocused()
    await page.keyboard.type('shorter, and warmer')
    await press('Enter')
    await see(page.getByRole('region', { name: 'Another draft' })).toContainText('You asked for: shorter, and warmer')
    await see(card()).toContainText(secondDraft)
    model.think(0)
    expect(JSON.stringify(model.requests.at(-1))).toContain('shorter, and warmer')
    await inCard('Why this reply').click()
    await see(page.getByRole('dialog', { name: 'Why this reply' })).toContainText('shorter, and warmer')
  })

  test('that was discarded comes back with Z', async () => {
    await inCard('Discard draft').click()
    await see(card()).toHaveCount(0)
    await press('z')
    await see(card()).toContainText(firstDraft)
  })

  test('that was sent can be taken back until it goes', async () => {
    await inCard('Edit draft').click()
    await card().getByRole('textbox', { name: 'Draft text' }).fill('In my words.')
    await inCard('Send draft').click()
    await see(card()).toHaveCount(0)
    await see(log()).toContainText('In my words.')
    await log().getByRole('button', { name: 'Undo' }).click()
    await see(card()).toContainText('In my words.')
    await see(log()).not.toContainText('In my words.')
    expect(sentToClient()).toEqual([])
  })
})

describe('times and variables', () => {
  test('mornings are those of the client, across the change of the clocks', () => {
    const saturday = Date.UTC(2026, 9, 24, 12)
    const times = sendChoices(saturday, 'Europe/Berlin').map(({ name, at }) => [name, new Date(at).toISOString()])
    expect(times).toEqual([
      ['In 1 hour', '2026-10-24T13:00:00.000Z'],
      ['Tomorrow 9:00', '2026-10-25T08:00:00.000Z'],
      ['Monday 9:00', '2026-10-26T08:00:00.000Z'],
    ])
  })

  test('on a Sunday tomorrow is Monday, and it is offered once', () => {
    const names = sendChoices(Date.UTC(2026, 10, 22, 12), 'Pacific/Auckland').map(({ name }) => name)
    expect(names).toEqual(['In 1 hour', 'Tomorrow 9:00', 'Monday 9:00'])
    expect(sendChoices(Date.UTC(2026, 10, 22, 12), 'Europe/Berlin').map(({ name }) => name)).toEqual([
      'In 1 hour',
      'Tomorrow 9:00',
    ])
  })

  test('a variable without a value is left as it stands', () => {
    const text = fillVariables('{{First_Name}} and {{ goal }} and {{name}} and {{goal}}', {
      first_name: 'Ann',
      name: '',
    })
    expect(text).toBe('Ann and {{ goal }} and {{name}} and {{goal}}')
    expect(openVariables(text)).toEqual(['{{ goal }}', '{{name}}', '{{goal}}'])
  })
})
