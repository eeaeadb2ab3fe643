import { join } from 'node:path'
import { count, like } from 'drizzle-orm'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { readKeyFile } from '../../../db/keyFile.ts'
import { openDatabase } from '../../../db/open.ts'
import { chunkBits, chunkVectors, settings, spaces } from '../../../db/schema/index.ts'
import {
  type EmbeddingMisbehaviour,
  type EmbeddingServerOptions,
  startEmbeddingServer,
} from '../../fakes/embeddingServer.ts'
import { startTestHost, type TestHost, until } from '../../fixtures/testHost.ts'

let house: TestHost
let seen: string[]

beforeEach(async () => {
  house = await startTestHost({ settings: { defaultReplyMode: 'off' } })
  seen = []
  onTestFinished(() => house.stop())
})

const startServer = async (options: EmbeddingServerOptions = {}) => {
  const server = await startEmbeddingServer(options)
  onTestFinished(() => server.close())
  return server
}

/** What the console was answered, kept to be looked through. */
const noted = async <T>(answer: Promise<T>): Promise<T> => {
  const got = await answer.catch((error: unknown) => {
    seen.push(JSON.stringify(error), String(error))
    throw error
  })
  seen.push(JSON.stringify(got))
  return got
}

type Server = Awaited<ReturnType<typeof startServer>>

/** Does something before a server answers its nth request; the 0th is the one that tries it out. */
const beforeAnswer = (server: Server, nth: number, work: () => Promise<void> | void): void => {
  let asked = -1
  server.waitFor(async () => {
    asked += 1
    if (asked === nth) await work()
  })
}

const api = () => house.client.library.spaces
const status = () => noted(api().status())
const search = (text = 'How does habit 7 grow?') => house.client.library.search({ text })

const setUp = (baseUrl: string, more: { apiKey?: string; model?: string; dimensions?: number } = {}) =>
  noted(api().setUp({ baseUrl, model: 'small', priceUsd: 0.02, apiKey: '', ...more }))

const section = (at: number) =>
  `## Habit ${at}\n\n${`Habit ${at} grows where it is small, and where somebody asks about it. `.repeat(25)}\n`

/** A document of so many sections, each at least one passage. Answers with the number of passages. */
const shelve = async (sections: number, name = 'habits.md'): Promise<number> => {
  const { library } = house.client
  const bytes = Buffer.from(`# ${name}\n\n${Array.from({ length: sections }, (_, at) => section(at)).join('\n')}`)
  const upload = { fileName: name, folder: '', bytes: bytes.length, tags: [], clientId: null }
  const { uploadId } = await library.beginUpload(upload)
  await library.appendUpload({ uploadId, offset: 0, base64: bytes.toString('base64') })
  const { documentId } = await library.finishUpload({ uploadId })
  await until('it is read', async () => (await library.document({ documentId })).document.state === 'ready')
  return (await library.overview()).passages
}

/** The topics that a window is told of from now on. */
const listen = (): string[] => {
  const told: string[] = []
  const hear = async () => {
    for await (const batch of await house.client.events.changes()) told.push(...batch.map(({ topic }) => topic))
  }
  void hear().catch(() => undefined)
  return told
}

const isInUse = (model: string) =>
  until(`${model} is in use`, async () => {
    const { active, building } = await status()
    return active?.model === model && active.missing === 0 && building === null
  })
const hasProblem = (which: 'active' | 'building') =>
  until('it says what is wrong', async () => (await status())[which]?.problem)

/** What lies in the file, looked at from outside. */
const stored = () => {
  const database = openDatabase({ file: join(house.folder, 'opencoach.db'), key: readKeyFile(house.folder) })
  try {
    const { queries } = database
    return {
      vectors: queries.select({ n: count() }).from(chunkVectors).get()?.n,
      bits: queries.select({ n: count() }).from(chunkBits).get()?.n,
      spaces: queries.select({ n: count() }).from(spaces).get()?.n,
      keys: queries.select({ n: count() }).from(settings).where(like(settings.key, 'spaceKey:%')).get()?.n,
    }
  } finally {
    database.close()
  }
}

