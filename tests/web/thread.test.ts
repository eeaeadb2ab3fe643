import type { Page } from 'playwright'
import { expect, test } from 'vitest'
import type { ModelServer } from '../fakes/modelServer.ts'
import { findings } from '../fixtures/axe.ts'
import { type LiveConsole, see } from '../fixtures/browser.ts'
import { withLiveConsole } from '../fixtures/liveConsole.ts'
import { until } from '../fixtures/testHost.ts'

const aiReply = 'What made it hard this week?'
const onePixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

let model: ModelServer
let live: LiveConsole
let page: Page

withLiveConsole(
  {
    settings: { defaultReplyMode: 'off' },
    hasModel: true,
    before: (_live, { respond }) => respond(() => ({ reply: aiReply, confidence: 0.84 })),
  },
  (open) => {
    ;({ model, live, page } = open)
  },
)

const reach = { kind: 'reach', updateId: 'b1', chatId: 'Ann Keller' } as const
const log = () => page.getByRole('log', { name: 'Messages' })
const reply = () => page.getByRole('textbox', { name: 'Reply' })
const row = (text: string) => log().locator('.message').filter({ hasText: text })
const menuItem = (name: string) => page.getByRole('menuitem', { name, exact: true })
const sentToClient = () => live.house.far.sent.map((message) => message.text)
const conversationId = () => live.conversationOf('Ann Keller')
const press = (...keys: string[]) =>
  keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve())

const open = async (text = 'The week was too much for me.', more: Parameters<typeof live.house.far.write>[2] = {}) => {
  await live.house.far.write('Ann Keller', text, more)
  await page.getByRole('link', { name: /Ann Keller/ }).click()
  await see(log()).toContainText(text)
}
const openMenu = async (text: string) => {
  const menu = row(text).getByRole('button', { name: /^More about the message/ })
  await row(text).hover()
  await menu.click()
}
const sayAsCoach = async (text: string) => {
  await live.house.client.inbox.send({ conversationId: await conversationId(), requestId: crypto.randomUUID(), text })
  await until('it reached the client', () => sentToClient().includes(text))
  await see(row(text)).toContainText('Sent')
}

test('a message the client edited shows its new text, and the earlier ones a click away', async () => {
  await open('I am fine.', { externalId: 'a1' })
  const edit = { kind: 'edit', updateId: 'e1', chatId: 'Ann Keller', externalId: 'a1' } as const
  await live.house.far.change({ ...edit, text: 'I am not fine.', editedAt: Date.now() })
  await see(row('I am not fine.')).toBeVisible()
  const earlier = row('I am not fine.').getByRole('list', { name: 'Earlier texts' })
  await see(earlier).toHaveCount(0)
  await row('I am not fine.')
    .getByRole('button', { name: /^Edited/ })
    .click()
  await see(earlier).toContainText('I am fine.')
})

test('a message the client deleted stays readable here, and says so', async () => {
  await open('I should not have said this.', { externalId: 'a1' })
  const removal = { kind: 'removal', updateId: 'r1', chatId: 'Ann Keller', externalIds: ['a1'] } as const
  await live.house.far.change({ ...removal, removedAt: Date.now() })
  await see(row('I should not have said this.')).toContainText('Deleted by Ann on Fake; the text is kept here')
})

test('the coach edits a sent message; a refusal is said and loses nothing', async () => {
  await open()
  await sayAsCoach('See you on Munday.')
  await openMenu('See you on Munday.')
  await menuItem('Edit').click()
  const field = log().getByRole('textbox', { name: 'Message text' })
  await see(field).toBeFocused()
  await field.fill('See you on Monday.')
  live.house.far.nextChanges.push({ outcome: 'refused', message: 'This message is too old to be changed.' })
  await press('Control+Enter')
  await see(page.getByText('This message is too old to be changed.')).toBeVisible()
  await see(field).toHaveValue('See you on Monday.')
  await field.focus()
  await press('Control+Enter')
  await see(row('See you on Monday.')).toContainText('Edited')
  expect(live.house.far.edited.at(-1)).toEqual({
    sent: { chatId: 'Ann Keller', externalIds: ['out-1'] },
    text: 'See you on Monday.',
  })
})

