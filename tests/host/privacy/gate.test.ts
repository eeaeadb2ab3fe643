import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { egressLedger } from '../../../db/schema/index.ts'
import { systemClock } from '../../../host/clock.ts'
import { createLog } from '../../../host/log/index.ts'
import { createPrivacyGate, type Errand, type Fetch } from '../../../host/privacy/index.ts'
import { type MemoryDatabase, openMemoryDatabase } from '../../fixtures/memoryDatabase.ts'

const remote = 'https://models.example/v1/chat/completions'
const local = 'http://127.0.0.1:11434/v1/chat/completions'
const aboutMaya: Errand = { purpose: 'reply', clientId: 'maya', executionId: 'run-1' }
const answer = '{"fine":true}'

let database: MemoryDatabase
let sent: { url: string; init: RequestInit }[]
let lines: string[]

const answering: Fetch = async (input, init) => {
  sent.push({ url: String(input), init: init ?? {} })
  return new Response(answer, { headers: { 'content-type': 'application/json', 'set-cookie': 'a=b' } })
}

const gateWith = (send: Fetch = answering, clock = systemClock) =>
  createPrivacyGate({
    write: database.write,
    queries: database.queries,
    clock,
    log: createLog((line) => lines.push(line)),
    send,
  })

const post = (content: string, headers: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify({ model: 'm', messages: [{ role: 'user', content }] }),
})

const rows = () => database.queries.select().from(egressLedger).all()

beforeEach(() => {
  database = openMemoryDatabase()
  sent = []
  lines = []
  database.addClient('maya', 'Maya Lindqvist')
  database.addClient('tom', 'Tom Berger')
})
afterEach(() => database.close())

describe('the ledger', () => {
  test('holds an entry before the first byte leaves, and how it ended', async () => {
    let whileSending: ReturnType<typeof rows> = []
    const gate = gateWith(async (input, init) => {
      whileSending = rows()
      return answering(input, init)
    })
    await gate.open(aboutMaya).fetch(`${local}?key=q-secret`, post('hello'))
    expect(whileSending).toMatchObject([
      { status: 'pending', purpose: 'reply', clientId: 'maya', executionId: 'run-1' },
    ])
    const payload = String(sent[0]?.init.body)
    expect(rows()).toMatchObject([
      {
        status: 'ok',
        destination: local,
        payload,
        bytesOut: Buffer.byteLength(payload),
        bytesIn: answer.length,
        errorCode: null,
        replacedNames: 0,
      },
    ])
    expect(database.changes.filter((change) => change.topic === 'ledger')).toHaveLength(2)
  })

  test('that cannot be written lets nothing out', async () => {
    database.sqlite.exec(
      "CREATE TRIGGER full BEFORE INSERT ON egress_ledger BEGIN SELECT RAISE(ABORT, 'disk full'); END",
    )
    await expect(gateWith().open(aboutMaya).fetch(local, post('hello'))).rejects.toThrow()
    expect(sent).toEqual([])
  })

  test('keeps no key, cookie, password or query of an address', async () => {
    const gate = gateWith()
    await gate
      .open({ purpose: 'model_test' })
      .fetch(
        'https://jo:hunter2@models.example/v1/chat/completions?api-key=q-secret#frag',
        post('hi', { authorization: 'Bearer sk-secret', cookie: 'c-secret' }),
      )
    const kept = JSON.stringify([rows(), lines])
    for (const secret of ['sk-secret', 'c-secret', 'q-secret', 'hunter2', 'frag']) expect(kept).not.toContain(secret)
    expect(rows()[0]?.destination).toBe(remote)
  })

  test('says how a failed call ended', async () => {
    const gate = gateWith(async () => new Response('no', { status: 503 }))
    const response = await gate.open(aboutMaya).fetch(local, post('hi'))
    expect(response.status).toBe(503)
    const broken = gateWith(() => Promise.reject(new TypeError('fetch failed')))
    await expect(broken.open(aboutMaya).fetch(local, post('hi'))).rejects.toMatchObject({ code: 'MODEL_UNREACHABLE' })
    expect(rows()).toMatchObject([
      { status: 'failed', errorCode: 'HTTP_503', bytesIn: 2 },
      { status: 'failed', errorCode: 'MODEL_UNREACHABLE', bytesIn: 0 },
    ])
  })

  test('that cannot be settled does not cost the answer', async () => {
    database.sqlite.exec(
      "CREATE TRIGGER full BEFORE UPDATE ON egress_ledger BEGIN SELECT RAISE(ABORT, 'disk full'); END",
    )
    const response = await gateWith().open(aboutMaya).fetch(local, post('hi'))
    expect(await response.text()).toBe(answer)
    expect(lines.join()).toContain('ledger_not_settled')
    database.sqlite.exec('DROP TRIGGER full')
    expect(gateWith().settleInterrupted()).toBe(1)
    expect(rows()).toMatchObject([{ status: 'failed', errorCode: 'INTERRUPTED' }])
  })

  test('is read newest first, page by page, with names and payloads', async () => {
    const gate = gateWith()
    for (const text of ['one', 'two', 'three']) await gate.open(aboutMaya).fetch(local, post(text))
    await gate.open({ purpose: 'model_test' }).fetch(local, post('four'))
    const first = gate.ledger({ limit: 3 })
    expect(first.rows.map((row) => row.clientName)).toEqual([null, 'Maya Lindqvist', 'Maya Lindqvist'])
    const second = gate.ledger({ limit: 3, before: first.next ?? undefined })
    expect(second).toMatchObject({ rows: [{ purpose: 'reply' }], next: null })
    expect(gate.payload(second.rows[0]?.id ?? '').payload).toContain('one')
    expect(() => gate.payload('nowhere')).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }))
  })

  test('loses its payloads after 90 days and whole entries after 180', async () => {
    const day = 24 * 3_600_000
    let now = 1_000 * day
    const clock = { ...systemClock, now: () => now }
    const gate = gateWith(answering, clock)
    for (const at of [1_000, 1_100, 1_150]) {
      now = at * day
      await gate.open(aboutMaya).fetch(local, post('hi'))
    }
    now = 1_200 * day
    expect(gate.sweepLedger()).toEqual({ payloads: 2, entries: 1 })
    expect(rows().map((row) => row.payload !== null)).toEqual([false, true])
  })
})

