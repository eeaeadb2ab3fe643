import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startTestHost, type TestHost, until } from '../../fixtures/testHost.ts'
import { maysChat, sendPast, takeInPast } from './files.ts'

let house: TestHost
const past = () => house.client.past
const rows = async () => (await past().list()).rows

beforeEach(async () => {
  house = await startTestHost({ settings: { defaultReplyMode: 'off' } })
  await house.far.write('Maya Lind', 'Hello')
})
afterEach(() => house.stop())

const mayaId = async (): Promise<string> =>
  (await house.client.clients.list({ search: '', limit: 10 })).rows.find(({ name }) => name === 'Maya Lind')?.id ?? ''

test('a chat is looked at first, taken in for a client, and listed with what was kept', async () => {
  const fileId = await sendPast(house.client, 'WhatsApp Chat with Maya.txt', maysChat)
  const seen = await past().preview({ fileId })
  expect(seen).toMatchObject({ format: 'whatsapp', turns: 5, takenInAt: null, samples: [{ from: 'Maya' }, {}, {}] })
  expect(await rows()).toEqual([])
  const threads = [{ thread: 0, clientId: await mayaId() }]
  const taken = await past().takeIn({ fileId, coach: 'Ruth', threads })
  expect(taken).toMatchObject({ turns: 5, coachTurns: 2 })
  expect(await rows()).toMatchObject([{ format: 'whatsapp', clients: ['Maya Lind'], turns: 5, coachTurns: 2 }])
  expect((await past().list()).underWay).toBeNull()
})

test('of somebody who is no client here not a word is kept, only the coach’s own', async () => {
  await takeInPast(house.client, 'chat.txt', maysChat)
  expect(await rows()).toMatchObject([{ clients: [], turns: 2, coachTurns: 2, counts: { not_a_client: 3 } }])
})

test('the same file is known again by what is in it, whatever it is called', async () => {
  await takeInPast(house.client, 'chat.txt', maysChat)
  const fileId = await sendPast(house.client, 'copy of chat.txt', maysChat)
  expect((await past().preview({ fileId })).takenInAt).not.toBeNull()
  await expect(
    past().takeIn({ fileId, coach: 'Ruth', threads: [{ thread: 0, clientId: null }] }),
  ).rejects.toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('taken in before') })
  expect(await rows()).toHaveLength(1)
})

