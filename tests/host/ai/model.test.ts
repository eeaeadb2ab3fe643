import { createServer } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { egressLedger } from '../../../db/schema/index.ts'
import { createModel, type ModelSettings } from '../../../host/ai/index.ts'
import { type Clock, systemClock } from '../../../host/clock.ts'
import { createLog } from '../../../host/log/index.ts'
import { createPrivacyGate, type Fetch } from '../../../host/privacy/index.ts'
import { asTurns, renderPrompt } from '../../../host/replies/prompt/index.ts'
import { type ModelServer, type ModelServerOptions, startModelServer } from '../../fakes/modelServer.ts'
import { type MemoryDatabase, openMemoryDatabase } from '../../fixtures/memoryDatabase.ts'

let database: MemoryDatabase
let server: ModelServer
let lines: string[]
let settings: ModelSettings

/** Real time, but pauses between attempts last a hundredth. */
const hurriedClock: Clock = {
  now: systemClock.now,
  after: (ms, action) => systemClock.after(ms <= 20_000 ? ms / 100 : ms, action),
}

const modelWith = (parts: { send?: Fetch; clock?: Clock } = {}) => {
  const clock = parts.clock ?? hurriedClock
  const log = createLog((line) => lines.push(line))
  const common = { write: database.write, queries: database.queries, clock, log }
  const gate = createPrivacyGate(parts.send === undefined ? common : { ...common, send: parts.send })
  return createModel({ gate, settings: () => settings, clock, log })
}

const request = (text = 'I am stuck with my thesis again.') => ({
  system: renderPrompt({
    coachName: 'Robin Vale',
    coachingStyle: 'calm',
    clientName: 'Maya Lindqvist',
    about: '',
    now: 0,
    timeZone: null,
  }).system,
  messages: asTurns([{ senderType: 'client', content: text }]),
  clientId: 'maya',
  executionId: 'run-1',
})

const rows = () => database.queries.select().from(egressLedger).all()

const serve = async (options: ModelServerOptions = {}): Promise<void> => {
  server = await startModelServer({ model: 'practice-model', ...options })
  settings = { baseUrl: server.url, apiKey: '', model: 'practice-model', timeoutMs: 30_000 }
}

beforeEach(async () => {
  database = openMemoryDatabase()
  database.addClient('maya', 'Maya Lindqvist')
  lines = []
  await serve()
})
afterEach(async () => {
  await server.close()
  database.close()
})

describe('an answer', () => {
  test('comes from a local server without a key, in the form that was asked for', async () => {
    server.respond(() => ({ reply: ' Hi Maya! ', confidence: 0.8, baseIntent: 'STRUGGLE', requiresResponse: true }))
    const answer = await modelWith().generateReply(request())
    expect(answer).toMatchObject({
      reply: 'Hi Maya!',
      confidence: 0.8,
      baseIntent: 'STRUGGLE',
      requiresResponse: true,
      model: 'practice-model',
      usedFallback: false,
    })
    expect(answer.promptTokens).toBeGreaterThan(100)
    expect(server.complaints).toEqual([])
    expect(server.requests).toMatchObject([{ format: 'json_schema', clientText: 'I am stuck with my thesis again.' }])
    expect(rows()).toMatchObject([
      { status: 'ok', clientId: 'maya', executionId: 'run-1', payload: server.requests[0]?.body },
    ])
  })

  test('of a remote model has the real name, which the model never saw', async () => {
    server.respond((seen) => ({ reply: seen.clientText.includes('Maya') ? 'leaked' : 'Hello [CLIENT], well done!' }))
    settings = { ...settings, baseUrl: 'https://models.example/v1' }
    const send: Fetch = (_input, init) => fetch(`${server.url}/chat/completions`, init)
    const answer = await modelWith({ send }).generateReply(request('Maya here'))
    expect(answer.reply).toBe('Hello Maya, well done!')
    expect(server.requests[0]?.body).not.toMatch(/maya|lindqvist/iu)
    expect(rows()).toMatchObject([{ destination: 'https://models.example/v1/chat/completions', replacedNames: 2 }])
  })

  test.each([
    [
      '```json\n{"reply":"Hi","confidence":0.7,"base_intent":"QUESTION","requires_response":true}\n```',
      0.7,
      'QUESTION',
    ],
    [
      '<think>{"reply":"no"}</think>Sure: {"reply":"Hi","confidence":"85%","base_intent":"question"} ok?',
      0.85,
      'QUESTION',
    ],
    ['{"reply":"Hi","confidence":90,"base_intent":"DANCING","requires_response":"true"}', 0.9, 'UNKNOWN'],
    ['{"note":{"a":1}} {"reply":"Hi","confidence":0}', 0, 'UNKNOWN'],
  ])('is found in %s', async (content, confidence, baseIntent) => {
    server.respond(() => content)
    expect(await modelWith().generateReply(request())).toMatchObject({ reply: 'Hi', confidence, baseIntent })
  })

  test('may be empty where no response is needed', async () => {
    server.respond(() => ({ reply: '', requiresResponse: false }))
    expect(await modelWith().generateReply(request())).toMatchObject({ reply: '', requiresResponse: false })
  })
})

