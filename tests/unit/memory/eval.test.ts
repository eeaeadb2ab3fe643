import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

const root = join(import.meta.dirname, '..', '..', '..')
const evaluate = ['--disable-warning=ExperimentalWarning', join(root, 'eval', 'eval.ts'), 'memory']
const files = ['--in', 'in.json', '--out', 'out.jsonl']
let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'eval-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const write = (value: unknown): void =>
  writeFileSync(join(folder, 'in.json'), typeof value === 'string' ? value : JSON.stringify(value))

const talk = {
  sample_id: 'made-up',
  conversation: {
    speaker_a: 'Ines',
    speaker_b: 'Otto',
    session_1_date_time: '9:05 am on 2 April, 2025',
    session_1: [
      { speaker: 'Ines', dia_id: 'D1:1', text: 'We adopted a goat.' },
      { speaker: 'Otto', dia_id: 'D1:2', text: 'What is it called?' },
      { speaker: 'Ines', dia_id: 'D1:3', text: 'Biscuit.', blip_caption: 'a brown goat on a meadow' },
    ],
    session_2_date_time: '12:30 pm on 9 May, 2025',
    session_2: [{ speaker: 'Otto', dia_id: 'D2:1', text: 'I sold my tractor.' }],
  },
  qa: [
    { question: 'What is the goat of Ines called?', category: 4, evidence: ['D1:3'] },
    { question: 'What did Otto sell?', category: 1, evidence: ['D2:1; D01:02', 'D9:9'] },
    { question: 'When did Ines buy a tractor?', category: 5 },
  ],
}

describe('the evaluation of memory', () => {
  test('writes the turns found for each question, best first, and which share of those that answer was found', () => {
    write([talk])
    const printed = execFileSync(process.execPath, [...evaluate, ...files], { cwd: folder, encoding: 'utf8' })
    const rows = readFileSync(join(folder, 'out.jsonl'), 'utf8').trim().split('\n')
    const found = rows.map((row) => JSON.parse(row))
    expect(found.map(({ sample_id, question_index }) => [sample_id, question_index])).toEqual([
      ['made-up', 0],
      ['made-up', 1],
      ['made-up', 2],
    ])
    expect(found[0].ranked).toContain('D1:3')
    expect(found[1].ranked[0]).toBe('D2:1')
    expect(printed).toContain('1 conversations, 4 turns, 3 questions')
    expect(printed).toMatch(/this search +categories 1 to 4 +0\.667 +0\.750 +over 2 questions/)
    expect(printed).toMatch(/this search +2 time +none +none +over 0 questions/)
  })

  test.each([
    ['{', 'is not JSON'],
    [{}, "is not in LoCoMo's form"],
    [[{ ...talk, qa: [{ category: 1 }] }], 'question'],
    [[{ ...talk, conversation: { ...talk.conversation, session_2_date_time: 'some day' } }], 'the date of session_2'],
    [[{ ...talk, conversation: { ...talk.conversation, session_2: [{ text: 'Hi' }] } }], 'session_2 of made-up is not'],
  ])('says what is wrong with %j and writes nothing', (value, sentence) => {
    write(value)
    const { stderr, status } = spawnSync(process.execPath, [...evaluate, ...files], { cwd: folder, encoding: 'utf8' })
    expect(stderr).toContain(sentence)
    expect(status).toBe(1)
    expect(existsSync(join(folder, 'out.jsonl'))).toBe(false)
  })
})
