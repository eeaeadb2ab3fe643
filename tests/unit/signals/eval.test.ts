import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

const root = join(import.meta.dirname, '..', '..', '..')
const evaluate = ['--disable-warning=ExperimentalWarning', join(root, 'eval', 'eval.ts'), 'signals']
let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'eval-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const inFolder = (name: string) => join(folder, name)
const write = (lines: readonly unknown[]) =>
  writeFileSync(
    inFolder('in.jsonl'),
    lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'),
  )
const files = ['--in', 'in.jsonl', '--out', 'out.jsonl']

describe('the evaluation of signals', () => {
  test('writes a line for each row, in order, and sums up', () => {
    write([
      { id: 'a', text: 'I want to kill myself', gold: { self_harm: 1, violence: 0 } },
      { id: 2, text: 'myself', history: [{ from: 'User', text: 'i want to kill' }] },
      '',
      { id: 'c', text: 'Can I talk to a real person?', gold: { self_harm: 0, violence: 0 } },
    ])
    const printed = execFileSync(process.execPath, [...evaluate, ...files], { cwd: folder, encoding: 'utf8' })
    const rows = readFileSync(inFolder('out.jsonl'), 'utf8').trim().split('\n')
    expect(rows.map((row) => JSON.parse(row))).toMatchObject([
      { id: 'a', crisis: { severity: 'high', kinds: ['suicide'] }, requestsHuman: false },
      { id: 2, crisis: { severity: 'high', kinds: ['suicide'] } },
      { id: 'c', crisis: { severity: 'none', kinds: [] }, requestsHuman: true, highStakes: false },
    ])
    expect(printed).toContain('3 rows: none 1, mention 0, concern 0, high 2, imminent 0')
    expect(printed).toContain('recall on self-harm 1.000 (1 of 1)')
  })

  test.each([
    ['is not JSON', 'nonsense', 'Line 2 is not JSON'],
    ['has no text', { id: 'b' }, 'Line 2 is not a row: text'],
  ])('names a line that %s, and writes nothing', (_, line, said) => {
    write([{ id: 'a', text: 'hello' }, line])
    const { status, stderr } = spawnSync(process.execPath, [...evaluate, ...files], { cwd: folder, encoding: 'utf8' })
    expect(status).toBe(1)
    expect(stderr).toContain(said)
    expect(existsSync(inFolder('out.jsonl'))).toBe(false)
    expect(readdirSync(folder)).toEqual(['in.jsonl'])
  })
})
