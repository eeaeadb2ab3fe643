import { describe, expect, test } from 'vitest'
import { isGoingInCircles } from '../../../host/signals/index.ts'

const client = (...texts: string[]) => texts.map((text) => ({ from: 'client' as const, text }))
const withReplies = (...texts: string[]) =>
  texts.flatMap((text) => [
    { from: 'client' as const, text },
    { from: 'other' as const, text: 'And what would help you with that?' },
  ])

describe('a conversation goes in circles', () => {
  test.each([
    ['My boss never listens', 'my boss just never listens to me', 'But my boss really never listens!'],
    ['I can’t find time for sport', 'i cant find the time for sport', 'no time for sport, I can’t find it'],
    ['Mi jefe no me escucha nunca', 'mi jefe nunca escucha', 'es que mi jefe no escucha'],
    ['Mein Chef hört nie zu', 'mein chef hört einfach nie zu', 'Aber mein Chef hört nie zu'],
    ['Mon chef ne m’écoute jamais', 'mon chef écoute jamais', 'mais mon chef n’écoute jamais'],
    ['O meu chefe nunca me ouve', 'meu chefe nunca ouve', 'mas o meu chefe nunca ouve'],
  ])('when the client says nearly the same three times: %s', (...texts) => {
    expect(isGoingInCircles(client(...texts))).toBe(true)
    expect(isGoingInCircles(withReplies(...texts))).toBe(true)
  })

  test.each([
    'You keep asking me the same thing',
    'you already asked that',
    'we’re going in circles',
    'I already told you that',
    'Das hast du schon gefragt',
    'ya me lo preguntaste',
    'tu tournes en rond',
    'você já perguntou isso',
  ])('when the client says so: %s', (text) => {
    expect(isGoingInCircles(client(text))).toBe(true)
  })
})

describe('a conversation does not go in circles', () => {
  test.each([
    [['ok', 'ok', 'ok']],
    [['yes', 'yes please', 'yes']],
    [['My boss never listens', 'my boss never listens to me']],
    [['My boss never listens', 'I talked to her today', 'She agreed to a meeting on Friday']],
    [['I want to run a marathon', 'I ran five kilometres today', 'My knee hurts a little after the run']],
    [['hello', 'how are you', 'thank you']],
    [[]],
  ])('in: %j', (texts) => {
    expect(isGoingInCircles(client(...texts))).toBe(false)
  })

  test('because the other side repeats itself', () => {
    const same = { from: 'other' as const, text: 'What would help you with that?' }
    expect(isGoingInCircles([same, ...client('Not sure'), same, ...client('A holiday'), same])).toBe(false)
  })

  test('any more once the client has moved on', () => {
    const texts = [
      'My boss never listens',
      'my boss never listens',
      'My boss never listens!',
      'I found a new job today',
    ]
    expect(isGoingInCircles(client(...texts))).toBe(false)
  })
})
