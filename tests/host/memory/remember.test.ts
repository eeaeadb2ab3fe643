import { sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { messageSignals } from '../../../db/schema/index.ts'
import { evidenceOfItem, rememberAll } from '../../../host/memory/index.ts'
import { mentionableTo } from '../../../host/memory/wishes.ts'
import { everyRow } from '../../fixtures/memoryRows.ts'
import { openRemembered, sessionGapMinutes } from './remembered.ts'
import { clone, coach, dayMs, noon } from './talk.ts'

const withClient = (more: Parameters<ReturnType<typeof openRemembered>['addClient']>[2] = {}) => {
  const memory = openRemembered()
  memory.addClient('ada', 'Ada', more)
  return memory
}

describe('what a client says is remembered', () => {
  test('with the message it comes from, word for word', () => {
    const memory = withClient()
    const [seq] = memory.say('ada', noon, 'I want to run a half marathon before I turn forty.')
    memory.remember()
    const [goal] = memory.recall('ada').insights(10)
    expect(goal).toMatchObject({ insightType: 'goal', state: 'open', isActive: true, evidenceCount: 1 })
    const evidence = evidenceOfItem(memory.queries, 'ada', 'insight', goal?.itemKey ?? '')
    expect(evidence).toMatchObject([{ messageSeq: seq, content: 'run a half marathon before I turn forty' }])
    const text = 'I want to run a half marathon before I turn forty.'
    expect(text.slice(evidence[0]?.start, evidence[0]?.finish)).toBe(evidence[0]?.content)
  })

  test('and said again, it is the same memory with more evidence', () => {
    const memory = withClient()
    memory.say('ada', noon, 'I want to learn Italian.')
    memory.say('ada', noon + dayMs, 'I really want to learn Italian!')
    memory.remember()
    expect(memory.recall('ada').insights(10)).toMatchObject([{ content: 'learn Italian', evidenceCount: 2 }])
  })

  test('but nothing that the coach or the clone said', () => {
    const memory = withClient()
    memory.say('ada', noon, coach('I want to run a marathon.'), clone("I'll call the bank tomorrow."), 'Hm.')
    memory.remember()
    expect(everyRow(memory.queries).memory_evidence).toEqual([])
    expect(memory.recall('ada').sessions(5)).toMatchObject([{ messageCount: 3, clientMessageCount: 1 }])
  })

  test('and nothing from a message that shows danger, which is the crisis path’s', () => {
    const memory = withClient()
    const [seq = 0] = memory.say('ada', noon, 'I will call my mother and then I will be gone by Friday.')
    const signals = { sentiment: -0.9, urgency: 1, highStakes: false, requestsHuman: false }
    memory.queries
      .insert(messageSignals)
      .values({ messageSeq: seq, crisisSeverity: 'imminent', emotion: 'sad', situation: 'other', ...signals })
      .run()
    memory.remember()
    expect(everyRow(memory.queries).memory_evidence).toEqual([])
  })

  test('triggers are sensitive and in no summary', () => {
    const memory = withClient()
    memory.say('ada', noon, 'Family dinners always make me anxious.')
    memory.remember()
    expect(memory.recall('ada').insights(10)).toMatchObject([{ insightType: 'trigger', isSensitive: true }])
    const [session] = memory.recall('ada').sessions(1)
    expect([session?.insights, session?.challenges, session?.actionItems]).toEqual(['[]', '[]', '[]'])
  })
})

describe('what does not agree is kept side by side, and the last word holds', () => {
  test('within one message too', () => {
    const memory = withClient()
    memory.say('ada', noon, 'I prefer mornings. No wait, I prefer evenings.')
    memory.remember()
    expect(memory.recall('ada').preferences()).toMatchObject([
      { preferenceKey: 'part_of_day', preferenceValue: 'evening', confidence: 0.5 },
    ])
    const rows = everyRow(memory.queries).learned_user_preferences ?? []
    const [evening] = memory.recall('ada').preferences()
    expect(rows).toHaveLength(2)
    expect(rows.find((row) => row.preference_value === 'morning')).toMatchObject({
      is_active: 0,
      superseded_by: evening?.id,
    })
  })

  test('to love a thing and to hate it are two memories of one thing', () => {
    const memory = withClient()
    memory.say('ada', noon, 'I love my job. I hate my job.')
    memory.remember()
    const rows = everyRow(memory.queries).ai_episodic_memory ?? []
    expect(rows).toHaveLength(2)
    const [loved, hated] = ['I love my job', 'I hate my job'].map((text) =>
      rows.find((row) => row.memory_description === text),
    )
    expect(hated).toMatchObject({ is_active: 1, superseded_by: null, evidence_count: 1 })
    expect(loved).toMatchObject({ is_active: 0, superseded_by: hated?.id, evidence_count: 1 })
    memory.say('ada', noon + dayMs, 'I love my job.')
    memory.remember()
    expect(everyRow(memory.queries).ai_episodic_memory).toHaveLength(2)
    expect((everyRow(memory.queries).ai_episodic_memory ?? []).filter((row) => row.is_active === 1)).toMatchObject([
      { memory_description: 'I love my job', evidence_count: 2 },
    ])
  })

  test('a name the client does not want, and then wants after all', () => {
    const memory = withClient()
    memory.say('ada', noon, "Please don't call me Bob.")
    memory.remember()
    expect(memory.recall('ada').preferences()).toMatchObject([{ preferenceKey: 'name:bob', preferenceValue: 'avoid' }])
    memory.say('ada', noon + dayMs, 'Call me Bob.')
    memory.remember()
    expect(memory.recall('ada').preferences()).toMatchObject([{ preferenceKey: 'name:bob', preferenceValue: 'use' }])
  })

  test('a goal that is given up is no goal any more, and can be taken up again', () => {
    const memory = withClient()
    memory.say('ada', noon, 'I want to learn Italian.')
    memory.say('ada', noon + dayMs, "I don't want to learn Italian any more.")
    memory.remember()
    expect(memory.insights('ada')).toEqual([])
    expect(everyRow(memory.queries).client_insights).toMatchObject([{ state: 'dropped' }, { state: 'dropped' }])
    memory.say('ada', noon + 2 * dayMs, 'I want to learn Italian.')
    memory.remember()
    expect(memory.insights('ada')).toEqual(['goal: learn Italian'])
  })

  test.each([
    "I don't want to learn Italian any more.",
    "I don't want to learn Italian anymore!",
    'We no longer want to learn Italian any longer',
  ])('“%s” says of the goal that it is over, not that it is another one', (text) => {
    const memory = withClient()
    memory.say('ada', noon, 'I want to learn Italian.', text)
    memory.remember()
    expect(memory.insights('ada')).toEqual([])
    const rows = everyRow(memory.queries).client_insights ?? []
    expect(rows.map(({ content }) => content)).toEqual(['learn Italian', 'learn Italian'])
  })

  test('taking back what nobody said leaves nothing', () => {
    const memory = withClient()
    memory.say('ada', noon, "I don't want to move to Berlin.")
    memory.remember()
    expect(everyRow(memory.queries).client_insights).toEqual([])
  })

  test('a victory settles the commitment it is about', () => {
    const memory = withClient()
    memory.say('ada', noon, "I'll finish the report for Petra.")
    memory.remember()
    expect(memory.recall('ada').insights(5)).toMatchObject([{ state: 'open' }])
    const [seq = 0] = memory.say('ada', noon + dayMs, 'I finally finished the report for Petra!')
    memory.remember()
    expect(memory.recall('ada').insights(5)).toMatchObject([{ insightType: 'commitment', state: 'done' }])
    memory.change(seq, { removedAt: noon + 2 * dayMs })
    memory.remember()
    expect(memory.recall('ada').insights(5)).toMatchObject([{ state: 'open' }])
  })
})

describe('memory follows the messages', () => {
  test('an edited message is read anew', () => {
    const memory = withClient()
    const [seq = 0] = memory.say('ada', noon, 'I want to move to Berlin.')
    memory.remember()
    memory.change(seq, { content: 'I want to move to Lisbon.', editedAt: noon + 1 })
    memory.remember()
    expect(memory.insights('ada')).toEqual(['goal: move to Lisbon'])
    expect(everyRow(memory.queries).memory_evidence).toHaveLength(1)
  })

  test('what only a deleted message said is gone, from summaries too', () => {
    const memory = withClient()
    const [seq = 0] = memory.say('ada', noon, 'I want to move to Berlin.', 'It rains.')
    memory.remember()
    expect(memory.recall('ada').sessions(1)[0]?.summary).toContain('Berlin')
    memory.change(seq, { removedAt: noon + 1 })
    memory.remember()
    expect(memory.insights('ada')).toEqual([])
    expect(JSON.stringify(everyRow(memory.queries))).not.toMatch(/Berlin/iu)
  })

  test('what another message says too stays', () => {
    const memory = withClient()
    const [seq = 0] = memory.say('ada', noon, 'I want to move to Berlin.', 'I really want to move to Berlin.')
    memory.remember()
    memory.change(seq, { removedAt: noon + 1 })
    memory.remember()
    expect(memory.recall('ada').insights(5)).toMatchObject([{ content: 'move to Berlin', evidenceCount: 1 }])
  })

  test('what the coach pinned or put in their own words outlives its message; what they made forgotten never returns', () => {
    const memory = withClient()
    const seqs = memory.say('ada', noon, 'I want to move to Berlin.', 'I want to learn Italian.', 'I want to sing.')
    memory.remember()
    const mark = (content: string, column: string, value: string | number): void => {
      memory.write((tx) =>
        tx.queries.run(
          sql`UPDATE client_insights SET ${sql.raw(column)} = ${value} WHERE client_id = 'ada' AND content = ${content}`,
        ),
      )
    }
    mark('move to Berlin', 'pinned_at', 5)
    mark('learn Italian', 'corrected_text', 'learn Italian cooking')
    mark('sing', 'forgotten_at', 5)
    for (const seq of seqs) memory.change(seq, { removedAt: noon + 1 })
    memory.say('ada', noon + 1, 'I want to sing.')
    memory.remember()
    expect(memory.insights('ada')).toEqual(['goal: learn Italian', 'goal: move to Berlin'])
  })

  test('a message that moves to another client takes its memories along', () => {
    const memory = withClient()
    memory.addClient('ben', 'Ben')
    const [seq = 0] = memory.say('ada', noon, 'I want to move to Berlin.', 'I want to sing.')
    memory.remember()
    memory.change(seq, { clientId: 'ben', conversationId: 'ben' })
    memory.write((tx) => tx.queries.run(sql`UPDATE conversations SET last_seq = ${seq} WHERE id = 'ben'`))
    memory.remember()
    expect(memory.insights('ada')).toEqual(['goal: sing'])
    expect(memory.insights('ben')).toEqual(['goal: move to Berlin'])
  })

  test('reading twice changes nothing, not even an id or a time', () => {
    const memory = withClient()
    memory.say(
      'ada',
      noon,
      'I want to run.',
      "I'll call the bank tomorrow.",
      'I prefer mornings.',
      'My sister Ana came.',
    )
    memory.remember(noon)
    const before = everyRow(memory.queries)
    memory.remember(noon + dayMs)
    expect(everyRow(memory.queries)).toEqual(before)
    expect(before.memory_evidence).toHaveLength(4)
  })
})

describe('days are those of the client', () => {
  test('"by Friday" ends when Friday ends where they live', () => {
    const memory = withClient({ timeZone: 'America/New_York' })
    memory.say('ada', noon, 'I will send the proposal by Friday.')
    memory.remember()
    const [commitment] = memory.recall('ada').insights(1)
    // 2026-03-21 00:00 in New York, which is at UTC-4 by then.
    expect(commitment).toMatchObject({ dueText: 'by Friday', dueTo: Date.UTC(2026, 2, 21, 4) })
  })

  test('what they promise to do every week is due on no single day', () => {
    const memory = withClient()
    memory.say('ada', noon, 'I will write down three wins every Sunday.')
    memory.remember()
    expect(memory.recall('ada').insights(1)).toMatchObject([{ insightType: 'commitment', dueText: null, dueTo: null }])
  })

  test('and when the client turns out to live elsewhere, everything is read again', () => {
    const memory = withClient({ timeZone: 'UTC' })
    memory.say('ada', Date.UTC(2026, 2, 18, 23), 'I will send the proposal tomorrow.')
    memory.remember()
    expect(memory.recall('ada').rollUps('daily', 5)).toMatchObject([{ startDate: '2026-03-18' }])
    memory.write((tx) => tx.queries.run(sql`UPDATE clients SET time_zone = 'Asia/Tokyo' WHERE id = 'ada'`))
    memory.remember()
    expect(memory.recall('ada').rollUps('daily', 5)).toMatchObject([{ startDate: '2026-03-19' }])
    expect(memory.recall('ada').insights(5)).toMatchObject([{ dueTo: Date.UTC(2026, 2, 20, 15) }])
  })

  test('another length of silence splits the sessions anew', () => {
    const memory = withClient()
    memory.say('ada', noon, 'Morning walk.')
    memory.say('ada', noon + 2 * 3_600_000, 'Evening walk.')
    memory.remember()
    expect(memory.recall('ada').sessions(5)).toHaveLength(1)
    rememberAll(memory, { sessionGapMinutes: 60, now: noon })
    expect(memory.recall('ada').sessions(5)).toHaveLength(2)
    rememberAll(memory, { sessionGapMinutes, now: noon })
    expect(memory.recall('ada').sessions(5)).toMatchObject([{ messageCount: 2 }])
  })
})

test('a request that the coach has not accepted is not read', () => {
  const memory = withClient()
  memory.write((tx) => tx.queries.run(sql`UPDATE conversations SET acceptance = 'requested' WHERE id = 'ada'`))
  memory.say('ada', noon, 'I want to sell you something.')
  memory.remember()
  expect(Object.values(everyRow(memory.queries)).flat()).toEqual([])
})

test('what the coach asked to keep quiet about is not mentionable to that client, and is to another', () => {
  const memory = withClient()
  memory.addClient('ben', 'Ben')
  memory.write((tx) =>
    tx.queries.run(
      sql`INSERT INTO memory_wishes(id, client_id, words, created_at) VALUES ('w', 'ada', 'the Divorce', 1)`,
    ),
  )
  expect(mentionableTo(memory.queries, 'ada')('talked about THE divorce')).toBe(false)
  expect(mentionableTo(memory.queries, 'ada')('talked about the garden')).toBe(true)
  expect(mentionableTo(memory.queries, 'ben')('talked about the divorce')).toBe(true)
})
