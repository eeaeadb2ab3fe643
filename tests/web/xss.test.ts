import type { Browser, BrowserContext, Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type ModelServer, startModelServer } from '../fakes/modelServer.ts'
import { type LiveConsole, launchBrowser, see, startLiveConsole } from '../fixtures/browser.ts'
import { until } from '../fixtures/testHost.ts'
import { payloads } from './payloads.ts'

/** As a client's name an empty text would become a word of ours; everything else stays what it is. */
const nameOf = (index: number) => `${index} ${payloads[index]}`.slice(0, 120).trim()
const everything = payloads.join('\n')
/** All of them between words of ours: the clone may neither repeat its instructions nor leave a {{place}} open. */
const joined = (word: string) => payloads.filter((payload) => !payload.includes('{{')).join(` ${word} `)
const first = nameOf(0)
/** This client has been told by a notice, with the coach's name in it, that an AI answers. */
const disclosed = 6

// One test visits many screens; how long it takes says nothing about the product.
vi.setConfig({ testTimeout: 240_000 })

let browser: Browser
let model: ModelServer
let live: LiveConsole

beforeAll(async () => {
  browser = await launchBrowser()
  model = await startModelServer()
  model.respond((asked) => ({
    reply: asked.clientText.length > 1_000 ? joined('draft') : `${asked.clientText} yes`,
    confidence: 0.9,
  }))
  live = await startLiveConsole({
    environment: { OPENAI_BASE_URL: model.url, OPENAI_MODEL: '<img src=x onerror=executed()>' },
    settings: {
      defaultReplyMode: 'drafts',
      coachName: '<img src=x onerror=executed()>',
      coachingStyle: joined('style').slice(0, 4_000),
    },
  })
  const { client, far } = live.house
  for (const [index, payload] of payloads.entries()) {
    const files = [{ name: `${payload}.html`, mediaType: 'text/html', bytes: Buffer.from(payload) }]
    await far.write(nameOf(index), payload, { files })
  }
  await until('every client is drafted for', async () => {
    const { rows } = await client.inbox.list({ filter: 'all', limit: 100 })
    return (
      rows.length === payloads.length && rows.filter((row) => row.hasDraft || row.owner !== 'ai').length === rows.length
    )
  })
  const conversationId = await live.conversationOf(first)
  const { clientId } = await client.inbox.conversation({ conversationId })
  await client.clients.update({ clientId, about: joined('about').slice(0, 4_000) })
  await far.write(first, everything)
  await until('a draft knows all of it', async () => {
    const { draft } = await client.inbox.conversation({ conversationId })
    return draft?.text.includes('executed') && !draft.isStale
  })
  const failing = await live.conversationOf(nameOf(1))
  const { clientId: failingClient } = await client.inbox.conversation({ conversationId: failing })
  await client.clients.update({ clientId: failingClient, about: joined('about').slice(0, 4_000) })
  far.nextSends.push({ outcome: 'failed', message: everything })
  await client.inbox.send({ conversationId: failing, requestId: crypto.randomUUID(), text: everything })
  const { draft } = await client.inbox.conversation({ conversationId: await live.conversationOf(nameOf(disclosed)) })
  const approved = { draftId: draft?.id ?? '', text: draft?.text ?? '', evenIfClientWrote: false }
  await client.inbox.sendDraft({ ...approved, requestId: crypto.randomUUID() })
  await until('the send has failed', async () =>
    (await client.inbox.thread({ conversationId: failing, limit: 10 })).messages.some((message) => message.trouble),
  )
})
afterAll(async () => {
  await browser?.close()
  await live?.stop()
  await model?.close()
})

interface Watched {
  readonly context: BrowserContext
  readonly page: Page
  /** Everything that ran, was stopped by the policy, failed or asked for something elsewhere. */
  happened(): Promise<string[]>
}

