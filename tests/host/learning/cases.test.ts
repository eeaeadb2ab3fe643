import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import {
  cannedReplies,
  clientEffectiveApproaches,
  handoffs,
  humanInterventionAnalyses,
  learnedMarks,
} from '../../../db/schema/index.ts'
import { leastAlike, similarityOf, stemSet } from '../../../host/learning/cases/similarity.ts'
import { phraseId } from '../../../host/learning/profile/index.ts'
import { readSignals } from '../../../host/signals/index.ts'
import { clone, dayMs, noon } from '../memory/talk.ts'
import { openCases } from './caseTalk.ts'

const grounding =
  "Sarah, stop. Take a breath. I can hear the panic in your words. Before we burn bridges, let's get you grounded. What's ONE thing you know for sure about this situation?"
const overwhelmed = 'I am so overwhelmed at work, everything is too much'
const again = 'I am overwhelmed again, it is all too much at work'

const withSarah = () => {
  const cases = openCases()
  cases.addClient('sarah', 'Sarah')
  return cases
}
const ask = (cases: ReturnType<typeof openCases>, text: string, more = {}) =>
  cases.draft('sarah', text, { clientName: 'Sarah', ...more })

/** What works for a client in a kind of moment, as learned from a takeover. */
const works = (cases: ReturnType<typeof openCases>, clientId: string, structure: readonly string[]): void => {
  cases.queries
    .insert(clientEffectiveApproaches)
    .values({
      id: `works-${clientId}`,
      clientId,
      situationType: 'crisis_moment',
      approach: structure.join('>'),
      structure: JSON.stringify(structure),
      examples: '[]',
      alpha: 3,
      beta: 1,
      effectivenessScore: 0.75,
      timesValidated: 2,
      timesContradicted: 0,
      sourceInterventionId: 'i',
      createdAt: 1,
      updatedAt: 1,
    })
    .run()
}

