import { Buffer } from 'node:buffer'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { unzipSync } from 'fflate'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { exportedTables } from '../../../db/clientRows.ts'
import { fileNameIn } from '../../../host/clients/export/archive.ts'
import { clientExport } from '../../../host/clients/export/machine.ts'
import { type Desk, minutes, openDesk } from '../live/desk.ts'
import { foundIn, lookInto } from './dataFolder.ts'
import { plant } from './planted.ts'

vi.setConfig({ testTimeout: 90_000 })

let desk: Desk
beforeEach(async () => {
  desk = await openDesk({ settings: { defaultReplyMode: 'drafts' } })
})
afterEach(() => desk.close())

/** The files of an archive, by path, as a window would have put it together. */
const archiveOf = async (clientId: string) => {
  const { clients } = desk.house.client
  const { exportId, name, size } = await clients.export({ clientId })
  const parts: Buffer[] = []
  for (let from = 0; from < size; ) {
    const part = Buffer.from((await clients.readExport({ exportId, from })).base64, 'base64')
    parts.push(part)
    from += part.length
  }
  await clients.dropExport({ exportId })
  const files = unzipSync(Buffer.concat(parts))
  const text = (path: string) => Buffer.from(files[path] ?? []).toString('utf8')
  return { name, files, text, exportId, data: clientExport.parse(JSON.parse(text('data.json'))) }
}
const idOf = async (name: string) =>
  (await desk.house.client.clients.list({ search: name, limit: 5 })).rows[0]?.id ?? ''

describe('an export of one client', () => {
  test('holds every word of theirs in both forms, their files, and not one word of anybody else', async () => {
    const ann = await plant(desk, 'zqxann')
    const ben = await plant(desk, 'wvkben')
    desk.later(minutes(3))
    await desk.until('memory has read', () =>
      lookInto(
        desk.house.folder,
        ({ sqlite }) => Number(sqlite.prepare('SELECT count(*) FROM memory_evidence').pluck().get()) > 1,
      ),
    )
    const { name, files, text, data } = await archiveOf(ann.clientId)
    expect(name).toMatch(/^Pat na4zqxann \d{4}-\d\d-\d\d\.zip$/)
    const machine = Buffer.from(text('data.json'))
    // What a document says the coach has as a file; it is named.
    expect(foundIn(machine, ann.words)).toEqual(ann.words.filter((word) => word !== ann.word.passage))
    const { passage, document, composer, draft, wish, gap, chat, handle, ...told } = ann.word
    expect(foundIn(Buffer.from(text('conversation.txt')), Object.values(told))).toEqual(Object.values(told))
    const whole = Buffer.concat(Object.values(files).map((bytes) => Buffer.from(bytes)))
    expect(foundIn(whole, [...ben.words, ben.clientId, ben.conversationId])).toEqual([])
    expect(text(`attachments/001 ${ann.word.attachment}.txt`)).toBe(ann.word.attachment.repeat(99))
    expect(Object.keys(data.tables)).toEqual(exportedTables())
    expect(data.tables.messages?.map((row) => row.content)).toContain(`Hello ${ann.word.message}, ${ann.word.after}`)
    const keys = lookInto(desk.house.folder, ({ sqlite }) => sqlite.prepare('SELECT key FROM files').pluck().all())
    expect(keys.length).toBeGreaterThan(0)
    for (const key of keys) if (key instanceof Uint8Array) expect(whole.includes(Buffer.from(key))).toBe(false)
  })

  test('is a text and never a page: whatever somebody wrote stands in it as they wrote it', async () => {
    const nasty =
      '<script>alert(1)</script> <img src=x onerror=alert(2)> \u202egnp.exe\u0007 [click](javascript:alert(3))'
    const file = { name: '../../<b>evil</b>:\u202egnp.exe', mediaType: 'text/html', bytes: Buffer.from('<script>') }
    await desk.house.far.write('Ann', nasty, { clientName: '<b>Ann</b>/..\\..', files: [file] })
    const { name, files, text, data } = await archiveOf(await idOf('Ann'))
    expect(name).toMatch(/^[^<>/\\:]+\.zip$/)
    expect(Object.keys(files).toSorted()).toEqual(
      ['attachments/001 _..__b_evil__b___gnp.exe', 'conversation.txt', 'data.json'].toSorted(),
    )
    const readable = text('conversation.txt')
    expect(readable).toContain(
      '<script>alert(1)</script> <img src=x onerror=alert(2)> gnp.exe [click](javascript:alert(3))',
    )
    expect(readable).not.toContain('\u202e')
    expect(readable).not.toContain('\u0007')
    expect(data.tables.messages?.[0]?.content).toBe(nasty)
  })

  test('goes on without a file that cannot be read, and says so', async () => {
    const bytes = Buffer.from('a plan')
    const files = ['whole.txt', 'broken.txt'].map((name) => ({ name, mediaType: 'text/plain', bytes }))
    await desk.house.far.write('Ann', 'Here are my plans.', { files })
    const broken = lookInto(desk.house.folder, ({ sqlite }) =>
      String(sqlite.prepare("SELECT id FROM files WHERE name = 'broken.txt'").pluck().get()),
    )
    writeFileSync(join(desk.house.folder, 'files', broken), 'not what it was')
    const archive = await archiveOf(await idOf('Ann'))
    expect(Object.keys(archive.files).filter((path) => path.startsWith('attachments/'))).toHaveLength(1)
    expect(archive.text('conversation.txt')).toContain('a file that could not be read')
    expect(archive.data.attachments[broken]).toBeNull()
  })

  test('is handed out once asked for, and gone when it was dropped; no other file can be read in its place', async () => {
    const bytes = Buffer.from('private')
    await desk.house.far.write('Ann', 'Hello', { files: [{ name: 'a.txt', mediaType: 'text/plain', bytes }] })
    const { exportId } = await archiveOf(await idOf('Ann'))
    const { clients } = desk.house.client
    await expect(clients.readExport({ exportId, from: 0 })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    const attachment = lookInto(desk.house.folder, ({ sqlite }) =>
      String(sqlite.prepare('SELECT id FROM files').pluck().get()),
    )
    await expect(clients.readExport({ exportId: attachment, from: 0 })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(clients.dropExport({ exportId: attachment })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(clients.export({ clientId: 'nobody' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  test('of a client who never wrote a word is whole as well', async () => {
    await desk.house.far.write('Ann', '')
    const { text, data } = await archiveOf(await idOf('Ann'))
    expect(text('conversation.txt')).toContain('Client since')
    expect(data.tables.notes).toEqual([])
  })
})

test('names of files stay apart, keep their ending, and lead nowhere', () => {
  expect(fileNameIn('/etc/passwd', 3)).toBe('003 _etc_passwd')
  expect(fileNameIn('...', 12)).toBe('012 file')
  expect(fileNameIn(`${'ä'.repeat(300)}.pdf`, 1)).toBe(`001 ${'ä'.repeat(80)}.pdf`)
})
