import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { deleteRowsOf } from '../../../db/clientRows.ts'
import { aiEpisodicMemory, clients, spaces } from '../../../db/schema/index.ts'
import { adoptMemory } from '../../../host/memory/index.ts'
import type { EmbeddingMisbehaviour } from '../../fakes/embeddingServer.ts'
import { openMeaning, startMeaningServer } from './meaning.ts'
import { openShown } from './shown.ts'
import { dayMs, noon } from './talk.ts'

const minute = 60_000
const sister = 'My sister Ana lives in Oslo.'

const chapters = (count: number): string[] => Array.from({ length: count }, (_, index) => `Finished chapter ${index}`)

/** Ada told of her sister and of two other things, Ben of one. */
const opened = async (
  options: { isRemote?: boolean; server?: Awaited<ReturnType<typeof startMeaningServer>> } = {},
) => {
  const server = options.server ?? (await startMeaningServer())
  const shown = openShown('ada', 'ben')
  shown.say('ada', noon - 2 * dayMs, sister, 'I finally finished my thesis!', 'I love long walks at night.')
  shown.say('ben', noon - 2 * dayMs, 'My sister Eva lives in Oslo.')
  shown.remember()
  const memory = await openMeaning(shown, { server, isRemote: options.isRemote ?? false })
  server.paid.length = 0
  server.requests.length = 0
  return { ...memory, server }
}

describe('a moment is found by what it means', () => {
  test('though it shares no word with what the client says', async () => {
    const memory = await opened()
    expect(await memory.told('Your sibling?')).not.toContain('Ana')
    await memory.embed()
    expect(await memory.told('Your sibling?')).toContain('sister Ana')
    expect(await memory.told('Your sibling?')).not.toContain('thesis')
    expect(await memory.told('Spreadsheets')).not.toContain('Ana')
  })

  test('also when much was said since, which no longer is weighed', async () => {
    const memory = await opened()
    memory.addMoments('ada', chapters(140))
    await memory.embed()
    expect(memory.kept()).toHaveLength(143)
    expect(await memory.told('Your sibling?')).toContain('sister Ana')
  })

  test('of this client alone', async () => {
    const memory = await opened()
    await memory.embed()
    expect(await memory.told('Your sibling?')).not.toContain('Eva')
    expect(await memory.told('Your sibling?', 'ben')).toMatch(/Eva/u)
    expect(await memory.told('Your sibling?', 'ben')).not.toContain('Ana')
  })

  test('by what the client’s own moments have in common where the library is too small to tell', async () => {
    const memory = await opened()
    await memory.setUp('small', memory.server, null)
    await memory.embed()
    expect(await memory.told('Your sibling?')).not.toContain('Ana')
    const said = Array.from({ length: 60 }, (_, at) => `thing${at} deed${at} place${at}`)
    memory.addMoments('ada', said)
    await memory.embed()
    expect(memory.kept().length).toBeGreaterThan(50)
    expect(await memory.told('Your sibling?')).toContain('sister Ana')
    expect(await memory.told('Spreadsheets')).not.toContain('Ana')
  })

  test('and nothing changes at all where the question has no meaning, or one of another space', async () => {
    const memory = await opened()
    const text = 'My sister, and long walks'
    const before = memory.assemble(text, undefined)
    await memory.embed()
    expect(before.lines.length).toBeGreaterThan(1)
    expect(memory.assemble(text, undefined)).toEqual(before)
    expect(memory.assemble(text, null)).toEqual(before)
    const figures = new Float32Array(256).fill(1 / 16)
    expect(memory.assemble(text, { spaceId: 'another', figures, threshold: -1 })).toEqual(before)
    const { id } = memory.queries.select({ id: spaces.id }).from(spaces).get() ?? { id: '' }
    const short = { spaceId: id, figures: figures.subarray(0, 8), threshold: -1 }
    expect(memory.assemble(text, short)).toEqual(before)
  })
})

