import { describe, expect, test } from 'vitest'
import { documentOfTranscription, type ReadDocument } from '../../../host/reading/index.ts'
import { problemOf, read } from './files.ts'

const spoken = ({ blocks }: ReadDocument): [number | null, string][] =>
  blocks.map(({ seconds, text }) => [seconds, text])
const captions = async (...lines: readonly string[]): Promise<[number | null, string][]> =>
  spoken(await read('captions', lines.join('\n')))

describe('captions', () => {
  test('are joined to sentences and parted at pauses', async () => {
    expect(
      await captions(
        'WEBVTT - Saying no',
        '',
        'NOTE made by hand',
        '',
        '00:01.000 --> 00:03.000 align:start position:0%',
        'Say no,',
        '',
        'intro-2',
        '00:03.000 --> 00:04.500',
        'and mean it.',
        '',
        '00:06.000 --> 01:02:08.250',
        '<i>Then</i> <c.loud>rest</c> &amp; wait.',
      ),
    ).toEqual([
      [1, 'Say no, and mean it.'],
      [6, 'Then rest & wait.'],
    ])
  })

  test('of the SRT kind may lack numbers, hold empty lines and end in any way', async () => {
    expect(
      await captions(
        '\u{feff}1\r',
        '00:00:01,000 --> 00:00:02,000\r',
        '{\\an8}<font color="red">Say</font>\r',
        '\r',
        'no\r',
        '\r',
        '2\r',
        '00:00:02,100-->00:00:03,000\r',
        '42\r',
        '\r',
        '1:00:00,5 --> 1:00:01',
        'times.',
      ),
    ).toEqual([
      [1, 'Say no 42'],
      [3600.5, 'times.'],
    ])
  })

  test('keep who speaks, once a paragraph', async () => {
    expect(
      await captions(
        'WEBVTT',
        '',
        '5a8e-4f/12-0',
        '00:00:01.000 --> 00:00:02.000',
        '<v Maya Lee>What do you want?</v>',
        '',
        '5a8e-4f/12-1',
        '00:00:02.000 --> 00:00:03.000',
        '<v.loud Maya Lee>Tell me.</v>',
        '',
        '00:00:03.000 --> 00:00:04.000',
        '<v Dan>Peace.</v>',
        '<v Maya Lee>Good.</v>',
      ),
    ).toEqual([
      [1, 'Maya Lee: What do you want? Tell me.'],
      [3, 'Dan: Peace.'],
      [3, 'Maya Lee: Good.'],
    ])
  })

  test('with the name in each line say it once a paragraph too', async () => {
    const cue = (index: number, text: string): string[] => [
      String(index),
      `00:00:0${index}.000 --> 00:00:0${index + 1}.000`,
      text,
      '',
    ]
    expect(
      await captions(
        'WEBVTT',
        '',
        ...cue(1, 'Maya Lee: What do'),
        ...cue(2, 'Maya Lee: you want?'),
        ...cue(3, 'Dan: Peace.'),
      ),
    ).toEqual([
      [1, 'Maya Lee: What do you want?'],
      [3, 'Dan: Peace.'],
    ])
  })

  test('that roll, repeating the line above, are read once', async () => {
    expect(
      await captions(
        'WEBVTT',
        'Kind: captions',
        'Language: en',
        '',
        '00:00:00.500 --> 00:00:02.000 align:start',
        ' ',
        'say<00:00:00.900><c> no</c><00:00:01.200><c> and</c>',
        '',
        '00:00:02.000 --> 00:00:02.010 align:start',
        'say no and',
        ' ',
        '',
        '00:00:02.010 --> 00:00:04.000 align:start',
        'say no and',
        'mean<00:00:02.900><c> it</c>',
      ),
    ).toEqual([[0.5, 'say no and mean it']])
  })

  test('said twice are read twice', async () => {
    const cue = (index: number, text: string): string[] => [`00:0${index}.000 --> 00:0${index}.900`, text, '']
    expect(
      await captions(
        'WEBVTT',
        '',
        ...cue(1, 'No.'),
        ...cue(2, 'No.'),
        ...cue(3, 'I mean it.'),
        ...cue(4, 'Do you hear?'),
      ),
    ).toEqual([[1, 'No. No. I mean it. Do you hear?']])
  })

  test('of a long talk without pauses make paragraphs that end with sentences', async () => {
    const lines = Array.from({ length: 200 }, (_, index) => {
      const at = (second: number): string => new Date(second * 1_000).toISOString().slice(11, 23)
      return `${at(index)} --> ${at(index + 1)}\nThis is what I say at ${index}${index % 3 === 2 ? '.' : ' and'}\n`
    })
    const paragraphs = await captions('WEBVTT', '', ...lines)
    expect(paragraphs.length).toBeGreaterThan(5)
    for (const [, text] of paragraphs) expect(text).toMatch(/[.]$|199/)
    expect(paragraphs.map(([second]) => second)).toEqual(
      paragraphs.map(([second]) => second).toSorted((a, b) => Number(a) - Number(b)),
    )
  })

  test('tell their title, and what is none says so', async () => {
    expect((await read('captions', 'WEBVTT - Saying no\n\n00:01.000 --> 00:02.000\nNo.')).title).toBe('Saying no')
    expect(await problemOf(read('captions', 'Say no.'))).toBe('not_that_kind')
    expect(await problemOf(read('captions', 'WEBVTT\n\n'))).toBe('no_text')
  })
})

