import iconv from 'iconv-lite'
import { describe, expect, test } from 'vitest'
import { inShort, read } from './files.ts'

const german = 'Für Übungen, die Grenzen schützen, genügen fünf Minuten täglich. Größere Änderungen brauchen länger.'
const russian = 'Умение говорить нет, это навык, который растёт с практикой и терпением каждого человека.'
const japanese = '「いいえ」と言うことは、練習によって身につく技術です。静かな時間を持ちましょう。'
const polish = 'Żeby powiedzieć „nie”, trzeba ćwiczyć. Każdy człowiek może się tego nauczyć, choć łatwo nie jest.'

describe('plain text', () => {
  test.each([
    ['utf-8', german],
    ['utf-16le', russian],
    ['utf-16be', japanese],
    ['utf-8', japanese],
  ])('with a byte order mark is read as %s', async (encoding, text) => {
    expect(inShort(await read('text', iconv.encode(text, encoding, { addBOM: true })))).toEqual([['paragraph', text]])
  })

  test.each([
    ['utf-8', german],
    ['windows-1252', german],
    ['windows-1251', russian],
    ['koi8-r', russian],
    ['shift_jis', japanese],
    ['euc-jp', japanese],
    ['windows-1250', polish],
  ])('without one is read as the %s it is', async (encoding, text) => {
    const file = iconv.encode(`${'English words stand first. '.repeat(400)}\n\n${`${text} `.repeat(5)}`, encoding)
    expect((await read('text', file)).blocks.at(-1)?.text).toBe(`${text} `.repeat(5).trim())
  })

  test('cut off within a letter loses no more than that letter', async () => {
    const file = Buffer.from('Grenzen – ü')
    expect((await read('text', file.subarray(0, file.length - 1))).blocks[0]?.text).toMatch(/^Grenzen – /)
  })

  test('with a letter damaged in the middle keeps all others', async () => {
    const file = Buffer.concat([Buffer.from(`${russian} `), Buffer.from([0xd0]), Buffer.from(` ${russian}`)])
    expect((await read('text', file)).blocks[0]?.text).toBe(`${russian} \u{fffd} ${russian}`)
  })

  test('joins lines that were broken by hand and keeps those of a verse', async () => {
    const source = [
      'A no that is said kindly and in good time spares both',
      'sides a great deal of trouble, and it is remembered as',
      'a favour.',
      '',
      'Say no,',
      'say it low,',
      'let it go.',
    ].join('\r\n')
    expect(inShort(await read('text', source))).toEqual([
      [
        'paragraph',
        'A no that is said kindly and in good time spares both sides a great deal of trouble, and it is remembered as a favour.',
      ],
      ['paragraph', 'Say no,\nsay it low,\nlet it go.'],
    ])
  })

  test('joins lines of scripts without spaces without one', async () => {
    const line = '学会说不是一种可以练习的技能而且每个人都可以在日常的谈话之中慢慢地学会它并且一直用下去直到老年'
    expect((await read('text', `${line}\n${line}`)).blocks[0]?.text).toBe(line + line)
  })

  test('takes for headings only what is surely one', async () => {
    const source = [
      'THE ART OF NO',
      'Chapter 1',
      'It begins with a pause.',
      '1.2 Saying it',
      'Say it.',
      'Later',
      '==',
      'Underlined',
      'On the Monday after, we met',
      'OK?',
      'He said: STOP.',
    ]
    const text = source.join('\n\n').replace('\n\n==\n\nUnderlined', '\n=====\n\nUnderlined')
    expect(inShort(await read('text', text))).toEqual([
      ['h2', 'THE ART OF NO'],
      ['h1', 'Chapter 1'],
      ['paragraph', 'It begins with a pause.'],
      ['h2', '1.2 Saying it'],
      ['paragraph', 'Say it.'],
      ['h1', 'Later'],
      ['paragraph', 'Underlined'],
      ['paragraph', 'On the Monday after, we met'],
      ['paragraph', 'OK?'],
      ['paragraph', 'He said: STOP.'],
    ])
  })

  test('keeps lists by item', async () => {
    expect(inShort(await read('text', '- breathe in\n  and out\n- say it\n\n1) one\n2) two'))).toEqual([
      ['list', '- breathe in and out\n- say it'],
      ['list', '1) one\n2) two'],
    ])
  })

  test('in long lines has a paragraph for each', async () => {
    const line =
      'A no that is said kindly and in good time spares both sides a great deal of trouble, and it is remembered as a favour. '
    expect((await read('text', `${line}One.\n${line}Two.`)).blocks.length).toBe(2)
  })

  test('loses what a person cannot see, and halves of characters', async () => {
    expect(inShort(await read('text', 'Say\u200b no\u202e.\u{e0041} \u0007 Then\tgo \ufb01rst'))).toEqual([
      ['paragraph', 'Say no. Then go first'],
    ])
  })
})
