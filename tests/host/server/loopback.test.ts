import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type LoopbackServer, serveLoopback } from '../../../host/server/index.ts'
import { accepts, ask, askRaw, cookieFrom, upgrade } from './wire.ts'

const page = '<meta name="csp-nonce" content="__CSP_NONCE__"><title>OpenCoach page</title>'
const canary = 'what lies outside the served folder'

let root: string
let attached: number
const servers: LoopbackServer[] = []

const serve = async (port = 0): Promise<LoopbackServer> => {
  const host = {
    attachSocket: () => {
      attached += 1
    },
  }
  const server = await serveLoopback(host, { port, rendererFolder: join(root, 'renderer') })
  servers.push(server)
  return server
}

const open = async () => {
  const server = await serve()
  const { port } = server
  return { server, port, cookie: await cookieFrom(server.url), origin: `http://127.0.0.1:${port}` }
}

beforeEach(() => {
  attached = 0
  root = mkdtempSync(join(tmpdir(), 'opencoach-loopback-'))
  mkdirSync(join(root, 'renderer/assets'), { recursive: true })
  mkdirSync(join(root, 'renderer-twin'))
  writeFileSync(join(root, 'renderer/index.html'), page)
  writeFileSync(join(root, 'renderer/assets/console.js'), 'export {}')
  writeFileSync(join(root, 'renderer/notes.txt'), canary)
  writeFileSync(join(root, 'secret.json'), canary)
  writeFileSync(join(root, 'renderer-twin/secret.json'), canary)
})

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()))
  rmSync(root, { recursive: true, force: true })
})

describe('a request is answered only', () => {
  test('with the cookie, the exact host and no foreign origin; then it gets the console', async () => {
    const { port, cookie, origin } = await open()
    for (const headers of [{ cookie }, { cookie, origin }, { cookie, host: `localhost:${port}` }]) {
      const answer = await ask(port, { headers })
      expect(answer.status).toBe(200)
      expect(answer.body).toContain('OpenCoach page')
    }
    expect((await ask(port, { path: '/assets/console.js', headers: { cookie } })).status).toBe(200)
  })

  test('to its own host names: another name, another port or a rebound name gets nothing', async () => {
    const { port, cookie } = await open()
    const hosts = [
      'evil.example',
      `evil.example:${port}`,
      `127.0.0.1:${port + 1}`,
      '127.0.0.1',
      'localhost',
      `127.0.0.1.evil.example:${port}`,
      `localhost.evil.example:${port}`,
      `127.0.0.1:${port}.evil.example`,
      `[::1]:${port}`,
      `0.0.0.0:${port}`,
      `127.1:${port}`,
      `user@127.0.0.1:${port}`,
      `127.0.0.1:${port} `.padEnd(40, 'x'),
    ]
    for (const host of hosts) {
      const answer = await ask(port, { headers: { cookie, host } })
      expect([host, answer.status]).toEqual([host, 421])
      expect(answer.body).not.toContain('OpenCoach page')
      expect(await upgrade(port, { cookie, host, origin: `http://${host}` })).toEqual({ refused: 403 })
    }
    expect(attached).toBe(0)
  })

  test('when it says for which host it is', async () => {
    const { port, cookie } = await open()
    const answer = await askRaw(port, `GET / HTTP/1.1\r\nCookie: ${cookie}\r\nConnection: close\r\n\r\n`)
    expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /)
    expect(await askRaw(port, `GET / HTTP/1.0\r\nCookie: ${cookie}\r\n\r\n`)).toMatch(/^HTTP\/1\.1 4\d\d /)
  })

  test('to its own origin: the null origin, another site or another port gets nothing', async () => {
    const { port, cookie, origin } = await open()
    const origins = [
      'null',
      'http://evil.example',
      `http://evil.example:${port}`,
      `https://127.0.0.1:${port}`,
      `http://127.0.0.1:${port + 1}`,
      'http://127.0.0.1',
      `${origin}/`,
      `${origin}.evil.example`,
      `http://[::1]:${port}`,
      'file://',
      '',
    ]
    for (const foreign of origins) {
      const answer = await ask(port, { headers: { cookie, origin: foreign } })
      expect([foreign, answer.status]).toEqual([foreign, 403])
      expect(await upgrade(port, { cookie, origin: foreign })).toEqual({ refused: 403 })
    }
    expect(attached).toBe(0)
  })

  test('with a cookie of this very process and port', async () => {
    const { port, cookie, origin } = await open()
    const [name = '', value = ''] = cookie.split('=')
    const other = await open()
    const refused = ['', `${name}=`, `${name}=${value}x`, `${name}=${value.slice(1)}`, `x${cookie}`, other.cookie]
    for (const wrong of refused) {
      const answer = await ask(port, { headers: wrong === '' ? {} : { cookie: wrong } })
      expect([wrong, answer.status]).toEqual([wrong, 401])
      expect(answer.body).toContain('Start OpenCoach again')
      expect(await upgrade(port, wrong === '' ? { origin } : { origin, cookie: wrong })).toEqual({ refused: 403 })
    }
    expect(attached).toBe(0)
  })

  test('until the process ends: on the same port its cookie and its first address are worth nothing afterwards', async () => {
    const { server, port, cookie, origin } = await open()
    await server.close()
    const next = await serve(port)
    expect(next.port).toBe(port)
    expect((await ask(port, { headers: { cookie } })).status).toBe(401)
    expect(await upgrade(port, { cookie, origin })).toEqual({ refused: 403 })
    const { pathname, search } = new URL(server.url)
    const answer = await ask(port, { path: pathname + search })
    expect(answer.status).toBe(401)
    expect(answer.headers['set-cookie']).toBeUndefined()
  })

  test('when it only reads', async () => {
    const { port, cookie } = await open()
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE']) {
      const answer = await ask(port, { method, headers: { cookie }, body: method === 'POST' ? '{"a":1}' : '' })
      expect([method, answer.status]).toEqual([method, 405])
    }
    const form = { cookie, 'content-type': 'application/x-www-form-urlencoded' }
    expect((await ask(port, { path: '/rpc', method: 'POST', headers: form, body: 'a=1' })).status).toBe(405)
    const head = await ask(port, { method: 'HEAD', headers: { cookie } })
    expect([head.status, head.body]).toEqual([200, ''])
  })
})

