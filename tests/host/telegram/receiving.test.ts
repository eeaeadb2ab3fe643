import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { until } from '../../fixtures/testHost.ts'
import { ann, bob, type Line, startLine } from './harness.ts'

let line: Line
beforeEach(async () => {
  line = await startLine()
})
afterEach(async () => {
  await line.end()
  expect(line.server.complaints).toEqual([])
  expect(line.logLines.join('')).not.toContain(line.server.token)
})

const stored = (count: number) => until(`${count} messages are stored`, () => line.house.messages().length >= count)
const media = async (more: Record<string, unknown>, text?: string) => {
  line.server.clientSends(ann, { ...(text === undefined ? {} : { text }), more })
  await stored(1)
  return line.house.messages()[0]
}

describe('what a client writes', () => {
  test('arrives with who wrote it, when, and what it answers', async () => {
    const first = line.server.clientSends(ann, { text: '/start', date: 1_790_000_000 })
    line.server.clientSends(ann, {
      text: 'About that',
      more: { reply_to_message: { message_id: first, chat: { id: ann.id, type: 'private' } } },
    })
    await stored(2)
    const [opened, answer] = line.house.messages()
    expect(opened).toMatchObject({
      chatId: '1001',
      senderName: 'Ann Lee',
      handle: '@annlee',
      text: '/start',
      sentAt: 1_790_000_000_000,
    })
    expect(answer).toMatchObject({ text: 'About that', replyTo: opened?.externalId })
  })

  test('is confirmed to Telegram only once it is stored', async () => {
    line.house.refuse(() => new Error('not now'))
    line.server.clientWrites(ann, 'Do not lose me')
    await until('it was refused', () => line.logLines.some((one) => one.includes('update_not_stored')))
    await line.stop()
    expect(line.server.waiting()).toBe(1)
    line.house.refuse(() => null)
    line.start()
    await stored(1)
    await until('it is confirmed', () => line.server.waiting() === 0)
  })

  test('comes in order and once, five hundred in a second too', async () => {
    for (let count = 0; count < 500; count += 1) line.server.clientWrites(count % 2 ? ann : bob, `number ${count}`)
    await stored(500)
    expect(line.house.texts()).toEqual(Array.from({ length: 500 }, (_, count) => `number ${count}`))
    expect(line.house.offered()).toHaveLength(500)
  })

  test('keeps its order when Telegram gives it out of order', async () => {
    await line.stop()
    line.server.shuffleUpdates((updates) => updates.toReversed())
    for (const text of ['one', 'two', 'three']) line.server.clientWrites(ann, text)
    line.start()
    await stored(3)
    expect(line.house.texts()).toEqual(['one', 'two', 'three'])
  })

  test('and Telegram offers twice, at once or after a restart, has the same name each time', async () => {
    const message = { message_id: 77, from: ann, chat: { ...ann, type: 'private' }, date: 1_790_000_000, text: 'Twice' }
    const updateId = line.server.pushRaw({ message })
    line.server.repeat({ update_id: updateId, message })
    await until('it is confirmed', () => line.house.messages().length === 1 && line.server.waiting() === 0)
    await line.stop()
    line.server.repeat({ update_id: updateId, message })
    line.start()
    await until('it was offered again', () => line.house.offered().length === 2)
    line.server.clientWrites(ann, 'Then this')
    await stored(2)
    expect(line.house.texts()).toEqual(['Twice', 'Then this'])
  })
})

