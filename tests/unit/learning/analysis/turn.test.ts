import { describe, expect, test } from 'vitest'
import { describeStructure, viewTurn } from '../../../../host/learning/analysis/index.ts'

const sarah =
  "Sarah, stop. Take a breath. I can hear the panic in your words. Before we burn bridges, let's get you grounded. What's ONE thing you know for sure about this situation?"
const quitting = [{ from: 'client' as const, text: 'I want to quit my job right now' }]
const view = (text: string, clientName?: string) => viewTurn(text, quitting, clientName ? { clientName } : {})

describe('the worked example', () => {
  const seen = view(sarah)
  test('is a pause, grounding and one question', () => {
    expect(seen.structure).toEqual(['interrupt', 'ground', 'reflect', 'ground', 'question'])
    expect(seen.framework).toBe('Grounding')
  })
  test('is direct and calm', () => {
    expect(seen).toMatchObject({ tone: 'direct', energy: 'calm', pace: 'slow' })
  })
  test('has the coach’s own phrase and its picture', () => {
    expect(seen.keyPhrases[0]).toBe('Before we burn bridges')
    expect(seen.metaphor).toBe('burn bridges')
  })
  test('opens and closes without the client’s name', () => {
    expect(seen.openingPattern).toBe('[Name], stop. Take a breath.')
    expect(seen.closingPattern).toBe("What's ONE thing you know for sure about this situation?")
  })
  test('handles the feeling', () => {
    expect(seen.emotionalIntelligence).toEqual(['Helped the client to calm down first', 'Named the feeling'])
  })
})

test.each([
  [['normalize', 'question'], 'That’s completely normal. What do you need today?'],
  [
    ['acknowledge', 'reframe', 'commit'],
    'Thank you for telling me. What if this is a beginning? What is your next step?',
  ],
  [['affirm', 'advise', 'close'], 'Well done! You should rest now. See you tomorrow.'],
  [['reflect', 'challenge'], 'You want to be promoted. Are you sure you want the hours?'],
  [['story'], 'When I was twenty, I lost my first job.'],
  [['inform'], 'Research shows that habits take about two months.'],
  [[], 'Mm-hmm.'],
])('the moves %j are told in their order: %s', (structure, text) => {
  expect(view(text).structure).toEqual(structure)
})

test('equal moves that follow each other are one', () => {
  expect(view('Breathe. Slow down. Breathe out.').structure).toEqual(['ground'])
})

test.each([
  ['empathetic', 'I’m so sorry. That must be painful, and I hear how alone you feel.'],
  ['direct', 'Stop. You should call her today.'],
  ['analytical', 'First, let’s look at the options. Second, compare the pros and cons.'],
  ['playful', 'Haha, plot twist! 😂'],
  ['challenging', 'Come on. Are you sure? That’s an excuse.'],
])('a tone is %s: %s', (tone, text) => {
  expect(view(text).tone).toBe(tone)
})

test.each([
  ['fast', 'Go on. Call now.'],
  ['slow', 'Take your time. Breathe.'],
  [
    'deliberate',
    'When we spoke last week about the way in which you plan your days and how little of them is left for yourself, you said that something has to change.',
  ],
  ['measured', 'You told me that he left. That was a hard day for you.'],
])('a pace is %s: %s', (pace, text) => {
  expect(view(text).pace).toBe(pace)
})

test.each([
  ['casual', 'hey, gonna be ok, yeah'],
  ['professional', 'I would recommend that we schedule a session.'],
  ['intimate', 'My friend, I am here for you ❤'],
])('a way of speaking is %s: %s', (formality, text) => {
  expect(view(text).formality).toBe(formality)
})

test.each([
  ['urgent', 'Stop! Call me right now, immediately.'],
  ['energetic', 'You did it! That is amazing!'],
  ['calm', 'Let us look at it together.'],
])('an energy is %s: %s', (energy, text) => {
  expect(view(text).energy).toBe(energy)
})

test.each([
  ['Scaling', 'On a scale from 0 to 10, how ready are you?'],
  ['OKR', 'Which key results would show that you reached the objective?'],
  ['Solution-Focused', 'Suppose a miracle happened tonight: what would you notice first?'],
  ['CBT', 'What went through your mind? Is it a fact or is it catastrophising?'],
  ['Socratic', 'What’s the evidence for that? How do you know?'],
  ['GROW', 'What is your goal? What options do you see? What will you do by when?'],
  [
    'Motivational Interviewing',
    'On the one hand you love it, on the other it tires you. How important is change to you?',
  ],
  ['Grounding', 'Put your feet on the floor and breathe.'],
  [null, 'See you tomorrow.'],
])('the framework is %s: %s', (framework, text) => {
  expect(view(text).framework).toBe(framework)
})

describe('what is kept of the words', () => {
  test('never holds the client’s name, wherever it stands', () => {
    const { openingPattern, closingPattern, keyPhrases, specificAdvice } = view(
      'Okay Sarah Jones, before we burn bridges, Sarah, breathe. You should rest, Sarah. I believe in you, Sarah!',
      'Sarah Jones',
    )
    const kept = [openingPattern, closingPattern, specificAdvice, ...keyPhrases].join(' ')
    expect(kept).not.toMatch(/sarah|jones/i)
    expect(specificAdvice).toBe('You should rest, [Name].')
    expect(keyPhrases).toContain('before we burn bridges')
  })
  test('never holds numbers or the client’s own words in a pattern', () => {
    const said = [{ from: 'client' as const, text: 'My landlord Pedro wants 900 euros' }]
    const { openingPattern, keyPhrases } = viewTurn('I hear you, the landlord Pedro and the 900.', said)
    expect(openingPattern).toBe('I hear you, the … and the ….')
    expect(keyPhrases.join(' ')).not.toMatch(/pedro|900/i)
  })
  test('keeps the advice, and no question', () => {
    expect(view('How are you? I would recommend that you sleep first.').specificAdvice).toBe(
      'I would recommend that you sleep first.',
    )
  })
})

describe('moves in plain words', () => {
  test('name each once', () => {
    expect(describeStructure(['interrupt', 'ground', 'question'])).toBe('Pause, grounding, one question')
    expect(describeStructure(['interrupt', 'ground', 'reflect', 'ground', 'question'], 2)).toBe(
      'Pause, grounding, reflection, questions',
    )
    expect(describeStructure([])).toBe('')
  })
})
