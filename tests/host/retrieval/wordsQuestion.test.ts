import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Scope } from '../../../host/retrieval/scope.ts'
import { createFullTextSearch } from '../../../host/retrieval/words/fullText.ts'
import { readLinks, understand } from '../../../host/retrieval/words/question.ts'
import { createTermBuffer, readTerms, wordsOf } from '../../../host/retrieval/words/tokens.ts'
import { createWordIndex } from '../../../host/retrieval/words/wordIndex.ts'
import { openShelf } from './shelf.ts'

const everything: Scope = { reader: { kind: 'coach' } }
const equallyRare = () => 1
const termOf = (word: string): number | undefined => wordsOf(word)[0]?.term
const termsOf = (text: string): number[] => understand(text, [], equallyRare).map(({ term }) => term)

/** What people, programs and full-text queries are made of. */
const hostile = fc.array(
  fc.oneof(
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.string({ unit: 'grapheme', maxLength: 12 }),
    fc.constantFrom(
      '"',
      '""',
      "'",
      '*',
      '^',
      '-',
      '+',
      ':',
      '(',
      ')',
      '{title text} :',
      'AND',
      'OR',
      'NOT',
      'NEAR(',
      ', 5)',
      'title:',
      'chunk_words',
      '\0',
      '\ud800',
      '\udc00',
      '; DROP TABLE chunks; --',
      '健康',
      '👩‍👩‍👧',
      'é'.normalize('NFD'),
      'ﬁ',
      'the',
      'grief',
    ),
  ),
  { maxLength: 20 },
)

describe('any text is a question', () => {
  it('is searched without an error, however it is written', () => {
    const shelf = openShelf()
    const [seq] = shelf.add({ id: 'a', texts: ['Grief comes in waves. 健康 first.'] })
    const index = createWordIndex(shelf.reading)
    const byFts = createFullTextSearch(shelf.reading)
    for (const _ of index.refresh());
    fc.assert(
      fc.property(hostile, fc.constantFrom('', ' ', '"'), (pieces, glue) => {
        const question = pieces.join(glue)
        for (const hits of [index.search(question, everything, 10).hits, byFts(question, everything, 10)]) {
          for (const { chunkSeq, score } of hits) {
            expect(chunkSeq).toBe(seq)
            expect(Number.isFinite(score)).toBe(true)
          }
        }
      }),
      { seed: 11, numRuns: 500 },
    )
    expect(index.search('grief', everything, 10).hits).toHaveLength(1)
  })

  it('gives a passage and a question the same terms', () => {
    fc.assert(
      fc.property(hostile, (pieces) => {
        const text = pieces.join(' ')
        const { terms, length } = readTerms([text], createTermBuffer())
        const read = new Set(terms.slice(0, length))
        for (const { term } of wordsOf(text)) expect(read.has(term)).toBe(true)
      }),
      { seed: 12, numRuns: 500 },
    )
  })

  it('is searched by at most 32 terms, the rarest of them, and never read without end', () => {
    const words = Array.from({ length: 5_000 }, (_, at) => `word${at}`)
    const rare = new Set(words.slice(100, 120).map(termOf))
    const asked = understand(words.join(' '), [], (term) => (rare.has(term) ? 9 : 1)).map(({ term }) => term)
    expect(asked).toHaveLength(32)
    expect(asked.filter((term) => rare.has(term))).toHaveLength(20)
    expect(termsOf(`${'x'.repeat(30_000)} grief`)).toHaveLength(1)
  })

  it('holds nothing where there is no word in it', () => {
    for (const text of ['', '   ', '?!…', '🙂🙂', '"" OR "" *']) expect(termsOf(text).length).toBeLessThanOrEqual(1)
    expect(termsOf('🙂 ?!')).toEqual([])
  })
})

describe('words that say nothing', () => {
  it('are left out in the language of the question', () => {
    expect(termsOf('what can I do about my fear of flying')).toEqual(['fear', 'flying'].map(termOf))
    expect(termsOf('Was kann ich gegen meine Angst vor dem Fliegen tun?')).toEqual(
      ['angst', 'fliegen', 'tun'].map(termOf).filter((term) => termsOf('Angst Fliegen tun').includes(term ?? 0)),
    )
    expect(termsOf('¿Qué puedo hacer con el miedo a volar?')).not.toContain(termOf('que'))
    expect(termsOf("qu'est-ce que la peur de l'avion")).toEqual(['peur', 'avion'].map(termOf))
    expect(termsOf('como lidar com o medo de voar')).not.toContain(termOf('com'))
  })

  it('are kept where another language means something by them', () => {
    expect(termsOf('how to help a client who wants to die')).toContain(termOf('die'))
    expect(termsOf('die')).toEqual([termOf('die')])
  })

  it('are kept where there is nothing else', () => {
    expect(termsOf('to be or not to be').length).toBeGreaterThan(0)
  })
})

describe('concept links', () => {
  const links = readLinks([['fraud', 'imposter syndrome']])

  it('add the other term with less weight, once, and only for the whole phrase', () => {
    const asked = understand('fraud', links, equallyRare)
    expect(asked.filter(({ isLinked }) => isLinked).map(({ term }) => term)).toEqual(
      ['imposter', 'syndrome'].map(termOf),
    )
    for (const { isLinked, weight } of asked) expect(weight).toBe(isLinked ? 0.5 : 1)
    expect(understand('syndrome', links, equallyRare)).toHaveLength(1)
    expect(understand('Imposter Syndromes', links, equallyRare).map(({ term }) => term)).toContain(termOf('fraud'))
  })

  it('do not lead on from one link to the next', () => {
    const chain = readLinks([
      ['fraud', 'imposter'],
      ['imposter', 'masking'],
    ])
    expect(understand('fraud', chain, equallyRare).map(({ term }) => term)).not.toContain(termOf('masking'))
  })

  it('of no words do nothing', () => {
    expect(readLinks([['…', 'grief']])).toEqual([])
  })
})
