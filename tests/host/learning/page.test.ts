import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readThread } from '../../../host/inbox/index.ts'
import {
  behindLearning,
  correctIntervention,
  exportLearning,
  learningOverview,
  listInterventions,
  markLearned,
  readIntervention,
  setInterventionActive,
} from '../../../host/learning/index.ts'
import { handoverRates } from '../../../host/reports/index.ts'
import { exampleProfile, type LearnedRows, learnedRows } from '../../fixtures/learnedRows.ts'
import { type MemoryDatabase, openMemoryDatabase } from '../../fixtures/memoryDatabase.ts'

let db: MemoryDatabase
let rows: LearnedRows
beforeEach(() => {
  db = openMemoryDatabase()
  db.addCoach()
  rows = learnedRows(db.queries)
})
afterEach(() => db.close())

const hour = 3_600_000
const day = 24 * hour
const monday = Date.UTC(2026, 10, 2)
const span = { from: monday, to: monday + 3 * day, timeZone: 'UTC' }
const overview = () => learningOverview(db.queries)
const behind = (figure: Parameters<typeof behindLearning>[1]['figure'], limit = 100) =>
  behindLearning(db.queries, { figure, limit })

describe('the overview', () => {
  test('before anything was learned is empty, and says so', () => {
    expect(overview()).toEqual({
      interventions: 0,
      since: null,
      practice: 0,
      undone: 0,
      profile: null,
      phraseMarks: {},
      techniques: [],
      approaches: [],
      approachCount: 0,
      responses: [],
    })
  })

  test('leaves practice clients and what was undone out of every figure, and counts them apart', () => {
    const [sarah, bot] = [rows.client('Sarah'), rows.client('Bot', true)]
    rows.intervention(sarah, monday + day)
    rows.intervention(sarah, monday)
    rows.intervention(sarah, monday - day, { more: { isActive: false } })
    rows.intervention(bot, monday - 5 * day)
    rows.approach(bot, 'none')
    expect(overview()).toMatchObject({
      interventions: 2,
      since: monday + 15 * 60_000,
      practice: 1,
      undone: 1,
      approaches: [],
      approachCount: 0,
    })
    expect(overview().techniques).toMatchObject([{ technique: 'question', count: 2 }])
  })

  test('counts how often clients took a technique well, of those whose reaction is known', () => {
    const sarah = rows.client('Sarah')
    const told = [...Array<'positive'>(7).fill('positive'), 'transformative', 'neutral', 'neutral', 'negative'] as const
    told.forEach((reaction, index) => {
      rows.intervention(sarah, monday + index * hour, { reaction })
    })
    rows.intervention(sarah, monday + 20 * hour, { reaction: null })
    const [question] = overview().techniques
    expect(question).toMatchObject({ count: 12, known: 11, well: 8 })
    // Wilson's interval of 8 in 11, worked out by hand.
    expect(question?.low).toBeCloseTo(0.43435, 4)
    expect(question?.high).toBeCloseTo(0.9025, 4)
  })

  test('puts the surest technique first, not the luckiest', () => {
    const sarah = rows.client('Sarah')
    for (let index = 0; index < 9; index += 1) rows.intervention(sarah, monday + index * hour)
    rows.intervention(sarah, monday + day, { reaction: 'negative' })
    rows.intervention(sarah, monday + day + hour, { technique: 'story' })
    rows.intervention(sarah, monday + day + 2 * hour, { technique: 'reframe', reaction: null })
    expect(overview().techniques.map(({ technique, well, known }) => [technique, well, known])).toEqual([
      ['question', 9, 10],
      ['story', 1, 1],
      ['reframe', 0, 0],
    ])
    expect(overview().techniques[2]).toMatchObject({ low: null, high: null })
  })

  test('tells what works for whom with the talk it came from', () => {
    const sarah = rows.client('Sarah')
    const learned = rows.intervention(sarah, monday)
    rows.approach(sarah, learned.id)
    const [approach] = overview().approaches
    expect(approach).toMatchObject({
      clientName: 'Sarah',
      situation: 'crisis_moment',
      moves: ['interrupt', 'ground', 'question'],
      timesValidated: 3,
      timesContradicted: 1,
      source: { interventionId: learned.id, conversationId: 'with-Sarah', seq: learned.firstSeq },
      mark: null,
    })
    expect(approach?.low).toBeCloseTo(0.3, 2)
    expect(approach?.high).toBeCloseTo(0.9032, 3)
  })

  test('shows for each situation the usual response with its record', () => {
    const sarah = rows.client('Sarah')
    rows.profile()
    rows.intervention(sarah, monday)
    rows.intervention(sarah, monday + hour, { reaction: 'negative' })
    rows.intervention(sarah, monday + 2 * hour, { situation: 'setback' })
    expect(overview().responses).toMatchObject([
      { situation: 'crisis_moment', count: 2, known: 2, well: 1, moves: ['interrupt', 'ground', 'question'] },
    ])
    expect(overview().profile).toEqual(exampleProfile)
  })
})