test('the coach deletes a sent message after one question', async () => {
  await open()
  await sayAsCoach('That was for somebody else.')
  await openMenu('That was for somebody else.')
  await menuItem('Delete…').click()
  const question = page.getByRole('dialog', { name: 'Delete this message?' })
  await question.getByRole('button', { name: 'Delete for Ann' }).click()
  await see(question).toHaveCount(0)
  await see(row('That was for somebody else.')).toContainText('Deleted by you on Fake; the text is kept here')
  expect(live.house.far.removed).toEqual([{ chatId: 'Ann Keller', externalIds: ['out-1'] }])
})

test('by keyboard the coach walks to a message and answers it with R; the quotation leads back to it', async () => {
  await open('First thing.')
  await live.house.far.write('Ann Keller', 'Second thing.')
  await see(log()).toContainText('Second thing.')
  await log().focus()
  await press('Tab', 'ArrowUp')
  await see(row('First thing.').getByRole('button', { name: /^More about the message/ })).toBeFocused()
  await press('r')
  await see(page.getByText('Answering Ann: First thing.')).toBeVisible()
  await see(reply()).toBeFocused()
  await page.keyboard.type('About the first:')
  await press('Control+Enter')
  await until('it reached the client', () => sentToClient().includes('About the first:'))
  expect(live.house.far.sent.at(-1)?.replyTo).toBe('update-1')
  await row('About the first:')
    .getByRole('button', { name: /First thing/ })
    .click()
  await see(log().locator('.is-found')).toContainText('First thing.')
})

test('a reply of the clone is judged, with a reason, and the judgement is taken back', async () => {
  await live.house.client.settings.update({ defaultReplyMode: 'autopilot' })
  await open()
  await see(log()).toContainText(aiReply)
  await row(aiReply).hover()
  await row(aiReply).getByRole('button', { name: 'Not helpful' }).click()
  await row(aiReply).getByRole('button', { name: 'Too long' }).click()
  await see(row(aiReply)).toContainText('You found this not helpful: too long')
  await openMenu(aiReply)
  await page.getByRole('menuitemcheckbox', { name: 'Should have been handed over' }).click()
  await see(row(aiReply)).toContainText('Should have been handed over')
  const { messages } = await live.house.client.inbox.thread({ conversationId: await conversationId(), limit: 20 })
  expect(messages.find((message) => message.content === aiReply)?.feedback).toMatchObject({
    isHelpful: false,
    reason: 'too_long',
    shouldHaveHandedOver: true,
  })
  await row(aiReply).getByRole('button', { name: 'Take back' }).first().click()
  await see(row(aiReply)).not.toContainText('You found this')
})

test('notes are kept beside the client and never reach the channel or the model', async () => {
  await live.house.client.settings.update({ defaultReplyMode: 'autopilot' })
  await open()
  await see(log()).toContainText(aiReply)
  const notes = page.getByRole('region', { name: 'Notes' })
  await page.getByRole('button', { name: 'Write a note' }).click()
  await see(notes.getByRole('textbox', { name: 'New note' })).toBeFocused()
  await page.keyboard.type('Her father was ill in spring.')
  await press('Control+Enter')
  await see(notes.getByRole('listitem')).toContainText('Her father was ill in spring.')
  await notes.getByRole('button', { name: 'Edit' }).click()
  await notes.getByRole('textbox', { name: 'Note', exact: true }).fill('Her father was ill in March.')
  await press('Control+Enter')
  await see(notes.getByRole('listitem')).toContainText('Her father was ill in March.')
  await live.house.far.write('Ann Keller', 'Are you there?')
  await until('the clone answers again', () => model.requests.length > 1)
  expect(sentToClient().join()).not.toContain('father')
  expect(JSON.stringify(model.requests)).not.toContain('father')
  await notes.getByRole('button', { name: 'Delete' }).click()
  await notes.getByRole('button', { name: 'Delete' }).click()
  await see(notes.getByRole('listitem')).toHaveCount(0)
})

