import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Problem } from '../../../shared/problem.ts'
import { until } from '../../fixtures/testHost.ts'
import { ann, bob, type Line, startLine } from './harness.ts'

let line: Line
beforeEach(async () => {
  line = await startLine(30)
  await until('it listens', () => line.house.lastReport()?.state === 'running')
})
afterEach(async () => {
  await line.end()
  const written = JSON.stringify([line.logLines, line.house.reports, line.house.batches])
  expect(written).not.toContain(line.server.token.split(':')[1])
})

const hourMs = 3_600_000
const arrives = async (text: string) => {
  line.server.clientWrites(ann, text)
  await until(`“${text}” is stored`, () => line.house.texts().includes(text))
}
const told = (words: string) =>
  until(`the coach is told “${words}”`, () => {
    const last = line.house.lastReport()
    return last?.state === 'trouble' && last.detail.includes(words)
  })
const failedPolls = () => line.house.calls.filter((call) => call.purpose === 'channel_poll' && !call.ok).length
const recovers = () => until('it listens again', () => line.house.lastReport()?.state === 'running')

describe('when Telegram does not answer as it should', () => {
  test.each(['server_error', 'bad_gateway', 'not_json', 'empty_answer', 'drop_before', 'drop_mid_answer'] as const)(
    'polling goes on after %s, and nothing is lost',
    async (trick) => {
      line.server.misbehave('getUpdates', trick, trick)
      await arrives('First')
      await until('both polls failed', () => failedPolls() >= 2)
      await arrives('Second')
      await recovers()
      expect(line.house.texts()).toEqual(['First', 'Second'])
    },
  )

  test('a poll that hangs is given up', async () => {
    line.server.misbehave('getUpdates', 'hang_before')
    await arrives('Through')
  })

  test('a coach without network is told, and told when it is back', async () => {
    await line.server.goAway()
    await told('cannot be reached')
    await line.server.comeBack()
    await recovers()
    await arrives('Back')
  })

  test('a busy Telegram is left alone for as long as it asks', async () => {
    line.server.misbehave('getUpdates', { busyForSeconds: 3 })
    await arrives('Before')
    await until('it was asked to wait', () => failedPolls() > 0)
    await arrives('In time')
    expect(line.house.reports.some((report) => report.state === 'trouble')).toBe(false)
  })
})

describe('when somebody else receives the messages', () => {
  test('another program is named, and its end is noticed', async () => {
    line.server.misbehaveAlways('getUpdates', 'conflict')
    line.server.clientWrites(ann, 'Before the other')
    await told('OpenCoach on a second computer')
    line.server.misbehaveAlways('getUpdates', null)
    await recovers()
    await arrives('After the other')
  })

  test('a webhook is named', async () => {
    line.server.setWebhook('https://elsewhere.example')
    await told('a webhook is set')
    line.server.setWebhook(null)
    await arrives('After the webhook')
    await recovers()
  })
})

describe('a token that was revoked', () => {
  test('ends polling with a sentence that says what to do, until the channel is started again', async () => {
    line.server.revokeToken()
    await told('@BotFather')
    const polls = line.house.calls.length
    line.clock.skip(hourMs)
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(line.house.calls).toHaveLength(polls)
    await line.stop()
    line.server.restoreToken()
    line.start()
    await arrives('With a good token')
  })
})

