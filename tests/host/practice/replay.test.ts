import { describe, expect, test } from 'vitest'
import { createReplayChannel, parseReplay } from '../../../host/channels/practice/index.ts'
import { Problem } from '../../../shared/problem.ts'
import { createFakeClock } from '../../fakes/clock.ts'
import { createCountingClock, createPracticeHouse, tell } from './farSide.ts'

const line = (from: unknown, text: unknown) => JSON.stringify({ from, text })
const file = (...lines: string[]) => Buffer.from(lines.join('\n'))
const textsOf = (bytes: Uint8Array) => parseReplay(bytes).messages.map(({ text }) => text)

describe('a replay file', () => {
  test.each<[string, Uint8Array, RegExp]>([
    ['is empty', file(''), /^The replay file is empty/],
    ['has blank lines only', file('', '  ', ''), /^The replay file is empty/],
    ['has nothing from the client', file(line('coach', 'Hello')), /^The replay file has nothing from the client/],
    ['is not JSON', file(line('client', 'a'), '', '{"from":'), /^Line 3 of the replay file is not JSON/],
    ['has a line that is not an object', file(line('client', 'a'), '7'), /^Line 2 .* is not an object/],
    ['has a line that is a list', file('[]'), /^Line 1 .* is not an object/],
    ['lacks the text', file('{"from":"client"}'), /^Line 1 .* needs a "text"/],
    ['lacks who wrote', file(line('client', 'a'), '{"text":"Hello"}'), /^Line 2 .* needs a "from"/],
    ['has a number as text', file(line('client', 7)), /^Line 1 .* needs a "text"/],
    ['has an empty text', file(line('client', ' ')), /^Line 1 .* needs a "text"/],
    ['is not UTF-8', Buffer.concat([file(line('client', 'a'), ''), Buffer.from([0xff, 0xfe])]), /^Line 2 .* UTF-8/],
    ['has an endless line', file(line('client', 'x'.repeat(100_001))), /^Line 1 .* longer than 100,000 characters/],
  ])('that %s is refused with a sentence that says so', (_, bytes, sentence) => {
    const reading = (() => {
      try {
        return parseReplay(bytes)
      } catch (error) {
        return error
      }
    })()
    expect(reading).toBeInstanceOf(Problem)
    expect(reading).toMatchObject({ code: 'INVALID_INPUT', message: expect.stringMatching(sentence) })
  })

  test('may have a byte order mark, blank lines, Windows line ends and more fields', () => {
    const bytes = Buffer.from(
      '\uFEFF{"from":"client","text":"Hello","at":7}\r\n\r\n{"from":"client","text":"你好"}\r\n',
    )
    expect(textsOf(bytes)).toEqual(['Hello', '你好'])
  })

  test('with a very long text becomes several messages that lose nothing', () => {
    const long = Array.from({ length: 9_000 }, (_, index) => `word${index}`).join(' ')
    const pieces = textsOf(file(line('client', long)))
    expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThanOrEqual(20_000)
    expect(pieces.join(' ')).toBe(long)
    const faces = textsOf(file(line('client', `x${'😀'.repeat(20_000)}`)))
    expect(faces.join('')).toBe(`x${'😀'.repeat(20_000)}`)
    expect(faces.every((piece) => piece.isWellFormed())).toBe(true)
  })
})