describe('the transcription of a recording', () => {
  const answer = (segments: unknown, text = 'Say no. Mean it.') => ({
    task: 'transcribe',
    language: 'english',
    duration: 9.5,
    text,
    segments,
  })

  test('is read by paragraph, with the second each begins', () => {
    const document = documentOfTranscription(
      answer([
        { id: 0, start: 0, end: 2.5, text: ' Say no.', no_speech_prob: 0.1 },
        { id: 1, start: 2.5, end: 4, text: ' Mean it.' },
        { id: 2, start: 8.5, end: 9.5, text: ' Rest.' },
      ]),
      'audio',
    )
    expect(spoken(document)).toEqual([
      [0, 'Say no. Mean it.'],
      [8.5, 'Rest.'],
    ])
    expect(document).toMatchObject({ kind: 'audio', title: null, pages: null })
  })

  test('keeps who speaks where the service tells', () => {
    const document = documentOfTranscription(
      answer([
        { start: 0, end: 1, text: 'Why?', speaker: 'A' },
        { start: 1, end: 2, text: 'Because.', speaker: 'B' },
      ]),
      'video',
    )
    expect(spoken(document)).toEqual([
      [0, 'A: Why?'],
      [1, 'B: Because.'],
    ])
  })

  test.each([[null], [undefined], [[]]])('without stretches (%s) is one text without times', (segments) => {
    expect(spoken(documentOfTranscription(answer(segments), 'audio'))).toEqual([[null, 'Say no. Mean it.']])
  })

  test('with times that make no sense keeps its words', () => {
    const document = documentOfTranscription(
      answer([
        { start: -1, end: Number.NaN, text: 'Say no.' },
        { start: 'soon', end: null, text: 'Mean it.' },
      ]),
      'audio',
    )
    expect(spoken(document)).toEqual([[0, 'Say no. Mean it.']])
  })

  test('keeps a stretch without a time after the one it was said after, and puts the others in order', () => {
    const document = documentOfTranscription(
      answer([
        { start: 60, end: 61, text: 'Third.' },
        { start: null, end: null, text: 'Fourth.' },
        { start: 0, end: 1, text: 'First.' },
        { start: 30, end: 31, text: 'Second.' },
      ]),
      'audio',
    )
    expect(spoken(document)).toEqual([
      [0, 'First.'],
      [30, 'Second.'],
      [60, 'Third. Fourth.'],
    ])
  })

  test('that is long and without times is read by paragraph all the same', () => {
    const sentence = 'Say early what you will do, while you are calm enough to be kind.'
    const document = documentOfTranscription({ text: Array.from({ length: 40 }, () => sentence).join(' ') }, 'audio')
    expect(document.blocks.length).toBeGreaterThan(3)
    for (const { text, seconds } of document.blocks) {
      expect(text.endsWith('kind.')).toBe(true)
      expect(seconds).toBe(null)
    }
  })

  test('in which nothing is said says so, and what is no transcription is refused', async () => {
    expect(await problemOf((async () => documentOfTranscription(answer([], ' '), 'audio'))())).toBe('no_text')
    for (const wrong of [
      null,
      'Say no.',
      { error: { message: 'no credit' } },
      { text: 3 },
      { text: 'x', segments: [{ text: 1 }] },
    ]) {
      expect(await problemOf((async () => documentOfTranscription(wrong, 'audio'))())).toBe('reader_failed')
    }
  })
})