describe('search by meaning, set up from the console', () => {
  test('says what it costs, begins in one step, tells how far it is, and then answers', async () => {
    const passages = await shelve(70)
    expect(await search()).toMatchObject({ answeredBy: 'words', wordsOnlyBecause: 'no_space' })
    const server = await startServer({ apiKey: 'sk-right', model: 'small' })
    const cost = await api().estimate({ baseUrl: server.url, model: 'small', priceUsd: 0.02 })
    expect(cost).toMatchObject({ passages, keptBack: 0, usd: (cost.tokens * 0.02) / 1_000_000 })
    expect(server.requests).toEqual([])

    const told = listen()
    let release: () => void = () => undefined
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    beforeAnswer(server, 2, () => held)
    expect(await setUp(server.url, { apiKey: 'sk-right' })).toEqual({ dimensions: 64 })
    await until('the first batch is done', async () => (await status()).building?.passages === 32)
    expect(await status()).toMatchObject({ active: null, building: { model: 'small', isLocal: true, problem: null } })
    expect(await search()).toMatchObject({ answeredBy: 'words', wordsOnlyBecause: 'filling' })
    told.length = 0
    release()
    await until('windows are told', () => told.includes('library'))
    await isInUse('small')
    expect((await status()).active).toMatchObject({ passages, missing: 0, host: new URL(server.url).host })
    await until('meaning takes part', async () => (await search()).answeredBy === 'meaning_and_words')
    expect((await search()).wordsOnlyBecause).toBeNull()
    expect(server.complaints).toEqual([])
  })

  test('what is filed later gets its vectors by itself', async () => {
    await shelve(3)
    const server = await startServer()
    await setUp(server.url)
    await isInUse('small')
    const passages = await shelve(5, 'more.md')
    await until('all have one', async () => (await status()).active?.passages === passages)
  })

  test.each([
    ['no address', { baseUrl: 'somewhere' }, 'The address of the server is no address.'],
    ['no model', { model: ' ' }, 'The name of the model is missing.'],
    ['a size no vector has', { dimensions: 3 }, 'The size of a vector is too low.'],
    ['a price below nothing', { priceUsd: -1 }, 'The price is too low.'],
  ])('%s gets a sentence', async (_name, wrong, sentence) => {
    const right = { baseUrl: 'http://127.0.0.1:9/v1', model: 'small', priceUsd: 0, apiKey: '' }
    await expect(api().setUp({ ...right, ...wrong })).rejects.toMatchObject({
      message: expect.stringContaining(sentence),
    })
    expect((await status()).building).toBeNull()
  })

  test('a server that is not there is told at once, and nothing begins', async () => {
    const server = await startServer()
    await server.close()
    await expect(setUp(server.url)).rejects.toMatchObject({ message: expect.stringContaining('did not answer') })
    expect(await status()).toEqual({ active: null, building: null })
  })

  test('without a key the model’s own is used for the same server, and for no other', async () => {
    await shelve(1)
    const [ours, other] = [await startServer(), await startServer()]
    await house.client.settings.update({ modelBaseUrl: ours.url, modelKey: 'sk-of-the-model' })
    await setUp(ours.url)
    expect(ours.requests[0]?.headers.authorization).toBe('Bearer sk-of-the-model')
    await setUp(other.url)
    expect(JSON.stringify(other.requests)).not.toContain('sk-of-the-model')
  })

  test('a key is in no answer and in no line of the log', async () => {
    await shelve(40)
    const server = await startServer()
    const withPassword = server.url.replace('//', '//ann:pass-in-address@')
    await setUp(withPassword, { apiKey: 'sk-very-secret' })
    await isInUse('small')
    server.misbehaveAlways('error_401')
    await expect(noted(api().tryAgain({ which: 'active', apiKey: 'sk-other-secret' }))).rejects.toThrow(/this key/u)
    await expect(setUp(server.url, { apiKey: 'sk-third-secret', model: 'b' })).rejects.toThrow(/this key/u)
    await noted(search())
    await status()
    await noted(house.client.settings.get())
    const { rows } = await noted(house.client.privacy.ledger({ limit: 100 }))
    for (const { id } of rows) await noted(house.client.privacy.payload({ entryId: id }))
    expect(rows.length).toBeGreaterThan(3)
    for (const secret of ['sk-very-secret', 'sk-other-secret', 'sk-third-secret', 'pass-in-address'])
      expect([...seen, ...house.logLines].filter((line) => line.includes(secret))).toEqual([])
  })
})

