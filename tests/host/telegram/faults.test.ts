import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import { Problem } from '../../../shared/problem.ts'
import { until } from '../../fixtures/testHost.ts'
import { ann, bob, type Line, startLine } from './harness.ts'

let line: Line | undefined
afterEach(() => line?.end())

const step = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('ann writes', 'bob writes', 'ann sends a voice message') },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      'server_error',
      'drop_before',
      'drop_after',
      'drop_mid_answer',
      'not_json',
      'conflict',
      'the file breaks off',
      'the house refuses',
      'the disk is full',
      'restart',
      'a moment passes',
    ),
  },
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

const play = async (steps: readonly Step[]): Promise<void> => {
  const current = await startLine(100)
  line = current
  const { server, house } = current
  const written = new Map<number, string[]>([
    [ann.id, []],
    [bob.id, []],
  ])
  const refusals: Error[] = []
  house.refuse(() => refusals.shift() ?? null)
  const write = (person: typeof ann, more?: Record<string, unknown>): void => {
    const texts = written.get(person.id) ?? []
    const text = `${person.first_name} ${texts.length}`
    texts.push(text)
    server.clientSends(person, more ? { more: { ...more, caption: text } } : { text })
  }
  for (const one of steps) {
    if (one === 'ann writes') write(ann)
    else if (one === 'bob writes') write(bob)
    else if (one === 'ann sends a voice message') write(ann, { voice: { file_id: server.addFile(new Uint8Array(50)) } })
    else if (one === 'the file breaks off') server.misbehave('file', 'drop_before')
    else if (one === 'the house refuses') refusals.push(new Error('not now'))
    else if (one === 'the disk is full') refusals.push(new Problem('DISK_FULL'))
    else if (one === 'a moment passes') await new Promise((resolve) => setTimeout(resolve, 5))
    else if (one === 'restart') {
      await current.stop()
      current.start()
    } else server.misbehave('getUpdates', one)
  }
  const total = [...written.values()].flat().length
  await until('everything is stored', () => house.messages().length >= total)
  await until('everything is confirmed', () => server.waiting() === 0)
  for (const [chat, texts] of written) {
    const words = house
      .messages()
      .filter((message) => message.chatId === String(chat))
      .map((message) => message.text.split('\n')[0])
    expect(words.toSorted()).toEqual(texts.toSorted())
  }
  expect(server.complaints).toEqual([])
  await current.end()
}

describe('whatever goes wrong between Telegram and the disk', () => {
  test('every message is stored, under one name', async () => {
    await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 25 }), play), {
      seed: 20261121,
      numRuns: 12,
      endOnFailure: true,
    })
  })
})
