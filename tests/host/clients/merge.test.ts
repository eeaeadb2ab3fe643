import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { clients as clientRows } from '../../../db/schema/index.ts'
import { mergeClients } from '../../../host/clients/merge.ts'
import { mentionableTo } from '../../../host/memory/wishes.ts'
import { createSettings } from '../../../host/settings/index.ts'
import { memoryTableNames, whatIsRemembered } from '../../fixtures/memoryRows.ts'
import { type Desk, minutes, openDesk } from '../live/desk.ts'
import { openRemembered } from '../memory/remembered.ts'
import { coach, dayMs, noon } from '../memory/talk.ts'
import { lookInto } from './dataFolder.ts'

const merge = { keptId: 'ada', mergedId: 'eda' }

/** Two clients of a talk that memory has read; `eda` said hers later. */
const openTwo = () => {
  const talk = openRemembered()
  const settings = createSettings(talk.queries, {}).values()
  const mergeThem = (now = noon + dayMs) => talk.write((tx) => mergeClients(tx, merge, settings, now))
  const clientOf = (id: string) => talk.queries.select().from(clientRows).where(eq(clientRows.id, id)).get()
  const change = (id: string, values: Partial<typeof clientRows.$inferInsert>) =>
    talk.queries.update(clientRows).set(values).where(eq(clientRows.id, id)).run()
  talk.addClient('ada', 'Ada Keller')
  talk.addClient('eda', 'Edeltraud Meier')
  talk.addClient('ben', 'Ben')
  return { ...talk, settings, mergeThem, clientOf, change }
}

const sayAll = (talk: ReturnType<typeof openTwo>, both: [string, string]) => {
  const [first, second] = both
  talk.say(first, noon, 'I want to learn Italian.', coach('Why?'), 'I prefer mornings.', 'My sister Ana is here.')
  talk.say(
    second,
    noon + dayMs / 2,
    'I want to run a marathon.',
    'I prefer evenings.',
    'I finally learned Italian!',
    "I'll call Ana tomorrow.",
  )
}