describe('a server without structured output', () => {
  test.each([
    ['refuse_json_schema', ['json_schema', 'json_object']],
    ['refuse_response_format', ['json_schema', 'json_object', 'plain']],
  ] as const)('that does “%s” is asked more simply, and that is remembered', async (trick, formats) => {
    server.misbehaveAlways(trick)
    const model = modelWith()
    expect((await model.generateReply(request())).usedFallback).toBe(true)
    expect(server.requests.map((one) => one.format)).toEqual(formats)
    expect((await model.generateReply(request())).usedFallback).toBe(true)
    expect(server.requests.slice(formats.length).map((one) => one.format)).toEqual([formats.at(-1)])
    expect(rows()).toHaveLength(formats.length + 1)
  })
})

describe('a model server that', () => {
  test.each([
    ['html', 'MODEL_BAD_ANSWER', 1],
    ['close_before_answer', 'MODEL_BROKE_OFF', 1],
    ['close_mid_answer', 'MODEL_BROKE_OFF', 1],
    ['empty_body', 'MODEL_BAD_ANSWER', 1],
    ['empty_content', 'MODEL_BAD_ANSWER', 1],
    ['not_json', 'MODEL_BAD_ANSWER', 1],
    ['wrong_shape', 'MODEL_BAD_ANSWER', 1],
    ['enormous', 'MODEL_TOO_LARGE', 1],
    ['refusal', 'MODEL_BAD_ANSWER', 1],
    ['redirect', 'MODEL_BAD_ANSWER', 1],
    ['error_401', 'MODEL_REFUSED_KEY', 1],
    ['error_403', 'MODEL_REFUSED_KEY', 1],
    ['error_404', 'MODEL_BAD_ANSWER', 1],
    ['error_400_context', 'MODEL_BAD_ANSWER', 1],
    ['quota', 'MODEL_BUSY', 1],
    ['error_500', 'MODEL_BUSY', 3],
    ['error_503', 'MODEL_BUSY', 3],
  ] as const)('answers with “%s” gives %s after attempts: %i', async (trick, code, attempts) => {
    server.misbehaveAlways(trick)
    await expect(modelWith().generateReply(request())).rejects.toMatchObject({ name: 'Problem', code })
    expect(server.requests).toHaveLength(attempts)
    expect(rows()).toHaveLength(attempts)
    expect(rows().every((row) => row.status !== 'pending')).toBe(true)
  })

  test('pours out an enormous answer is cut off at one megabyte', async () => {
    server.misbehave('enormous')
    await expect(modelWith().generateReply(request())).rejects.toMatchObject({ code: 'MODEL_TOO_LARGE' })
    expect(rows()[0]?.bytesIn).toBeLessThan(1_200_000)
    expect(rows()[0]).toMatchObject({ status: 'failed', errorCode: 'MODEL_TOO_LARGE' })
  })

  test.each([{ reply: 'x'.repeat(8_001) }, 'y'.repeat(100_000)])(
    'writes a reply too long for a message is not believed',
    async (given) => {
      server.respond(() => given)
      await expect(modelWith().generateReply(request())).rejects.toMatchObject({ code: 'MODEL_TOO_LARGE' })
    },
  )

  test.each(['hang', 'drip'] as const)('does nothing but “%s” is left at the time limit, once', async (trick) => {
    settings = { ...settings, timeoutMs: 400 }
    server.misbehaveAlways(trick)
    const started = performance.now()
    await expect(modelWith({ clock: systemClock }).generateReply(request())).rejects.toMatchObject({
      code: 'MODEL_TIMEOUT',
    })
    expect(performance.now() - started).toBeLessThan(3_000)
    expect(rows()).toMatchObject([{ status: 'failed', errorCode: 'MODEL_TIMEOUT' }])
  })

  test('has trouble for a moment is asked again, and each attempt has its entry', async () => {
    server.misbehave('error_500', { busyForSeconds: 1 })
    expect((await modelWith().generateReply(request())).reply).not.toBe('')
    expect(rows().map((row) => [row.status, row.errorCode])).toEqual([
      ['failed', 'HTTP_500'],
      ['failed', 'HTTP_429'],
      ['ok', null],
    ])
  })

  test('says when to come back is not asked before', async () => {
    const pauses: number[] = []
    const clock: Clock = {
      now: systemClock.now,
      after: (ms, action) => {
        pauses.push(ms)
        return hurriedClock.after(ms, action)
      },
    }
    server.misbehave({ busyForSeconds: 7 })
    await modelWith({ clock }).generateReply(request())
    expect(pauses).toContain(7_000)
  })

  test('wants to be left alone for longer than we wait is not asked again', async () => {
    server.misbehaveAlways({ busyForSeconds: 120 })
    await expect(modelWith().generateReply(request())).rejects.toMatchObject({ code: 'MODEL_BUSY' })
    expect(rows()).toHaveLength(1)
  })

  test('is not there at all gives a clear word after three attempts', async () => {
    const port = await new Promise<number>((resolve) => {
      const probe = createServer().listen(0, '127.0.0.1', () => {
        const address = probe.address()
        probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
      })
    })
    settings = { ...settings, baseUrl: `http://127.0.0.1:${port}/v1` }
    await expect(modelWith().generateReply(request())).rejects.toMatchObject({ code: 'MODEL_UNREACHABLE' })
    expect(rows().map((row) => row.errorCode)).toEqual(Array(3).fill('MODEL_UNREACHABLE'))
  })

  test('is no web server at all gives a bad answer', async () => {
    const other = createServer((socket) => socket.resume().end('SSH-2.0-OpenSSH_9.6\r\n'))
    const port = await new Promise<number>((resolve) => {
      other.listen(0, '127.0.0.1', () => {
        const address = other.address()
        resolve(typeof address === 'object' && address !== null ? address.port : 0)
      })
    })
    settings = { ...settings, baseUrl: `http://127.0.0.1:${port}/v1` }
    await expect(modelWith().generateReply(request())).rejects.toMatchObject({ code: 'MODEL_BAD_ANSWER' })
    await new Promise((resolve) => other.close(resolve))
  })
})