describe('the list of what was learned', () => {
  test('comes in pages, newest first, with practice and undone ones among them', () => {
    const [sarah, bot] = [rows.client('Sarah'), rows.client('Bot', true)]
    const first = rows.intervention(sarah, monday)
    const second = rows.intervention(bot, monday)
    const third = rows.intervention(sarah, monday + hour, { more: { isActive: false } })
    const page = listInterventions(db.queries, { limit: 2 })
    expect(page.rows.map(({ id, isPractice, isActive }) => [id, isPractice, isActive])).toEqual([
      [third.id, false, false],
      [second.id, true, true],
    ])
    const rest = listInterventions(db.queries, { limit: 2, cursor: page.next ?? '' })
    expect(rest).toMatchObject({ rows: [{ id: first.id }], next: null })
  })

  test('quotes what the client said then, and nothing that they took back', () => {
    const sarah = rows.client('Sarah')
    rows.intervention(sarah, monday)
    expect(listInterventions(db.queries, { limit: 9 }).rows[0]?.answer).toBe(
      'You’re right, I should think this through',
    )
    db.sqlite.exec(`UPDATE messages SET removed_at = 1 WHERE content LIKE 'You%right%'`)
    expect(listInterventions(db.queries, { limit: 9 }).rows[0]?.answer).toBe('')
  })

  test('refuses a cursor that is none', () => {
    expect(() => listInterventions(db.queries, { limit: 9, cursor: '1; DROP TABLE' })).toThrow()
  })
})

describe('one analysis', () => {
  test('is found by its own id and by that of the takeover, with the messages it rests on', () => {
    const sarah = rows.client('Sarah')
    for (let index = 0; index < 7; index += 1) rows.say(sarah, 'client', `Earlier ${index}`, monday - day + index)
    const learned = rows.intervention(sarah, monday)
    rows.approach(sarah, learned.id)
    const found = readIntervention(db.queries, { handoffId: learned.handoffId })
    expect(found).toEqual(readIntervention(db.queries, { id: learned.id }))
    expect(found.messages.map(({ text, part }) => [part, text])).toEqual([
      ['before', 'Earlier 3'],
      ['before', 'Earlier 4'],
      ['before', 'Earlier 5'],
      ['before', 'Earlier 6'],
      ['before', 'I want to quit my job right now'],
      ['during', 'Stop. Take a breath. What do you know for sure?'],
      ['after', 'You’re right, I should think this through'],
    ])
    expect(found.learned).toMatchObject({ timesValidated: 3, clientName: 'Sarah' })
  })

  test('that is not there is said so', () => {
    expect(() => readIntervention(db.queries, { id: 'nobody' })).toThrow(
      'Nothing is kept of this intervention any more.',
    )
  })

  test('is put right by the coach, taken out, and put back', () => {
    const sarah = rows.client('Sarah')
    const { id } = rows.intervention(sarah, monday)
    db.write((tx) =>
      correctIntervention(tx, { id, corrections: { techniqueType: 'reframe', keyPhrases: ['Take a breath'] } }, 5),
    )
    expect(readIntervention(db.queries, { id })).toMatchObject({
      technique: 'reframe',
      phrases: ['Take a breath'],
      isCorrected: true,
      corrections: { techniqueType: 'reframe', keyPhrases: ['Take a breath'] },
    })
    expect(overview().techniques).toMatchObject([{ technique: 'reframe' }])
    db.write((tx) => setInterventionActive(tx, { id, isActive: false }, 6))
    expect(overview()).toMatchObject({ interventions: 0, undone: 1 })
    db.write((tx) => setInterventionActive(tx, { id, isActive: true }, 7))
    expect(overview()).toMatchObject({ interventions: 1, undone: 0 })
  })
})