describe('two clients who are one person', () => {
  test('are remembered afterwards as if all had been said by one', () => {
    const talk = openTwo()
    sayAll(talk, ['ada', 'eda'])
    talk.remember(noon + dayMs)
    talk.mergeThem()
    talk.remember(noon + dayMs)
    const merged = whatIsRemembered(talk.queries)

    for (const table of memoryTableNames) talk.sqlite.exec(`DELETE FROM ${table}`)
    talk.remember(noon + dayMs)
    expect(merged).toEqual(whatIsRemembered(talk.queries))
    expect(talk.insights('ada').join()).toContain('Italian')
    expect(talk.insights('ada').join()).toContain('marathon')
    expect(talk.insights('eda')).toEqual([])
  })

  test('contradict themselves as anybody does: what was said last holds, at once, and the other is kept', () => {
    const talk = openTwo()
    sayAll(talk, ['ada', 'eda'])
    talk.remember(noon + dayMs)
    talk.mergeThem()
    const timing = talk
      .recall('ada')
      .preferences()
      .filter(({ preferenceCategory }) => preferenceCategory === 'timing')
    expect(timing.map(({ preferenceText }) => preferenceText).join()).toContain('evening')
    expect(timing).toHaveLength(1)
    const all = talk.sqlite
      .prepare("SELECT count(*) FROM learned_user_preferences WHERE client_id = 'ada'")
      .pluck()
      .get()
    expect(all).toBe(2)
  })

  test('keep what the coach pinned, corrected, forgot and wished, of either', () => {
    const talk = openTwo()
    talk.say('ada', noon, 'I want to learn Italian.', 'I want to sing.')
    talk.say('eda', noon, 'I want to learn Italian.', 'I want to paint.', 'I want to sing.')
    talk.remember()
    const mark = (client: string, like: string, set: string) =>
      talk.sqlite.prepare(`UPDATE client_insights SET ${set} WHERE client_id = ? AND content LIKE ?`).run(client, like)
    mark('eda', '%Italian%', "pinned_at = 5, corrected_text = 'Italian by May'")
    mark('eda', '%paint%', 'pinned_at = 6')
    mark('eda', '%sing%', 'forgotten_at = 7')
    talk.sqlite.exec("INSERT INTO memory_wishes VALUES ('w', 'eda', 'divorce', 1)")
    talk.mergeThem()
    talk.remember(noon + dayMs)
    const insights = talk.recall('ada').insights(9)
    const marks = insights.map(({ correctedText, pinnedAt }) => [pinnedAt, correctedText])
    expect(new Map(marks.map(([at, text]) => [at, text]))).toEqual(
      new Map([
        [5, 'Italian by May'],
        [6, null],
      ]),
    )
    expect(mentionableTo(talk.queries, 'ada')('my divorce')).toBe(false)
  })

  test('are one in both searches of messages, and nowhere the other any more', () => {
    const talk = openTwo()
    const [zither] = talk.say('ada', noon, 'The zither is mine.')
    const [oboe] = talk.say('eda', noon, 'The oboe is mine.')
    talk.ask('ada', 'zither')
    talk.ask('eda', 'oboe')
    talk.mergeThem()
    expect(talk.ask('ada', 'oboe')[0]).toBe(oboe)
    expect(talk.ask('ada', 'zither')[0]).toBe(zither)
    expect(talk.ask('eda', 'oboe')).toEqual([])
    const inIndex = (client: string) =>
      talk.sqlite
        .prepare('SELECT count(*) FROM messages_fts WHERE messages_fts MATCH ?')
        .pluck()
        .get(`content : oboe AND client : "${client}"`)
    expect([inIndex('ada'), inIndex('eda')]).toEqual([1, 0])
  })

  test('keep settings and name of the one, both texts about them, and the stricter mark of privacy', () => {
    const talk = openTwo()
    talk.change('ada', { about: 'Likes tea.', replyMode: 'drafts', timeZone: null, createdAt: 9 })
    talk.change('eda', {
      about: 'Works at night.',
      replyMode: 'autopilot',
      region: 'PT',
      isSensitive: true,
      createdAt: 5,
    })
    talk.mergeThem()
    expect(talk.clientOf('eda')).toBeUndefined()
    expect(talk.clientOf('ada')).toMatchObject({
      name: 'Ada Keller',
      formerNames: ['Edeltraud Meier'],
      about: 'Likes tea.\n\nWorks at night.',
      replyMode: 'drafts',
      timeZone: 'UTC',
      region: 'PT',
      isSensitive: true,
      createdAt: 5,
    })
  })

  test('lose no text about them where both do not fit into one', () => {
    const talk = openTwo()
    talk.change('ada', { about: 'a'.repeat(3_000) })
    talk.change('eda', { about: 'b'.repeat(3_000) })
    talk.mergeThem()
    expect(talk.clientOf('ada')?.about).toBe('a'.repeat(3_000))
    const note = talk.sqlite.prepare("SELECT text FROM notes WHERE client_id = 'ada'").pluck().get()
    expect(note).toBe(`About Edeltraud Meier, before the merge:\n\n${'b'.repeat(3_000)}`)
  })

  test('are two again, to the last row, where it fails at the end', () => {
    const talk = openTwo()
    sayAll(talk, ['ada', 'eda'])
    talk.remember(noon + dayMs)
    const tables = [
      'clients',
      'conversations',
      'messages',
      'message_changes',
      'jobs',
      'memory_progress',
      'session_summaries',
    ]
    const all = () =>
      JSON.stringify([
        tables.map((table) => talk.sqlite.prepare(`SELECT * FROM ${table}`).all()),
        whatIsRemembered(talk.queries),
      ])
    const before = all()
    const failing = () =>
      talk.write((tx) => {
        mergeClients(tx, merge, talk.settings, noon + dayMs)
        throw new Error('The machine stopped.')
      })
    expect(failing).toThrow('The machine stopped.')
    expect(all()).toBe(before)
  })

  test('cannot be the same, missing, a practice client and a real one, or in a crisis', () => {
    const talk = openTwo()
    const trying = (keptId: string, mergedId: string) => () =>
      talk.write((tx) => mergeClients(tx, { keptId, mergedId }, talk.settings, noon))
    expect(trying('ada', 'ada')).toThrow('Choose another client to merge with.')
    expect(trying('ada', 'nobody')).toThrow('no longer here')
    talk.change('ben', { isPractice: true })
    expect(trying('ada', 'ben')).toThrow('A practice client and a real one cannot be merged')
    talk.sqlite.exec("UPDATE conversations SET owner = 'locked' WHERE id = 'eda'")
    expect(trying('ada', 'eda')).toThrow('Edeltraud Meier is in a safety crisis')
    expect(trying('eda', 'ada')).toThrow('Edeltraud Meier is in a safety crisis')
  })
})

