import { describe, expect, test } from 'vitest'
import { isBudgetUsed } from '../../../host/replies/index.ts'
import { analysis, crisisAtWork, givenIn, grounding, hourMs, openRefiningOfTakeovers, relief } from './refining.ts'

const withSarah = async (options: Parameters<typeof openRefiningOfTakeovers>[0] = {}) => {
  const refining = await openRefiningOfTakeovers(options)
  refining.addClient('sarah', 'Sarah Okri')
  return refining
}

/** What a model says that sees what rules see. */
const asRulesSay = analysis({
  style: { pace: 'slow' },
  technique: { structure: ['interrupt', 'ground', 'reflect', 'ground', 'question'] },
})

describe('a model reads what the coach did in a takeover', () => {
  test('and where it agrees with the rules nothing is said to differ', async () => {
    const { intervene, server, refine, learned, differences, refinements } = await withSarah()
    await intervene('sarah')
    const before = learned()
    server.analyse(() => asRulesSay)
    await refine()
    expect(differences()).toEqual([])
    expect(refinements()).toMatchObject([{ status: 'done', disagreed: 0, rejected: 0 }])
    expect(learned()).toMatchObject({
      techniqueType: before.techniqueType,
      structure: before.structure,
      clientReaction: 'positive',
      approachDescription: 'Interrupted the rush, grounded and asked one clear question',
    })
    expect(server.complaints).toEqual([])
  })

  test('its word counts on style and technique, and where the rules differ both are shown', async () => {
    const { intervene, server, refine, learned, differences, refinements } = await withSarah()
    await intervene('sarah')
    server.analyse(() =>
      analysis({
        style: { tone: 'challenging', pace: 'slow' },
        technique: { type: 'reframe', structure: ['interrupt', 'ground', 'reframe', 'question'] },
      }),
    )
    await refine()
    expect(learned()).toMatchObject({ styleTone: 'challenging', techniqueType: 'reframe' })
    expect(differences()).toEqual([
      { field: 'tone', local: 'direct', model: 'challenging' },
      { field: 'technique', local: 'question', model: 'reframe' },
      {
        field: 'structure',
        local: 'interrupt, ground, reflect, ground, question',
        model: 'interrupt, ground, reframe, question',
      },
    ])
    expect(refinements()).toMatchObject([{ disagreed: 3 }])
  })

  test('and what works for the client follows in the same step', async () => {
    const { intervene, server, refine, queries } = await withSarah()
    const approaches = () =>
      queries.all<{ approach: string }>('SELECT approach FROM client_effective_approaches').map((one) => one.approach)
    await intervene('sarah')
    expect(approaches()).toEqual(['question>interrupt>ground>reflect>ground>question'])
    server.analyse(() => analysis({ technique: { type: 'reframe', structure: ['ground', 'reframe'] } }))
    await refine()
    expect(approaches()).toEqual(['reframe>ground>reframe'])
  })

  test('of two opinions on the reaction the less flattering one holds', async () => {
    const { intervene, server, refine, learned, differences } = await withSarah()
    await intervene('sarah')
    server.analyse(() => analysis({ outcome: { client_reaction: 'neutral' } }))
    await refine()
    expect(learned()).toMatchObject({ clientReaction: 'neutral' })
    expect(differences()).toContainEqual({ field: 'reaction', local: 'positive', model: 'neutral' })
  })

  test('what the coach put right stands above what the model says', async () => {
    const { intervene, server, refine, learned, queries } = await withSarah()
    await intervene('sarah')
    queries.run(
      `UPDATE human_intervention_analyses SET corrections = '{"styleTone":"playful"}', style_tone = 'playful'`,
    )
    server.analyse(() => analysis({ style: { tone: 'analytical' } }))
    await refine()
    expect(learned().styleTone).toBe('playful')
  })

  test('its call stands in the ledger, and its cost in the day’s budget', async () => {
    const { intervene, server, refine, refinements, ledger, queries, time } = await withSarah({
      priceInUsd: 10,
      priceOutUsd: 10,
      dailyBudgetUsd: 0.001,
    })
    await intervene('sarah')
    server.analyse(() => asRulesSay)
    await refine()
    expect(refinements()[0]?.costMicros).toBeGreaterThan(1_000)
    expect(isBudgetUsed(queries, 0.001, time.now)).toBe(true)
    expect(ledger()).toMatchObject([{ purpose: 'memory', clientId: 'sarah', status: 'ok' }])
  })
})

