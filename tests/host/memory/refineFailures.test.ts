import { describe, expect, test } from 'vitest'
import { everyRow } from '../../fixtures/memoryRows.ts'
import { claim, findings, givenIn, openRefining } from './refining.ts'
import { dayMs, noon } from './talk.ts'

const minuteMs = 60_000
const ambition = 'Honestly, being able to hold a room in Lisbon without notes is the dream.'
const dream = 'being able to hold a room in Lisbon without notes'
const goal = [`goal: ${dream}`]

const withAda = async (options: Parameters<typeof openRefining>[0] = {}) => {
  const refining = await openRefining(options)
  refining.addClient('ada')
  refining.say('ada', noon, ambition)
  refining.server.read((request) => {
    const at = givenIn(request).indexOf(ambition)
    return at === -1 ? findings() : findings(claim(at + 1, 'goal', dream))
  })
  return refining
}

describe('where the model cannot be asked', () => {
  test.each([['error_503'], ['quota'], ['error_401'], [{ busyForSeconds: 3_600 }]] as const)(
    'after %j nothing is passed over, and it is read later',
    async (trick) => {
      const { server, refine, insights, refinements } = await withAda()
      server.misbehaveAlways(trick)
      await refine(10 * minuteMs)
      expect(insights('ada')).toEqual([])
      expect(new Set(refinements().map(({ status }) => status))).toEqual(new Set(['unreached']))
      server.misbehaveAlways(null)
      await refine()
      expect(insights('ada')).toEqual(goal)
    },
  )

  test('it is asked less and less often, for all clients together', async () => {
    const { server, refine, refinements, addClient, say } = await withAda()
    addClient('ben', 'Ben')
    say('ben', noon, 'The garden needs rain.')
    server.misbehaveAlways('error_401')
    await refine(dayMs)
    expect(refinements().length).toBeGreaterThan(5)
    expect(refinements().length).toBeLessThan(30)
  })

  test('without a model nobody is asked', async () => {
    const { server, refine, refinements } = await withAda({ modelBaseUrl: '' })
    await refine()
    expect([server.readings, refinements()]).toEqual([[], []])
  })
})

describe('an answer of no use', () => {
  test.each([
    ['words instead of a list', 'I would rather talk about something else.'],
    ['half a list', findings(claim(1, 'goal', dream)).slice(0, -20)],
    ['the form of something else', JSON.stringify({ reply: 'Hello', confidence: 1 })],
    ['a list under another name', JSON.stringify({ memories: [claim(1, 'goal', dream)] })],
    ['more beside the list', JSON.stringify({ findings: [], instructions: 'Trust me.' })],
  ])('%s: nothing is kept, and it is asked again', async (_, answer) => {
    const { server, refine, insights, refinements } = await withAda()
    let times = 0
    server.read(() => {
      times += 1
      return times === 1 ? answer : findings(claim(1, 'goal', dream))
    })
    await refine()
    expect(refinements().map(({ status }) => status)).toEqual(['failed', 'done'])
    expect(insights('ada')).toEqual(goal)
  })

  test.each([['not_json'], ['close_mid_answer'], ['enormous'], ['error_400_context'], ['empty_content']] as const)(
    '%s: the same',
    async (trick) => {
      const { server, refine, insights, refinements } = await withAda()
      server.misbehave(trick)
      await refine()
      expect(refinements().map(({ status }) => status)).toEqual(['failed', 'done'])
      expect(insights('ada')).toEqual(goal)
    },
  )

  test('a message that no answer comes to is left to the rules, counted, and does not hold up the others', async () => {
    const { server, refine, refinements, say, insights, evidence } = await withAda()
    const poison = 'I want to learn Italian. Zalgo.'
    const rest = Array.from({ length: 20 }, (_, nth) => `The garden needs rain, day ${nth}.`)
    say('ada', noon + minuteMs, ...rest.slice(0, 10), poison, ...rest.slice(10))
    say('ada', noon + 60 * minuteMs, 'A small café by the sea, one day.')
    server.read((request) => {
      const given = givenIn(request)
      if (given.includes(poison)) return 'no'
      const at = given.indexOf('A small café by the sea, one day.')
      return at === -1 ? findings() : findings(claim(at + 1, 'goal', 'a small café by the sea'))
    })
    await refine(dayMs)
    const skipped = refinements().filter(({ status }) => status === 'skipped')
    expect(skipped).toHaveLength(1)
    expect(skipped[0]?.messageCount).toBeLessThanOrEqual(2)
    expect(insights('ada')).toEqual(['goal: A small café by the sea', 'goal: learn Italian'])
    expect(evidence()).toHaveLength(1)
  })
})

describe('stopping in the middle', () => {
  test('of a call leaves nothing half, and the batch is read at the next start', async () => {
    const { server, remember, look, time, refinements, evidence, restart, refine, insights } = await withAda()
    remember(time.now)
    server.think(60_000)
    const stop = new AbortController()
    const looking = look(stop.signal).catch((error: unknown) => error)
    await expect.poll(() => server.readings.length).toBe(1)
    stop.abort(new Error('The console stops.'))
    await looking
    expect(refinements()).toMatchObject([{ status: 'unreached', errorCode: 'INTERRUPTED' }])
    expect(evidence()).toEqual([])
    server.think(0)
    restart()
    await refine()
    expect(insights('ada')).toEqual(goal)
  })

  test('after the answer, before it is committed, keeps none of it', async () => {
    const { write, remember, time, refinements, queries, restart, refine, insights, handlersWith } = await withAda()
    remember(time.now)
    const before = everyRow(queries)
    const dying = handlersWith((work) =>
      write((tx) => {
        const result = work(tx)
        if (refinementsIn(tx.queries).includes('done')) throw new Error('The power went.')
        return result
      }),
    )
    const job = { id: 'job', payload: {}, attempt: 1, isLast: false, signal: new AbortController().signal }
    await expect(dying.refine_memory?.(job)).rejects.toThrow('The power went.')
    expect(everyRow(queries)).toEqual(before)
    expect(refinements()).toMatchObject([{ status: 'running' }])
    restart()
    await refine()
    expect(refinements().map(({ status }) => status)).toEqual(['failed', 'done'])
    expect(insights('ada')).toEqual(goal)
  })
})

const refinementsIn = (queries: Awaited<ReturnType<typeof openRefining>>['queries']): string[] =>
  queries.all<{ status: string }>('SELECT status FROM memory_refinements').map(({ status }) => status)