describe('the WebSocket opens only', () => {
  test('for the console itself', async () => {
    const { port, cookie, origin } = await open()
    const opened = await upgrade(port, { cookie, origin })
    expect(opened).toHaveProperty('socket')
    expect(attached).toBe(1)
    if ('socket' in opened) opened.socket.terminate()
  })

  test('with an origin: a client that says none is refused even with the cookie', async () => {
    const { port, cookie } = await open()
    expect(await upgrade(port, { cookie })).toEqual({ refused: 403 })
    expect(attached).toBe(0)
  })

  test('on its own path', async () => {
    const { port, cookie, origin } = await open()
    for (const path of ['/', '/rpc/', '/rpc?x=1', '/other', '//rpc']) {
      expect(await upgrade(port, { cookie, origin }, path)).toEqual({ refused: 403 })
    }
    expect(attached).toBe(0)
  })
})

describe('the first address', () => {
  test('becomes a cookie that no script sees and no other site sends, named by the port; the token leaves the address', async () => {
    const { server, port } = await open()
    const { pathname, search, searchParams } = new URL(server.url)
    const answer = await ask(port, { path: pathname + search })
    expect(answer.status).toBe(302)
    expect(answer.headers.location).toBe('/')
    expect(answer.body).toBe('')
    const [cookie = ''] = answer.headers['set-cookie'] ?? []
    const [pair = '', ...attributes] = cookie.split('; ')
    expect(pair).toMatch(new RegExp(`^opencoach_${port}=[\\w-]{43}$`))
    expect(attributes).toEqual(['HttpOnly', 'SameSite=Strict', 'Path=/'])
    expect(cookie).not.toContain(searchParams.get('token'))
    expect(answer.headers['referrer-policy']).toBe('no-referrer')
    expect(answer.headers['cache-control']).toBe('no-store')
  })

  test('opens nothing with a wrong token, from a foreign page or under a foreign name', async () => {
    const { server, port } = await open()
    const { pathname, search } = new URL(server.url)
    const attempts = [
      { path: `${pathname}?token=` },
      { path: `${pathname}?token=${'A'.repeat(43)}` },
      { path: `${pathname}?token=${search.slice(7, -1)}` },
      { path: pathname + search, headers: { host: `evil.example:${port}` } },
      { path: pathname + search, headers: { origin: 'http://evil.example' } },
      { path: pathname + search, method: 'POST' },
    ]
    for (const attempt of attempts) {
      const answer = await ask(port, attempt)
      expect(answer.status).toBeGreaterThanOrEqual(400)
      expect(answer.headers['set-cookie']).toBeUndefined()
    }
  })
})

