import { expect, test } from 'vitest'
import { keptOf, localTime, lookAt } from './reading.ts'

const message = (id: number, from: string, text: unknown, more: object = {}) => ({
  id,
  type: 'message',
  date: `2024-05-0${id}T10:00:00`,
  date_unixtime: `${Date.UTC(2024, 4, id, 8) / 1_000}`,
  from,
  from_id: `user of ${from}`,
  text,
  ...more,
})

const single = (messages: readonly object[]) =>
  JSON.stringify({ name: 'Maya Lind', type: 'personal_chat', id: 77, messages }, null, 1)

test('one chat is read, with texts in pieces, and only what each person wrote themselves', () => {
  const text = single([
    { id: 0, type: 'service', date: '2024-05-01T09:00:00', actor: 'Maya Lind', action: 'phone_call', text: '' },
    message(1, 'Maya Lind', 'I am stuck. "Again", with a \\ and a } in it.'),
    message(2, 'Ruth', [
      'Breathe. ',
      { type: 'bold', text: 'One thing' },
      ' at a time: ',
      { type: 'link', text: 'https://a.b' },
    ]),
    message(3, 'Maya Lind', '', { photo: 'photos/1.jpg', width: 10, height: 10 }),
    message(4, 'Maya Lind', 'look what somebody wrote', { forwarded_from: null }),
    message(5, 'Ruth', 'Changed later', { edited: '2024-05-05T11:00:00', edited_unixtime: '1714903200' }),
    message(6, 'Maya Lind', 'Here is my desk', { media_type: 'video_file', file: 'a.mp4' }),
    message(7, 'Ruth', ''),
    { id: 8, type: 'message', text: 12 },
  ])
  expect(lookAt(text, 'result.json')).toMatchObject({
    format: 'telegram',
    turns: 4,
    groupCount: 0,
    people: [
      { name: 'Maya Lind', turns: 2 },
      { name: 'Ruth', turns: 2 },
    ],
    counts: { system: 1, media: 1, forwarded: 1, deleted: 2 },
  })
  const { turns } = keptOf(text, { format: 'telegram', coach: 'Ruth' })
  expect(turns).toEqual([
    `${localTime(Date.UTC(2024, 4, 1, 8))} client: I am stuck. "Again", with a \\ and a } in it.`,
    `${localTime(Date.UTC(2024, 4, 2, 8))} coach: Breathe. One thing at a time: https://a.b`,
    `${localTime(Date.UTC(2024, 4, 5, 8))} coach: Changed later`,
    `${localTime(Date.UTC(2024, 4, 6, 8))} client: Here is my desk`,
  ])
})

const full = JSON.stringify({
  about: 'Here is the data you requested. {"messages": [not one]}',
  personal_information: { user_id: 1, first_name: 'Ruth', last_name: 'Berg', phone_number: '+1' },
  contacts: { list: [{ first_name: 'Maya', messages: 'none' }] },
  frequent_contacts: { about: '', list: [[[[{}]]], 'x'] },
  chats: {
    about: '',
    list: [
      {
        name: 'Maya Lind',
        type: 'personal_chat',
        id: 2,
        messages: [message(1, 'Maya Lind', 'Hello'), message(2, 'Ruth Berg', 'Hi Maya')],
      },
      {
        name: 'Mut und Mitte',
        type: 'private_supergroup',
        id: 3,
        messages: [message(1, 'A', 'x'), message(2, 'Bb', 'y')],
      },
      { name: 'News', type: 'public_channel', id: 4, messages: [message(1, 'News', 'x')] },
      { type: 'saved_messages', id: 5, messages: [message(1, 'Ruth Berg', 'note to me')] },
      { name: null, type: 'personal_chat', id: 6, messages: [message(3, 'Ruth Berg', 'Are you there?')] },
    ],
  },
  left_chats: { about: '', list: [] },
})

test('an export of everything holds many chats; only the private ones are offered, and whose it is is known', () => {
  const found = lookAt(full, 'result.json')
  expect(found.threads.map(({ name, turns }) => [name, turns])).toEqual([
    ['Maya Lind', 2],
    ['', 1],
  ])
  expect(found).toMatchObject({
    coachGuess: 'Ruth Berg',
    groupCount: 3,
    groups: ['Mut und Mitte', 'News'],
    counts: { group: 4 },
  })
})

test('only the chats that were chosen are kept, and of somebody who is no client only the coach’s words', () => {
  const one = keptOf(full, { format: 'telegram', coach: 'Ruth Berg', threads: [{ thread: 0, keepsClient: false }] })
  expect(one.turns).toEqual([expect.stringContaining('coach: Hi Maya')])
  expect(one.counts).toEqual({ group: 4, not_a_client: 1, not_chosen: 1 })
  expect(() =>
    keptOf(full, { format: 'telegram', coach: 'Ruth Berg', threads: [{ thread: 1, keepsClient: true }] }),
  ).toThrow('between two people')
})

test('two people of the same name are told apart', () => {
  const text = single([
    message(1, 'Alex', 'I am the client', { from_id: 'user1' }),
    message(2, 'Alex', 'And I the coach', { from_id: 'user2' }),
  ])
  expect(lookAt(text, 'result.json').people.map(({ name }) => name)).toEqual(['Alex', 'Alex (2)'])
})

test('an export that breaks off, or is another program’s, is refused with a sentence', () => {
  const text = single([message(1, 'Maya', 'Hello'), message(2, 'Ruth', 'Hi')])
  for (const length of [text.length - 1, text.length - 40, 120])
    expect(() => lookAt(text.slice(0, length), 'result.json')).toThrow('ends in the middle')
  expect(() => lookAt(JSON.stringify({ messages: 3, users: [] }), 'export.json')).toThrow('not an export of Telegram')
  expect(() => lookAt('[{"text": "Hello"}]', 'export.json')).toThrow('not an export of Telegram')
})

test('a value that is enormous or nested without end costs that message only', () => {
  const deep = `{"id":1,"type":"message","text":${'['.repeat(60_000)}${']'.repeat(60_000)}}`
  const long = JSON.stringify(message(3, 'Ruth', 'x'.repeat(2_500_000)))
  const text = `{"name":"Maya","type":"personal_chat","id":1,"x":${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)},"messages":[${deep},${JSON.stringify(message(2, 'Ruth', 'Still here'))},${long}]}`
  const found = lookAt(text, 'result.json')
  expect(found.turns).toBe(1)
  expect((found.counts.broken ?? 0) + (found.counts.deleted ?? 0)).toBe(2)
})