describe('a server that fails midway', () => {
  test.each<[EmbeddingMisbehaviour, RegExp]>([
    ['not_a_number', /not made of numbers/u],
    ['wrong_dimensions', /63 figures where 64 were agreed/u],
    ['error_401', /does not accept this key/u],
  ])('(%s) is named, and trying again sends only what is missing', async (trick, sentence) => {
    const passages = await shelve(70)
    const server = await startServer()
    beforeAnswer(server, 2, () => server.misbehaveAlways(trick))
    await setUp(server.url)
    expect(await hasProblem('building')).toMatch(sentence)
    const { building, active } = await status()
    expect([building?.passages, active]).toEqual([32, null])
    expect(await search()).toMatchObject({ answeredBy: 'words', wordsOnlyBecause: 'filling' })

    await expect(api().tryAgain({ which: 'building' })).rejects.toMatchObject({
      message: expect.stringMatching(trick === 'wrong_dimensions' ? /63 figures/u : sentence),
    })
    expect((await status()).building?.problem).toMatch(sentence)
    server.misbehaveAlways(null)
    await api().tryAgain({ which: 'building', apiKey: 'sk-new' })
    await isInUse('small')
    expect((await status()).active).toMatchObject({ passages, problem: null })
    const sentOnce = server.paid.filter((text) => text.includes('Habit'))
    expect(sentOnce).toHaveLength(passages)
    expect(new Set(sentOnce).size).toBe(passages)
    expect(server.requests.at(-1)?.headers.authorization).toBe('Bearer sk-new')
  })

  test('set up once more with the same model, it keeps what was made', async () => {
    const passages = await shelve(70)
    const server = await startServer()
    beforeAnswer(server, 2, () => server.misbehaveAlways('quota'))
    await setUp(server.url)
    expect(await hasProblem('building')).toMatch(/quota/u)
    const rest = await api().estimate({ baseUrl: server.url, model: 'small', priceUsd: 0.02 })
    expect(rest.passages).toBe(passages - 32)
    server.misbehaveAlways(null)
    await setUp(server.url, { apiKey: 'sk-paid' })
    await isInUse('small')
    expect(server.paid.filter((text) => text.includes('Habit'))).toHaveLength(passages)
  })

  test('a search that gets no meaning from it is answered by words and says so, until it is back', async () => {
    await shelve(3)
    const server = await startServer()
    await setUp(server.url)
    await isInUse('small')
    await until('meaning takes part', async () => (await search()).answeredBy === 'meaning_and_words')
    server.misbehaveAlways('error_401')
    const answer = await search()
    expect(answer).toMatchObject({ answeredBy: 'words', wordsOnlyBecause: 'unreachable' })
    expect(answer.hits.length).toBeGreaterThan(0)
    expect((await status()).active?.problem).toMatch(/does not accept this key/u)
    server.misbehaveAlways(null)
    await api().tryAgain({ which: 'active' })
    expect((await status()).active?.problem).toBeNull()
    expect((await search()).answeredBy).toBe('meaning_and_words')
  })
})

describe('switching', () => {
  test('leaves the model in use answering until the other one is full', async () => {
    const passages = await shelve(70)
    const [old, other] = [await startServer(), await startServer({ dimensions: 32 })]
    await setUp(old.url)
    await isInUse('small')
    await until('meaning takes part', async () => (await search()).answeredBy === 'meaning_and_words')
    const answers: unknown[] = []
    await setUp(other.url, { model: 'other' })
    other.waitFor(async () => {
      const { active } = await api().status()
      answers.push([active?.model, active?.passages, (await search()).answeredBy])
    })
    await isInUse('other')
    other.waitFor(() => Promise.resolve())
    expect(answers.length).toBeGreaterThan(1)
    for (const answer of answers) expect(answer).toEqual(['small', passages, 'meaning_and_words'])
    await until('the other one answers', async () => (await search()).answeredBy === 'meaning_and_words')
    await until('the one before is gone', () => stored().vectors === passages)
    expect(stored()).toMatchObject({ bits: passages, spaces: 1, keys: 0 })
  })

  test('to a third while the second is being prepared never puts an empty one into use', async () => {
    const passages = await shelve(70)
    const [second, third] = [await startServer(), await startServer({ dimensions: 32 })]
    const before: unknown[] = []
    third.waitFor(async () => {
      before.push((await api().status()).active)
    })
    beforeAnswer(second, 2, async () => void (await setUp(third.url, { model: 'third' })))
    await setUp(second.url, { model: 'second' })
    await isInUse('third')
    expect((await status()).active?.passages).toBe(passages)
    expect(before.length).toBeGreaterThan(2)
    expect(new Set(before)).toEqual(new Set([null]))
  })
})

describe('ending', () => {
  test('what is being prepared sends nothing more and leaves nothing', async () => {
    await shelve(70)
    const server = await startServer()
    const reached = new Promise<void>((resolve) => {
      beforeAnswer(server, 1, () => {
        resolve()
        return new Promise(() => undefined)
      })
    })
    await setUp(server.url, { apiKey: 'sk-unused' })
    await reached
    await api().cancelBuilding()
    expect(await status()).toEqual({ active: null, building: null })
    await until('nothing is left', () => stored().spaces === 0)
    expect(stored()).toEqual({ vectors: 0, bits: 0, spaces: 0, keys: 0 })
    expect(server.requests).toHaveLength(2)
  })

  test('search by meaning removes every vector and its key, and words answer', async () => {
    const passages = await shelve(70)
    const server = await startServer()
    await setUp(server.url, { apiKey: 'sk-once' })
    await isInUse('small')
    expect(stored()).toEqual({ vectors: passages, bits: passages, spaces: 1, keys: 1 })
    await api().turnOff()
    expect(await status()).toEqual({ active: null, building: null })
    expect(await search()).toMatchObject({ answeredBy: 'words', wordsOnlyBecause: 'no_space' })
    await until('nothing is left', () => stored().spaces === 0)
    expect(stored()).toEqual({ vectors: 0, bits: 0, spaces: 0, keys: 0 })
  })
})