describe('vectors of moments', () => {
  test('are made once, of one client a request, and the ledger names them by their ids', async () => {
    const memory = await opened()
    await memory.embed()
    await memory.embed()
    await memory.embed('ada')
    expect(memory.server.requests.map(({ texts }) => texts.length)).toEqual([3, 1])
    expect(memory.kept()).toHaveLength(3)
    const rows = memory.ledger().slice(-2)
    expect(rows.map(({ clientId, purpose, status }) => [clientId, purpose, status])).toEqual([
      ['ada', 'embedding', 'ok'],
      ['ben', 'embedding', 'ok'],
    ])
    const ids = memory.queries
      .select({ id: aiEpisodicMemory.id })
      .from(aiEpisodicMemory)
      .where(eq(aiEpisodicMemory.clientId, 'ada'))
      .all()
      .map(({ id }) => id)
    expect(JSON.parse(rows[0]?.payload ?? '{}').moments.toSorted()).toEqual(ids.toSorted())
    expect(JSON.stringify(rows)).not.toContain('Oslo')
  })

  test('come in batches, each kept as it comes', async () => {
    const memory = await opened()
    memory.addMoments('ada', chapters(70))
    const stop = new AbortController()
    memory.server.waitFor(async () => {
      if (memory.server.requests.length === 2) stop.abort(new Error('the console closes'))
    })
    await expect(memory.embed('ada', stop.signal)).rejects.toThrow('the console closes')
    expect(memory.kept()).toHaveLength(32)
    await memory.embed('ada')
    expect(memory.kept()).toHaveLength(73)
  })

  test('hold the coach’s words after a correction, and no others', async () => {
    const memory = await opened()
    await memory.embed()
    memory.correct('ada', 'thesis', 'Ada handed in the thesis on bees.')
    expect(memory.kept()).toHaveLength(2)
    await memory.embed('ada')
    expect(memory.server.paid.at(-1)).toBe('Ada handed in the thesis on bees.')
    expect(memory.kept()).toContain('Ada handed in the thesis on bees.')
  })

  test('go at once with what is forgotten, marked as sensitive or takes another’s place', async () => {
    const memory = await opened()
    await memory.embed()
    memory.forget('ada', 'thesis')
    expect(memory.kept().join()).not.toContain('thesis')
    memory.markSensitive('ada', 'sister', true)
    expect(memory.kept()).toHaveLength(1)
    memory.write((tx) => tx.queries.update(aiEpisodicMemory).set({ isActive: false }).run())
    expect(memory.vectorRows()).toEqual([])
    memory.server.paid.length = 0
    await memory.embed()
    expect(memory.server.paid).toEqual([])
  })

  test('are not made of what has expired, unless it is pinned', async () => {
    const memory = await opened()
    memory.write((tx) =>
      tx.queries
        .update(aiEpisodicMemory)
        .set({ expiresAt: noon - 1 })
        .run(),
    )
    await memory.embed()
    expect(memory.server.paid).toEqual([])
    const bens = eq(aiEpisodicMemory.clientId, 'ben')
    memory.write((tx) => tx.queries.update(aiEpisodicMemory).set({ pinnedAt: noon }).where(bens).run())
    await memory.embed()
    expect(memory.server.paid).toHaveLength(1)
  })

  test('are not kept of words that changed while they were on their way', async () => {
    const memory = await opened()
    let isFirst = true
    memory.server.waitFor(async () => {
      if (isFirst) memory.correct('ada', 'thesis', 'Ada passed.')
      isFirst = false
    })
    await memory.embed('ada')
    expect(memory.server.requests.map(({ texts }) => texts.length)).toEqual([3, 1])
    expect(memory.kept()).toContain('Ada passed.')
    expect(memory.kept()).toHaveLength(3)
  })

  test('and everything else of an erased client are gone, also when the answer comes later', async () => {
    const memory = await opened()
    await memory.embed()
    memory.write((tx) => deleteRowsOf(tx, 'ben'))
    expect(memory.vectorRows().map(({ clientId }) => clientId)).toEqual(['ada', 'ada', 'ada'])
    memory.write((tx) => tx.queries.update(aiEpisodicMemory).set({ correctedText: 'It reads otherwise.' }).run())
    memory.server.waitFor(async () => memory.write((tx) => deleteRowsOf(tx, 'ada')))
    await memory.embed('ada')
    expect(memory.vectorRows()).toEqual([])
    expect(memory.problem()).toBeNull()
  })

  test('of merged clients are made anew for the one who stays', async () => {
    const memory = await opened()
    await memory.embed()
    memory.write((tx) => adoptMemory(tx, { from: 'ben', to: 'ada' }, noon))
    expect(memory.kept('ben')).toEqual([])
    await memory.embed()
    expect(memory.kept('ada').join()).toContain('Eva')
  })

  test('that the server takes in no length are not asked for again', async () => {
    const server = await startMeaningServer({ longestText: 55 })
    const memory = await opened({ server })
    memory.correct('ada', 'thesis', 'long '.repeat(90))
    await memory.embed('ada')
    const asked = server.requests.length
    expect(memory.kept()).toHaveLength(2)
    await memory.embed('ada')
    expect(server.requests).toHaveLength(asked)
    memory.correct('ada', 'long long', 'Short.')
    await memory.embed('ada')
    expect(memory.kept()).toHaveLength(3)
  })
})

describe('another space', () => {
  test('in use, the vectors of the old one go and new ones are made', async () => {
    const memory = await opened()
    await memory.embed()
    const other = await startMeaningServer({ dimensions: 128 })
    await memory.setUp('large', other)
    expect(await memory.told('Your sibling?')).not.toContain('Ana')
    await memory.embed()
    expect(new Set(memory.vectorRows().map(({ vector }) => vector?.byteLength))).toEqual(new Set([128]))
    expect(memory.kept()).toHaveLength(3)
    expect(await memory.told('Your sibling?')).toContain('sister Ana')
  })

  test('or none: they go', async () => {
    const memory = await opened()
    await memory.embed()
    memory.spaces.turnOff()
    expect(await memory.told('Your sibling?')).not.toContain('Ana')
    await memory.embed()
    expect(memory.vectorRows()).toEqual([])
    expect(memory.server.requests.filter(({ texts }) => texts.join().includes('sister'))).toHaveLength(2)
  })

  test('set up before moments went there is asked for none until the coach looks again', async () => {
    const memory = await opened({ isRemote: true })
    const details = JSON.stringify({ baseUrl: 'https://vectors.example/v1', sendsDimensions: false, priceUsd: 0 })
    memory.write((tx) => tx.queries.update(spaces).set({ details }).run())
    await memory.embed()
    expect(memory.server.requests).toEqual([])
    expect(memory.spaces.status().active?.moments).toBe(false)
    await memory.setUp('small', memory.server)
    await memory.embed()
    expect(memory.kept()).toHaveLength(3)
  })
})

