import { beforeEach, describe, expect, test } from 'vitest'
import { decideRule } from '../../../host/learning/index.ts'
import { screenReply } from '../../../host/replies/index.ts'
import {
  ask,
  dropEmoji,
  type Edits,
  inSituation,
  keepEmoji,
  lengthen,
  openEdits,
  plain,
  shorten,
  stopAsking,
} from './edits.ts'

let edits: Edits
beforeEach(() => {
  edits = openEdits()
})

const often = (times: number, clientId: string, edit: (topic: string) => Parameters<Edits['decide']>[1]): void => {
  for (let time = 0; time < times; time += 1) edits.decide(clientId, edit(`Day ${'abcdefghijkl'.charAt(time)}`))
}

describe('a rule in the narrowest scope that explains it', () => {
  test('once is no rule, twice is proposed, three times of three is used', () => {
    often(1, 'a', shorten)
    expect(edits.shown()).toEqual([])
    often(1, 'a', shorten)
    expect(edits.shown()).toContain('proposed a shorter')
    expect(edits.told('a')).toEqual([])
    often(1, 'a', shorten)
    expect(edits.shown()).toContain('live a shorter')
    expect(edits.told('a')).toContainEqual(expect.stringMatching(/^Shorter: about \d+ words$/u))
    expect(edits.told('b')).toEqual([])
  })

  test('an edit the coach makes now and then stays a proposal', () => {
    often(3, 'a', dropEmoji)
    often(2, 'a', keepEmoji)
    expect(edits.shown()).toEqual(['proposed a emoji_removed'])
  })

  test('a draft without an emoji says nothing about emoji', () => {
    often(10, 'a', plain)
    often(3, 'a', dropEmoji)
    expect(edits.shown()).toEqual(['live a emoji_removed'])
  })

  test('what holds for one client only is not put on others, however often it is', () => {
    often(9, 'a', dropEmoji)
    often(1, 'b', dropEmoji)
    expect(edits.shown()).toContain('live a emoji_removed')
    expect(edits.told('b')).toEqual([])
    expect(edits.told('c')).toEqual([])
  })

  test('what holds for two clients in one situation is a rule for that situation', () => {
    for (const client of ['a', 'b'])
      for (const topic of ['Monday', 'Tuesday']) edits.decide(client, inSituation(dropEmoji(topic), 'grief_or_loss'))
    for (const client of ['a', 'b', 'c'])
      for (const topic of ['Run', 'Walk']) edits.decide(client, inSituation(keepEmoji(topic), 'celebration'))
    expect(edits.shown()).toEqual(['live grief_or_loss emoji_removed'])
    expect(edits.told('c', 'grief_or_loss')).toEqual(['No emoji'])
    expect(edits.told('c', 'celebration')).toEqual([])
  })

  test('what holds for several clients in several situations holds always, and is one rule, not many', () => {
    for (const client of ['a', 'b', 'c'])
      for (const situation of ['setback', 'progress'] as const)
        edits.decide(client, inSituation(dropEmoji('Monday'), situation))
    expect(edits.shown()).toEqual(['live always emoji_removed'])
    expect(edits.told('c', 'venting')).toEqual(['No emoji'])
  })

  test('a phrase the coach always takes out is not to be said, and the edits behind it can be read', () => {
    for (const [client, rest] of [
      ['a', 'Tell me about Monday.'],
      ['b', 'What came of the call?'],
      ['c', 'How is the knee?'],
    ] as const)
      edits.decide(client, { draft: `I am always here for you. ${rest}`, sent: rest, situation: 'other' })
    expect(edits.shown()).toContain('live always phrase_removed i am always here for you')
    expect(edits.told('a')).toContain('Never say: “i am always here for you”')
  })

  test('a phrase that names a client stays with that client', () => {
    for (const client of ['a', 'b', 'c'])
      for (const rest of ['Go on.', 'And then?'])
        edits.decide(client, { draft: rest, sent: `As with Cleo last year. ${rest}`, situation: 'other' })
    const rule = edits.rules().find(({ kind }) => kind === 'phrase_added')
    expect(rule).toMatchObject({ state: 'proposed', scope: 'always' })
    expect(rule?.objections).toEqual(['It names a client, and others would read it. Teach it without the name.'])
    expect(edits.told('a').join()).not.toContain('leo')
  })

  test('discarded drafts say nothing about how to write', () => {
    for (let time = 0; time < 5; time += 1) edits.decide('a', { draft: 'Some words 🎉', sent: null })
    expect(edits.shown()).toEqual([])
  })
})