test('an import is taken out again, and the same file can be taken in anew', async () => {
  const { importId } = await takeInPast(house.client, 'chat.txt', maysChat)
  await past().remove({ importId })
  expect(await rows()).toEqual([])
  await expect(past().remove({ importId })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await takeInPast(house.client, 'chat.txt', maysChat)
  expect(await rows()).toMatchObject([{ turns: 2 }])
})

test('an erased client takes their past conversations with them; the file can be taken in again', async () => {
  const clientId = await mayaId()
  await takeInPast(house.client, 'chat.txt', maysChat, { clientId })
  await takeInPast(house.client, 'essay.md', 'I always begin with the breath.\n', { coach: '' })
  await house.client.clients.erase({ clientId, typedName: 'Maya Lind' })
  expect(await rows()).toMatchObject([{ format: 'writing' }])
  const fileId = await sendPast(house.client, 'chat.txt', maysChat)
  expect((await past().preview({ fileId })).takenInAt).toBeNull()
})

test('an import of several clients outlives one of them, and is gone with the last', async () => {
  await house.far.write('Ben Okafor', 'Hello')
  const clients = (await house.client.clients.list({ search: '', limit: 10 })).rows
  const csv = 'chat,from,text\nA,Ruth,Hello Maya\nA,Maya,Hello\nB,Ruth,Hello Ben\nB,Ben,Hi\n'
  const fileId = await sendPast(house.client, 'all.csv', csv)
  const { threads } = await past().preview({ fileId })
  const chosen = threads.map(({ thread, people }) => ({
    thread,
    clientId: clients.find(({ name }) => people.some((one) => name.startsWith(one.name)))?.id ?? null,
  }))
  await past().takeIn({ fileId, coach: 'Ruth', threads: chosen })
  expect(await rows()).toMatchObject([{ clients: ['Ben Okafor', 'Maya Lind'], turns: 4 }])
  for (const [name, left] of [
    ['Maya Lind', [{ clients: ['Ben Okafor'], turns: 2 }]],
    ['Ben Okafor', []],
  ] as const) {
    const clientId = clients.find((one) => one.name === name)?.id ?? ''
    await house.client.clients.erase({ clientId, typedName: name })
    expect(await rows()).toMatchObject(left)
  }
  const again = await sendPast(house.client, 'all.csv', csv)
  expect((await past().preview({ fileId: again })).takenInAt).toBeNull()
  await past().takeIn({ fileId: again, coach: 'Ruth', threads: [{ thread: 0, clientId: null }] })
  expect(await rows()).toMatchObject([{ turns: 1 }])
})

test('what does not fit the file is refused with a sentence, and nothing is kept', async () => {
  const fileId = await sendPast(house.client, 'chat.txt', maysChat)
  const one = [{ thread: 0, clientId: null }]
  await expect(past().takeIn({ fileId, coach: 'Nobody', threads: one })).rejects.toThrow('nothing of yours')
  await expect(
    past().takeIn({ fileId, coach: 'Ruth', threads: [{ thread: 0, clientId: 'no-such-client' }] }),
  ).rejects.toThrow('no longer here')
  const odd = await sendPast(house.client, 'a.pdf', '%PDF-1.7 and so on')
  await expect(past().preview({ fileId: odd })).rejects.toMatchObject({
    code: 'INVALID_INPUT',
    message: expect.stringContaining('not a file that can be read here'),
  })
  await expect(past().beginUpload({ fileName: 'all.json', bytes: 600_000_000 })).rejects.toThrow('larger than 500 MB')
  expect(await rows()).toEqual([])
})

test('a file the coach drops is gone from the disk, and no text of it was ever there in the clear', async () => {
  const folder = join(house.folder, 'files')
  const fileId = await sendPast(
    house.client,
    'chat.txt',
    `${maysChat}\n${'[13/02/2024, 10:05:00] Ruth: quiet river\n'.repeat(3_000)}`,
  )
  expect(readdirSync(folder)).toHaveLength(1)
  for (const name of readdirSync(folder)) expect(readFileSync(join(folder, name)).includes('quiet river')).toBe(false)
  await past().drop({ fileId })
  expect(readdirSync(folder)).toEqual([])
  await expect(past().preview({ fileId })).rejects.toThrow('no longer at hand')
})

test('no word of a conversation reaches the log', async () => {
  await takeInPast(house.client, 'chat.txt', maysChat)
  await past()
    .preview({ fileId: await sendPast(house.client, 'b.json', '{"bridges": 1}') })
    .catch(() => undefined)
  expect(house.logLines.join('\n')).not.toMatch(/bridges|breath|Maya/)
})

/** A long chat of `megabytes`, as Telegram writes it, line by line. */
const longChat = function* (megabytes: number) {
  yield Buffer.from('{"name":"Maya","type":"personal_chat","id":1,"messages":[\n')
  const words = 'Before we burn bridges, let us look at what tomorrow would say about it. '.repeat(4)
  let index = 0
  for (let bytes = 0; bytes < megabytes * 1_000_000; ) {
    const lines: string[] = []
    for (let line = 0; line < 800; line += 1) {
      const from = index % 2 ? 'Ruth' : 'Maya'
      const message = {
        id: index,
        type: 'message',
        date_unixtime: `${1_600_000_000 + index * 60}`,
        from,
        from_id: from,
      }
      lines.push(`${index === 0 ? '' : ',\n'}${JSON.stringify({ ...message, text: `${index} ${words}` })}`)
      index += 1
    }
    const part = Buffer.from(lines.join(''))
    bytes += part.length
    yield part
  }
  yield Buffer.from(']}')
}

const longMegabytes = Number(process.env.PAST_MEGABYTES ?? 20)
const sendLong = async (megabytes = longMegabytes): Promise<string> => {
  const parts = [...longChat(megabytes)]
  return sendPast(
    house.client,
    'result.json',
    parts,
    parts.reduce((sum, part) => sum + part.length, 0),
  )
}

test('a very long export is read while the host goes on answering; the newest 5,000 of the coach’s words are kept', async () => {
  const fileId = await sendLong()
  let isDone = false
  let answers = 0
  let longestMs = 0
  const seen = past()
    .preview({ fileId })
    .then(async (preview) => {
      const taken = await past().takeIn({ fileId, coach: 'Ruth', threads: [{ thread: 0, clientId: await mayaId() }] })
      isDone = true
      return { preview, taken }
    })
  while (!isDone) {
    const before = performance.now()
    await house.client.clients.list({ search: '', limit: 10 })
    longestMs = Math.max(longestMs, performance.now() - before)
    answers += 1
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  const { preview, taken } = await seen
  if (process.env.PAST_MEGABYTES)
    console.info({ answers, longestMs, turns: preview.turns, rss: process.memoryUsage().rss })
  expect(preview.turns).toBeGreaterThan(40_000)
  expect(taken.coachTurns).toBe(5_000)
  expect(answers).toBeGreaterThan(5)
  expect(await rows()).toMatchObject([{ turns: taken.turns, counts: { older: preview.turns - taken.turns } }])
})

test('an import that is stopped in the middle leaves nothing, and the same file can be taken in afterwards', async () => {
  const fileId = await sendLong(8)
  const taking = past().takeIn({ fileId, coach: 'Ruth', threads: [{ thread: 0, clientId: null }] })
  const outcome = taking.then(
    () => 'done',
    ({ message }) => message,
  )
  await until('it is being read', async () => (await past().list()).underWay?.step === 'adding')
  await expect(past().preview({ fileId })).rejects.toThrow('Another file is being read')
  await past().drop({ fileId })
  expect(await outcome).toContain('nothing of this file was kept')
  expect(await past().list()).toEqual({ rows: [], underWay: null })
  const again = await sendLong(8)
  expect(await past().takeIn({ fileId: again, coach: 'Ruth', threads: [{ thread: 0, clientId: null }] })).toMatchObject(
    {
      coachTurns: 5_000,
    },
  )
})

test('a host that ends in the middle of an import has nothing of it at the next start', async () => {
  const fileId = await sendLong(8)
  const taking = past()
    .takeIn({ fileId, coach: 'Ruth', threads: [{ thread: 0, clientId: null }] })
    .catch(() => undefined)
  await until('it is being read', async () => (await past().list()).underWay?.step === 'adding')
  await house.restart()
  await taking
  expect(await rows()).toEqual([])
  const again = await sendLong(8)
  await past().takeIn({ fileId: again, coach: 'Ruth', threads: [{ thread: 0, clientId: null }] })
  expect(await rows()).toMatchObject([{ coachTurns: 5_000 }])
})
