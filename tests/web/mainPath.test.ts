import type { Page } from 'playwright'
import { describe, expect, test } from 'vitest'
import type { ModelServer } from '../fakes/modelServer.ts'
import { type LiveConsole, see } from '../fixtures/browser.ts'
import { withLiveConsole } from '../fixtures/liveConsole.ts'
import { until } from '../fixtures/testHost.ts'

let model: ModelServer
let live: LiveConsole
let page: Page

withLiveConsole(
  {
    settings: { defaultReplyMode: 'autopilot' },
    hasModel: true,
    before: (_live, { respond }) => {
      const replies = ['What made it hard this week?', 'Shall we look at it together?', 'And what helped a little?']
      respond(() => ({ reply: replies.shift() ?? 'I am listening.', confidence: 0.84 }))
    },
  },
  (open) => {
    ;({ model, live, page } = open)
  },
)

const list = () => page.getByRole('list', { name: 'Conversations' })
const log = () => page.getByRole('log', { name: 'Messages' })
const reply = () => page.getByRole('textbox', { name: 'Reply' })
const button = (name: string) => page.getByRole('button', { name, exact: true })
const press = (...keys: string[]) =>
  keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve())
const sentToClient = () => live.house.far.sent.map((message) => message.text)
const arrive = async (name: string, text: string) => {
  await live.house.far.write(name, text)
  await see(list().getByRole('listitem').filter({ hasText: name })).toBeVisible()
}
const ownerOf = async (name: string) =>
  (await live.house.client.inbox.conversation({ conversationId: await live.conversationOf(name) })).owner