describe('what is served', () => {
  test('lies in the folder of the console, whatever the path tries', async () => {
    const { port, cookie } = await open()
    const paths = [
      '/../secret.json',
      '/%2e%2e/secret.json',
      '/%2e%2e%2fsecret.json',
      '/..%2fsecret.json',
      '/..%5csecret.json',
      '/..\\secret.json',
      '/assets/../../secret.json',
      '/assets/..%2f..%2fsecret.json',
      '/assets/%252e%252e/%252e%252e/secret.json',
      '/..%2frenderer-twin/secret.json',
      '//secret.json',
      '///secret.json',
      '//',
      '/secret.json%00.html',
      '/index.html%00',
      '/%00',
      '/%c0%ae%c0%ae/secret.json',
      '/%',
      `/${encodeURIComponent(join(root, 'secret.json'))}`,
      `//${join(root, 'secret.json')}`,
      `http://evil.example${join(root, 'secret.json')}`,
      '/notes.txt',
      '/assets',
      '/assets/',
      '/missing.js',
      `/${'a'.repeat(5_000)}.js`,
    ]
    for (const path of paths) {
      const answer = await ask(port, { path, headers: { cookie } })
      expect([path, answer.status]).toEqual([path, 404])
      expect(answer.body).not.toContain(canary)
    }
    expect((await ask(port, { headers: { cookie } })).status).toBe(200)
  })

  test('runs under a strict policy, which every refusal carries too', async () => {
    const { port, cookie } = await open()
    const answers = [
      await ask(port, { headers: { cookie } }),
      await ask(port),
      await ask(port, { path: '/missing.js', headers: { cookie } }),
      await ask(port, { headers: { cookie, host: 'evil.example' } }),
    ]
    for (const { headers } of answers) {
      const policy = String(headers['content-security-policy'])
      expect(policy).not.toMatch(/unsafe|\*|https?:|'strict-dynamic'/)
      const directives = Object.fromEntries(policy.split('; ').map((each) => each.split(/ (.*)/s).slice(0, 2)))
      expect(directives).toMatchObject({
        'default-src': "'none'",
        'script-src': "'self'",
        'base-uri': "'none'",
        'form-action': "'none'",
        'frame-ancestors': "'none'",
        'connect-src': `'self' ws://127.0.0.1:${port} ws://localhost:${port}`,
      })
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
      })
      expect(headers['access-control-allow-origin']).toBeUndefined()
    }
  })

  test('has a new style nonce each time, the same in the page and in its policy', async () => {
    const { port, cookie } = await open()
    const nonces = new Set<string>()
    for (let load = 0; load < 3; load += 1) {
      const { headers, body } = await ask(port, { headers: { cookie } })
      const [, nonce = 'none'] = body.match(/content="([^"]*)"/) ?? []
      expect(nonce).toMatch(/^[\w+/]{22}==$/)
      expect(headers['content-security-policy']).toContain(`style-src 'self' 'nonce-${nonce}'`)
      nonces.add(nonce)
    }
    expect(nonces.size).toBe(3)
  })
})

test('the server listens on 127.0.0.1 and nowhere else', async () => {
  const { port } = await open()
  expect(await accepts('127.0.0.1', port)).toBe(true)
  expect(await accepts('127.0.0.2', port)).toBe(false)
  expect(await accepts('::1', port)).toBe(false)
})