test('pictures are shown in place, and what cannot be read says so', async () => {
  const picture = { name: 'plan.png', mediaType: 'image/png', bytes: onePixel }
  await open('My plan', { files: [picture], unreadable: 'picture' })
  await see(row('My plan').getByRole('img', { name: 'plan.png' })).toHaveJSProperty('naturalWidth', 1)
  await see(row('My plan')).toContainText('The clone cannot see this.')
  await row('My plan').getByRole('button', { name: 'Show plan.png larger' }).click()
  const large = page.getByRole('dialog', { name: 'plan.png' })
  await see(large.getByRole('img', { name: 'plan.png' })).toBeVisible()
  const saving = page.waitForEvent('download')
  await large.getByRole('button', { name: 'Save' }).click()
  expect((await saving).suggestedFilename()).toBe('plan.png')
})

test('a time in which the console was away is shown between the messages it may have cost', async () => {
  const now = Date.now()
  await open('Before.', { sentAt: now - 4 * 24 * 3_600_000 })
  const gap = { from: now - 3 * 24 * 3_600_000, to: now - 3_600_000 }
  await live.house.far.change({ ...reach, isReachable: true }, { gap })
  await live.house.far.write('Ann Keller', 'After.')
  await see(log()).toContainText(/Before\..*The console was away from .* some may be missing.*After\./)
})

test('a client who blocked the bot is said to be out of reach', async () => {
  await open()
  await live.house.far.change({ ...reach, isReachable: false })
  await see(page.getByRole('region', { name: 'Not reachable' })).toContainText(
    'Ann has blocked the bot; nothing can reach them there.',
  )
})

test('who is new waits for the coach: Accept lets them in, Z takes it back, Decline is said', async () => {
  await open()
  const { inbox } = live.house.client
  const before = { conversationId: await conversationId(), snoozedUntil: null, doneAt: null, unreadCount: 0 }
  const lastClientSeq = Number.MAX_SAFE_INTEGER
  await inbox.restore({ before: [{ ...before, lastClientSeq, acceptance: 'requested' }] })
  const request = page.getByRole('region', { name: 'Request' })
  await see(request).toContainText('The clone answers nothing before you accept.')
  await request.getByRole('button', { name: 'Accept' }).click()
  await see(request).toHaveCount(0)
  await press('z')
  await request.getByRole('button', { name: 'Decline' }).click()
  await see(request).toContainText('You declined Ann.')
})

test('what the coach wrote on their own device says so', async () => {
  await open()
  await live.house.far.write('Ann Keller', 'I am on the train, more tonight.', { from: 'coach', externalId: 'c1' })
  await see(row('I am on the train, more tonight.')).toContainText('from your own device')
})

test('a reminder about a client is added beside them, and stands over the thread once it is due', async () => {
  await open()
  const pane = page.getByRole('region', { name: 'Follow-ups' })
  await pane.getByRole('button', { name: 'Add a follow-up' }).click()
  await pane.getByRole('textbox', { name: 'What to come back to' }).fill('ask how the talk went')
  await pane.getByRole('button', { name: 'Add', exact: true }).click()
  await see(pane.getByRole('listitem')).toContainText('ask how the talk went')
  await live.house.client.handoffs.addFollowUp({
    conversationId: await conversationId(),
    dueAt: Date.now() - 1,
    reason: 'her exam',
  })
  const due = page.getByRole('region', { name: 'Follow-up', exact: true })
  await see(due).toContainText('Look after Ann: her exam')
  await due.getByRole('button', { name: 'Done' }).click()
  await see(due).toHaveCount(0)
})