describe('a draft without a model', () => {
  test('is what the coach wrote to this client in the most similar moment, and names the message', () => {
    const cases = withSarah()
    cases.answered('sarah', 'I failed the driving test', 'That stings. What did you learn from it?', 5)
    const [, answer] = cases.answered('sarah', overwhelmed, grounding)
    const draft = ask(cases, again)
    expect(draft?.text).toBe(grounding)
    const id = cases.sqlite.prepare('SELECT id FROM messages WHERE seq = ?').pluck().get(answer)
    expect(draft?.sources).toEqual([{ kind: 'case', id, label: 'You wrote this to them on 8 March 2026' }])
    expect(draft?.similarity).toBeGreaterThanOrEqual(leastAlike)
  })

  test('leaves out what was true of that moment only', () => {
    const cases = withSarah()
    cases.answered(
      'sarah',
      'I am overwhelmed, the audit is too much',
      'Take a breath. Your audit can wait. Call Peter on 555 123. See you on Monday. What is the smallest next step?',
    )
    expect(ask(cases, again)?.text).toBe('Take a breath. What is the smallest next step?')
  })

  test('asks one question, at the end', () => {
    const cases = withSarah()
    cases.answered(
      'sarah',
      overwhelmed,
      'What is going on? Take a breath. Where do you feel it? Put both feet on the floor.',
    )
    expect(ask(cases, again)?.text).toBe('Take a breath. Put both feet on the floor. Where do you feel it?')
  })

  test('greets by the time of day where they have not just been talking', () => {
    const cases = withSarah()
    cases.answered('sarah', overwhelmed, 'Good evening, Sarah. Take a breath. Put both feet on the floor.')
    expect(ask(cases, again, { now: noon - 4 * 3_600_000 })?.text).toMatch(/^Good morning, Sarah\. Take a breath\./)
    cases.say('sarah', noon - 60_000, 'Hello', clone('Hello, what is going on?'))
    expect(ask(cases, again)?.text).toBe('Take a breath. Put both feet on the floor.')
  })

  test('is built like what works for this client, with words from several of their moments', () => {
    const cases = withSarah()
    cases.answered('sarah', overwhelmed, 'That sounds really hard. What is the smallest next step?', 3)
    cases.answered(
      'sarah',
      'I am overwhelmed',
      'Stop for a moment. Put both feet on the floor. What would help you?',
      60,
    )
    expect(ask(cases, again)?.text).toBe('That sounds really hard. What is the smallest next step?')
    works(cases, 'sarah', ['interrupt', 'ground', 'question'])
    const draft = ask(cases, again)
    expect(draft?.text).toBe('Stop for a moment. Put both feet on the floor. What is the smallest next step?')
    expect(draft?.learned).toMatchObject({ kind: 'approach', id: 'works-sarah' })
    expect(draft?.sources).toHaveLength(2)
  })

  test('does not say again what the clone has just said', () => {
    const cases = withSarah()
    cases.answered('sarah', overwhelmed, grounding)
    cases.say('sarah', noon - dayMs, 'Hard day', clone('Take a breath. I can hear the panic in your words.'))
    expect(ask(cases, again)?.text).toBe(
      "Sarah, stop. Before we burn bridges, let's get you grounded. What's ONE thing you know for sure about this situation?",
    )
  })

  test('asked for again it is the next best one, and then none', () => {
    const cases = withSarah()
    cases.answered('sarah', overwhelmed, 'Take a breath. What is the smallest next step?', 3)
    cases.answered('sarah', overwhelmed, 'Put both feet on the floor. What would help you?', 30)
    const without: string[] = []
    for (const text of [
      'Take a breath. What is the smallest next step?',
      'Put both feet on the floor. What would help you?',
    ]) {
      expect(ask(cases, again, { without })?.text).toBe(text)
      without.push(text)
    }
    expect(ask(cases, again, { without })).toBeNull()
  })

  test('uses a draft that the coach approved, and never what the clone said by itself', () => {
    const cases = withSarah()
    cases.answered(
      'sarah',
      'I keep putting off my tax papers',
      'Which five minutes of it could you start with, roughly?',
    )
    const [seq = 0] = cases.say('sarah', noon - 9 * dayMs, clone('Start with the smallest piece. What is it?'))
    expect(ask(cases, "I've put off the tax papers again")?.text).toMatch(/Which five/)
    cases.sqlite.prepare("UPDATE messages SET content = 'gone', removed_at = 1 WHERE sender_type = 'human_coach'").run()
    expect(ask(cases, "I've put off the tax papers again")).toBeNull()
    cases.change(seq, { metadata: JSON.stringify({ approved_by_coach: true }) })
    expect(ask(cases, "I've put off the tax papers again")?.text).toBe('Start with the smallest piece. What is it?')
  })

  test('reaches back to a takeover of long ago that it was learned from', () => {
    const cases = withSarah()
    const [, seq = 0] = cases.answered('sarah', overwhelmed, grounding, 20)
    const talk = Array.from({ length: 2_000 }, (_, at) => (at % 2 === 0 ? 'Good, thanks' : clone('Glad to hear it.')))
    cases.say('sarah', noon - 15 * dayMs, ...talk)
    expect(ask(cases, again)).toBeNull()
    cases.queries.insert(handoffs).values(takeover('takeover', 'coach')).run()
    cases.queries.insert(humanInterventionAnalyses).values(analysis(seq, true)).run()
    expect(ask(cases, again)?.text).toBe(grounding)
  })
})

const takeover = (id: string, trigger: 'coach' | 'safety_crisis', createdAt = 1, endedAt: number | null = 2) => ({
  id,
  conversationId: 'sarah',
  clientId: 'sarah',
  messageSeq: 1,
  fromOwner: 'ai' as const,
  toOwner: 'human' as const,
  trigger,
  reason: 'You took over.',
  createdAt,
  endedAt,
})

const analysis = (seq: number, isActive: boolean) => ({
  id: 'analysis',
  handoffId: 'takeover',
  messageId: 'm',
  clientId: 'sarah',
  conversationId: 'sarah',
  firstSeq: seq,
  lastSeq: seq,
  situationType: 'crisis_moment' as const,
  language: 'en',
  styleTone: 'empathetic' as const,
  stylePace: 'slow' as const,
  styleFormality: 'casual' as const,
  styleEnergy: 'calm' as const,
  techniqueType: 'silence' as const,
  approachDescription: '',
  interventionDurationMinutes: 1,
  messagesExchanged: 1,
  applicableToSimilar: true,
  transferableToOthers: true,
  confidenceScore: 0.5,
  replicationValue: 0.5,
  localView: '{}',
  isActive,
  startedAt: 1,
  endedAt: 2,
  createdAt: 1,
  updatedAt: 1,
})