test('a phrase and an approach can be paused, undone, and brought back', () => {
  const sarah = rows.client('Sarah')
  rows.profile()
  const approach = rows.approach(sarah, rows.intervention(sarah, monday).id)
  const mark = (key: string, kind: 'phrase' | 'approach', clientId: string | null, to: 'paused' | 'undone' | null) =>
    db.write((tx) => markLearned(tx, { kind, key, clientId, mark: to }, 9))
  mark('p-bridges', 'phrase', null, 'paused')
  mark('p-bridges', 'phrase', null, 'undone')
  mark(approach.id, 'approach', sarah, 'paused')
  expect(overview()).toMatchObject({ phraseMarks: { 'p-bridges': 'undone' }, approaches: [{ mark: 'paused' }] })
  mark('p-bridges', 'phrase', null, null)
  mark(approach.id, 'approach', sarah, null)
  expect(overview()).toMatchObject({ phraseMarks: {}, approaches: [{ mark: null }] })
  expect(() => mark(approach.id, 'approach', 'nobody', 'paused')).toThrow()
})

test('the line of a handback in the thread knows what was learned from it, and no other line does', () => {
  const [sarah, ann] = [rows.client('Sarah'), rows.client('Ann')]
  const learned = rows.intervention(sarah, monday)
  rows.intervention(ann, monday)
  const { ownerChanges } = readThread(db.queries, { conversationId: 'with-Sarah', limit: 50 }, 'Robin', () => false)
  expect(ownerChanges.map(({ to, interventionId }) => [to, interventionId])).toEqual([
    ['human', null],
    ['ai', learned.id],
  ])
})

describe('handoffs', () => {
  const ask = () => handoverRates(db.queries, span)

  test('of a time in which nothing happened has its days and nothing in them', () => {
    expect(ask()).toMatchObject({
      unit: 'day',
      total: { handoffs: 0, turns: 0, missed: 0, replies: 0 },
      clients: [],
      situations: [],
    })
    expect(ask().buckets).toHaveLength(3)
  })

  test('stand beside those that were missed, by day, by client and by situation', () => {
    const [ann, bob, bot] = [rows.client('Ann'), rows.client('Bob'), rows.client('Bot', true)]
    rows.run(ann, monday + hour, 'crisis_moment', 'handoff')
    const { reply } = rows.run(ann, monday + 2 * hour, 'crisis_moment', 'sent')
    rows.run(ann, monday + day, 'setback', 'sent')
    rows.run(bob, monday + day, 'setback', 'draft')
    rows.run(bob, monday + day, 'setback', 'silent')
    rows.run(bot, monday + day, 'setback', 'handoff')
    rows.run(bob, monday - day, 'setback', 'handoff')
    rows.handoff(bob, monday + 2 * day, { toOwner: 'waiting', trigger: 'unreadable', reason: 'A voice note.' })
    rows.miss(reply?.id ?? '', monday + 9 * day)
    const found = ask()
    expect(found.total).toEqual({ handoffs: 2, turns: 6, missed: 1, replies: 2 })
    expect(found.buckets).toEqual([
      { start: monday, handoffs: 1, turns: 2, missed: 1, replies: 1 },
      { start: monday + day, handoffs: 0, turns: 3, missed: 0, replies: 1 },
      { start: monday + 2 * day, handoffs: 1, turns: 1, missed: 0, replies: 0 },
    ])
    expect(found.clients).toEqual([
      { clientId: 'Ann', clientName: 'Ann', handoffs: 1, turns: 3, missed: 1, replies: 2 },
      { clientId: 'Bob', clientName: 'Bob', handoffs: 1, turns: 3, missed: 0, replies: 0 },
    ])
    expect(found.situations).toEqual([
      { situation: 'crisis_moment', handoffs: 1, turns: 2, missed: 1, replies: 1 },
      { situation: 'other', handoffs: 1, turns: 1, missed: 0, replies: 0 },
      { situation: 'setback', handoffs: 0, turns: 3, missed: 0, replies: 1 },
    ])
  })

  test('and missed ones open their messages, of one client or one situation', () => {
    const [ann, bob] = [rows.client('Ann'), rows.client('Bob')]
    rows.run(ann, monday + hour, 'crisis_moment', 'handoff')
    rows.run(bob, monday + 2 * hour, 'setback', 'handoff')
    const { reply } = rows.run(bob, monday + 3 * hour, 'setback', 'sent')
    rows.miss(reply?.id ?? '', monday)
    const { from, to } = span
    expect(behind({ what: 'handoff', from, to }).map(({ clientName }) => clientName)).toEqual(['Bob', 'Ann'])
    expect(behind({ what: 'handoff', from, to, clientId: 'Ann' })).toMatchObject([
      { preview: 'About crisis_moment', detail: 'The clone was not sure.', conversationId: 'with-Ann' },
    ])
    expect(behind({ what: 'handoff', from, to, situation: 'setback' })).toMatchObject([{ clientName: 'Bob' }])
    expect(behind({ what: 'missed', from, to, situation: 'setback' })).toMatchObject([{ messageId: reply?.id }])
    expect(behind({ what: 'missed', from, to, situation: 'crisis_moment' })).toEqual([])
    expect(behind({ what: 'missed', from, to: from + hour })).toEqual([])
  })
})

