import type { Page } from 'playwright'
import { beforeEach, expect, test } from 'vitest'
import type { ModelServer } from '../fakes/modelServer.ts'
import { type LiveConsole, see } from '../fixtures/browser.ts'
import { withLiveConsole } from '../fixtures/liveConsole.ts'
import { until } from '../fixtures/testHost.ts'

const draftText = 'What would you like to be different by Friday?'

let model: ModelServer
let live: LiveConsole
let page: Page

withLiveConsole(
  {
    settings: { defaultReplyMode: 'drafts', coachingStyle: 'Warm and brief.' },
    hasModel: true,
    before: ({ house }, { respond }) => {
      respond(() => ({ reply: draftText, confidence: 0.77, baseIntent: 'STRUGGLE' }))
      return house.far.write('Ann Keller', 'I am stuck with my boss.')
    },
  },
  (open) => {
    ;({ model, live, page } = open)
  },
)
beforeEach(async () => {
  await page.getByRole('link', { name: /Ann Keller/ }).click()
  await see(card()).toContainText(draftText)
})

const card = () => page.getByRole('region', { name: 'Draft', exact: true })
const log = () => page.getByRole('log', { name: 'Messages' })
const inCard = (name: string) => card().getByRole('button', { name, exact: true })
const sentToClient = () => live.house.far.sent.map((message) => message.text)

test('a draft waits for the coach, and Send draft sends it as approved', async () => {
  await see(card()).toContainText('confidence 0.77')
  await see(card()).toContainText(
    'The client first gets a fixed line saying that an AI helps you write and you read each reply first.',
  )
  await see(page.getByRole('list', { name: 'Conversations' })).toContainText('draft ready')
  expect(sentToClient()).toEqual([])
  await inCard('Send draft').click()
  await see(card()).toHaveCount(0)
  await see(log()).toContainText(draftText)
  await see(log()).toContainText('AI draft, approved by you')
  await until('it reached the client', () => sentToClient().includes(draftText))
  await see(page.getByRole('list', { name: 'Conversations' })).not.toContainText('draft ready')
})

test('Edit draft lets the coach change it, and the thread says that they did', async () => {
  await inCard('Edit draft').click()
  const field = card().getByRole('textbox', { name: 'Draft text' })
  await see(field).toBeFocused()
  await see(field).toHaveValue(draftText)
  await page.keyboard.type(' Or by Monday?')
  await see(field).toHaveValue(`${draftText} Or by Monday?`)
  await field.fill('What would Friday look like?')
  await live.house.client.settings.update({ undoSendSeconds: 5 })
  await page.keyboard.press('Control+Enter')
  await see(card()).toHaveCount(0)
  await see(log()).toContainText(/AI draft, edited by you.*What would Friday look like\?.*Goes in \d+ s/)
  await see(log()).not.toContainText('approved by you')
  await see(page.locator('.undo')).toContainText(/Draft to Ann goes in \d+ seconds/)
  await see(log()).toContainText('What would Friday look like?')
  await see(log()).toContainText('AI draft, edited by you')
  await until('it reached the client', () => sentToClient().includes('What would Friday look like?'))
  expect(sentToClient()).not.toContain(draftText)
  await log().getByRole('button', { name: 'Why this reply' }).click()
  await see(page.getByRole('dialog', { name: 'Why this reply' })).toContainText('What it wrote before you changed it')
  await see(page.getByRole('dialog', { name: 'Why this reply' })).toContainText(draftText)
})

test('Discard draft removes it and nothing is sent', async () => {
  await inCard('Discard draft').click()
  await see(card()).toHaveCount(0)
  await see(log()).not.toContainText(draftText)
  expect(sentToClient()).toEqual([])
})

test('Why this reply shows what the clone was given, how sure it was and which model wrote', async () => {
  await inCard('Why this reply').click()
  const drawer = page.getByRole('dialog', { name: 'Why this reply' })
  await see(drawer.getByRole('heading', { name: 'Confidence 0.77' })).toBeVisible()
  await see(drawer).toContainText("The model's own figure")
  await see(drawer).toContainText('I am stuck with my boss.')
  await see(drawer).toContainText('stand-in')
  await see(drawer).toContainText('struggle')
  await page.keyboard.press('Escape')
  await see(drawer).toHaveCount(0)
})

test('where the client wrote since, the coach is asked first and may send anyway', async () => {
  model.think(60_000)
  await live.house.far.write('Ann Keller', 'Wait, there is more.')
  await see(log()).toContainText('Wait, there is more.')
  await see(card()).toContainText('Ann has written since this draft was made.')
  await inCard('Send draft').click()
  const question = page.getByRole('dialog', { name: 'Ann wrote since' })
  await question.getByRole('button', { name: 'Read first' }).click()
  await see(question).toHaveCount(0)
  expect(sentToClient()).toEqual([])
  await inCard('Send draft').click()
  await question.getByRole('button', { name: 'Send anyway' }).click()
  await see(card()).toHaveCount(0)
  await until('it reached the client', () => sentToClient().includes(draftText))
  model.think(0)
})

test('words written into a draft that ends elsewhere go on in the reply field', async () => {
  await inCard('Edit draft').click()
  await card().getByRole('textbox', { name: 'Draft text' }).fill('My own, much better words')
  const { draft } = await live.house.client.inbox.conversation({
    conversationId: await live.conversationOf('Ann Keller'),
  })
  await live.house.client.inbox.discardDraft({ draftId: draft?.id ?? '' })
  await see(card()).toHaveCount(0)
  await see(page.getByRole('textbox', { name: 'Reply' })).toHaveValue('My own, much better words')
})

test('a reload in the middle of an edit keeps both what stood in the reply field and the changed draft', async () => {
  const field = page.getByRole('textbox', { name: 'Reply' })
  await field.fill('A word of my own.')
  await field.blur()
  await until('the reply is kept', async () => {
    const conversationId = await live.conversationOf('Ann Keller')
    return (await live.house.client.inbox.conversation({ conversationId })).composerText === 'A word of my own.'
  })
  await inCard('Edit draft').click()
  await card().getByRole('textbox', { name: 'Draft text' }).fill('What would Friday look like?')
  await page.reload()
  await see(page.getByRole('textbox', { name: 'Reply' })).toHaveValue(
    'A word of my own.\n\nWhat would Friday look like?',
  )
})
