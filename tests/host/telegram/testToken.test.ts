import { createServer } from 'node:http'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createLinking, createTelegramChannel, testTelegramToken } from '../../../host/channels/telegram/index.ts'
import { systemClock } from '../../../host/clock.ts'
import { silentLog } from '../../../host/log/index.ts'
import { listenOnLoopback } from '../../fakes/loopback.ts'
import { startTelegramServer, type TelegramServer } from '../../fakes/telegram/server.ts'

let server: TelegramServer
beforeEach(async () => {
  server = await startTelegramServer()
})
afterEach(() => server.close())

const refusal = async (given: { token?: string; apiRoot?: string }) => {
  const token = given.token ?? server.token
  const problem: unknown = await testTelegramToken({ token, apiRoot: given.apiRoot ?? server.url }).catch(
    (error) => error,
  )
  expect(problem).toMatchObject({ code: 'INVALID_INPUT' })
  const sentence = problem instanceof Error ? problem.message : ''
  expect(`${sentence} ${problem instanceof Error ? problem.stack : ''}`).not.toContain(token.split(':')[1] || 'none')
  return sentence
}

describe('a token', () => {
  test('that is good says whose it is', async () => {
    expect(await testTelegramToken({ token: server.token, apiRoot: `${server.url}/` })).toEqual({
      username: 'kit_coach_bot',
      name: 'Kit',
      canJoinGroups: true,
      canConnectToBusiness: true,
    })
  })

  test.each(['', 'hello', '123:short', '123456789 AAE-only_a_stand_in_0123456789abcdef'])(
    'of another form is refused before anything is asked: %j',
    async (token) => {
      expect(await refusal({ token })).toContain('@BotFather')
      expect(server.received).toEqual([])
      const options = { clock: systemClock, log: silentLog, linking: createLinking(systemClock, () => null) }
      expect(() => createTelegramChannel({ ...options, token, apiRoot: server.url })).toThrow('not a bot token')
    },
  )

  test('that Telegram does not know is refused with a sentence', async () => {
    server.revokeToken()
    expect(await refusal({})).toContain('does not know this token')
  })

  test('cannot be tested without a connection', async () => {
    await server.goAway()
    expect(await refusal({})).toContain('cannot be reached')
  })

  test.each(['bad_gateway', 'not_json', 'drop_before', 'empty_answer'] as const)(
    'is not taken for good when what answers is not Telegram: %s',
    async (trick) => {
      server.misbehave('getMe', trick)
      expect(await refusal({})).toContain('not Telegram')
    },
  )

  test('is not shown to a page that sends us elsewhere', async () => {
    const other = createServer((_, response) => {
      response.writeHead(307, { location: `${server.url}/bot${server.token}/getMe` })
      response.end()
    })
    const port = await listenOnLoopback(other, 0)
    expect(await refusal({ apiRoot: `http://127.0.0.1:${port}` })).toContain('not Telegram')
    expect(server.received).toEqual([])
    other.close()
  })

  test.each(['http://api.telegram.org', 'ftp://127.0.0.1', 'nonsense'])(
    'never travels where others can read it: %s',
    async (apiRoot) => {
      expect(await refusal({ apiRoot })).toContain('https://')
    },
  )
})
