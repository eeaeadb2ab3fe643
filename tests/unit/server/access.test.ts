import { describe, expect, test } from 'vitest'
import { createAccess } from '../../../host/server/access.ts'

const access = createAccess(4321)
const cookie = access.cookieHeader().split(';')[0] ?? ''

describe('who may talk to the loopback server', () => {
  test('only its own host names with its own port', () => {
    expect(access.isAllowedHost('127.0.0.1:4321')).toBe(true)
    expect(access.isAllowedHost('localhost:4321')).toBe(true)
    for (const host of [
      undefined,
      '',
      '127.0.0.1',
      '127.0.0.1:4322',
      'evil.example:4321',
      '127.0.0.1:4321.evil.example',
      '[::1]:4321',
    ]) {
      expect(access.isAllowedHost(host)).toBe(false)
    }
  })

  test('a WebSocket must say where it comes from, a navigation need not', () => {
    expect(access.isAllowedOrigin(undefined, false)).toBe(true)
    expect(access.isAllowedOrigin(undefined, true)).toBe(false)
    for (const origin of [
      'null',
      'http://evil.example',
      'https://127.0.0.1:4321',
      'http://127.0.0.1:4322',
      'http://127.0.0.1:4321/',
    ]) {
      expect(access.isAllowedOrigin(origin, true)).toBe(false)
      expect(access.isAllowedOrigin(origin, false)).toBe(false)
    }
    expect(access.isAllowedOrigin('http://127.0.0.1:4321', true)).toBe(true)
  })

  test('the cookie is named by port, hidden from scripts and never sent from other sites', () => {
    expect(access.cookieHeader()).toMatch(/^opencoach_4321=.{43}; HttpOnly; SameSite=Strict; Path=\/$/)
  })

  test('only the exact cookie opens, wherever it stands in the header', () => {
    expect(access.hasCookie(cookie)).toBe(true)
    expect(access.hasCookie(`other=1; ${cookie}; more=2`)).toBe(true)
    expect(access.hasCookie(undefined)).toBe(false)
    expect(access.hasCookie(`${cookie}x`)).toBe(false)
    expect(access.hasCookie(`x${cookie}`)).toBe(false)
    expect(access.hasCookie(createAccess(4321).cookieHeader().split(';')[0])).toBe(false)
  })

  test('the token is not the cookie', () => {
    expect(access.isToken(access.token)).toBe(true)
    expect(access.isToken('')).toBe(false)
    expect(cookie).not.toContain(access.token)
  })
})
