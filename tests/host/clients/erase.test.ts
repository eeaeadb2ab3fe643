import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { readKeyFile } from '../../../db/keyFile.ts'
import { openDatabase } from '../../../db/open.ts'
import { mergeMessageWords } from '../../../db/remains.ts'
import { isLongToRewrite, rewriteIfMarked, rewriteOrMark } from '../../../db/rewrite.ts'
import { eraseClient } from '../../../host/clients/erase.ts'
import { type Desk, minutes, nothingHappens, openDesk, request } from '../live/desk.ts'
import { noon, openTalk } from '../memory/talk.ts'
import { keyOf, temporaryFolder } from '../store/folder.ts'
import { everyByte, fileIn, foundIn, fullTextBytes, lookInto } from './dataFolder.ts'
import { type Planted, plant } from './planted.ts'

vi.setConfig({ testTimeout: 90_000 })

let desk: Desk
const clients = () => desk.house.client.clients
const names = async () => (await clients().list({ search: '', limit: 50 })).rows.map(({ name }) => name)
const idsOf = async (name: string) => {
  const row = (await clients().list({ search: name, limit: 5 })).rows[0]
  return { clientId: row?.id ?? '', conversationId: row?.conversationId ?? '' }
}
const figure = (query: string, ...values: unknown[]) =>
  lookInto(desk.house.folder, ({ sqlite }) =>
    Number(
      sqlite
        .prepare(query)
        .pluck()
        .get(...values),
    ),
  )
const remainsAreGone = () =>
  desk.until(
    'the remains are gone',
    () => figure("SELECT count(*) FROM jobs WHERE kind = 'erased_remains' AND state <> 'done'") === 0,
  )