describe('a message without words', () => {
  test.each([
    [{ sticker: { emoji: '🙂' } }, '🙂'],
    [{ sticker: {} }, '(sticker)'],
    [{ location: { latitude: 52.52, longitude: 13.405 } }, '(shared a location: 52.52000, 13.40500)'],
    [
      { venue: { title: 'Café', address: 'Main Street 1' }, location: { latitude: 1, longitude: 2 } },
      '(shared a place: Café, Main Street 1)',
    ],
    [{ contact: { first_name: 'Zoe', phone_number: '+1555' } }, '(shared a contact: Zoe, +1555)'],
    [{ poll: { question: 'Tea?', options: [{ text: 'Yes' }, { text: 'No' }] } }, '(a poll: Tea? – Yes – No)'],
    [{ dice: { emoji: '🎲', value: 4 } }, '(🎲 showed 4)'],
  ])('is put in ours: %j', async (more, text) => {
    expect(await media(more)).toMatchObject({ text })
  })

  test.each([
    { hologram: { of: 'a cat' } },
    { text: { not: 'a text' } },
    { photo: 'not a photo' },
    { message_id: 'not a number', date: 'not a time' },
  ])('of a kind nobody knows is kept and a person has to look: %j', async (more) => {
    expect(await media(more)).toMatchObject({
      text: '(a message of a kind this console cannot show)',
      unreadable: 'file',
      chatId: '1001',
    })
  })

  test('but with formatted text is read all the same', async () => {
    const rich = { blocks: [{ type: 'paragraph', text: ['I ', { type: 'bold', text: 'cannot' }, ' go on'] }] }
    expect(await media({ rich_message: rich })).toMatchObject({ text: 'I cannot go on', unreadable: 'file' })
  })

  test('that is only a notice of Telegram is no message', async () => {
    line.server.clientSends(ann, { more: { pinned_message: { message_id: 1 } } })
    line.server.clientWrites(ann, 'After the notice')
    await stored(1)
    expect(line.house.texts()).toEqual(['After the notice'])
  })

  test('or no message at all goes by without stopping the others', async () => {
    line.server.pushRaw({ message: 'nonsense' })
    line.server.pushRaw({ message_reaction: { chat: 5 } })
    line.server.clientWrites(ann, 'Still here')
    await stored(1)
    expect(line.house.texts()).toEqual(['Still here'])
    expect(line.logLines.filter((one) => one.includes('update_not_understood'))).toHaveLength(2)
  })
})

describe('a file', () => {
  const bytes = new Uint8Array(2_000).fill(7)

  test('comes with its message, in its largest size', async () => {
    const [small, large] = [line.server.addFile(new Uint8Array(10)), line.server.addFile(bytes)]
    const photo = [
      { file_id: large, width: 800, height: 600 },
      { file_id: small, width: 80, height: 60 },
    ]
    const message = await media({ photo, caption: 'My desk' })
    expect(message).toMatchObject({ text: 'My desk', unreadable: 'picture' })
    expect(message?.files).toEqual([{ name: 'picture.jpg', mediaType: 'image/jpeg', bytes }])
    expect(line.house.calls.filter((call) => call.purpose === 'channel_file')).toMatchObject([
      { ok: true },
      { ok: true, bytesIn: 2_000 },
    ])
  })

  test.each([
    ['voice', { duration: 12, mime_type: 'audio/ogg' }, 'voice', '(a voice message, 0:12)'],
    ['audio', { duration: 100 }, 'voice', '(a sound recording, 1:40)'],
    ['video', { duration: 3 }, 'video', '(a video, 0:03)'],
    ['video_note', {}, 'video', '(a video message)'],
    ['document', { file_name: 'plan.pdf', mime_type: 'application/pdf' }, 'file', '(a file: plan.pdf)'],
    ['document', { mime_type: 'image/png' }, 'picture', '(a file)'],
  ])('of the kind %s says what it is', async (kind, fields, unreadable, text) => {
    const message = await media({ [kind]: { file_id: line.server.addFile(bytes), ...fields } })
    expect(message).toMatchObject({ text, unreadable, files: [{ bytes }] })
  })

  test('has a name that stays inside its folder', async () => {
    const document = {
      file_id: line.server.addFile(bytes),
      file_name: '../../etc/\u202epass\u0000wd.txt',
      mime_type: 'x',
    }
    const message = await media({ document })
    expect(message?.files?.[0]).toMatchObject({ name: 'passwd.txt', mediaType: 'application/octet-stream' })
  })

  test('that is too large is named in its place', async () => {
    const document = { file_id: 'never-asked-for', file_name: 'film.mov', file_size: 45_000_000 }
    const message = await media({ document, caption: 'See this' })
    expect(message).toMatchObject({
      text: 'See this\n(a file: film.mov of 45 MB, too large to fetch here)',
      unreadable: 'file',
    })
    expect(line.server.callsOf('getFile')).toEqual([])
  })

  test.each(['drop_before', 'hang_before', 'bad_gateway'] as const)(
    'that cannot be fetched does not take its message along: %s',
    async (trick) => {
      line.server.misbehave('file', trick)
      const voice = { file_id: line.server.addFile(bytes) }
      const message = await media({ voice })
      expect(message).toMatchObject({
        text: '(a voice message)\n(its file could not be fetched from Telegram)',
        unreadable: 'voice',
      })
      expect(message?.files).toBeUndefined()
    },
  )

  test('that came incomplete is not taken for whole', async () => {
    const voice = { file_id: line.server.addFile(bytes, 5_000) }
    expect((await media({ voice }))?.files).toBeUndefined()
  })

  test('that takes long holds back nobody else, and words in its own chat only for moments', async () => {
    line.server.misbehave('file', 'hang_before')
    line.server.clientSends(ann, { more: { voice: { file_id: line.server.addFile(bytes) } } })
    line.server.clientWrites(ann, 'I am not safe')
    line.server.clientWrites(bob, 'Hello from Bob')
    await stored(2)
    expect(line.house.texts()).toEqual(['Hello from Bob', 'I am not safe'])
    await stored(3)
    await until('all is confirmed', () => line.server.waiting() === 0)
  })

  test('whose fetching was cut off by the end of the console is fetched at the next start', async () => {
    line.server.misbehave('file', 'hang_before')
    line.server.clientSends(ann, { more: { voice: { file_id: line.server.addFile(bytes) } } })
    await until('it is being fetched', () => line.server.downloads.length === 1)
    await line.stop()
    expect(line.house.messages()).toEqual([])
    line.start()
    await stored(1)
    expect(line.house.messages()[0]?.files?.[0]?.bytes).toEqual(bytes)
  })
})

