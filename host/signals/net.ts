import type { CrisisFinding } from './crisis.ts'
import type { Speech } from './language.ts'
import { spaced, unspaced } from './lexicon/net/phrases.ts'
import { withoutAccents } from './normalise.ts'
import { compilePhrases } from './pattern.ts'

const byWords = compilePhrases(
  spaced.map((phrase) => ({ phrase, value: true })),
  {},
)
const anywhere = new RegExp(unspaced.join('|'), 'giu')
const foreignScript = /[^\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]/u

/** Finds plain words of suicide in a text of another language; always a `concern`, nothing graver and nothing less. */
export const readNet = (text: string, speech: Speech): CrisisFinding => {
  const isLatin = !foreignScript.test(text)
  const spans = isLatin
    ? []
    : [...text.matchAll(anywhere)].map(({ index, 0: { length } }) => ({ start: index, end: index + length }))
  const plain = speech.wordsIn('other').map((token) => ({ ...token, word: withoutAccents(token.word) }))
  for (const { from, to } of byWords.find(plain)) {
    spans.push({ start: plain[from]?.start ?? 0, end: plain[to - 1]?.end ?? 0 })
  }
  return spans.length === 0
    ? { severity: 'none', kinds: [], evidence: [] }
    : { severity: 'concern', kinds: ['suicide'], evidence: spans }
}