describe('a replay', () => {
  const conversation = file(
    line('coach', 'Welcome.'),
    line('client', 'One'),
    line('client', 'Two'),
    line('coach', 'Tell me more.'),
    line('therapist', 'Please.'),
    line('client', 'Three'),
    line('coach', 'Thank you.'),
  )
  const open = (bytes = conversation, house = createPracticeHouse(), speed = 1) => {
    const clock = createFakeClock(1_760_000_000_000)
    let finished = 0
    const onFinished = () => {
      finished += 1
    }
    const channel = createReplayChannel({ replay: parseReplay(bytes), clock, speed, onFinished })
    channel.start(house.sink)
    return { house, clock, channel, finished: () => finished }
  }
  const texts = ({ house }: ReturnType<typeof open>) => house.stored.map(({ text }) => text)

  test('runs to the last message with nobody answering, and says so', async () => {
    const running = open()
    await running.clock.advance(600)
    expect(texts(running)).toEqual([])
    await running.clock.advance(60)
    expect(texts(running)).toEqual(['One'])
    await running.clock.advance(60_000)
    expect(texts(running)).toEqual(['One', 'Two', 'Three'])
    expect(running.house.stored[0]).toMatchObject({ senderName: 'Replay client' })
    expect(running.house.reports.at(-1)).toEqual({
      state: 'finished',
      detail: 'The replay is over: 3 of 3 messages were played.',
    })
    expect(running.finished()).toBe(1)
  })

  test('waits for an answer where the other side spoke, and goes on at once when it comes', async () => {
    const timeOfThird = async (isAnswered: boolean) => {
      const running = open()
      await running.clock.advance(1_400)
      expect(texts(running)).toEqual(['One', 'Two'])
      if (isAnswered) await tell(running.channel, running.house.stored[0]?.chatId ?? '', 'I see.')
      await running.clock.advance(60_000)
      const [, second, third] = running.house.stored
      return (third?.sentAt ?? 0) - (second?.sentAt ?? 0)
    }
    expect(await timeOfThird(false)).toBeGreaterThanOrEqual(2_500 + 600)
    expect(await timeOfThird(true)).toBeLessThan(1_000)
  })

  test('is not hurried by an answer in another chat', async () => {
    const running = open()
    await running.clock.advance(1_400)
    await tell(running.channel, 'replay:another', 'I see.')
    await running.clock.advance(1_500)
    expect(texts(running)).toEqual(['One', 'Two'])
  })

  test('is as many times faster as it is told to be', async () => {
    const running = open(conversation, createPracticeHouse(), 100)
    await running.clock.advance(60)
    expect(texts(running)).toEqual(['One', 'Two', 'Three'])
  })

  test('keeps what the house refuses and offers it again', async () => {
    const house = createPracticeHouse()
    house.next.push('refuse', 'refuse', 'store_and_refuse')
    const running = open(conversation, house)
    await running.clock.advance(1_000)
    expect(house.reports.at(-1)).toMatchObject({ state: 'trouble', detail: expect.stringContaining('disk is full') })
    await running.clock.advance(60_000)
    expect(texts(running)).toEqual(['One', 'Two', 'Three'])
    expect(house.reports.at(-1)?.state).toBe('finished')
  })

  test('of the same file is over after a restart, and another file begins anew in a new chat', async () => {
    const house = createPracticeHouse()
    for (const bytes of [conversation, conversation, file(line('client', 'Other')), conversation]) {
      const running = open(bytes, house)
      await running.clock.advance(60_000)
      await running.channel.stop()
    }
    expect(house.stored.map(({ text }) => text)).toEqual(['One', 'Two', 'Three', 'Other', 'One', 'Two', 'Three'])
    expect(new Set(house.stored.map(({ chatId }) => chatId)).size).toBe(3)
  })

  test('answers with receipts', async () => {
    const running = open()
    await running.clock.advance(700)
    const result = await tell(running.channel, running.house.stored[0]?.chatId ?? '', 'I see.')
    await running.clock.advance(2_000)
    expect(result.outcome).toBe('sent')
    expect(running.house.receipts.map(({ status }) => status)).toEqual(['delivered', 'read'])
  })

  test('leaves no timer behind when it is switched off', async () => {
    const { clock, waiting } = createCountingClock()
    const house = createPracticeHouse()
    const channel = createReplayChannel({ replay: parseReplay(conversation), clock })
    channel.start(house.sink)
    await clock.advance(1_400)
    await tell(channel, house.stored[0]?.chatId ?? '', 'I see.')
    expect(waiting()).toBeGreaterThan(0)
    await channel.stop()
    expect(waiting()).toBe(0)
    await clock.advance(60_000)
    expect(house.stored).toHaveLength(2)
  })
})