describe('what happens to messages later', () => {
  const change = async () => {
    await until('a change is stored', () => line.house.changes().length > 0)
    return line.house.changes()
  }

  test('an edit names the message and its new words, each of two in one second', async () => {
    const id = line.server.clientWrites(ann, 'I am fine')
    line.server.clientEdits(ann, id, 'I am not fine')
    line.server.clientEdits(ann, id, 'I am not fine at all')
    await until('both are stored', () => line.house.changes().length === 2)
    const externalId = line.house.messages()[0]?.externalId
    expect(line.house.changes()).toMatchObject([
      { kind: 'edit', chatId: '1001', externalId, text: 'I am not fine' },
      { kind: 'edit', chatId: '1001', externalId, text: 'I am not fine at all' },
    ])
  })

  test.each([
    [[], ['👍'], true],
    [[], ['❤️'], true],
    [['👍'], ['👎'], false],
    [['👍'], [], null],
  ])('a reaction from %j to %j is an opinion', async (before, after, isHelpful) => {
    line.server.clientReacts(ann, 55, before, after)
    expect(await change()).toMatchObject([{ kind: 'opinion', chatId: '1001', externalId: '123456789.55', isHelpful }])
  })

  test('a reaction that says nothing is none', async () => {
    line.server.clientReacts(ann, 55, [], ['🤔'])
    line.server.clientReacts(ann, 55, ['🤔'], ['💯'])
    expect(await change()).toMatchObject([{ isHelpful: true }])
  })

  test('a client who blocks the bot, and lets it in again, is told of', async () => {
    line.server.clientBlocks(ann)
    line.server.clientUnblocks(ann)
    await until('both are stored', () => line.house.changes().length === 2)
    expect(line.house.changes()).toMatchObject([
      { kind: 'reach', chatId: '1001', isReachable: false },
      { kind: 'reach', chatId: '1001', isReachable: true },
    ])
  })
})

describe('a group', () => {
  test('is left, the coach is told, and what is said there belongs to no client', async () => {
    line.server.addedToGroup(-500)
    line.server.writesInGroup(ann, -500, 'Hello all')
    line.server.clientWrites(bob, 'Only me')
    await stored(1)
    await until('the bot left', () => line.server.left.length > 0)
    expect(line.house.texts()).toEqual(['Only me'])
    await until('the coach is told', () => line.house.lastReport()?.detail.includes('added the bot to a group'))
  })
})
