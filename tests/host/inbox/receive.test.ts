import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { change } from '../../../shared/contract/events.ts'
import { startTestHost, type TestHost, until } from '../../fixtures/testHost.ts'

let house: TestHost
beforeEach(async () => {
  house = await startTestHost({ settings: { defaultReplyMode: 'off' } })
})
afterEach(() => house.stop())

const rows = async () => (await house.client.inbox.list({ filter: 'all', limit: 50 })).rows
const threadOf = async (name: string) => {
  const row = (await rows()).find((one) => one.clientName === name)
  if (!row) throw new Error(`${name} has no conversation.`)
  return { row, messages: (await house.client.inbox.thread({ conversationId: row.id, limit: 100 })).messages }
}

describe('an inbound message', () => {
  test('opens a client and a conversation, unread and on top', async () => {
    await house.far.write('Ann', 'Hello there')
    await house.far.write('Ben', 'Good morning')
    const list = await rows()
    expect(list.map((row) => [row.clientName, row.preview, row.unreadCount, row.owner])).toEqual([
      ['Ben', 'Good morning', 1, 'ai'],
      ['Ann', 'Hello there', 1, 'ai'],
    ])
    expect(await house.client.inbox.counts()).toMatchObject({ needsMe: 2, unread: 2, all: 2 })
  })

  test('offered twice is stored once, also after a restart', async () => {
    await house.far.write('Ann', 'Only once', { updateId: 'u1' })
    await house.far.write('Ann', 'Only once', { updateId: 'u1' })
    await house.restart()
    await house.far.write('Ann', 'Only once', { updateId: 'u1' })
    expect((await threadOf('Ann')).messages).toHaveLength(1)
  })

  test('of 20,000 characters is kept whole', async () => {
    const long = 'ä🙂b '.repeat(5_000).slice(0, 20_000)
    await house.far.write('Ann', long)
    expect((await threadOf('Ann')).messages[0]?.content).toBe(long)
  })

  test('keeps its order when the clock is moved back', async () => {
    await house.far.write('Ann', 'first', { sentAt: 2_000_000 })
    await house.far.write('Ann', 'second', { sentAt: 1_000_000 })
    expect((await threadOf('Ann')).messages.map((message) => message.content)).toEqual(['first', 'second'])
  })

  test('carries its files, encrypted at rest and readable in the console', async () => {
    const bytes = new TextEncoder().encode('a small picture')
    await house.far.write('Ann', 'Look', { files: [{ name: 'grid.png', mediaType: 'image/png', bytes }] })
    const attached = (await threadOf('Ann')).messages[0]?.attachments[0]
    expect(attached).toMatchObject({ name: 'grid.png', mediaType: 'image/png', size: bytes.length })
    const read = await house.client.inbox.attachment({ fileId: attached?.id ?? '' })
    expect(Buffer.from(read.base64, 'base64').toString()).toBe('a small picture')
  })

  test('tells every window after the commit what to fetch again', async () => {
    const changes = await house.client.events.changes()
    expect((await changes.next()).value).toEqual([])
    await house.far.write('Ann', 'Hello')
    const batch = z.array(change).parse((await changes.next()).value)
    expect(batch.map((one) => one.topic)).toEqual(expect.arrayContaining(['inbox', 'conversation', 'clients']))
    await changes.return?.()
  })

  test('leaves no word of itself in the log', async () => {
    await house.far.write('Ann', 'zebra-canary-4711')
    house.far.nextSends.push('throw')
    const { row } = await threadOf('Ann')
    await house.client.inbox.send({
      conversationId: row.id,
      requestId: crypto.randomUUID(),
      text: 'walrus-canary-4712',
    })
    await until(
      'the send is settled',
      async () => (await threadOf('Ann')).messages.at(-1)?.deliveryStatus === 'unknown',
    )
    expect(house.logLines.length).toBeGreaterThan(0)
    expect(house.logLines.join('')).not.toMatch(/canary|Ann/)
  })
})

