import { describe, expect, test } from 'vitest'
import { dayMs } from '../memory/talk.ts'
import { analysis, givenIn, hourMs, minuteMs, openRefiningOfTakeovers } from './refining.ts'

const withSarah = async (options: Parameters<typeof openRefiningOfTakeovers>[0] = {}) => {
  const refining = await openRefiningOfTakeovers(options)
  refining.addClient('sarah', 'Sarah Okri')
  refining.server.analyse(() => analysis({ style: { tone: 'playful' } }))
  return refining
}

describe('where the model cannot be asked', () => {
  test.each([['error_503'], ['quota'], ['error_401'], [{ busyForSeconds: 3_600 }]] as const)(
    'after %j what rules read stands, and it is read later',
    async (trick) => {
      const { intervene, server, refine, learned, refinements } = await withSarah()
      await intervene('sarah')
      server.misbehaveAlways(trick)
      await refine(hourMs)
      expect(learned()).toMatchObject({ styleTone: 'direct', modelView: null })
      expect(new Set(refinements().map(({ status }) => status))).toEqual(new Set(['unreached']))
      server.misbehaveAlways(null)
      await refine()
      expect(learned().styleTone).toBe('playful')
    },
  )

  test('it is asked less and less often', async () => {
    const { intervene, server, refine, refinements } = await withSarah()
    await intervene('sarah')
    server.misbehaveAlways('error_401')
    await refine(dayMs)
    expect(refinements().length).toBeGreaterThan(5)
    expect(refinements().length).toBeLessThan(30)
  })

  test('without a model nobody is asked', async () => {
    const { intervene, server, refine, refinements } = await withSarah({ modelBaseUrl: '' })
    await intervene('sarah')
    await refine()
    expect([server.analyses, refinements()]).toEqual([[], []])
  })

  test('with the day’s budget used nobody is asked before the next day', async () => {
    const { intervene, server, refine, addClient, learned } = await withSarah({
      priceInUsd: 10,
      priceOutUsd: 10,
      dailyBudgetUsd: 0.001,
    })
    await intervene('sarah')
    await refine()
    addClient('ben', 'Ben')
    await intervene('ben')
    await refine()
    expect(server.analyses).toHaveLength(1)
    expect(learned().styleTone).toBe('playful')
    await refine(dayMs)
    expect(server.analyses).toHaveLength(2)
  })
})

describe('an answer that does not come', () => {
  test.each([
    ['not_json'],
    ['close_mid_answer'],
    ['enormous'],
    ['error_400_context'],
    ['empty_content'],
    ['refusal'],
  ] as const)('%s: it is asked again', async (trick) => {
    const { intervene, server, refine, learned, refinements } = await withSarah()
    await intervene('sarah')
    server.misbehave(trick)
    await refine()
    expect(refinements().map(({ status }) => status)).toEqual(['failed', 'done'])
    expect(learned().styleTone).toBe('playful')
  })

  test('where a long talk is too much it is given shorter, and given up in the end without holding up others', async () => {
    const { intervene, server, refine, addClient, refinements, analyses } = await withSarah()
    addClient('ben', 'Ben')
    const long = 'What would a good day look like, and who would notice it first? '.repeat(60)
    await intervene('sarah', { words: Array.from({ length: 12 }, () => long) })
    await intervene('ben')
    server.analyse((request) => (givenIn(request).length > 10 ? 'no' : analysis({ style: { tone: 'playful' } })))
    await refine(dayMs)
    const sizes = server.analyses.filter((one) => givenIn(one).length > 10).map(({ body }) => body.length)
    expect(sizes).toHaveLength(3)
    expect(sizes).toEqual([...sizes].sort((a, b) => b - a))
    expect(sizes[0]).toBeGreaterThan(2 * (sizes[2] ?? 0))
    expect(refinements().filter(({ status }) => status === 'skipped')).toMatchObject([{ clientId: 'sarah' }])
    expect(analyses().map(({ clientId, styleTone }) => clientId === 'ben' && styleTone === 'playful')).toContain(true)
  })
})

describe('stopping in the middle', () => {
  test('of a call leaves nothing half, and it is read at the next start', async () => {
    const { intervene, server, look, time, learned, refinements, restart, refine } = await withSarah()
    await intervene('sarah')
    time.now += 31 * minuteMs
    server.think(60_000)
    const stop = new AbortController()
    const looking = look(stop.signal).catch((error: unknown) => error)
    await expect.poll(() => server.analyses.length).toBe(1)
    stop.abort(new Error('The console stops.'))
    await looking
    expect(refinements()).toMatchObject([{ status: 'unreached', errorCode: 'INTERRUPTED' }])
    expect(learned().modelView).toBeNull()
    server.think(0)
    restart()
    await refine()
    expect(learned().styleTone).toBe('playful')
  })

  test('after the answer, before it is committed, keeps none of it', async () => {
    const { intervene, write, time, job, learned, refinements, restart, refine, handlersWith } = await withSarah()
    await intervene('sarah')
    time.now += 31 * minuteMs
    const before = learned()
    const dying = handlersWith((work) =>
      write((tx) => {
        const result = work(tx)
        const done = tx.queries.all("SELECT 1 FROM intervention_refinements WHERE status = 'done'")
        if (done.length > 0) throw new Error('The power went.')
        return result
      }),
    )
    await expect(dying.refine_learning?.(job({}))).rejects.toThrow('The power went.')
    expect(learned()).toEqual(before)
    expect(refinements()).toMatchObject([{ status: 'running' }])
    restart()
    await refine()
    expect(refinements().map(({ status }) => status)).toEqual(['failed', 'done'])
    expect(learned().styleTone).toBe('playful')
  })
})