describe('nothing leaves', () => {
  test.each([
    { baseUrl: '', apiKey: '', model: 'm', timeoutMs: 1_000 },
    { baseUrl: 'http://127.0.0.1:9/v1', apiKey: '', model: '', timeoutMs: 1_000 },
  ])('where no model is configured', async (none) => {
    settings = none
    await expect(modelWith().generateReply(request())).rejects.toMatchObject({ code: 'NO_MODEL' })
    await expect(modelWith().test()).rejects.toMatchObject({ code: 'NO_MODEL' })
    expect(rows()).toEqual([])
  })

  test('where the ledger cannot be written, and the reason comes through', async () => {
    database.sqlite.exec("CREATE TRIGGER full BEFORE INSERT ON egress_ledger BEGIN SELECT RAISE(ABORT, 'no room'); END")
    await expect(modelWith().generateReply(request())).rejects.toThrow('no room')
    expect(server.requests).toEqual([])
  })

  test('about a sensitive client to a remote model', async () => {
    database.sqlite.exec('UPDATE clients SET is_sensitive = 1')
    settings = { ...settings, baseUrl: 'https://models.example/v1' }
    const send: Fetch = () => Promise.reject(new Error('something left'))
    await expect(modelWith({ send }).generateReply(request())).rejects.toMatchObject({ code: 'PRIVACY_BLOCKED' })
    expect(rows()).toMatchObject([{ status: 'blocked', payload: null }])
  })

  test('after the caller stopped it, and its reason comes back', async () => {
    server.misbehaveAlways('hang')
    const stopper = new AbortController()
    const reply = modelWith().generateReply({ ...request(), signal: stopper.signal })
    setTimeout(() => stopper.abort(new Error('the coach took over')), 100)
    await expect(reply).rejects.toThrow('the coach took over')
    expect(rows()).toMatchObject([{ status: 'failed', errorCode: 'STOPPED' }])
  })
})