describe('by keyboard alone', () => {
  test('the coach reads, answers, hands back and takes over, and everything arrives without a reload', async () => {
    await see(page.getByRole('heading', { name: 'Inbox', level: 1 })).toBeVisible()
    await see(list().getByRole('listitem')).toHaveCount(0)
    await live.house.far.write('Ann Keller', 'The week was too much for me.')
    await see(list().getByRole('listitem').filter({ hasText: 'Ann Keller' })).toContainText('AI')

    await press('j')
    await see(log()).toContainText('The week was too much for me.')
    await see(log()).toContainText('What made it hard this week?')
    await see(log()).toContainText('confidence 0.84')
    await live.house.far.write('Ann Keller', 'Mostly my manager.')
    await see(log()).toContainText('Mostly my manager.')

    await press('r')
    await see(reply()).toBeFocused()
    await page.keyboard.type('It is me, Akmal. t b a are letters here.')
    await press('Control+Enter')
    await see(reply()).toHaveValue('')
    await see(log()).toContainText('It is me, Akmal. t b a are letters here.')
    await until('it reached the client', () => sentToClient().includes('It is me, Akmal. t b a are letters here.'))
    await see(button('Hand back')).toBeVisible()
    expect(await ownerOf('Ann Keller')).toBe('human')

    const before = model.requests.length
    await live.house.far.write('Ann Keller', 'Oh, it is you!')
    await see(log()).toContainText('Oh, it is you!')
    await press('Escape', 'b')
    await see(button('Take over')).toBeVisible()
    await see(list().getByRole('listitem').first()).toContainText('AI')
    expect(await ownerOf('Ann Keller')).toBe('ai')
    await until('the clone answers again', () => model.requests.length > before)

    await see(page.getByText('answers by itself')).toBeVisible()
    await press('t')
    await see(button('Hand back')).toBeVisible()
    await see(reply()).toBeFocused()
    await see(page.getByText('clone is silent', { exact: true })).toBeVisible()
    await see(page.getByText('answers by itself')).toHaveCount(0)
    await see(list().getByRole('listitem').first()).toContainText('You')
    expect(await ownerOf('Ann Keller')).toBe('human')
  })

  test('the coach is called, acknowledges with A and takes over with T', async () => {
    await arrive('Ben Ode', 'Can I please talk to a real person?')
    await press('j')
    const banner = page.getByRole('region', { name: 'Why you are needed' })
    await see(banner).toContainText('Ben needs you')
    await see(banner).toContainText('They asked to talk to a person.')
    await see(list().getByRole('listitem').first()).toContainText('Waiting for you')
    await see(page).toHaveTitle('(1) OpenCoach')
    await press('a')
    await see(banner).toContainText('Acknowledged at')
    await see(button('Acknowledge')).toHaveCount(0)
    await press('t')
    await see(banner).toHaveCount(0)
    await see(button('Hand back')).toBeVisible()
    await see(page).toHaveTitle('(1) OpenCoach')
    await press('r')
    await page.keyboard.type('Here I am.')
    await press('Control+Enter')
    await see(page).toHaveTitle('OpenCoach')
  })

  test('J and K walk the list, and a letter typed in a field is only a letter', async () => {
    // An answer of the clone would move its conversation up while the list is walked.
    await live.house.client.settings.update({ defaultReplyMode: 'off' })
    for (const name of ['Ann Keller', 'Ben Ode', 'Cleo Marsh']) await live.house.far.write(name, `I am ${name}.`)
    await see(list().getByRole('listitem')).toHaveCount(3)
    const heading = page.getByRole('heading', { level: 2 })
    await press('j')
    await see(heading).toHaveText('Cleo Marsh')
    await press('j')
    await see(heading).toHaveText('Ben Ode')
    await press('j', 'j')
    await see(heading).toHaveText('Ann Keller')
    await press('k')
    await see(heading).toHaveText('Ben Ode')
    await press('r')
    await page.keyboard.type('jkt?')
    await see(reply()).toHaveValue('jkt?')
    await see(heading).toHaveText('Ben Ode')
    expect(await ownerOf('Ben Ode')).toBe('ai')
    await press('Escape', 'Enter')
    await see(log()).toBeFocused()
  })

  test('Ctrl+K goes to clients, screens and acts; ? lists the keys; Escape closes both', async () => {
    await live.house.far.write('Ann Keller', 'Hello.')
    await see(list().getByRole('listitem')).toHaveCount(1)
    const goTo = async (words: string) => {
      await press('Control+k')
      await see(page.getByRole('combobox', { name: 'Go to anything' })).toBeFocused()
      await page.keyboard.type(words)
    }
    await goTo('keller')
    await see(page.getByRole('option', { name: 'Ann Keller' })).toHaveAttribute('aria-selected', 'true')
    await press('Enter')
    await see(page.getByRole('heading', { name: 'Ann Keller', level: 2 })).toBeVisible()
    await goTo('take over')
    await see(page.getByRole('option')).toHaveText([/^Take over/, /^Search messages for/, /^Search your knowledge for/])
    await press('Enter')
    await see(button('Hand back')).toBeVisible()
    await goTo('priv')
    await press('Enter')
    await see(page.getByRole('heading', { name: 'Privacy', level: 1 })).toBeVisible()
    await see(page.getByRole('dialog')).toHaveCount(0)
    await press('?')
    const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
    await see(sheet).toContainText('Take over')
    await press('Escape')
    await see(sheet).toHaveCount(0)
  })

  test('a letter typed before Ctrl+K has opened does nothing to the conversation', async () => {
    await arrive('Ann Keller', 'Hello.')
    await press('j')
    await see(button('Take over')).toBeVisible()
    await press('Control+k', 't', 'u')
    await see(page.getByRole('combobox', { name: 'Go to anything' })).toBeFocused()
    expect(await ownerOf('Ann Keller')).toBe('ai')
  })

  test('Tab reaches the navigation, the list and every act of a thread', async () => {
    await arrive('Ann Keller', 'Hello.')
    await press('j')
    await see(reply()).toBeVisible()
    const wanted = new Set(['Inbox', 'Clients', 'Privacy', 'Settings', 'Messages', 'Reply', 'Take over', 'Send'])
    for (let steps = 0; steps < 60 && wanted.size > 0; steps += 1) {
      await press('Tab')
      const name = await page.evaluate(() => {
        const focused = document.activeElement
        return (
          focused?.getAttribute('aria-label') ??
          focused?.querySelector('.kbd')?.previousSibling?.textContent ??
          focused?.textContent ??
          ''
        )
      })
      wanted.delete(name.trim())
    }
    expect([...wanted]).toEqual([])
  })
})

describe('the names that assistive technology and other tests hold on to', () => {
  test('are exactly these on the main path', async () => {
    for (const name of ['Inbox', 'Clients', 'Privacy', 'Settings']) {
      await see(page.getByRole('navigation').getByRole('link', { name, exact: true })).toBeVisible()
    }
    await live.house.far.write('Ben Ode', 'Can I please talk to a real person?')
    await list()
      .getByRole('link', { name: /Ben Ode/ })
      .click()
    await see(log()).toHaveAttribute('aria-live', 'off')
    await see(reply()).toBeEditable()
    for (const name of ['Send', 'Take over', 'Acknowledge']) await see(button(name)).toBeVisible()
    await see(button('Hand back')).toHaveCount(0)
    await button('Take over').click()
    await see(button('Hand back')).toBeVisible()
    await see(button('Take over')).toHaveCount(0)
  })

  test('arrivals are said once in a status region while the log stays silent', async () => {
    await see(page.getByRole('heading', { name: 'Inbox', level: 1 })).toBeVisible()
    await live.house.client.settings.update({ defaultReplyMode: 'off' })
    await live.house.far.write('Ann Keller', 'Hello.')
    await see(page.getByRole('status').filter({ hasText: 'New message from Ann Keller' })).toHaveCount(1)
  })
})