describe('reading', () => {
  test('marks as read only up to the message that was seen', async () => {
    await house.far.write('Ann', 'one')
    const { row, messages } = await threadOf('Ann')
    await house.far.write('Ann', 'two')
    await house.client.inbox.markRead({ conversationId: row.id, upToSeq: messages[0]?.seq ?? 0 })
    expect((await threadOf('Ann')).row.unreadCount).toBe(1)
    await house.client.inbox.markRead({ conversationId: row.id, upToSeq: Number.MAX_SAFE_INTEGER })
    expect((await threadOf('Ann')).row.unreadCount).toBe(0)
    await house.client.inbox.markUnread({ conversationId: row.id })
    expect((await threadOf('Ann')).row.unreadCount).toBe(1)
  })

  test('pages the list and the thread without gaps or repeats', async () => {
    for (let index = 0; index < 25; index += 1) await house.far.write(`Client ${index % 12}`, `m${index}`)
    const seen: string[] = []
    let after: Parameters<typeof house.client.inbox.list>[0]['after']
    do {
      const page = await house.client.inbox.list({ filter: 'all', limit: 5, after })
      seen.push(...page.rows.map((row) => row.clientName))
      after = page.next ?? undefined
    } while (after !== undefined)
    expect(seen).toHaveLength(12)
    expect(new Set(seen).size).toBe(12)
    const { row } = await threadOf('Client 0')
    const last = await house.client.inbox.thread({ conversationId: row.id, limit: 2 })
    const earlier = await house.client.inbox.thread({ conversationId: row.id, limit: 2, before: last.messages[0]?.seq })
    expect([...earlier.messages, ...last.messages].map((message) => message.content)).toEqual(['m0', 'm12', 'm24'])
    expect([last.hasEarlier, earlier.hasEarlier]).toEqual([true, false])
  })

  test('unsent text survives a restart and disappears when it is sent', async () => {
    await house.far.write('Ann', 'Hi')
    const { row } = await threadOf('Ann')
    await house.client.inbox.saveComposer({ conversationId: row.id, text: 'Dear Ann, I' })
    await house.restart()
    expect((await house.client.inbox.conversation({ conversationId: row.id })).composerText).toBe('Dear Ann, I')
    await house.client.inbox.send({
      conversationId: row.id,
      requestId: crypto.randomUUID(),
      text: 'Dear Ann, I am here.',
    })
    expect((await house.client.inbox.conversation({ conversationId: row.id })).composerText).toBe('')
  })

  test('what another window is writing is not lost when this one sends', async () => {
    await house.far.write('Ann', 'Hi')
    const { row } = await threadOf('Ann')
    await house.client.inbox.saveComposer({ conversationId: row.id, text: 'Something else' })
    await house.client.inbox.send({ conversationId: row.id, requestId: crypto.randomUUID(), text: 'Hello Ann' })
    expect((await house.client.inbox.conversation({ conversationId: row.id })).composerText).toBe('Something else')
  })

  test('an old message offered again under a new update does not hold up the channel', async () => {
    await house.far.write('Ann', 'One', { updateId: 'u1' })
    await house.far.write('Ann', 'One', { updateId: 'u2', externalId: 'u1' })
    await house.far.write('Ann', 'Two')
    expect((await threadOf('Ann')).messages.map((message) => message.content)).toEqual(['One', 'Two'])
  })

  test('clients are listed whole and in order, whatever their alphabet', async () => {
    for (const name of ['Zoe', 'Élodie', 'émile', 'Étienne', 'Ann']) await house.far.write(name, 'Hi')
    const first = await house.client.clients.list({ search: '', limit: 2 })
    const second = await house.client.clients.list({
      search: '',
      limit: 9,
      ...(first.next ? { after: first.next } : {}),
    })
    expect([...first.rows, ...second.rows].map((row) => row.name)).toEqual(['Ann', 'Élodie', 'émile', 'Étienne', 'Zoe'])
    expect((await house.client.clients.list({ search: 'ELO', limit: 9 })).rows.map((row) => row.name)).toEqual([
      'Élodie',
    ])
  })

  test('an unknown conversation is a typed error with a sentence', async () => {
    await expect(house.client.inbox.conversation({ conversationId: 'nobody' })).rejects.toMatchObject({
      defined: true,
      code: 'NOT_FOUND',
      message: expect.stringContaining('no longer here'),
    })
  })
})
