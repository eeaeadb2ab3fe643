import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

const root = join(import.meta.dirname, '..', '..', '..', '..')
const evaluate = ['--disable-warning=ExperimentalWarning', join(root, 'eval', 'eval.ts'), 'technique']
const files = ['--in', 'in.jsonl', '--out', 'out.jsonl']
let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'eval-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const write = (lines: readonly unknown[]) =>
  writeFileSync(
    join(folder, 'in.jsonl'),
    lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'),
  )

describe('the evaluation of techniques', () => {
  test('writes a line for each turn, in order, and scores those that are graded', () => {
    write([
      {
        id: 'a',
        before: [{ from: 'client', text: 'I want to quit' }],
        text: 'What keeps you there?',
        after: [{ from: 'client', text: 'Good question, thank you' }],
        gold: { behaviour: 'question' },
      },
      { id: 2, before: [], text: 'You should rest.', after: [], gold: { behaviour: 'reflection' } },
      '',
      { id: 'c', text: 'Mm-hmm.' },
    ])
    const printed = execFileSync(process.execPath, [...evaluate, ...files], { cwd: folder, encoding: 'utf8' })
    const rows = readFileSync(join(folder, 'out.jsonl'), 'utf8').trim().split('\n')
    expect(rows.map((row) => JSON.parse(row))).toMatchObject([
      { id: 'a', technique: 'question', structure: ['question'], reaction: 'positive' },
      { id: 2, technique: 'direct_advice', tone: 'direct', reaction: null },
      { id: 'c', technique: 'other', structure: [] },
    ])
    expect(printed).toContain('3 turns\nmacro-F1 0.250 over 2 turns')
    expect(printed).toMatch(/question\s+1\.000\s+1\.000\s+1\.000/)
    expect(printed).toMatch(/therapist_input\s+0\.000\s+0\.000\s+0\.000/)
  })

  test.each([
    ['is not JSON', 'nonsense', 'Line 2 is not JSON'],
    ['has no text', { id: 'b' }, 'Line 2 is not a row: text'],
    ['has no id', { text: 'Hello' }, 'Line 2 is not a row: id'],
    [
      'has turns without text',
      { id: 'b', text: 'Hello', before: [{ from: 'client' }] },
      'Line 2 is not a row: before.0.text',
    ],
  ])('names a line that %s, and writes nothing', (_, line, said) => {
    write([{ id: 'a', text: 'hello' }, line])
    const { status, stderr } = spawnSync(process.execPath, [...evaluate, ...files], { cwd: folder, encoding: 'utf8' })
    expect(status).toBe(1)
    expect(stderr).toContain(said)
    expect(readdirSync(folder)).toEqual(['in.jsonl'])
  })
})