describe('a coach who contradicts themselves', () => {
  test('makes a rule weaker, until it is only proposed, and at last is gone', () => {
    often(3, 'a', ask)
    expect(edits.shown()).toEqual(['live a question_added'])
    often(1, 'a', stopAsking)
    expect(edits.shown()).toEqual(['proposed a question_added'])
    often(2, 'a', stopAsking)
    expect(edits.shown()).toEqual(['proposed a question_added', 'proposed a question_removed'])
    often(4, 'a', stopAsking)
    expect(edits.shown()).toEqual(['proposed a question_removed'])
    often(4, 'a', stopAsking)
    expect(edits.shown()).toEqual(['live a question_removed'])
    expect(edits.told('a')).toEqual(['Ask no question unless you cannot help without it'])
  })

  test('of a rule for everybody and its opposite for one client, that client gets their own', () => {
    for (const client of ['a', 'b', 'd', 'e'])
      for (const topic of ['Monday', 'Tuesday', 'Friday']) {
        if (!['a', 'b', 'c'].includes(client) && topic === 'Monday') edits.addClient(client, `${client} Client`)
        edits.decide(client, { ...shorten(topic), situation: 'other' })
      }
    often(3, 'c', lengthen)
    expect(edits.shown()).toEqual(expect.arrayContaining(['live always shorter', 'live c longer']))
    expect(edits.told('a')).toContainEqual(expect.stringMatching(/^Shorter: about \d+ words$/u))
    expect(edits.told('c')).toContainEqual(expect.stringMatching(/^Longer: about \d+ words$/u))
    expect(edits.told('c')).not.toContainEqual(expect.stringMatching(/^Shorter: about \d+ words$/u))
  })
})

describe('a rule that is followed', () => {
  test('is not lost because there is nothing left to edit', () => {
    often(3, 'a', shorten)
    const given = edits
      .rules()
      .filter(({ state }) => state === 'live')
      .map(({ id }) => id)
    for (let time = 0; time < 30; time += 1) edits.decide('a', { ...plain(`Day ${time}`), given })
    expect(edits.shown()).toContain('live a shorter')
  })

  test('loses its hold once the coach does the opposite of it', () => {
    often(3, 'a', ask)
    const given = edits.rules().map(({ id }) => id)
    edits.decide('a', { ...stopAsking('Monday'), given })
    expect(edits.shown()).toEqual(['proposed a question_added'])
  })
})

describe('what the coach decides', () => {
  const decide = (decision: 'paused' | 'undone' | null) =>
    edits.act((tx, now) => decideRule(tx, { ruleId: edits.rules()[0]?.id ?? '', decision }, screenReply, now))

  test('holds while new edits come in, and can be taken back', () => {
    often(3, 'a', dropEmoji)
    expect(decide('paused')).toEqual({ before: null })
    often(2, 'a', dropEmoji)
    expect(edits.shown()).toEqual(['paused a emoji_removed'])
    expect(edits.told('a')).toEqual([])
    expect(decide('undone')).toEqual({ before: 'paused' })
    often(2, 'a', dropEmoji)
    expect(edits.shown()).toEqual(['undone a emoji_removed'])
    expect(decide(null)).toEqual({ before: 'undone' })
    expect(edits.shown()).toEqual(['live a emoji_removed'])
    expect(edits.told('a')).toEqual(['No emoji'])
  })
})

test('a handful of rules reaches a reply, never more', () => {
  for (let index = 0; index < 12; index += 1) {
    const message = edits.say('a', 'ai', 'Take your time with it.')
    edits.teachOn(message, 'a', 'say_like_this', `Words number ${'abcdefghijkl'.charAt(index)} of mine`, 'client')
  }
  expect(edits.told('a')).toHaveLength(6)
})