describe('a sensitive client', () => {
  beforeEach(() => database.addClient('quiet', 'Quiet One', { isSensitive: true }))
  const about: Errand = { purpose: 'reply', clientId: 'quiet', executionId: 'run-2' }

  test.each([
    remote,
    'http://192.168.1.20:11434/v1/chat/completions',
    'http://0.0.0.0:11434/v1',
    'http://localhost.example/v1',
    'http://127.0.0.1.example/v1',
  ])('never reaches %s, and the ledger says so', async (url) => {
    await expect(gateWith().open(about).fetch(url, post('secret matter'))).rejects.toMatchObject({
      code: 'PRIVACY_BLOCKED',
    })
    expect(sent).toEqual([])
    expect(rows()).toMatchObject([{ status: 'blocked', payload: null, bytesOut: 0, errorCode: 'PRIVACY_BLOCKED' }])
  })

  test.each([local, 'http://localhost:1234/v1/chat/completions', 'http://[::1]:1234/v1/chat/completions'])(
    'may be answered by a model on this machine (%s)',
    async (url) => {
      expect((await gateWith().open(about).fetch(url, post('hi'))).ok).toBe(true)
    },
  )

  test('is protected from the moment the mark is set, also between two attempts', async () => {
    const passage = gateWith().open(aboutMaya)
    await passage.fetch(remote, post('one'))
    database.sqlite.exec("UPDATE clients SET is_sensitive = 1 WHERE id = 'maya'")
    await expect(passage.fetch(remote, post('two'))).rejects.toMatchObject({ code: 'PRIVACY_BLOCKED' })
    expect(sent).toHaveLength(1)
  })

  test('who is not known here cannot be written about', async () => {
    const stranger: Errand = { purpose: 'reply', clientId: 'nobody', executionId: 'run' }
    await expect(gateWith().open(stranger).fetch(local, post('hi'))).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(sent).toEqual([])
  })
})

describe('what leaves', () => {
  test('carries no names to a remote model, and the answer gets them back', async () => {
    const passage = gateWith().open(aboutMaya)
    await passage.fetch(remote, post('Maya told Tom Berger:\nMaya Lindqvist moved to maya@mail.example'))
    const body = String(sent[0]?.init.body)
    expect(JSON.parse(body)).toEqual({
      model: 'm',
      messages: [{ role: 'user', content: '[CLIENT] told [PERSON_1]:\n[CLIENT] [CLIENT_NAME_2] moved to [EMAIL_1]' }],
    })
    expect(rows()).toMatchObject([{ payload: body, replacedNames: 4 }])
    expect(passage.restore('Hello [Client], greet [PERSON_1]')).toBe('Hello Maya, greet Tom Berger')
  })

  test('keeps one placeholder a person through all attempts of an errand', async () => {
    const passage = gateWith().open(aboutMaya)
    await passage.fetch(remote, post('Tom Berger'))
    await passage.fetch(remote, post('a@b.example and Tom Berger'))
    expect(String(sent[1]?.init.body)).toContain('[EMAIL_1] and [PERSON_1]')
  })

  test('goes as it is to a model on this machine', async () => {
    const passage = gateWith().open(aboutMaya)
    await passage.fetch(local, post('Maya'))
    expect(String(sent[0]?.init.body)).toContain('Maya')
    expect(passage.restore('[CLIENT]')).toBe('[CLIENT]')
  })

  test('is the text and the few headers it needs, and follows no redirect', async () => {
    const headers = { authorization: 'Bearer k', 'x-stainless-os': 'Linux', 'user-agent': 'Library/1.0', cookie: 'c' }
    const response = await gateWith().open(aboutMaya).fetch(local, post('hi', headers))
    const init = sent[0]?.init ?? {}
    expect(Object.fromEntries(new Headers(init.headers))).toEqual({
      authorization: 'Bearer k',
      'content-type': 'application/json',
    })
    expect(init.redirect).toBe('manual')
    expect(response.headers.get('set-cookie')).toBeNull()
  })

  test('can be stopped, and then nothing more is sent', async () => {
    const stopper = new AbortController()
    const passage = gateWith(
      (_input, init) =>
        new Promise((_, reject) => init?.signal?.addEventListener('abort', () => reject(init.signal?.reason))),
    ).open(aboutMaya, stopper.signal)
    const call = passage.fetch(local, post('hi'))
    stopper.abort(new Error('the coach took over'))
    await expect(call).rejects.toThrow('the coach took over')
    await expect(passage.fetch(local, post('again'))).rejects.toThrow('the coach took over')
    expect(rows()).toMatchObject([{ status: 'failed', errorCode: 'STOPPED' }])
  })
})
