import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestHost, type TestHost } from '../../fixtures/testHost.ts'

let house: TestHost
beforeAll(async () => {
  house = await startTestHost()
})
afterAll(() => house.stop())

const sentenceOf = async (asked: Promise<unknown>): Promise<string> => {
  const problem: unknown = await asked.catch((error: unknown) => error)
  expect(problem).toMatchObject({ code: 'INVALID_INPUT' })
  return problem instanceof Error ? problem.message : ''
}

describe('what is not valid', () => {
  test.each([
    [
      { modelBaseUrl: 'localhost:11434/v1' },
      'The address of the model is no address. Write it in full, beginning with http:// or https://.',
    ],
    [{ modelBaseUrl: 'file:///etc/passwd' }, 'The address of the model is no address.'],
    [{ telegramApiRoot: 'ftp://there' }, 'The address of the Telegram server is no address.'],
    [{ modelName: 'x'.repeat(201) }, 'The name of the model is too long. Shorten it to 200 characters.'],
    [{ coachName: '  ' }, 'Your name is missing. Fill it in.'],
    [{ handOffAt: 11 }, 'The number of points is too high. Choose at most 10.'],
    [{ followUpHours: 0 }, 'The number of hours is too low. Choose at least 1.'],
    [{ quietFrom: '25:00' }, 'The beginning of the quiet hours is not in a form that is understood here.'],
  ])('names the field and what is wrong with it: %j', async (values, sentence) => {
    expect(await sentenceOf(house.client.settings.update(values))).toContain(sentence)
  })

  test('is not repeated, as it may be a secret', async () => {
    const token = `123:${'s3cret'.repeat(60)}`
    const sentence = await sentenceOf(house.client.channels.testTelegram({ token }))
    expect(sentence).toContain('The token of the bot is too long.')
    expect(sentence).not.toContain('s3cret')
  })

  test('changes nothing', async () => {
    const before = await house.client.settings.get()
    await sentenceOf(house.client.settings.update({ coachName: 'Robin', modelBaseUrl: 'nowhere' }))
    expect(await house.client.settings.get()).toEqual(before)
  })
})
