import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { connectConsole, type RunningConsole, startConsole } from '../../fixtures/console.ts'
import { ask, cookieFrom, upgrade } from './wire.ts'

let folder: string
const running: RunningConsole[] = []

const start = async (args: string[] = [], data = folder): Promise<RunningConsole> => {
  const console = await startConsole(data, args)
  running.push(console)
  return console
}

/** What a coach reads on the terminal when the console does not start, and the exit code. */
const startInVain = async (args: string[], data = folder): Promise<{ code: number; sentences: string[] }> => {
  const failure = await start(args, data).then(
    () => new Error('The console started.'),
    (error: Error) => error,
  )
  const [, code = '', output = ''] = failure.message.match(/^The console ended with (\d+): (.*)$/s) ?? []
  const lines = output.split('\n').filter((line) => line !== '')
  return { code: Number(code), sentences: lines.filter((line) => !line.startsWith('{"at":')) }
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'opencoach-console-'))
})

afterEach(async () => {
  await Promise.all(running.splice(0).map((console) => console.stop()))
  rmSync(folder, { recursive: true, force: true })
})

describe('the console in its own process', () => {
  test('ends with code 0 on SIGTERM while a window is connected, and another start opens the same data', async () => {
    const first = await start(['--demo'])
    const window = await connectConsole(first.url)
    await window.client.settings.update({ coachName: 'Noor' })
    expect(await first.stop()).toBe(0)
    const second = await start()
    const again = await connectConsole(second.url)
    expect((await again.client.vault.status()).state).toBe('open')
    expect((await again.client.settings.get()).coachName).toBe('Noor')
    again.close()
  })

  test('a second one on the same data gets one sentence and code 1, and the first goes on', async () => {
    const first = await start(['--demo'])
    expect(await startInVain([])).toEqual({
      code: 1,
      sentences: ['OpenCoach already runs with this data folder. Use that window, or close it first.'],
    })
    const window = await connectConsole(first.url)
    expect((await window.client.vault.status()).state).toBe('open')
    window.close()
  })

  test('a port that is taken gets one sentence and code 1, and the data is free again', async () => {
    const first = await start(['--demo'])
    const { port } = new URL(first.url)
    const elsewhere = mkdtempSync(join(tmpdir(), 'opencoach-console-'))
    expect(await startInVain(['--demo', '--port', port], elsewhere)).toEqual({
      code: 1,
      sentences: [`Port ${port} is already in use. Choose another with --port, or leave it out for a free one.`],
    })
    const later = await start([], elsewhere)
    const window = await connectConsole(later.url)
    expect((await window.client.vault.status()).state).toBe('open')
    window.close()
    await later.stop()
    rmSync(elsewhere, { recursive: true, force: true })
  })

  test.each([
    [['--port', 'abc'], '--port takes a number from 0 to 65535.'],
    [['--port', '70000'], '--port takes a number from 0 to 65535.'],
    [['--port', '80.5'], '--port takes a number from 0 to 65535.'],
    [['--replay-speed', '0'], '--replay-speed takes a number above 0, at most 1000.'],
    [['--replay-speed', 'fast'], '--replay-speed takes a number above 0, at most 1000.'],
  ])('%j gets one sentence and code 1', async (args, sentence) => {
    expect(await startInVain(args)).toEqual({ code: 1, sentences: [sentence] })
  })

  test('an option that does not exist is named, with code 1', async () => {
    const { code, sentences } = await startInVain(['--prot', '0'])
    expect(code).toBe(1)
    expect(sentences).toHaveLength(1)
    expect(sentences[0]).toContain("'--prot'")
  })

  test('a malformed replay file gets a sentence with the number of the line, and code 1', async () => {
    const file = join(folder, 'replay.jsonl')
    const good = JSON.stringify({ from: 'client', text: 'Hello' })
    for (const bad of ['{"from":"client","text":', '{"from":"client"}', '["client"]', '{"from":"client","text":7}']) {
      writeFileSync(file, [good, good, bad, good].join('\n'))
      const { code, sentences } = await startInVain(['--demo', '--replay', file])
      expect(code).toBe(1)
      expect(sentences).toHaveLength(1)
      expect(sentences[0]).toMatch(/\bline 3\b/i)
      expect(sentences[0]).not.toMatch(/JSON at position|Unexpected|zod|expected string/)
    }
    const { code, sentences } = await startInVain(['--demo', '--replay', join(folder, 'missing.jsonl')])
    expect(code).toBe(1)
    expect(sentences).toEqual([
      `The replay file ${join(folder, 'missing.jsonl')} cannot be read. Check its path and permissions.`,
    ])
  })

  test('frames that are enormous, broken or nonsense end their own connection at most', async () => {
    const { url, child } = await start(['--demo'])
    const port = Number(new URL(url).port)
    const headers = { cookie: await cookieFrom(url), origin: `http://127.0.0.1:${port}` }
    const closeCodeAfter = async (data: string | Buffer): Promise<number> => {
      const opened = await upgrade(port, headers)
      if ('refused' in opened) throw new Error('The window was refused.')
      return new Promise((resolve) => {
        opened.socket.on('close', resolve)
        opened.socket.on('error', () => undefined)
        opened.socket.send(data)
      })
    }
    expect(await closeCodeAfter(Buffer.alloc(17 * 1024 * 1024, 'x'))).toBe(1009)

    const opened = await upgrade(port, headers)
    if ('refused' in opened) throw new Error('The window was refused.')
    const deep = `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`
    const call = (path: string) => JSON.stringify({ i: '1', p: { u: path, b: { json: {} } } })
    const nonsense = ['', 'null', '[]', '{}', '{"i":', '\u0000', deep, '"x"'.repeat(10_000), Buffer.alloc(4096, 0xff)]
    const paths = ['/no/such/procedure', '/__proto__/constructor', '/vault/__proto__', '//', 'not a path']
    for (const frame of [...nonsense, ...paths.map(call)]) opened.socket.send(frame)
    opened.socket.on('error', () => undefined)

    // A frame with reserved bits set, as no honest client would write it.
    const raw = connect(port, '127.0.0.1')
    const lines = [
      'GET /rpc HTTP/1.1',
      `Host: 127.0.0.1:${port}`,
      `Origin: ${headers.origin}`,
      `Cookie: ${headers.cookie}`,
    ]
    const handshake = ['Upgrade: websocket', 'Connection: Upgrade', 'Sec-WebSocket-Version: 13']
    raw.write(
      `${[...lines, ...handshake, `Sec-WebSocket-Key: ${Buffer.alloc(16, 1).toString('base64')}`].join('\r\n')}\r\n\r\n`,
    )
    await new Promise((resolve) => raw.once('data', resolve))
    const ended = new Promise((resolve) => raw.once('close', resolve))
    raw.on('error', () => undefined)
    raw.resume()
    raw.write(Buffer.from([0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]))
    await ended

    const window = await connectConsole(url)
    expect((await window.client.vault.status()).state).toBe('open')
    window.close()
    opened.socket.terminate()
    expect(child.exitCode).toBeNull()
    expect((await ask(port, { headers })).status).toBe(200)
  })
})
