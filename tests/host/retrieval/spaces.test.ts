import { count, eq } from 'drizzle-orm'
import { describe, expect, onTestFinished, test } from 'vitest'
import { chunkBits, chunks, chunkVectors, clients, egressLedger, spaces } from '../../../db/schema/index.ts'
import { type Clock, systemClock } from '../../../host/clock.ts'
import { silentLog } from '../../../host/log/index.ts'
import { createPrivacyGate, type Fetch } from '../../../host/privacy/index.ts'
import { createSpaces, type SpaceSetup } from '../../../host/retrieval/spaces/spaces.ts'
import { createVectorIndex, vectorFromBlob } from '../../../host/retrieval/vectors/index.ts'
import { createSettings } from '../../../host/settings/index.ts'
import {
  type EmbeddingMisbehaviour,
  type EmbeddingServerOptions,
  startEmbeddingServer,
  vectorOf,
} from '../../fakes/embeddingServer.ts'
import { openShelf, type Shelf } from './shelf.ts'

/** Time that passes a hundred times as fast, so that pauses between attempts do not hold up the tests. */
const hurried: Clock = { now: systemClock.now, after: (ms, action) => systemClock.after(ms / 100, action) }
const never = new AbortController().signal

const startServer = async (options: EmbeddingServerOptions = {}) => {
  const server = await startEmbeddingServer(options)
  onTestFinished(() => server.close())
  return server
}

const spacesOn = (shelf: Shelf, { clock = systemClock, send }: { clock?: Clock; send?: Fetch } = {}) => {
  const { write, queries } = shelf
  const settings = createSettings(queries, {})
  const told: string[][] = []
  const gate = createPrivacyGate({ write, queries, clock, log: silentLog, ...(send ? { send } : {}) })
  const made = createSpaces({
    write,
    queries,
    gate,
    clock,
    log: silentLog,
    keys: { of: settings.spaceKey, keep: settings.setSpaceKey },
    sizeOfMoments: (isLocal) => Promise.resolve(isLocal ? { moments: 5, tokens: 50 } : { moments: 2, tokens: 20 }),
    onVectors: (documentIds) => told.push([...documentIds]),
    onWanted: () => undefined,
  })
  return { made, told }
}

const setupFor = (url: string, more: Partial<SpaceSetup> = {}): SpaceSetup => ({
  baseUrl: url,
  apiKey: '',
  model: 'small',
  priceUsd: 0,
  ...more,
})

const addBooks = (shelf: Shelf, books: number, passages: number, from = 0): void => {
  for (let book = from; book < from + books; book += 1) {
    const texts = Array.from({ length: passages }, (_, at) => `book ${book} says on page ${at} that habits grow`)
    shelf.add({ id: `book-${book}`, texts })
  }
}

const vectorCount = (shelf: Shelf): number => shelf.queries.select({ n: count() }).from(chunkVectors).get()?.n ?? 0
const statesOf = (shelf: Shelf) =>
  shelf.queries
    .select({ state: spaces.state })
    .from(spaces)
    .all()
    .map(({ state }) => state)
const ledger = (shelf: Shelf) => shelf.queries.select().from(egressLedger).all()

