import { describe, expect, test } from 'vitest'
import { languageOf, readSignals } from '../../../host/signals/index.ts'

describe('the language of a text', () => {
  test.each([
    ['I would like to talk about my week', 'en'],
    ['Me gustaría hablar de mi semana', 'es'],
    ['Ich würde gern über meine Woche sprechen', 'de'],
    ['Je voudrais parler de ma semaine', 'fr'],
    ['Gostava de falar da minha semana', 'pt'],
    ['Vorrei parlare della mia settimana con te', 'unknown'],
    ['Ik wil graag over mijn week praten', 'unknown'],
    ['Chciałbym porozmawiać o moim tygodniu', 'unknown'],
    ['Jag vill prata om min vecka', 'unknown'],
    ['Bu hafta hakkında konuşmak istiyorum', 'unknown'],
    ['Я хочу поговорить о своей неделе', 'unknown'],
    ['أريد أن أتحدث عن أسبوعي', 'unknown'],
    ['我想谈谈我的一周', 'unknown'],
    ['xyzzy plugh frobozz quux blorb', 'unknown'],
  ])('%s → %s', (text, language) => {
    expect(languageOf(text)).toBe(language)
  })

  test('of a word or two is that of the messages before', () => {
    const before = [{ from: 'client' as const, text: 'Ich weiß nicht, wie ich anfangen soll' }]
    expect(readSignals('ok', before).language).toBe('de')
    expect(readSignals('ok').language).toBe('en')
  })
})

describe('a wish to die in a language that is not read', () => {
  test.each([
    'Voglio morire',
    'Non voglio più vivere',
    'Ik wil dood',
    'ik wil niet meer leven',
    'Chcę umrzeć',
    'Jag vill dö',
    'Jeg vil dø',
    'Haluan kuolla',
    'Vreau să mor',
    'Ölmek istiyorum',
    'Meg akarok halni',
    'Chci umřít',
    'aku ingin mati',
    'gusto ko nang mamatay',
    'tôi muốn chết',
    'Я хочу умереть',
    'не хочу больше жить',
    'θέλω να πεθάνω',
    'أريد أن أموت',
    'می‌خواهم بمیرم',
    'אני רוצה למות',
    'मैं मरना चाहता हूँ',
    '我想死',
    'もう死にたい',
    '죽고 싶어요',
    'อยากตาย',
  ])('is of concern: %s', (text) => {
    const { severity, kinds, evidence } = readSignals(text).crisis
    expect(severity).toBe('concern')
    expect(kinds).toEqual(['suicide'])
    for (const { start, end } of evidence) expect(text.slice(start, end)).not.toBe('')
  })

  test.each([
    'Vorrei spostare la sessione a giovedì',
    'Ik heb een drukke week op het werk',
    'Я устал, но всё хорошо',
    '今日はいい天気ですね',
    'Hoje foi um bom dia, obrigado',
  ])('is not seen in: %s', (text) => {
    expect(readSignals(text).crisis.severity).toBe('none')
  })
})

describe('a text in several languages', () => {
  test.each([
    'I had a good day at work. Pero ya no quiero vivir.',
    'Ich hatte einen guten Tag. I want to kill myself.',
    'we talked for hours and it was fine i guess. je veux mourir',
    'We talked for hours and it was fine, I guess. Me suicido.',
  ])('is read in each of them: %s', (text) => {
    expect(['concern', 'high', 'imminent']).toContain(readSignals(text).crisis.severity)
  })
})

describe('a very long text', () => {
  const filler = 'We went for a walk and talked about the garden. '

  test('is read to its end, and the place is marked in the whole text', () => {
    const text = `${filler.repeat(200)}I want to kill myself.`
    const { severity, evidence } = readSignals(text).crisis
    expect(severity).toBe('high')
    expect(evidence.map(({ start, end }) => text.slice(start, end))).toContain('kill myself')
  })

  test('is read at both ends when it is longer than anyone writes', () => {
    const text = `${filler.repeat(2_000)}I want to kill myself.`
    expect(readSignals(text).crisis.severity).toBe('high')
  })
})
