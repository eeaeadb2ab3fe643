import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Intervention } from '../../../../host/learning/interventions/index.ts'
import { interventionAnswer } from '../../../../host/learning/refine/answer.ts'
import { judge } from '../../../../host/learning/refine/judge.ts'
import { placesOf } from '../../../../host/modelReading/index.ts'
import { analysis } from '../../../host/learning/refining.ts'

const said = (seq: number, from: 'client' | 'ai' | 'human_coach', text: string) => ({
  id: String(seq),
  seq,
  from,
  text,
  at: seq,
})

const handoff = {
  seq: 1,
  id: 'handoff',
  conversationId: 'sarah',
  clientId: 'sarah',
  executionId: null,
  messageSeq: 2,
  fromOwner: 'waiting',
  toOwner: 'human',
  trigger: 'coach',
  reason: '',
  score: null,
  parts: '[]',
  aiConfidenceBefore: null,
  aiConfidenceAfter: null,
  humanDurationMinutes: 3,
  messagesInIntervention: 1,
  acknowledgedAt: 1,
  endedAt: 9,
  createdAt: 3,
} satisfies Intervention['handoff']

const coachText =
  "Sarah, stop. Take a breath. Martin can wait 12 weeks. Before we burn bridges, let's get you grounded. What's ONE thing you know for sure?"
const talk: Intervention = {
  handoff,
  clientName: 'Sarah Okri',
  before: [said(1, 'client', 'My boss Martin hates me and I owe 4000 euros.'), said(2, 'ai', 'Tell me more.')],
  coach: [said(4, 'human_coach', coachText)],
  after: [said(5, 'client', "You're right, I should think this through. That helps, thank you.")],
}

const pool = [...talk.before, ...talk.coach, ...talk.after].flatMap(({ text }) => text.split(' '))

/** A stretch of the talk, in its order or not: what a careless model passes off as a quote. */
const piece = fc
  .record({
    start: fc.nat(pool.length - 1),
    length: fc.integer({ min: 1, max: 8 }),
    isTurned: fc.boolean(),
    gap: fc.constantFrom(' ', ' ', '  '),
  })
  .map(({ start, length, isTurned, gap }) => {
    const stretch = pool.slice(start, start + length)
    return (isTurned ? stretch.toReversed() : stretch).join(gap)
  })
const pieces = fc.array(piece, { maxLength: 6 })

test('whatever a model says, only the coach’s own words stay as phrases, and no name, number or made-up quote passes', () => {
  let phrases = 0
  const answers = fc.record({
    technique: fc.record({
      type: fc.constantFrom('reframe', 'story'),
      approach: piece,
      structure: fc.array(fc.constantFrom('ground', 'question', 'fly'), { maxLength: 20 }),
    }),
    content: fc.record({ key_phrases: pieces, emotional_intelligence: pieces, metaphor_used: piece }),
    outcome: fc.record({
      client_reaction: fc.constantFrom('positive', 'neutral', 'transformative', 'none'),
      conversation_shift: piece,
    }),
    learning: fc.record({ why_effective: piece, client_words: piece }),
  })
  fc.assert(
    fc.property(answers, (parts) => {
      const { view } = judge(interventionAnswer.parse(JSON.parse(analysis(parts))), talk, talk)
      if (view === null) return
      phrases += view.keyPhrases.length
      const quoted = [...view.keyPhrases, ...(view.metaphor === null ? [] : [view.metaphor])]
      for (const phrase of quoted) expect(placesOf(coachText, phrase), phrase).not.toEqual([])
      const own = [...quoted, view.approach, view.shift, ...view.emotionalIntelligence]
      expect(own.join('\n')).not.toMatch(/sarah|martin|\d/iu)
      const quote = /The client said: “(.*)”$/u.exec(view.whyEffective)?.[1]
      if (view.whyEffective !== '') expect(talk.after.some(({ text }) => text.includes(quote ?? '?'))).toBe(true)
    }),
    { seed: 20_261, numRuns: 500 },
  )
  expect(phrases).toBeGreaterThan(50)
})