describe('setting up search by meaning', () => {
  test('in one step fills a space and puts it into use', async () => {
    const shelf = openShelf()
    addBooks(shelf, 3, 20)
    const server = await startServer({ apiKey: 'sk-right', model: 'small', dimensions: 64 })
    const { made } = spacesOn(shelf)
    expect(await made.setUp(setupFor(server.url, { apiKey: 'sk-right' }), never)).toEqual({ dimensions: 64 })
    expect(made.status()).toMatchObject({ active: null, building: { model: 'small', isLocal: true, passages: 0 } })
    await made.fill(never)
    expect(made.status()).toMatchObject({ active: { dimensions: 64, passages: 60, problem: null }, building: null })
    const meaning = await made.embedQuestion('book 1 says on page 7 that habits grow', null, never)
    const { id, centre, centring } = shelf.queries.select().from(spaces).get() ?? { id: '', centre: null, centring: 0 }
    const space = { id, dimensions: 64, centring, centre: centre && vectorFromBlob(centre) }
    const [hit] = createVectorIndex(shelf.reading, space).search({
      vector: meaning?.figures ?? new Float32Array(64),
      scope: { reader: { kind: 'coach' } },
      limit: 1,
    })
    expect(hit?.score).toBeGreaterThan(0.9)
    expect(
      shelf.queries
        .select()
        .from(chunks)
        .where(eq(chunks.seq, hit?.chunkSeq ?? 0))
        .get()?.text,
    ).toContain('book 1 says on page 7')
    expect(server.complaints).toEqual([])
  })

  test('takes 1,536 figures where the server can give them, else what its model gives, or what the coach asks for', async () => {
    const shelf = openShelf()
    const { made } = spacesOn(shelf)
    const large = await startServer({ dimensions: 3_072, knowsDimensions: true })
    expect(await made.setUp(setupFor(large.url), never)).toEqual({ dimensions: 1_536 })
    expect(await made.setUp(setupFor(large.url, { dimensions: 256 }), never)).toEqual({ dimensions: 256 })
    const fixed = await startServer({ dimensions: 3_072 })
    expect(await made.setUp(setupFor(fixed.url), never)).toEqual({ dimensions: 3_072 })
    await expect(made.setUp(setupFor(fixed.url, { dimensions: 256 }), never)).rejects.toThrow(/did not accept/u)
    expect(statesOf(shelf).filter((state) => state === 'building')).toHaveLength(1)
  })

  test.each([
    ['a wrong key', { apiKey: 'sk-wrong' }, 'MODEL_REFUSED_KEY', /does not accept this key/u],
    [
      'a model it does not know',
      { apiKey: 'sk-right', model: 'huge' },
      'MODEL_BAD_ANSWER',
      /this address or this model/u,
    ],
    ['no model', { apiKey: 'sk-right', model: ' ' }, 'INVALID_INPUT', /Name the model/u],
  ])('with %s says so and changes nothing', async (_name, more, code, sentence) => {
    const shelf = openShelf()
    const server = await startServer({ apiKey: 'sk-right', model: 'small' })
    const attempt = spacesOn(shelf).made.setUp(setupFor(server.url, more), never)
    await expect(attempt).rejects.toMatchObject({ code, message: expect.stringMatching(sentence) })
    expect(statesOf(shelf)).toEqual([])
  })

  test('says beforehand what would be sent and what it costs by the coach’s price', async () => {
    const shelf = openShelf()
    shelf.addClient('quiet', true)
    addBooks(shelf, 2, 10)
    shelf.add({ id: 'diary', texts: ['one two three four'], clientId: 'quiet' })
    const { made } = spacesOn(shelf)
    expect(await made.estimate({ baseUrl: 'https://vectors.example/v1', priceUsd: 0.02 })).toEqual({
      passages: 20,
      moments: 2,
      tokens: 200,
      usd: (200 * 0.02) / 1_000_000,
      keptBack: 1,
    })
    expect(await made.estimate({ baseUrl: 'http://127.0.0.1:11434/v1', priceUsd: 0 })).toMatchObject({
      passages: 21,
      keptBack: 0,
    })
  })
})

describe('an answer that cannot be right', () => {
  test.each<[EmbeddingMisbehaviour, RegExp]>([
    ['wrong_dimensions', /vectors of 63 figures where 64 were agreed/u],
    ['mixed_dimensions', /vectors of 63 figures where 64 were agreed/u],
    ['not_a_number', /not made of numbers/u],
    ['infinity', /not made of numbers|empty or infinite/u],
    ['zero_vector', /empty or infinite/u],
    ['one_too_few', /19 vectors for 20 texts/u],
    ['one_too_many', /21 vectors for 20 texts/u],
    ['same_index_twice', /which vector belongs to which text/u],
    ['html', /something else than vectors/u],
    ['empty', /something else than vectors/u],
    ['error_404', /does not know this address/u],
    ['error_401', /does not accept this key/u],
    ['quota', /quota/u],
  ])('(%s) is refused whole, with a sentence for the coach', async (trick, sentence) => {
    const shelf = openShelf()
    addBooks(shelf, 1, 20)
    const server = await startServer()
    const { made } = spacesOn(shelf)
    await made.setUp(setupFor(server.url), never)
    server.misbehave(trick)
    await expect(made.fill(never)).rejects.toThrow(sentence)
    expect(vectorCount(shelf)).toBe(0)
    expect(made.status().building?.problem).toMatch(sentence)
    await made.fill(never)
    expect(made.status()).toMatchObject({ active: { passages: 20, problem: null }, building: null })
  })

  test('in another order, with its places named, is put in order', async () => {
    const shelf = openShelf()
    addBooks(shelf, 1, 20)
    const server = await startServer()
    const { made } = spacesOn(shelf)
    await made.setUp(setupFor(server.url), never)
    server.misbehave('shuffled')
    await made.fill(never)
    const rows = shelf.queries
      .select({ vector: chunkVectors.vector, text: chunks.text, title: chunks.title })
      .from(chunkVectors)
      .innerJoin(chunks, eq(chunks.seq, chunkVectors.chunkSeq))
      .all()
    for (const { vector, text, title } of rows) {
      expect(vectorFromBlob(vector)[0]).toBeCloseTo(vectorOf(`${title}\n${text}`, 64)[0] ?? 0, 5)
    }
  })
})

