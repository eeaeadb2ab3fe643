import { describe, expect, test } from 'vitest'
import { topicsOf } from '../../../host/memory/sessions/topics.ts'

describe('topics', () => {
  test('are written as the client wrote them most often', () => {
    const topics = topicsOf([
      'Ich mag keine Überraschungen, und ich will kündigen.',
      'Überraschungen sind schlimm. Das weiß auch Frau Müller.',
      'Kündigen ist schwer, sagt Müller. Und Müller hasst Überraschungen.',
    ])
    expect(topics).toEqual(expect.arrayContaining(['Überraschungen', 'kündigen', 'Müller']))
    expect(topics.join(' ')).not.toMatch(/uberrasch|kundigen|muller/u)
  })

  test('count as one however they are written', () => {
    const topics = topicsOf(['the PROMOTION', 'my promotion', 'a promotion'])
    expect(topics).toEqual(['promotion'])
  })

  test('may be two words that stand together', () => {
    expect(topicsOf(['Oh, Imposter syndrome again', 'the imposter syndrome', 'this imposter syndrome'])).toEqual([
      'imposter syndrome',
    ])
  })

  test('are no days of the week, in no language', () => {
    expect(topicsOf(['Friday garden', 'on Fridays', 'am Sonntag', 'el miércoles', 'sonntags'])).toEqual(['garden'])
  })

  test('are no addresses, no one letter again and again, and nothing longer than thirty characters', () => {
    const long = 'Donaudampfschifffahrtsgesellschaftskapitän'
    const pair = 'extraordinary uncomfortableness'
    expect(
      topicsOf([
        `See https://example.com/${'path'.repeat(20)} and www.example.org/garden`,
        'x'.repeat(500),
        'xxxx aaaa',
        `${long} ${long}`,
        pair,
        pair,
      ]),
    ).toEqual(['uncomfortableness', 'extraordinary'])
  })
})