/** A window in which nothing can run unnoticed: hook, dialogs, errors, policy violations, foreign requests. */
const openWatched = async (options: { bypassCSP: boolean }): Promise<Watched> => {
  const context = await browser.newContext({ ...options, viewport: { width: 1360, height: 7_000 }, locale: 'en-GB' })
  const noticed: string[] = []
  await context.exposeFunction('executed', () => void noticed.push('executed'))
  await context.exposeFunction('noticedByPage', (what: string) => void noticed.push(what))
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      Reflect.apply(Reflect.get(globalThis, 'noticedByPage'), null, [`violation: ${event.violatedDirective}`])
    })
  })
  const page = await context.newPage()
  page.on('dialog', (dialog) => {
    noticed.push('dialog')
    void dialog.dismiss()
  })
  page.on('pageerror', (error) => noticed.push(`error: ${error.message}`))
  page.on('console', (line) => {
    if (line.type() === 'error') noticed.push(`console: ${line.text()}`)
  })
  page.on('popup', () => noticed.push('popup'))
  page.on('framenavigated', (frame) => {
    if (frame !== page.mainFrame()) noticed.push('frame')
  })
  const { origin } = new URL(live.url)
  page.on('request', (request) => {
    if (!request.url().startsWith(origin) && !request.url().startsWith('data:'))
      noticed.push(`request: ${request.url()}`)
  })
  await page.goto(live.url)
  return {
    context,
    page,
    happened: async () => {
      // What was injected last still gets its turn to load, fail and fire.
      await page.evaluate(() => new Promise((resolve) => setTimeout(() => requestAnimationFrame(resolve))))
      return [...noticed]
    },
  }
}

/** Elements that no part of the console ever makes, and attributes that would run something. */
const foreignMarkup = (page: Page) =>
  page.evaluate(() => {
    const never =
      'script,iframe,object,embed,base,meta,marquee,math,video,audio,template,noscript,image,details:not([class]),animate,img,link,style'
    const inside = [...document.body.querySelectorAll('*')]
    const elements = inside.filter(
      (each) => each.matches(never) && !each.matches('style[data-mantine-styles], style[nonce], body > noscript'),
    )
    const attributes = inside.flatMap((each) => [...each.attributes])
    const running = attributes.filter(
      ({ name, value }) =>
        name.startsWith('on') ||
        (/^(?:href|src|action|formaction|xlink:href)$/.test(name) && /^\s*(?:javascript|data):/i.test(value)),
    )
    return [
      ...elements.map((each) => each.outerHTML.slice(0, 200)),
      ...running.map((each) => `${each.name}=${each.value}`),
    ]
  })

const visitEverything = async ({ page }: Watched): Promise<void> => {
  const clean = async () => expect(await foreignMarkup(page)).toEqual([])
  const button = (name: string) => page.getByRole('button', { name, exact: true })
  const rows = page.getByRole('list', { name: 'Conversations' }).getByRole('listitem')
  await see(rows).toHaveCount(payloads.length)
  await clean()
  for (const index of payloads.keys()) {
    const conversationId = await live.conversationOf(nameOf(index))
    await page.goto(`${new URL(live.url).origin}/#/inbox/${conversationId}`)
    await see(page.getByRole('heading', { level: 2, name: nameOf(index) })).toBeVisible()
    await see(page.getByRole('log').locator('.message-text').first()).toBeVisible()
    await see(page.getByRole('log').locator('.attachment').first()).toBeVisible()
    await see(page.getByRole('complementary', { name: 'Client' }).getByRole('textbox', { name: 'About' })).toBeVisible()
  }
  await clean()

  await page.goto(`${new URL(live.url).origin}/#/inbox/${await live.conversationOf(nameOf(1))}`)
  await see(page.locator('.trouble')).toContainText('executed()')
  await clean()

  await page.goto(`${new URL(live.url).origin}/#/inbox/${await live.conversationOf(nameOf(disclosed))}`)
  await see(page.locator('.message-system')).toContainText('executed()')
  await clean()

  await page.goto(`${new URL(live.url).origin}/#/inbox/${await live.conversationOf(first)}`)
  const draft = page.getByRole('region', { name: 'Draft', exact: true })
  await see(draft).toContainText('executed()')
  await draft.getByRole('button', { name: 'Why this reply' }).click()
  const drawer = page.getByRole('dialog', { name: 'Why this reply' })
  await see(drawer).toContainText('executed()')
  await clean()
  await page.keyboard.press('Escape')
  await button('Edit draft').click()
  await see(page.getByRole('textbox', { name: 'Draft text' })).toHaveValue(/executed\(\)/)
  await page.getByRole('textbox', { name: 'Reply' }).fill(everything)
  await clean()
  await button('Undo edits').click()

  await page.keyboard.press('Control+k')
  await see(page.getByRole('combobox', { name: 'Go to anything' })).toBeFocused()
  await page.keyboard.insertText('<img')
  await see(page.getByRole('option').filter({ hasText: '<img' }).first()).toBeVisible()
  await clean()
  await page.keyboard.press('Escape')

  const navigate = (name: string) => page.getByRole('navigation').getByRole('link', { name, exact: true }).click()
  await navigate('Clients')
  await see(page.getByRole('list', { name: 'Clients' }).getByRole('listitem')).toHaveCount(payloads.length)
  await page.getByRole('list', { name: 'Clients' }).getByRole('link', { name: first }).click()
  await see(page.getByRole('heading', { level: 2, name: first })).toBeVisible()
  await page.getByRole('textbox', { name: 'Search clients' }).fill('<svg/onload=executed()>')
  await see(
    page.getByText('Nobody by that name').or(page.getByRole('list', { name: 'Clients' }).getByRole('listitem').first()),
  ).toBeVisible()
  await clean()

  await navigate('Privacy')
  await see(page.getByRole('table')).toContainText('onerror=executed()')
  await page.getByRole('button', { name: 'Answer by the model' }).first().click()
  await see(page.getByRole('dialog').locator('.payload')).toContainText('executed()')
  await clean()
  await page.keyboard.press('Escape')

  await navigate('Settings')
  await see(page.getByLabel('Your coaching style')).toHaveValue(/executed\(\)/)
  await button('Restore from a folder…').click()
  const restore = page.getByRole('dialog', { name: 'Restore a backup' })
  await restore.getByLabel('Backup folder').fill('/tmp/<img src=x onerror=executed()>')
  await restore.getByRole('textbox', { name: 'Passphrase' }).fill('<img src=x onerror=executed()>')
  await restore.getByRole('button', { name: 'Restore', exact: true }).click()
  await see(restore.getByRole('alert')).toBeVisible()
  await clean()

  for (const hash of [
    '#/inbox/<img src=x onerror=executed()>',
    '#/clients/javascript:executed()',
    '#/settings/"><svg onload=executed()>',
    '#/inbox/%',
    '#javascript:executed()',
    '#/constructor/x',
  ]) {
    await page.goto(`${new URL(live.url).origin}/${hash}`)
    await page.reload()
    await see(page.getByRole('navigation')).toBeVisible()
    await clean()
  }
}