describe('trouble on the way', () => {
  test.each<EmbeddingMisbehaviour>(['error_500', 'cut_before_answer', 'cut_mid_answer', 'hang', { busyForSeconds: 2 }])(
    'that passes (%j) is waited for',
    async (trick) => {
      const shelf = openShelf()
      addBooks(shelf, 1, 5)
      const server = await startServer()
      const { made } = spacesOn(shelf, { clock: hurried })
      await made.setUp(setupFor(server.url), never)
      server.misbehave(trick, trick)
      await made.fill(never)
      expect(made.status().active?.passages).toBe(5)
      expect(server.paid).toHaveLength(6)
    },
  )

  test('that stays stops the run where it is, and nothing is paid for twice', async () => {
    const shelf = openShelf()
    addBooks(shelf, 4, 40)
    const server = await startServer()
    const { made } = spacesOn(shelf, { clock: hurried })
    await made.setUp(setupFor(server.url), never)
    let batches = 0
    server.waitFor(() => {
      batches += 1
      if (batches === 3) server.misbehaveAlways('error_500')
      return Promise.resolve()
    })
    await expect(made.fill(never)).rejects.toMatchObject({ code: 'MODEL_BUSY' })
    expect(vectorCount(shelf)).toBe(64)
    expect(made.status()).toMatchObject({
      active: null,
      building: { passages: 64, problem: expect.stringContaining('busy') },
    })
    server.misbehaveAlways(null)
    await made.fill(never)
    expect(made.status()).toMatchObject({ active: { passages: 160, problem: null } })
    // The probe and every passage once.
    expect(server.paid).toHaveLength(161)
    expect(new Set(server.paid).size).toBe(161)
  })

  test('a stop in the middle keeps what was paid for, and the next run goes on from there', async () => {
    const shelf = openShelf()
    addBooks(shelf, 4, 40)
    const server = await startServer()
    const first = spacesOn(shelf, { clock: hurried }).made
    await first.setUp(setupFor(server.url), never)
    const stop = new AbortController()
    let batches = 0
    server.waitFor(() => {
      batches += 1
      if (batches === 3) stop.abort(new Error('the console closes'))
      return Promise.resolve()
    })
    await expect(first.fill(stop.signal)).rejects.toThrow('the console closes')
    expect(vectorCount(shelf)).toBe(64)
    expect(first.status().building?.problem).toBeNull()
    const again = spacesOn(shelf, { clock: hurried }).made
    await again.fill(never)
    expect(again.status().active?.passages).toBe(160)
  })

  test('a passage that is too long for the model is shortened until it fits', async () => {
    const shelf = openShelf()
    shelf.add({ id: 'short', texts: ['habits grow'] })
    shelf.add({ id: 'long', texts: ['word '.repeat(200)] })
    const server = await startServer({ longestText: 400 })
    const { made } = spacesOn(shelf, { clock: hurried })
    await made.setUp(setupFor(server.url), never)
    await made.fill(never)
    expect(made.status().active?.passages).toBe(2)
    expect(server.paid.every((text) => text.length <= 400)).toBe(true)
  })

  test('a passage that the model takes in no length holds up nothing else', async () => {
    const shelf = openShelf()
    shelf.add({ id: 'short', texts: ['habits grow'] })
    shelf.add({ id: 'endless', texts: ['word '.repeat(4_000)] })
    const server = await startServer({ longestText: 100 })
    const { made } = spacesOn(shelf, { clock: hurried })
    await made.setUp(setupFor(server.url), never)
    await made.fill(never)
    expect(made.status().active).toMatchObject({ passages: 1, problem: null })
    const asked = server.requests.length
    await made.fill(never)
    expect(server.requests).toHaveLength(asked)
  })
})