describe('there is no draft', () => {
  test('where the coach never wrote anything, or the client said a word that says nothing', () => {
    const cases = withSarah()
    expect(ask(cases, again)).toBeNull()
    cases.answered('sarah', overwhelmed, grounding)
    for (const word of ['ok', 'Hm', '?', '👍']) expect(ask(cases, word), word).toBeNull()
  })

  test('where nothing alike was said before', () => {
    const cases = withSarah()
    cases.answered('sarah', overwhelmed, grounding)
    expect(ask(cases, 'My sister and I had a terrible fight')).toBeNull()
  })

  test('in another language than the coach wrote in', () => {
    const cases = withSarah()
    cases.answered('sarah', 'Ich habe wieder Streit mit meiner Schwester gehabt', grounding)
    expect(ask(cases, 'Ich habe wieder Streit mit meiner Schwester gehabt')).toBeNull()
    cases.answered(
      'sarah',
      'Ich habe wieder Streit mit meiner Schwester gehabt',
      'Das klingt wirklich schwer für dich. Was brauchst du jetzt von ihr?',
    )
    expect(ask(cases, 'Ich habe wieder Streit mit meiner Schwester gehabt')?.text).toMatch(/^Das klingt/)
  })

  test('from a message that failed, was deleted, was said to someone in danger, or in the time of a crisis', () => {
    const cases = withSarah()
    const [, seq = 0] = cases.answered('sarah', overwhelmed, grounding)
    expect(ask(cases, again)).not.toBeNull()
    cases.change(seq, { deliveryStatus: 'failed' })
    expect(ask(cases, again)).toBeNull()
    cases.change(seq, { deliveryStatus: 'sent', removedAt: 1 })
    expect(ask(cases, again)).toBeNull()
    cases.change(seq, { removedAt: null })
    cases.sqlite.prepare("UPDATE message_signals SET crisis_severity = 'high'").run()
    expect(ask(cases, again)).toBeNull()
    cases.sqlite.prepare("UPDATE message_signals SET crisis_severity = 'none'").run()
    cases.queries
      .insert(handoffs)
      .values(takeover('crisis', 'safety_crisis', 1, noon))
      .run()
    expect(ask(cases, again)).toBeNull()
  })

  test('from what the coach undid or does not want said', () => {
    const cases = withSarah()
    const [, seq = 0] = cases.answered('sarah', overwhelmed, grounding)
    expect(ask(cases, again, { isSayable: (text: string) => !/burn/u.test(text) })?.text).not.toMatch(/burn/)
    const phrase = {
      kind: 'phrase' as const,
      itemKey: phraseId('Before we burn bridges'),
      clientId: null,
      createdAt: 1,
    }
    cases.queries
      .insert(learnedMarks)
      .values({ ...phrase, mark: 'undone' })
      .run()
    expect(ask(cases, again)?.text).not.toMatch(/burn/)
    cases.queries.insert(handoffs).values(takeover('takeover', 'coach')).run()
    cases.queries.insert(humanInterventionAnalyses).values(analysis(seq, false)).run()
    expect(ask(cases, again)).toBeNull()
    cases.queries
      .update(humanInterventionAnalyses)
      .set({ isActive: true })
      .where(eq(humanInterventionAnalyses.id, 'analysis'))
      .run()
    expect(ask(cases, again)).not.toBeNull()
  })
})