describe('nothing that anyone writes is ever run', () => {
  test(`${payloads.length} payloads through every place that shows text: 0 executions, even without the policy behind it`, async () => {
    const watched = await openWatched({ bypassCSP: true })
    await visitEverything(watched)
    expect(await watched.happened()).toEqual([])
    await watched.context.close()
  })

  test('under the policy that is served: 0 executions and 0 violations', async () => {
    const watched = await openWatched({ bypassCSP: false })
    await visitEverything(watched)
    expect(await watched.happened()).toEqual([])
    await watched.context.close()
  })

  test('the watch would have noticed: the same payloads as markup run without the policy, and are stopped by it', async () => {
    for (const bypassCSP of [true, false]) {
      const watched = await openWatched({ bypassCSP })
      await see(watched.page.getByRole('navigation')).toBeVisible()
      await watched.page.evaluate(
        (markup) => {
          const place = document.createElement('div')
          document.body.append(place)
          place.innerHTML = markup
        },
        payloads.filter((payload) => payload.startsWith('<img') || payload.startsWith('<svg')).join('\n'),
      )
      const wanted = bypassCSP ? 'executed' : 'violation: script-src-attr'
      await until('it was noticed', async () => (await watched.happened()).includes(wanted))
      expect((await watched.happened()).includes('executed')).toBe(bypassCSP)
      expect(await foreignMarkup(watched.page)).not.toEqual([])
      await watched.context.close()
    }
  })

  test('a file a client sent is saved under its harmless name and never opened in the console', async () => {
    const watched = await openWatched({ bypassCSP: true })
    await watched.page.goto(`${new URL(live.url).origin}/#/inbox/${await live.conversationOf(nameOf(disclosed))}`)
    const download = watched.page.waitForEvent('download')
    await watched.page.locator('.attachment').first().click()
    const saved = await download
    expect(saved.suggestedFilename()).not.toMatch(/[<>/\\]/)
    expect(saved.url()).toMatch(/^blob:/)
    expect(watched.page.url()).toContain(new URL(live.url).origin)
    expect(await watched.happened()).toEqual([])
    await watched.context.close()
  })
})