describe('changing to another model', () => {
  test('leaves the one before in use until the new space is full, then swaps at once and clears up', async () => {
    const shelf = openShelf()
    addBooks(shelf, 2, 40)
    const [old, other] = [await startServer(), await startServer({ dimensions: 32 })]
    const { made, told } = spacesOn(shelf)
    await made.setUp(setupFor(old.url, { apiKey: 'sk-old' }), never)
    await made.fill(never)
    await made.setUp(setupFor(other.url, { apiKey: 'sk-new', model: 'other' }), never)
    const seen: string[] = []
    other.waitFor(async () => {
      seen.push(made.status().active?.model ?? 'none')
      expect((await made.embedQuestion('habits', null, never))?.figures).toHaveLength(64)
    })
    told.length = 0
    await made.fill(never)
    other.waitFor(() => Promise.resolve())
    expect(seen.length).toBeGreaterThan(1)
    expect(new Set(seen)).toEqual(new Set(['small']))
    expect(told).toEqual([[]])
    expect(made.status()).toMatchObject({ active: { model: 'other', dimensions: 32, passages: 80 }, building: null })
    expect((await made.embedQuestion('habits', null, never))?.figures).toHaveLength(32)
    expect(statesOf(shelf)).toEqual(['active'])
    expect(vectorCount(shelf)).toBe(80)
    expect(new Set(old.requests.map(({ headers }) => headers.authorization))).toEqual(new Set(['Bearer sk-old']))
    expect(new Set(other.requests.map(({ headers }) => headers.authorization))).toEqual(new Set(['Bearer sk-new']))
  })

  test('can be given up without touching what serves', async () => {
    const shelf = openShelf()
    addBooks(shelf, 1, 10)
    const [old, other] = [await startServer(), await startServer({ dimensions: 32 })]
    const { made } = spacesOn(shelf)
    await made.setUp(setupFor(old.url), never)
    await made.fill(never)
    await made.setUp(setupFor(other.url), never)
    made.cancelBuilding()
    await made.fill(never)
    expect(made.status()).toMatchObject({ active: { dimensions: 64, passages: 10 }, building: null })
    expect(statesOf(shelf)).toEqual(['active'])
    made.turnOff()
    await made.fill(never)
    expect(vectorCount(shelf)).toBe(0)
    expect(await made.embedQuestion('habits', null, never)).toBeNull()
  })
})

describe('a space in use', () => {
  test('takes in new passages and tells whose they are', async () => {
    const shelf = openShelf()
    const server = await startServer()
    const { made, told } = spacesOn(shelf)
    await made.setUp(setupFor(server.url), never)
    await made.fill(never)
    expect(made.status().active?.passages).toBe(0)
    addBooks(shelf, 2, 5)
    await made.fill(never)
    expect(told.flat().sort()).toEqual(['book-0', 'book-1'])
    expect(shelf.queries.select({ n: count() }).from(chunkBits).get()?.n).toBe(10)
  })

  test('is centred anew once it has grown, with every vector’s bits by one centre', async () => {
    const shelf = openShelf()
    addBooks(shelf, 1, 10)
    const server = await startServer()
    const { made } = spacesOn(shelf)
    await made.setUp(setupFor(server.url), never)
    await made.fill(never)
    const before = shelf.queries.select().from(spaces).get()
    addBooks(shelf, 6, 40, 1)
    await made.fill(never)
    const after = shelf.queries.select().from(spaces).get()
    expect(after?.centring).toBeGreaterThan(before?.centring ?? 0)
    expect(after?.centre).not.toEqual(before?.centre)
    expect(after?.threshold).toBeGreaterThan(0)
    const centrings = shelf.queries.select({ centring: chunkBits.centring }).from(chunkBits).all()
    expect(centrings).toHaveLength(250)
    expect(new Set(centrings.map(({ centring }) => centring))).toEqual(new Set([after?.centring]))
  })

  test('lets go of a passage’s vector and bits together with the passage', async () => {
    const shelf = openShelf()
    addBooks(shelf, 1, 4)
    const server = await startServer()
    const { made } = spacesOn(shelf)
    await made.setUp(setupFor(server.url), never)
    await made.fill(never)
    shelf.write((tx) => tx.queries.delete(chunkVectors).where(eq(chunkVectors.chunkSeq, 1)).run())
    expect(shelf.queries.select({ n: count() }).from(chunkBits).get()?.n).toBe(3)
  })
})

