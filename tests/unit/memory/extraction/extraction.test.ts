import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Finding, readStatement, refusalOf } from '../../../../host/memory/index.ts'
import { preferenceCategories } from '../../../../shared/taxonomy/memory.ts'
import { developed } from './developed.ts'
import type { Labelled } from './labelled.ts'
import { unseen } from './unseen.ts'
import { untouched } from './untouched.ts'

const at = Date.UTC(2026, 2, 18, 12)

const fold = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()

const read = (text: string) =>
  readStatement({ text, at, timeZone: 'Europe/London', crisis: 'none' }).map(({ kind, content, start, finish }) => ({
    kind: (preferenceCategories as readonly string[]).includes(kind) ? 'preference' : kind,
    words: fold(text.slice(start, finish)),
    content: fold(content),
  }))

interface Count {
  found: number
  right: number
  wanted: number
  readonly wrong: string[]
  readonly missed: string[]
}

const judge = (list: readonly Labelled[]): Count => {
  const count: Count = { found: 0, right: 0, wanted: 0, wrong: [], missed: [] }
  for (const [text, ...labels] of list) {
    const wanted = labels.filter((label) => label !== '').map((label) => label.split(': '))
    const open = wanted.map(([kind = '', words = '']) => ({ kind, words: fold(words) }))
    const found = read(text)
    count.found += found.length
    count.wanted += open.length
    for (const one of found) {
      const hit = open.findIndex(({ kind, words }) => kind === one.kind && one.words.includes(words))
      if (hit < 0) count.wrong.push(`${one.kind}: ${one.content} | ${text}`)
      else {
        count.right += 1
        open.splice(hit, 1)
      }
    }
    for (const { kind, words } of open) count.missed.push(`${kind}: ${words} | ${text}`)
  }
  return count
}

const say = (name: string, { found, right, wanted, wrong, missed }: Count): void => {
  const share = (part: number, whole: number) => (part / Math.max(1, whole)).toFixed(3)
  process.stdout.write(
    `extraction, ${name}: precision ${share(right, found)} (${right} of ${found}), recall ${share(right, wanted)} (${right} of ${wanted})\n`,
  )
  if (process.env.SHOW_EXTRACTION === name)
    process.stdout.write(`wrong:\n${wrong.join('\n')}\nmissed:\n${missed.join('\n')}\n`)
}

describe('extraction by rules', () => {
  test('what it remembers of the developed sentences is nearly all true', () => {
    const count = judge(developed)
    say('developed', count)
    expect(count.right / count.found).toBeGreaterThanOrEqual(0.95)
  })

  test('what it remembers of sentences that no rule was made for is mostly true', () => {
    const count = judge(unseen)
    say('unseen', count)
    expect(count.right / count.found).toBeGreaterThanOrEqual(0.8)
  })

  test('what it remembers of long chats, written after the rules, is mostly true', () => {
    const count = judge(untouched)
    say('untouched', count)
    expect(count.right / count.found).toBeGreaterThanOrEqual(0.75)
  })

  test('every finding stands where it says, whatever the text is made of', () => {
    const words = [
      'I want to',
      'İstanbul',
      '😀',
      'sing',
      '"',
      '\n',
      'my sister Ana',
      'tomorrow',
      '…',
      '’',
      'ﬁ',
      '. ',
      ', ',
      '?',
    ]
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...words), { maxLength: 30 }), (parts) => {
        const text = parts.join(' ')
        const findings = readStatement({ text, at, timeZone: 'UTC', crisis: 'none' })
        return findings.every((finding) => refusalOf(finding, { text }) === null)
      }),
      { seed: 7, numRuns: 500 },
    )
  })
})

describe('what a reader hands over is not believed', () => {
  const text = 'I want to sing.'
  const finding: Finding = {
    layer: 'insight',
    kind: 'goal',
    subject: 'sing',
    value: '',
    stance: 'states',
    start: 10,
    finish: 14,
    content: 'sing',
    detail: { tags: ['sing'], valence: 0, isSensitive: false },
    confidence: 0.8,
  }

  test.each([
    ['is kept where it stands in the message', {}, null],
    ['is refused where its kind is not of its layer', { kind: 'victory' }, 'unknown_kind'],
    ['is refused where the message is not that long', { finish: 99 }, 'not_in_message'],
    ['is refused where it points at nothing', { start: 14, finish: 14 }, 'not_in_message'],
    ['is refused where it is surer than sure', { confidence: 1.2 }, 'bad_confidence'],
  ])('%s', (_, changed, expected) => {
    expect(refusalOf({ ...finding, ...changed }, { text })).toBe(expected)
  })
})