describe('across clients', () => {
  const others = () => {
    const cases = withSarah()
    works(cases, 'sarah', ['interrupt', 'ground', 'question'])
    cases.addClient('kim', 'Kim')
    cases.addClient('lea', 'Lea')
    return cases
  }

  test('only what two clients have heard is said, with this client by name', () => {
    const cases = others()
    cases.answered(
      'kim',
      overwhelmed,
      'Kim, stop. Put both feet on the floor. How is Zanzibar? What is the smallest next step?',
    )
    expect(ask(cases, again)).toBeNull()
    cases.answered(
      'lea',
      overwhelmed,
      'Lea, stop. Put both feet on the floor. Think of Otto. What is the smallest next step?',
    )
    const draft = ask(cases, again)
    expect(draft?.text).toBe('Sarah, stop. Put both feet on the floor. What is the smallest next step?')
    expect(draft?.sources[0]).toMatchObject({ label: 'You have said this to several clients', given: 'Sarah, stop.' })
  })

  test('who is marked sensitive, or only practice, is not one of the two', () => {
    const cases = others()
    cases.answered('kim', overwhelmed, 'Stop for a moment. Take a breath. What is the smallest next step?')
    cases.answered('lea', overwhelmed, 'Stop for a moment. Take a breath. What is the smallest next step?')
    expect(ask(cases, again)).not.toBeNull()
    cases.sqlite.prepare("UPDATE clients SET is_sensitive = 1 WHERE id = 'lea'").run()
    expect(ask(cases, again)).toBeNull()
    cases.sqlite.prepare("UPDATE clients SET is_sensitive = 0, is_practice = 1 WHERE id = 'lea'").run()
    expect(ask(cases, again)).toBeNull()
  })

  test('two chats of one import are two persons; one chat and a client may be the same one', () => {
    const cases = others()
    const answer = 'Stop for a moment. Take a breath. What is the smallest next step?'
    cases.answered('kim', overwhelmed, answer)
    cases.imported('telegram', [[overwhelmed, answer]])
    cases.imported('telegram', [[overwhelmed, answer]])
    expect(ask(cases, again)).toBeNull()
    cases.imported('telegram', [
      [overwhelmed, answer],
      [overwhelmed, answer],
    ])
    expect(ask(cases, again)?.text).toBe(answer)
  })

  test("canned replies and the coach's own writing are theirs to say to anybody", () => {
    const cases = others()
    cases.queries
      .insert(cannedReplies)
      .values({
        id: 'canned',
        name: 'Overwhelm',
        text: '{{first_name}}, stop. Put both feet on the floor.',
        createdAt: 1,
        updatedAt: 1,
      })
      .run()
    cases.imported('writing', [
      ['When you are overwhelmed, what is the smallest thing you can do?', 'I like tea in the morning.'],
    ])
    const draft = ask(cases, 'I am overwhelmed')
    expect(draft?.text).toBe(
      'Sarah, stop. Put both feet on the floor. When you are overwhelmed, what is the smallest thing you can do?',
    )
    expect(draft?.sources.map(({ label }) => label)).toEqual([
      'Your canned reply “Overwhelm”',
      'Your own writing, “Export 1”',
    ])
  })

  test("a past conversation that is known to be this client's counts like their messages", () => {
    const cases = withSarah()
    cases.imported('telegram', [[overwhelmed, grounding]], 'sarah')
    const draft = ask(cases, again)
    expect(draft?.text).toBe(grounding)
    expect(draft?.sources[0]).toMatchObject({
      label: 'You wrote this to them before',
      given: expect.stringMatching(/^Sarah, stop/),
    })
  })
})

test.each([
  ['I am so overwhelmed at work, everything is too much', 'I am overwhelmed again, it is all too much at work', true],
  ['I keep putting off my tax papers', "I've put off the report again", true],
  ['I want to quit my job right now', 'I want to quit my job today, I have had enough', true],
  ['My sister and I had a terrible fight', 'I had a fight with my husband', true],
  ['I doubt myself, everyone else is better than me', 'I doubt myself again before this interview', true],
  ['I panic before every presentation', 'The presentation is soon and I panic', true],
  ['I cannot sleep before the board meeting', 'I cannot sleep, the board meeting again', true],
  ['I failed the exam', 'I did not get the job, I failed again', true],
  ['Morning! Just got back from the gym', 'I want to quit my job right now', false],
  ['Morning! Just got back from the gym', 'Good morning, the gym was full', false],
  ['Thanks, that helps', 'Thanks a lot', false],
  ['I failed the exam', 'My sister and I had a terrible fight', false],
  ['I keep putting off my tax papers', 'I am so overwhelmed at work, everything is too much', false],
  ['What time do we meet?', 'What do you think about my plan?', false],
  ['I bought a new bike', 'I read a new book', false],
  ['The kids are back at school', 'The kids have a cold', false],
  ['My boss liked the plan', 'My boss left the company', false],
])('“%s” and “%s” are told alike or apart: %s', (past, present, isAlike) => {
  const read = (text: string) => ({ situation: readSignals(text).situation, stems: stemSet(text) })
  const similarity = similarityOf({ ...read(past), at: noon - 30 * dayMs }, read(present), noon)
  expect(similarity >= leastAlike).toBe(isAlike)
})