describe('a client marked sensitive', () => {
  const remote = 'https://vectors.example/v1'
  /** Carries what is meant for the server far away to the one on this machine, and notes what would have left. */
  const carrier = (url: string) => {
    const left: string[] = []
    const send: Fetch = (input, init) => {
      left.push(String(init?.body))
      return fetch(`${url}${new URL(String(input)).pathname.replace('/v1', '')}`, init)
    }
    return { left, send }
  }

  test('keeps documents and questions on this machine, while everything else is sent', async () => {
    const shelf = openShelf()
    shelf.addClient('quiet', true)
    shelf.addClient('maya')
    shelf.add({ id: 'diary', texts: ['the secret of the diary'], clientId: 'quiet' })
    shelf.add({ id: 'plan', texts: ['the plan for spring'], clientId: 'maya' })
    addBooks(shelf, 1, 3)
    const server = await startServer()
    const { left, send } = carrier(server.url)
    const { made } = spacesOn(shelf, { send })
    await made.setUp(setupFor(remote), never)
    await made.fill(never)
    const inUse = { host: 'vectors.example', isLocal: false, passages: 4, missing: 0, keptBack: 1 }
    expect(made.status().active).toMatchObject(inUse)
    expect([made.whyWordsOnly('quiet'), made.whyWordsOnly('maya')]).toEqual(['sensitive', 'unreachable'])
    expect(await made.embedQuestion('why the diary', 'quiet', never)).toBeNull()
    expect(await made.embedQuestion('what in spring', 'maya', never)).not.toBeNull()
    expect(left.join()).toContain('plan for spring')
    expect(left.join()).not.toContain('diary')
    expect(ledger(shelf).find(({ payload }) => payload?.includes('what in spring'))?.clientId).toBe('maya')
  })

  test('who stops being one is caught up with', async () => {
    const shelf = openShelf()
    shelf.addClient('quiet', true)
    shelf.add({ id: 'diary', texts: ['the diary'], clientId: 'quiet' })
    addBooks(shelf, 1, 3)
    const server = await startServer()
    const { made } = spacesOn(shelf, { send: carrier(server.url).send })
    await made.setUp(setupFor(remote), never)
    await made.fill(never)
    shelf.write((tx) => tx.queries.update(clients).set({ isSensitive: false }).run())
    await made.fill(never)
    expect(made.status().active?.passages).toBe(4)
  })

  test('is served in full by a server on this machine', async () => {
    const shelf = openShelf()
    shelf.addClient('quiet', true)
    shelf.add({ id: 'diary', texts: ['the diary'], clientId: 'quiet' })
    const server = await startServer()
    const { made } = spacesOn(shelf)
    await made.setUp(setupFor(server.url), never)
    await made.fill(never)
    expect(made.status().active?.passages).toBe(1)
    expect(await made.embedQuestion('why', 'quiet', never)).not.toBeNull()
  })
})

describe('the ledger', () => {
  test('has a row for every batch before it leaves, naming the passages instead of holding the library again', async () => {
    const shelf = openShelf()
    addBooks(shelf, 1, 40)
    const server = await startServer()
    const { made } = spacesOn(shelf)
    await made.setUp(setupFor(server.url, { apiKey: 'sk-secret' }), never)
    server.waitFor(() => {
      expect(ledger(shelf).at(-1)).toMatchObject({ purpose: 'embedding', status: 'pending' })
      return Promise.resolve()
    })
    await made.fill(never)
    const rows = ledger(shelf)
    expect(rows).toHaveLength(3)
    expect(rows.every(({ purpose, status }) => purpose === 'embedding' && status === 'ok')).toBe(true)
    const kept = rows.slice(1).map(({ payload }) => JSON.parse(payload ?? '{}'))
    expect(kept.flatMap(({ passages }) => passages)).toHaveLength(40)
    expect(JSON.stringify(rows)).not.toContain('habits grow')
    expect(JSON.stringify(rows)).not.toContain('sk-secret')
    expect(rows[1]?.bytesOut).toBeGreaterThan(32 * 40)
  })

  test('has a row for every attempt, failed ones too', async () => {
    const shelf = openShelf()
    addBooks(shelf, 1, 3)
    const server = await startServer()
    const { made } = spacesOn(shelf, { clock: hurried })
    await made.setUp(setupFor(server.url), never)
    server.misbehave('error_500')
    await made.fill(never)
    expect(ledger(shelf).map(({ status, errorCode }) => errorCode ?? status)).toEqual(['ok', 'HTTP_500', 'ok'])
  })
})

test('a question is answered by words alone while the server is away, and is not sent again at once', async () => {
  const shelf = openShelf()
  addBooks(shelf, 1, 3)
  const server = await startServer()
  const { made } = spacesOn(shelf)
  await made.setUp(setupFor(server.url), never)
  await made.fill(never)
  server.misbehaveAlways('error_500')
  expect(await made.embedQuestion('habits', null, never)).toBeNull()
  const asked = server.requests.length
  expect(await made.embedQuestion('habits', null, never)).toBeNull()
  expect(server.requests).toHaveLength(asked)
})
