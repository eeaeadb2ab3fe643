import { describe, expect, test } from 'vitest'
import { judge } from '../../../../host/memory/refine/judge.ts'
import { developed } from '../extraction/developed.ts'
import type { Labelled } from '../extraction/labelled.ts'
import { unseen } from '../extraction/unseen.ts'
import { untouched } from '../extraction/untouched.ts'

const at = Date.UTC(2026, 2, 18, 12)
const lists: readonly Labelled[] = [...developed, ...unseen, ...untouched]

const messages = lists.map(([text], index) => ({ seq: index + 1, text, sentAt: at }))
/** Those that are one unbroken piece of their message. */
const labels = lists.flatMap(([text, ...each], index) =>
  each.flatMap((label) => {
    const [kind = '', quote = ''] = label.split(': ')
    const isQuoted = quote !== '' && text.toLowerCase().includes(quote.toLowerCase())
    return isQuoted && kind !== 'preference' ? [{ message: index + 1, kind, quote }] : []
  }),
)

type Claim = Record<string, unknown>

const swappedWords = (quote: string): string => quote.split(' ').toReversed().join(' ')

/** Ways in which a model may say what is not there; each makes one claim of a true one. */
const slips: Readonly<Record<string, (claim: { message: number; kind: string; quote: string }) => Claim>> = {
  'words of its own': (claim) => ({ ...claim, quote: `wants to ${claim.quote} with great determination` }),
  'the words in another order': (claim) => ({ ...claim, quote: swappedWords(claim.quote) }),
  'the next message': (claim) => ({ ...claim, message: (claim.message % messages.length) + 1 }),
  'a kind of its own': (claim) => ({ ...claim, kind: 'diagnosis' }),
  'words cut in two': (claim) => ({ ...claim, quote: claim.quote.slice(0, -1) }),
  'a label put in for a name': (claim) => ({ ...claim, quote: `${claim.quote} [PERSON_1]` }),
  'a field of its own': (claim) => ({ ...claim, importance: 10 }),
}

const countOf = (claims: readonly Claim[]) => {
  const { findings, rejections } = judge(claims, messages, 'UTC')
  return {
    kept: [...findings.values()].reduce((sum, each) => sum + each.length, 0),
    rejected: Object.values(rejections).reduce((sum, count) => sum + count, 0),
  }
}

describe(`of ${labels.length} true findings in the labelled lists`, () => {
  test('all are kept that a model quotes word for word', () => {
    const { kept, rejected } = countOf(labels)
    process.stdout.write(`model, quoting word for word: ${kept} kept, ${rejected} rejected of ${labels.length}\n`)
    expect(rejected).toBe(0)
  })

  test.each(Object.entries(slips))('and none where it gives %s', (name, slip) => {
    const claims = labels.map(slip).filter((claim, index) => JSON.stringify(claim) !== JSON.stringify(labels[index]))
    const { kept, rejected } = countOf(claims)
    process.stdout.write(`model, giving ${name}: ${kept} kept, ${rejected} rejected of ${claims.length}\n`)
    expect(kept).toBe(0)
    expect(rejected).toBe(claims.length)
  })

  test('whatever it worded itself, every word that is kept stands in the message it names', () => {
    const claims = labels.flatMap((claim) => [claim, ...Object.values(slips).map((slip) => slip(claim))])
    const { findings } = judge(claims, messages, 'UTC')
    expect(findings.size).toBeGreaterThan(100)
    for (const [seq, each] of findings)
      for (const { start, finish, content } of each)
        expect(messages[seq - 1]?.text.slice(start, finish)).toContain(content)
  })
})