describe('the key', () => {
  beforeEach(async () => {
    await server.close()
    await serve({ apiKey: 'sk-very-secret' })
  })

  test('goes to the server and nowhere else', async () => {
    settings = { ...settings, apiKey: 'sk-very-secret' }
    server.misbehave('error_500')
    await modelWith().generateReply(request())
    expect(server.requests[0]?.headers.authorization).toBe('Bearer sk-very-secret')
    expect(Object.keys(server.requests[0]?.headers ?? {}).filter((name) => name.startsWith('x-'))).toEqual([])
    expect(JSON.stringify([rows(), lines])).not.toContain('sk-very-secret')
  })

  test('that is wrong is named as the trouble', async () => {
    settings = { ...settings, apiKey: 'sk-wrong' }
    await expect(modelWith().test()).rejects.toMatchObject({ code: 'MODEL_REFUSED_KEY' })
  })
})

describe('the address', () => {
  test.each(['/', '', '/v1/', '/v1/chat/completions'])('may end in “%s”', async (ending) => {
    settings = { ...settings, baseUrl: `http://127.0.0.1:${server.port}${ending}` }
    await modelWith().generateReply(request())
    expect(server.requests.map((one) => one.path)).toEqual(['/v1/chat/completions'])
  })

  test('may carry a login and a query, which only the server sees', async () => {
    settings = { ...settings, baseUrl: `http://jo:p%40ss@127.0.0.1:${server.port}/v1?version=2` }
    await modelWith().generateReply(request())
    expect(server.requests).toMatchObject([
      { path: '/v1/chat/completions?version=2', headers: { authorization: `Basic ${btoa('jo:p@ss')}` } },
    ])
    expect(rows()[0]?.destination).toBe(`${server.url}/chat/completions`)
  })
})

describe('testing the model', () => {
  test('asks for one word about nobody and names the model', async () => {
    expect(await modelWith().test()).toMatchObject({ model: 'practice-model', latencyMs: expect.any(Number) })
    expect(rows()).toMatchObject([{ purpose: 'model_test', clientId: null, status: 'ok' }])
  })

  test('answers after one attempt', async () => {
    server.misbehaveAlways('error_503')
    await expect(modelWith().test()).rejects.toMatchObject({ code: 'MODEL_BUSY' })
    expect(rows()).toHaveLength(1)
  })
})