describe('behind a figure stand exactly its messages', () => {
  test('of a technique, a situation, a tone, a month, a phrase and an approach', () => {
    const [sarah, bot] = [rows.client('Sarah'), rows.client('Bot', true)]
    rows.profile()
    const first = rows.intervention(sarah, monday, { phrases: ['before we burn bridges!'] })
    const second = rows.intervention(sarah, monday - 30 * day, {
      technique: 'story',
      situation: 'setback',
      phrases: [],
      reaction: 'negative',
      more: { styleTone: 'playful' },
    })
    rows.intervention(bot, monday)
    rows.intervention(sarah, monday + hour, { more: { isActive: false } })
    const approach = rows.approach(sarah, first.id)
    const ids = (figure: Parameters<typeof behind>[0]) => behind(figure).map(({ interventionId }) => interventionId)
    expect(ids({ what: 'interventions' })).toEqual([first.id, second.id])
    expect(ids({ what: 'technique', technique: 'question' })).toEqual([first.id])
    expect(ids({ what: 'situation', situation: 'setback' })).toEqual([second.id])
    expect(ids({ what: 'tone', tone: 'playful' })).toEqual([second.id])
    expect(ids({ what: 'period', period: '2026-10' })).toEqual([second.id])
    expect(ids({ what: 'phrase', key: 'p-bridges' })).toEqual([first.id])
    expect(ids({ what: 'approach', approachId: approach.id })).toEqual([first.id])
    expect(behind({ what: 'situation', situation: 'setback' })).toMatchObject([
      {
        messageId: second.messageId,
        messageSeq: second.firstSeq,
        senderType: 'human_coach',
        preview: 'Stop. Take a breath. What do you know for sure?',
        detail: 'They did not take it well.',
      },
    ])
    expect(() => ids({ what: 'phrase', key: 'p-gone' })).toThrow('This phrase is not among yours any more.')
  })

  test('of the confidence of a month, without practice clients', () => {
    const [sarah, bot] = [rows.client('Sarah'), rows.client('Bot', true)]
    rows.run(sarah, monday, 'setback', 'sent', { confidence: 0.61 })
    rows.run(sarah, monday + 40 * day, 'setback', 'sent')
    rows.run(bot, monday, 'setback', 'sent')
    expect(behind({ what: 'confidence', from: monday, to: monday + 30 * day })).toMatchObject([
      { clientName: 'Sarah', preview: 'What would help?', detail: 'Confidence 0.61.' },
    ])
  })
})

describe('what is saved', () => {
  test('is a page to read in which nobody’s words are markup', () => {
    const evil = rows.client('<img src=x onerror=alert(1)>')
    const phrase = '"><script>alert(1)</script>\u202e'
    rows.profile({
      signaturePhrases: [{ key: 'p-x', phrase, frequency: 1, contexts: [], score: 1, clientCount: 2 }],
    })
    rows.approach(evil, rows.intervention(evil, monday, { answer: '</li><b>Yes</b> & no' }).id)
    const { name, mediaType, text } = exportLearning(db.queries, { ...span, form: 'readable' }, monday)
    expect([name, mediaType]).toEqual(['Learning 2026-11-02.html', 'text/html'])
    expect(text).not.toMatch(/<script|<img|<b>|\u202e/u)
    expect(text).toContain('“&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;”')
    expect(text).toContain('&lt;/li&gt;&lt;b&gt;Yes&lt;/b&gt; &amp; no')
    expect(text).toContain('1 of 1 times clients took it well')
  })

  test('is for machines everything, however many pages the list has', () => {
    const sarah = rows.client('Sarah')
    for (let index = 0; index < 203; index += 1) rows.intervention(sarah, monday + index * 60_000)
    const { text } = exportLearning(db.queries, { ...span, form: 'machine' }, monday)
    const saved = JSON.parse(text)
    expect(saved).toMatchObject({ format: 'opencoach-learning', version: 1, overview: { interventions: 203 } })
    expect(new Set(saved.interventions.map(({ id }: { id: string }) => id)).size).toBe(203)
  })
})