test('a link to an old message opens the thread there, and reading goes on both ways', async () => {
  for (let day = 0; day < 300; day += 1) await live.house.far.write('Ann Keller', `Entry ${day}.`)
  const id = await conversationId()
  const { rows } = await live.house.client.inbox.search({ query: 'Entry 100', limit: 5 })
  const hit = rows.find((each) => each.snippet.includes('Entry 100.'))
  await page.evaluate((hash) => {
    location.hash = hash
  }, `#/inbox/${id}?at=${hit?.seq}`)
  await see(log().locator('.is-found')).toHaveText(/Entry 100\./)
  await see(log().locator('.is-found')).toBeInViewport()
  await see(page.getByRole('button', { name: 'Jump to latest' })).toBeVisible()
  const scrollUntil = (edge: 'top' | 'bottom', text: string) =>
    see(async () => {
      await log().evaluate((element, to) => element.scrollTo(0, to === 'top' ? 0 : element.scrollHeight), edge)
      await see(row(text)).toBeInViewport({ timeout: 400 })
    }).toPass({ timeout: 15_000 })
  await scrollUntil('top', 'Entry 0.')
  await scrollUntil('bottom', 'Entry 299.')
  await see(page.getByRole('button', { name: 'Jump to latest' })).toHaveCount(0)
  await log().evaluate((element) => element.scrollBy(0, -2000))
  await page.getByRole('button', { name: 'Jump to latest' }).click()
  await see(row('Entry 299.')).toBeInViewport()
  await live.house.far.write('Ann Keller', 'And this is new.')
  await see(row('And this is new.')).toBeInViewport()
})

test('in a long thread each change of hands stands once at its place, wherever reading began', async () => {
  const write = async (from: number, to: number) => {
    for (let entry = from; entry <= to; entry += 1) await live.house.far.write('Ann Keller', `Entry ${entry}.`)
  }
  await write(1, 40)
  const id = await conversationId()
  await live.house.client.inbox.takeOver({ conversationId: id })
  await live.house.client.inbox.handBack({ conversationId: id })
  await write(41, 140)
  const { messages } = await live.house.client.inbox.thread({ conversationId: id, limit: 200 })
  const seqOf = (text: string) => messages.find((message) => message.content === text)?.seq
  const asItWas = /Entry 40\..*You took over at [\d:]+You handed back at [\d:]+.*Entry 41\./
  for (const text of ['Entry 40.', 'Entry 41.', 'Entry 71.']) {
    await page.evaluate(
      (hash) => {
        location.hash = hash
      },
      `#/inbox/${id}?at=${seqOf(text)}`,
    )
    await see(log().locator('.is-found')).toContainText(text)
    await see(async () => {
      if (text === 'Entry 71.') await log().evaluate((element) => element.scrollBy(0, -400))
      await see(log()).toContainText(asItWas, { timeout: 400 })
      await see(log().getByText('You took over')).toHaveCount(1, { timeout: 400 })
    }).toPass({ timeout: 15_000 })
  }
})

test('nothing that stands in a thread is out of reach for assistive technology', { timeout: 240_000 }, async () => {
  await live.house.client.settings.update({ defaultReplyMode: 'autopilot', undoSendSeconds: 30 })
  await open('The week was to much.', { externalId: 'a1', handle: '@ann' })
  await see(log()).toContainText(aiReply)
  const edit = { kind: 'edit', updateId: 'e1', chatId: 'Ann Keller', externalId: 'a1' } as const
  await live.house.far.change(
    { ...edit, text: 'The week was too much.', editedAt: Date.now() },
    { gap: { from: 1, to: 2 } },
  )
  await row(aiReply).hover()
  await row(aiReply).getByRole('button', { name: 'Not helpful' }).click()
  await row('The week was too much.')
    .getByRole('button', { name: /^Edited/ })
    .click()
  await reply().fill('One moment.')
  await press('Control+Enter')
  await see(log()).toContainText(/Goes in \d+ s/)
  await openMenu('The week was too much.')
  await see(menuItem('Copy text')).toBeVisible()
  expect(await findings(page)).toEqual([])
  await press('Escape')
  await reply().fill('')
  await reply().press('/')
  await see(page.getByRole('dialog', { name: 'Canned replies' })).toBeVisible()
  expect(await findings(page)).toEqual([])
  await press('Escape')
  await page.getByRole('button', { name: 'Send later' }).click()
  await see(page.getByRole('menuitem', { name: 'Choose a time…' })).toBeVisible()
  expect(await findings(page)).toEqual([])
  await menuItem('Choose a time…').click()
  await see(page.getByRole('dialog', { name: 'Send later' })).toBeVisible()
  expect(await findings(page)).toEqual([])
})