describe('on the desk', () => {
  let desk: Desk
  beforeEach(async () => {
    desk = await openDesk()
    let answers = 0
    // Never nearly the same words twice, which the house takes for repeating itself.
    const questions = ['you today?', 'most: shoes that fit, or a quiet road?', 'after all this time, a rest or a race?']
    desk.model.respond(() => ({ reply: `What would help ${questions[answers++]}`, confidence: 0.85 }))
  })
  afterEach(() => desk.close())
  const idOf = async (name: string) =>
    (await desk.house.client.clients.list({ search: name, limit: 5 })).rows[0]?.id ?? ''

  test('a client who was merged writes on both channels as one, the clone answers each, and no epoch stays', async () => {
    await desk.house.far.write('Ann', 'I started to run.')
    await desk.house.far.write('Annie', 'Hello from my other phone.')
    await desk.until(
      'both are answered',
      () => desk.texts().filter((text) => text.includes('What would help')).length === 2,
    )
    const [keptId, mergedId] = [await idOf('Ann'), await idOf('Annie')]
    const epochs = () =>
      lookInto(desk.house.folder, ({ sqlite }) =>
        sqlite.prepare('SELECT epoch FROM conversations ORDER BY id').pluck().all(),
      )
    const before = epochs()
    await desk.house.client.clients.merge({ keptId, mergedId })
    expect(epochs().map(Number)).toEqual(before.map((epoch) => Number(epoch) + 1))
    const { rows } = await desk.house.client.clients.list({ search: '', limit: 5 })
    expect(rows.map(({ id, name }) => [id, name])).toEqual([[keptId, 'Ann']])
    expect((await desk.house.client.clients.get({ clientId: keptId })).messageCount).toBeGreaterThanOrEqual(4)
    await desk.house.far.write('Annie', 'And now?')
    await desk.until(
      'it is answered',
      () => desk.texts().filter((text) => text.includes('What would help')).length === 3,
    )
    const conversations = (await desk.house.client.inbox.list({ filter: 'all', limit: 5 })).rows
    expect(conversations.map(({ clientName }) => clientName)).toEqual(['Ann', 'Ann'])
  })

  test('a reply that the model was thinking about when they were merged is thought about anew', async () => {
    await desk.house.far.write('Ann', 'I started to run.')
    await desk.until('Ann is answered', () => desk.texts().some((text) => text.includes('What would help')))
    desk.model.think(800)
    await desk.house.far.write('Bob', 'Which shoes do I need?')
    const running = () =>
      lookInto(desk.house.folder, ({ sqlite }) =>
        Number(sqlite.prepare("SELECT count(*) FROM agent_executions WHERE status = 'running'").pluck().get()),
      )
    await desk.until('the clone thinks', running)
    await desk.house.client.clients.merge({ keptId: await idOf('Ann'), mergedId: await idOf('Bob') })
    const answered = () => desk.house.far.sent.filter(({ text }) => text.includes('What would help'))
    await desk.until('Bob is answered', () => answered().length > 1)
    desk.later(minutes(1))
    await desk.until('nothing runs', () => running() === 0)
    expect(answered().map(({ chatId }) => chatId)).toEqual(['Ann', 'Bob'])
    expect(answered()[1]?.text).toContain('a rest or a race')
  })
})
