import { describe, expect, it } from 'vitest'
import { understand } from '../../../host/memory/messageSearch/question.ts'
import { askingShare } from '../../../host/memory/messageSearch/reading.ts'
import { wordsOf } from '../../../host/retrieval/index.ts'

const setting = { clientName: 'Hope Ansah', coachName: 'Robin', now: Date.UTC(2026, 2, 18, 12), timeZone: 'UTC' }
const ask = (text: string) => understand(text, setting)
const termsOf = (text: string): number[] => wordsOf(text).map(({ term }) => term)
const searchedFor = (text: string): number[] => [...ask(text).terms.keys()]

describe('what a question asks for', () => {
  it('is its words without the small ones, in their base form', () => {
    expect(searchedFor('What did they write when they went to the sea?')).toEqual(termsOf('write go sea'))
  })

  it('is asked of the one it names, whose name is not searched for', () => {
    expect(ask('What does Hope fear?').speaker).toBe('client')
    expect(searchedFor('What does Hope fear?')).toEqual(termsOf('fear'))
    expect(ask('What did Robin say about fear?').speaker).toBe('coach')
  })

  it('is asked of both where it names both or neither', () => {
    expect(ask('What do Hope and Robin plan?').speaker).toBeNull()
    expect(ask('What is planned?').speaker).toBeNull()
  })

  it('takes a name without a capital letter for a word', () => {
    expect(ask('is there any hope left').speaker).toBeNull()
    expect(searchedFor('is there any hope left')).toContain(termsOf('hope')[0])
  })

  it('is a time, whose words are not searched for', () => {
    const { period, terms } = ask('What did I realise two weeks ago?')
    expect(period).not.toBeNull()
    expect([...terms.keys()]).toEqual(termsOf('realise'))
  })

  it('is everything it says where nothing would be left', () => {
    expect(searchedFor('Robin?')).toEqual(termsOf('robin'))
  })
})

describe('how much of a message asks', () => {
  it.each([
    ['Tea helps.', 0],
    ['How are you?', 1],
    ['Fine, thanks! And you?', 0.5],
    ['元気ですか？', 1],
    ['Really?!', 1],
    ['', 0],
    ['...', 0],
  ])('%s: %d', (text, share) => {
    expect(askingShare(text)).toBe(share)
  })
})