describe('when it is asked', () => {
  test('once the client has paused, with what was said before and after', async () => {
    const { intervene, server, look, nextAt, time } = await withSarah()
    await intervene('sarah')
    await look()
    expect(server.analyses).toEqual([])
    expect(nextAt()).toBe(time.now + 30 * 60_000)
    time.now = nextAt() ?? 0
    await look()
    expect(server.analyses.map(givenIn)).toEqual([
      [...crisisAtWork.map((text) => `client: ${text}`), `coach: ${grounding}`, `client: ${relief}`],
    ])
  })

  test('a day later where the client says nothing, and then nothing is said of a reaction', async () => {
    const { intervene, server, refine, learned, refinements } = await withSarah()
    await intervene('sarah', { after: [] })
    server.analyse(() => analysis())
    await refine(23 * hourMs)
    expect(server.analyses).toEqual([])
    await refine(25 * hourMs)
    expect(learned().clientReaction).toBeNull()
    expect(JSON.parse(learned().modelView ?? '')).toMatchObject({ reaction: null, shift: '', whyEffective: '' })
    expect(JSON.parse(refinements()[0]?.rejections ?? '')).toEqual({ no_reaction: 1 })
  })

  test('again when the client has said more, and never a third time', async () => {
    const { intervene, server, refine, say, readByRules, learned } = await withSarah()
    await intervene('sarah')
    server.analyse(() => asRulesSay)
    await refine()
    for (const more of ['I slept on it. I will stay and talk to her.', 'That went well.']) {
      say('sarah', more)
      await readByRules('sarah')
      await refine(5 * hourMs)
    }
    expect(server.analyses.map((request) => givenIn(request).length)).toEqual([4, 5])
    expect(learned().reactionSeq).toBeGreaterThan(JSON.parse(learned().modelView ?? '').reactionSeq)
  })

  test('not again about what was read, and the same answer changes nothing', async () => {
    const { intervene, server, refine, analyses, queries } = await withSarah()
    await intervene('sarah')
    server.analyse(() => analysis({ content: { key_phrases: ['Take a breath'] } }))
    await refine()
    const before = analyses()
    await refine(100 * hourMs)
    expect(server.analyses).toHaveLength(1)
    queries.run('DELETE FROM intervention_refinements')
    queries.run('UPDATE human_intervention_analyses SET model_view = NULL')
    await refine()
    expect(server.analyses).toHaveLength(2)
    expect(analyses().map((row) => ({ ...row, updatedAt: 0 }))).toEqual(before.map((row) => ({ ...row, updatedAt: 0 })))
  })

  test('anew where the words were changed, and until then only the rules are heard', async () => {
    const { intervene, server, refine, change, readByRules, learned } = await withSarah()
    await intervene('sarah')
    server.analyse(() => analysis({ style: { tone: 'playful' } }))
    await refine()
    expect(learned().styleTone).toBe('playful')
    change(learned().lastSeq, { content: 'Stop. Take a breath. What do you know for sure?' })
    await readByRules('sarah')
    expect(learned()).toMatchObject({ styleTone: 'direct', modelView: null })
    await refine()
    expect(learned().styleTone).toBe('playful')
    expect(givenIn(server.analyses[1] ?? { messages: [] })[2]).toBe(
      'coach: Stop. Take a breath. What do you know for sure?',
    )
  })

  test('anew where the words were changed while it read', async () => {
    const { intervene, server, refine, change, learned, refinements } = await withSarah()
    await intervene('sarah')
    const seq = learned().lastSeq
    server.analyse((request) => {
      if (givenIn(request).some((text) => text.includes('burn bridges'))) change(seq, { content: 'Stop. What now?' })
      return analysis({ content: { key_phrases: ['burn bridges'] } })
    })
    await refine()
    expect(refinements().map(({ status }) => status)).toEqual(['unreached', 'done'])
    expect(learned().keyPhrases).not.toMatch(/bridges/u)
  })

  test('not about what the coach took out of what is learned', async () => {
    const { intervene, server, refine, queries } = await withSarah()
    await intervene('sarah')
    queries.run('UPDATE human_intervention_analyses SET is_active = 0')
    await refine()
    expect(server.analyses).toEqual([])
  })
})
