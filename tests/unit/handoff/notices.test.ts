import { describe, expect, test } from 'vitest'
import { type NoticeLanguage, noticeIds, noticeLanguages, noticeText } from '../../../host/handoff/notices.ts'
import { crisisResources } from '../../../host/handoff/resources.data.ts'
import { resourcesOf } from '../../../host/handoff/resources.ts'

const regions = [null, 'XX', ...crisisResources.map((one) => one.region)]
const holding = (region: string | null, language?: NoticeLanguage) =>
  noticeText('crisis_holding', { coachName: 'Akmal', region, ...(language ? { language } : {}) })
const allTexts = (language: NoticeLanguage, coachName = 'Akmal') => [
  ...regions.map((region) => noticeText('crisis_holding', { coachName, region, language })),
  ...noticeIds.map((id) => noticeText(id, { coachName, region: null, language })),
  noticeText('out_of_hours', { coachName, region: null, language, until: '9:00' }),
]
const localNumber = {
  en: 'your local emergency number',
  es: 'número local de emergencias',
  de: 'örtliche Notrufnummer',
  fr: 'numéro d’urgence local',
  pt: 'número de emergência local',
} satisfies Record<NoticeLanguage, string>

describe('the crisis notice in English', () => {
  test('reads as it was vetted', () => {
    expect(holding('US')).toBe(
      'Thank you for telling me. I have alerted Akmal, who will answer you personally. If you or someone else is in immediate danger, please call 911. You can also reach people who listen right now: 988 Suicide & Crisis Lifeline, call or text 988.',
    )
    expect(holding(null)).toBe(
      'Thank you for telling me. I have alerted Akmal, who will answer you personally. If you or someone else is in immediate danger, please call your local emergency number. You can also find people who listen right now at findahelpline.com: it lists free helplines by country.',
    )
  })

  test('tells an ambulance from the police where one number does not reach both', () => {
    expect(holding('BR')).toContain('please call 192 (ambulance) or 190 (police).')
  })

  test('does not say "right now" of a service that closes at night', () => {
    expect(holding('IT')).toContain(
      'people who listen: Telefono Amico Italia, call 02 2327 2327 (every day from 10:00 to 24:00).',
    )
  })

  test('names the country’s emergency number and the directory where no service is confirmed', () => {
    expect(holding('CO')).toContain('please call 123.')
    expect(holding('CO')).toContain('findahelpline.com')
  })
})

describe.each(noticeLanguages)('in %s', (language) => {
  test.each(crisisResources.map((one) => [one.region, one] as const))(
    'the crisis notice gives the emergency number and one service in %s',
    (region, { emergency, service }) => {
      const text = holding(region, language)
      for (const number of Object.values(emergency)) expect(text).toContain(number)
      if (service) {
        expect(text).toContain(service.name)
        expect(text).toContain(service.phone)
      }
    },
  )

  test('the crisis notice names two places at most: the emergency services and one that listens', () => {
    for (const region of regions) {
      const { emergency, service = null } = resourcesOf(region) ?? {}
      const named = [
        ...(service ? [`${service.name}, `, service.phone] : ['findahelpline.com']),
        ...(service && service.hours !== 'always' ? Object.values(service.hours) : []),
        ...Object.values(emergency ?? {}),
      ]
      const rest = named.reduce(
        (text, place) => {
          expect(text).toContain(place)
          return text.replace(place, '')
        },
        holding(region, language),
      )
      expect(rest).not.toMatch(/\d|\.com|\.org|www/)
    }
  })

  test('the crisis notice claims no local number where the region is unknown or not listed', () => {
    for (const region of [null, 'XX']) {
      expect(holding(region, language)).toContain('findahelpline.com')
      expect(holding(region, language)).toContain(localNumber[language])
    }
  })

  test('every notice names the coach, asks nothing and is quickly read', () => {
    for (const text of allTexts(language)) {
      expect(text).toContain('Akmal')
      expect(text).not.toMatch(/[?¿]/)
      expect(text.length).toBeLessThan(450)
      expect(text).not.toMatch(/ {2}|undefined|null|\$\{/)
    }
  })

  test('no notice sounds like a model', () => {
    for (const text of allTexts(language)) {
      expect(text).not.toMatch(
        /language model|modelo de (?:lenguaje|linguagem)|Sprachmodell|modèle de langage|I understand how|entiendo cómo|ich verstehe, wie|je comprends|entendo como|I'm sorry to hear|as an AI|!/iu,
      )
    }
  })

  test('every notice reads as a sentence when the coach has given no name', () => {
    for (const text of allTexts(language, ' ')) {
      expect(text).toMatch(/coach/iu)
      for (const sentence of text.split(/(?<=\.) /)) expect(sentence).toMatch(/^\p{Lu}/u)
    }
  })

  test('out of hours, the client learns until when, or that it is not known', () => {
    const until = noticeText('out_of_hours', { coachName: 'Akmal', region: 'US', language, until: '9:00' })
    expect(until).toContain('9:00')
    const open = noticeText('out_of_hours', { coachName: 'Akmal', region: 'US', language })
    expect(open).not.toMatch(/\d/)
    for (const text of [until, open]) expect(text).toContain(localNumber[language])
  })

  test('the clone says that it is an AI and not a person, unasked and when asked', () => {
    const person = {
      en: 'not a person',
      es: 'no una persona',
      de: 'kein Mensch',
      fr: 'pas une personne',
      pt: 'não uma pessoa',
    }
    for (const id of ['ai_disclosure', 'ai_answer'] as const) {
      const text = noticeText(id, { coachName: 'Akmal', region: null, language })
      expect(text).toContain(person[language])
      expect(text).toMatch(/\b(?:AI|IA|KI)\b/)
    }
  })
})

test('a notice is in English unless told otherwise', () => {
  for (const id of noticeIds) {
    const context = { coachName: 'Akmal', region: 'US' }
    expect(noticeText(id, context)).toBe(noticeText(id, { ...context, language: 'en' }))
  }
})

describe.each(noticeLanguages)('where the coach reads every answer first, in %s', (language) => {
  const text = (id: 'ai_disclosure' | 'ai_drafts') => noticeText(id, { coachName: 'Akmal', region: null, language })
  const first = {
    en: 'answer first',
    es: 'respondo primero',
    de: 'antworte zuerst',
    fr: 'réponds en premier',
    pt: 'Respondo primeiro',
  }
  const before = {
    en: 'before it is sent',
    es: 'antes de que se envíe',
    de: 'bevor sie abgeschickt wird',
    fr: 'avant son envoi',
    pt: 'antes de ser enviada',
  }

  test('nobody is told that the clone answers first', () => {
    expect(text('ai_drafts')).toMatch(/\b(?:AI|IA|KI)\b/)
    expect(text('ai_drafts')).toContain(before[language])
    expect(text('ai_drafts')).not.toContain(first[language])
    expect(text('ai_disclosure')).toContain(first[language])
    expect(text('ai_disclosure')).not.toContain(before[language])
  })
})

test('the answer to "am I talking to an AI?" and the words for closed hours are as vetted', () => {
  expect(noticeText('ai_answer', { coachName: 'Akmal', region: null })).toBe(
    "Yes, I'm an AI: the AI clone of Akmal, not a person. Akmal reads along; if you want to hear from them directly, just say so.",
  )
  expect(noticeText('out_of_hours', { coachName: 'Akmal', region: null, until: 'Monday, 9:00' })).toBe(
    'Akmal and I are away until Monday, 9:00. I have your message and it will be answered then. If you are in danger, please call your local emergency number.',
  )
})