describe('a sensitive client', () => {
  const mark = (memory: Awaited<ReturnType<typeof opened>>, isSensitive: boolean) =>
    memory.write((tx) => {
      tx.queries.update(clients).set({ isSensitive }).where(eq(clients.id, 'ada')).run()
    })

  test('never reaches a server elsewhere', async () => {
    const memory = await opened({ isRemote: true })
    mark(memory, true)
    await memory.embed()
    expect(memory.server.paid).toHaveLength(1)
    expect(memory.server.paid.join()).not.toContain('Ana')
    expect(await memory.spaces.estimate({ baseUrl: 'https://other.example/v1', priceUsd: 1 })).toMatchObject({
      moments: 1,
    })
    mark(memory, false)
    await memory.embed()
    expect(memory.kept()).toHaveLength(3)
  })

  test('nor when they are marked while the server lets one wait', async () => {
    const memory = await opened({ isRemote: true })
    memory.server.misbehave('error_500')
    memory.server.waitFor(async () => mark(memory, true))
    await memory.embed()
    expect(memory.server.requests.filter(({ texts }) => texts.join().includes('Ana'))).toHaveLength(1)
    expect(memory.vectorRows().map(({ clientId }) => clientId)).toEqual(['ben'])
    expect(memory.problem()).toBeNull()
  })

  test('is served by a server on this machine', async () => {
    const memory = await opened()
    mark(memory, true)
    await memory.embed()
    expect(memory.kept()).toHaveLength(3)
  })

  test('names are replaced on the way elsewhere', async () => {
    const memory = await opened({ isRemote: true })
    memory.write((tx) => tx.queries.update(clients).set({ name: 'Eva Lind' }).where(eq(clients.id, 'ben')).run())
    memory.correct('ada', 'thesis', 'Ada met Eva Lind.')
    await memory.embed('ada')
    expect(memory.server.requests.at(-1)?.body).not.toContain('Eva Lind')
  })
})

describe('a server that fails', () => {
  test.each([
    'wrong_dimensions',
    'mixed_dimensions',
    'not_a_number',
    'infinity',
    'zero_vector',
    'one_too_few',
    'one_too_many',
    'same_index_twice',
    'html',
    'empty',
    'error_401',
  ] as const)('with %s leaves nothing behind but a sentence for the coach, and is not asked again', async (trick) => {
    const memory = await opened()
    memory.server.misbehaveAlways(trick satisfies EmbeddingMisbehaviour)
    await memory.embed()
    expect(memory.vectorRows()).toEqual([])
    expect(memory.problem()).toMatch(/server for search by meaning/iu)
    expect(memory.queued()).toEqual([])
    memory.server.misbehaveAlways(null)
    await memory.embed()
    expect(memory.kept()).toHaveLength(3)
    expect(memory.problem()).toBeNull()
  })

  test.each(['error_500', 'quota', 'cut_mid_answer'] as const)(
    'with %s, which may pass, is met again in ten minutes, for everybody',
    async (trick) => {
      const memory = await opened()
      memory.server.misbehaveAlways(trick)
      await memory.embed('ada')
      expect(memory.vectorRows()).toEqual([])
      expect(memory.queued()).toEqual([{ runAt: noon + 10 * minute, clientId: null }])
    },
  )
})

describe('a change of memory', () => {
  const changes = [{ topic: 'memory', id: 'ada' }, { topic: 'memory' }, { topic: 'inbox', id: 'ben' }] as const

  test('has the moments of that client looked at once, soon', async () => {
    const memory = await opened()
    memory.follow(changes)
    memory.follow(changes)
    expect(memory.queued()).toEqual([{ runAt: noon + 10_000, clientId: 'ada' }])
  })

  test('queues nothing for a client whose moments stay here, or who is gone', async () => {
    const memory = await opened({ isRemote: true })
    memory.write((tx) => tx.queries.update(clients).set({ isSensitive: true }).where(eq(clients.id, 'ada')).run())
    memory.follow(changes)
    memory.follow([{ topic: 'memory', id: 'nobody' }])
    expect(memory.queued()).toEqual([])
  })

  test('queues nothing in trouble, which waits for the coach, nor where no space is set up', async () => {
    const memory = await opened()
    memory.server.misbehaveAlways('error_401')
    await memory.embed()
    memory.follow(changes)
    expect(memory.queued()).toEqual([])
    memory.spaces.turnOff()
    memory.follow(changes)
    expect(memory.queued()).toEqual([])
  })
})