describe('a house that cannot store', () => {
  test('with a full disk keeps Telegram waiting and loses nothing', async () => {
    line.house.refuse(() => new Problem('DISK_FULL'))
    for (const text of ['One', 'Two', 'Three']) line.server.clientWrites(ann, text)
    await told('The disk is full')
    expect(line.server.waiting()).toBe(3)
    line.house.refuse(() => null)
    await recovers()
    await until('all are stored', () => line.house.messages().length === 3)
    expect(line.house.texts()).toEqual(['One', 'Two', 'Three'])
  })

  test('one message alone stores the others at once, and that one in a plainer form', async () => {
    line.house.refuse(({ messages }) => (messages.some((one) => one.text === 'Poison') ? new Error('no') : null))
    for (const text of ['Before', 'Poison', 'After']) line.server.clientWrites(text === 'After' ? bob : ann, text)
    await told('could not be stored so far')
    await until('the plain form is stored', () => line.house.messages().length === 3)
    expect(line.house.texts()).toEqual(['Before', 'After', '(a message of a kind this console cannot show)'])
    await until('all is confirmed', () => line.server.waiting() === 0)
    expect(line.logLines.join('')).not.toContain('Poison')
    await recovers()
  })

  test('that stores nothing at all for a while gets the client’s own words in the end', async () => {
    let attempts = 0
    line.house.refuse(() => {
      attempts += 1
      return new Problem('INTERNAL')
    })
    line.server.clientWrites(ann, 'My own words')
    await until('it was tried often', () => attempts >= 7)
    line.house.refuse(() => null)
    await until('it is stored', () => line.house.texts().includes('My own words'))
    expect(line.house.texts()).toEqual(['My own words'])
  })

  test('a change it never takes gives way in the end', async () => {
    line.house.refuse(({ changes }) => (changes?.length ? new Error('no') : null))
    line.server.clientReacts(ann, 5, [], ['👍'])
    await arrives('Still heard')
    await until('all is confirmed', () => line.server.waiting() === 0)
    expect(line.house.changes()).toEqual([])
  })
})

describe('after the console was away', () => {
  test('for less than a day, no message can be missing', async () => {
    await arrives('Before')
    await line.stop()
    line.clock.skip(20 * hourMs)
    line.start()
    await arrives('After')
    expect(line.house.gaps()).toEqual([])
  })

  test('for more than a day, the time of which messages may be missing is told once', async () => {
    await arrives('Before')
    const before = line.clock.now()
    await line.stop()
    line.clock.skip(60 * hourMs)
    line.start()
    await until('the gap is told', () => line.house.gaps().length === 1)
    const [gap] = line.house.gaps()
    expect(Math.abs((gap?.from ?? 0) - before)).toBeLessThan(hourMs)
    expect(Math.abs((gap?.to ?? 0) - before - 36 * hourMs)).toBeLessThan(hourMs)
    await arrives('After')
    expect(line.house.gaps()).toHaveLength(1)
  })

  test('a quiet bot that was polled all the time has no gap', async () => {
    for (let day = 0; day < 3; day += 1) {
      line.clock.skip(20 * hourMs)
      const stored = line.house.batches.length
      await until('the time of the poll is written down', () => line.house.batches.length > stored)
    }
    expect(line.house.gaps()).toEqual([])
  })
})

describe('update ids that begin anew after an idle week', () => {
  test.each([400, 900_000_000])('lose nothing, at %d', async (restart) => {
    await arrives('Before')
    await line.stop()
    line.clock.skip(8 * 24 * hourMs)
    line.server.restartIdsAt(restart)
    for (const text of ['One', 'Two']) line.server.clientWrites(ann, text)
    line.start()
    await until('both are stored', () => line.house.texts().includes('Two'))
    await arrives('Three')
    expect(line.house.texts()).toEqual(['Before', 'One', 'Two', 'Three'])
    await until('all is confirmed', () => line.server.waiting() === 0)
  })

  test('lose nothing while the console runs all the time', async () => {
    await arrives('Before')
    for (let day = 0; day < 8; day += 1) {
      line.clock.skip(20 * hourMs)
      const stored = line.house.batches.length
      await until('a poll came back', () => line.house.batches.length > stored)
    }
    line.clock.skip(20 * hourMs)
    await until(
      'the old ids are trusted no more',
      () => line.server.callsOf('getUpdates').at(-1)?.params.offset === undefined,
    )
    line.server.restartIdsAt(7)
    await arrives('After')
  })
})