describe('a client who is erased', () => {
  let ann: Planted
  let ben: Planted
  beforeEach(async () => {
    desk = await openDesk({ settings: { defaultReplyMode: 'drafts' } })
    // So that there is something to look in for everybody, and a question it does not answer is a gap.
    ann = await plant(desk, 'zqxann')
    ben = await plant(desk, 'wvkben')
    desk.later(minutes(3))
    await desk.until('memory has read', () => figure('SELECT count(*) FROM memory_evidence') >= 2)
  })
  afterEach(() => desk.close())

  test('is in no byte of the decrypted data afterwards, where before each word was; nobody else loses one', async () => {
    const { folder } = desk.house
    const before = everyByte(folder)
    // An attachment's own bytes are encrypted in a file of its own; here its name is looked for.
    expect(foundIn(before, [...ann.words, ann.clientId, ann.conversationId])).toHaveLength(ann.words.length + 2)
    expect(foundIn(before, ben.words)).toEqual(ben.words)
    const said = [ann.word.message, ann.word.after, ann.word.memory]
    expect(foundIn(fullTextBytes(folder), [...said, ben.word.message])).toHaveLength(4)
    for (const [table, column] of [
      ['agent_executions', 'draft_reply'],
      ['drafts', 'text'],
      ['egress_ledger', 'payload'],
    ] as const)
      expect([
        table,
        figure(`SELECT count(*) FROM ${table} WHERE instr(${column}, ?) > 0`, ann.word.draft) > 0,
      ]).toEqual([table, table !== 'egress_ledger'])
    for (const [query, word] of [
      ['SELECT count(*) FROM egress_ledger WHERE instr(payload, ?) > 0', ann.word.message],
      ['SELECT count(*) FROM jobs WHERE instr(payload, ?) > 0', ann.word.wish],
      ['SELECT count(*) FROM search_gaps WHERE instr(question, ?) > 0', ann.word.gap],
      ['SELECT count(*) FROM memory_evidence WHERE instr(content, ?) > 0', ann.word.memory],
      ['SELECT count(*) FROM message_versions WHERE instr(content, ?) > 0', ann.word.before],
      ['SELECT count(*) FROM chunks WHERE instr(text, ?) > 0', ann.word.passage],
    ] as const)
      expect([query, figure(query, word) > 0]).toEqual([query, true])
    const fileIds = lookInto(folder, ({ sqlite }) =>
      sqlite.prepare('SELECT id FROM files WHERE client_id = ?').pluck().all(ann.clientId).map(String),
    )
    expect(fileIds).toHaveLength(2)

    const erased = await clients().erase({ clientId: ann.clientId, typedName: `pat  ${ann.word.name}` })
    expect(erased).toMatchObject({ onTheWay: 0, keepsTraces: false })
    await remainsAreGone()

    const after = everyByte(folder)
    const ids = [ann.clientId, ann.conversationId].flatMap((id) => [id, id.replaceAll('-', '')])
    expect(foundIn(after, [...ann.words, ...ids])).toEqual([])
    expect(foundIn(after, ben.words)).toEqual(ben.words)
    expect(fileIds.filter((id) => existsSync(join(folder, 'files', id)))).toEqual([])
    expect(await names()).toEqual([`Pat ${ben.word.name}`])
    const ofBen = (await desk.house.client.inbox.search({ query: ben.word.message, limit: 5 })).rows
    expect(ofBen.length).toBeGreaterThan(0)
    expect(desk.house.logLines.join('')).not.toContain('zqxann')
  })

  test('is named with the backups that still hold them, and with no older one', async () => {
    const { backups } = desk.house.client
    const held = await backups.create()
    await backups.create()
    const before = await clients().holdings({ clientId: ann.clientId })
    expect(before.backups.map(({ createdAt }) => createdAt)).toContain(held.createdAt)
    expect(before).toMatchObject({ messages: 3, attachments: 1, notes: 1, crises: 0, refusal: null })
    expect(before.documents).toHaveLength(1)
    const { backups: still } = await clients().erase({ clientId: ann.clientId, typedName: before.name })
    expect(still).toEqual(before.backups)
    expect(still).toHaveLength((await backups.list()).rows.length)
    expect(still.length).toBeGreaterThan(1)
    await desk.house.far.write('Cleo', 'Hello')
    const { clientId } = await idsOf('Cleo')
    expect((await clients().holdings({ clientId })).backups).toEqual([])
  })

  test('stays, whole, where another name was typed', async () => {
    const wrong = clients().erase({ clientId: ann.clientId, typedName: `Pat ${ben.word.name}` })
    await expect(wrong).rejects.toThrow(`To erase this client, type the name as it stands here: Pat ${ann.word.name}`)
    expect(foundIn(everyByte(desk.house.folder), ann.words)).toEqual(ann.words)
    const nobody = clients().erase({ clientId: 'nobody', typedName: '' })
    await expect(nobody).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  test('is traced nowhere after a restart either, where somebody kept the log of changes from being emptied', async () => {
    const { folder } = desk.house
    const reading = openDatabase({ file: fileIn(folder), key: readKeyFile(folder), readonly: true })
    reading.sqlite.exec('BEGIN')
    reading.sqlite.prepare('SELECT count(*) FROM clients').get()
    await clients().erase({ clientId: ann.clientId, typedName: `Pat ${ann.word.name}` })
    await nothingHappens()
    expect(figure("SELECT count(*) FROM jobs WHERE kind = 'erased_remains' AND state = 'done'")).toBe(0)
    reading.close()
    await desk.house.restart()
    await remainsAreGone()
    expect(foundIn(everyByte(folder), ann.words)).toEqual([])
  })
})

describe('what runs for a client who is erased', () => {
  beforeEach(async () => {
    desk = await openDesk({ asksBeforeAccepting: false })
  })
  afterEach(() => desk.close())

  test('a reply the model still thinks about never comes back', async () => {
    desk.model.think(700)
    await desk.house.far.write('Ann', 'Should I call my sister?')
    await desk.until('the clone thinks', () => figure("SELECT count(*) FROM agent_executions WHERE status = 'running'"))
    const { clientId } = await idsOf('Ann')
    await clients().erase({ clientId, typedName: 'Ann' })
    await nothingHappens(1_200)
    expect(desk.texts()).toEqual([])
    for (const table of [
      'clients',
      'conversations',
      'messages',
      'agent_executions',
      'outbox',
      'drafts',
      'egress_ledger',
    ])
      expect([table, figure(`SELECT count(*) FROM ${table}`)]).toEqual([table, 0])
  })

  test('a message that was being sent is counted, and never sent again', async () => {
    await clients().list({ search: '', limit: 1 })
    await desk.house.client.settings.update({ defaultReplyMode: 'off' })
    await desk.house.far.write('Ann', 'Hello')
    const { clientId, conversationId } = await idsOf('Ann')
    desk.house.far.nextSends.push('hang')
    await desk.house.client.inbox.send({ conversationId, text: 'On its way', ...request() })
    await desk.until('it is being sent', () => figure("SELECT count(*) FROM outbox WHERE state = 'sending'"))
    const sendAt = Date.now() + 3_000
    await desk.house.client.inbox.send({ conversationId, text: 'Later', sendAt, ...request() })
    expect(await clients().erase({ clientId, typedName: 'Ann' })).toMatchObject({ onTheWay: 1 })
    await desk.house.restart()
    desk.later(minutes(10))
    await nothingHappens()
    expect(desk.texts()).toEqual([])
    expect(figure('SELECT count(*) FROM outbox')).toBe(0)
  })

  test('a client in a safety crisis cannot be erased before a person answered', async () => {
    await desk.house.far.write('Ann', 'I want to kill myself tonight.')
    const { clientId, conversationId } = await idsOf('Ann')
    const erase = () => clients().erase({ clientId, typedName: 'Ann' })
    await expect(erase()).rejects.toThrow('Ann is in a safety crisis that nobody has answered yet.')
    expect((await clients().holdings({ clientId })).refusal).toContain('safety crisis')
    await desk.house.client.inbox.takeOver({ conversationId })
    await expect(erase()).rejects.toThrow('safety crisis')
    await desk.house.client.inbox.send({ conversationId, text: 'I am calling you now.', ...request() })
    await desk.until('it arrived', () => desk.texts().includes('I am calling you now.'))
    await desk.until('it is recorded', () => figure("SELECT count(*) FROM outbox WHERE state = 'sent'") >= 2)
    expect((await clients().holdings({ clientId })).crises).toBe(1)
    await erase()
    expect(await names()).toEqual([])
    expect(figure('SELECT count(*) FROM handoffs') + figure('SELECT count(*) FROM alerts')).toBe(0)
  })

  test('who writes again after being erased is somebody new, of whom nothing is known', async () => {
    await desk.house.far.write('Ann', 'I live in Lisbon.')
    const { clientId } = await idsOf('Ann')
    await clients().update({ clientId, about: 'Known for years' })
    await clients().erase({ clientId, typedName: 'Ann' })
    await desk.house.far.write('Ann', 'Hello again')
    const again = await idsOf('Ann')
    expect(again.clientId).not.toBe(clientId)
    expect(await clients().get({ clientId: again.clientId })).toMatchObject({ about: '', messageCount: 1 })
  })
})

describe('the erasure itself', () => {
  const two = () => {
    const talk = openTalk()
    for (const id of ['ada', 'ben']) {
      talk.addClient(id, id)
      talk.say(id, noon, `Hello from ${id}`, `Words of ${id}`)
    }
    return talk
  }
  const noFiles = { drop: () => undefined }
  const ada = { clientId: 'ada', typedName: 'Ada' }

  test('is all or nothing: where it fails at the end, every row is there', () => {
    const talk = two()
    const count = () => talk.sqlite.prepare('SELECT count(*) FROM messages WHERE client_id = ?').pluck().get('ada')
    const failing = () =>
      talk.write((tx) => {
        eraseClient(tx, noFiles, ada, noon)
        expect(count()).toBe(0)
        throw new Error('The machine stopped.')
      })
    expect(failing).toThrow('The machine stopped.')
    expect(count()).toBe(2)
    expect(talk.sqlite.prepare("SELECT count(*) FROM messages_fts WHERE messages_fts MATCH 'ada'").pluck().get()).toBe(
      2,
    )
    expect(talk.ask('ada', 'words')).not.toEqual([])
  })

  test('lets the search of messages find nothing more of them', () => {
    const talk = two()
    expect(talk.ask('ada', 'words')).not.toEqual([])
    talk.write((tx) => eraseClient(tx, noFiles, ada, noon))
    expect(talk.ask('ada', 'words')).toEqual([])
    expect(talk.ask('ben', 'words')).not.toEqual([])
  })

  test('of few words among many leaves them in the full-text index until its segments are merged', () => {
    const talk = openTalk()
    for (const id of ['ada', 'ben']) talk.addClient(id, id)
    talk.say('ada', noon, 'zebrafinch')
    for (let day = 1; day < 40; day += 1)
      talk.say('ben', noon + day, ...Array.from({ length: 20 }, () => `yakwool ${day}`))
    const held = () => foundIn(talk.sqlite.serialize(), ['zebrafinch', 'yakwool'])
    talk.write((tx) => eraseClient(tx, noFiles, ada, noon))
    expect(held()).toEqual(['zebrafinch', 'yakwool'])
    for (const _ of mergeMessageWords(talk.sqlite));
    expect(held()).toEqual(['yakwool'])
    expect(
      talk.sqlite.prepare("SELECT count(*) FROM messages_fts WHERE messages_fts MATCH 'yakwool'").pluck().get(),
    ).toBe(780)
  })

  test('of a large file is finished at the next start, which a crash half-way does not harm', () => {
    const file = join(temporaryFolder(), 'opencoach.db')
    const key = keyOf(4)
    const open = () => openDatabase({ file, key })
    let database = open()
    database.sqlite.exec('CREATE TABLE words (id INTEGER PRIMARY KEY, text TEXT)')
    const add = database.sqlite.prepare('INSERT INTO words(text) VALUES (?)')
    for (let at = 0; at < 40; at += 1) add.run(`word ${at} `.repeat(60_000))
    expect(isLongToRewrite(database.sqlite)).toBe(true)
    database.sqlite.exec('DELETE FROM words WHERE id > 3')
    rewriteOrMark(database.sqlite)
    expect(database.sqlite.pragma('page_count', { simple: true })).toBeGreaterThan(1_000)
    database.close()
    writeFileSync(`${file}.rewritten`, 'half of it')
    expect(rewriteIfMarked(file, key)).toBe(true)
    expect(rewriteIfMarked(file, key)).toBe(false)
    database = open()
    expect(database.sqlite.pragma('integrity_check', { simple: true })).toBe('ok')
    expect(database.sqlite.prepare('SELECT count(*) FROM words').pluck().get()).toBe(3)
    expect(isLongToRewrite(database.sqlite)).toBe(false)
    database.close()
  })
})
