import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { chunks, conceptLinks, documents } from '../../../db/schema/index.ts'
import type { Scope } from '../../../host/retrieval/scope.ts'
import { createFullTextSearch } from '../../../host/retrieval/words/fullText.ts'
import { answersAnything, createWordIndex } from '../../../host/retrieval/words/wordIndex.ts'
import { openShelf, type Shelf } from './shelf.ts'

const everything: Scope = { reader: { kind: 'coach' } }
const forClient = (clientId: string): Scope => ({ reader: { kind: 'client', clientId } })

const indexOf = (shelf: Shelf) => {
  const index = createWordIndex(shelf.reading)
  for (const _ of index.refresh());
  return index
}

const found = (shelf: Shelf, question: string, scope: Scope = everything): number[] =>
  indexOf(shelf)
    .search(question, scope, 10)
    .hits.map(({ chunkSeq }) => chunkSeq)

const filler = Array.from(
  { length: 30 },
  (_, at) => `Chapter ${at} speaks of gardens, kitchens and long walks by the river in month ${at}.`,
)

/** A shelf with thirty passages about other things. */
const filledShelf = (): Shelf => {
  const shelf = openShelf()
  shelf.add({ id: 'filler', texts: filler })
  return shelf
}

const serve = (shelf: Shelf, id: string, contentVersion: number): void => {
  shelf.queries.update(documents).set({ contentVersion, nextVersion: 2 }).where(eq(documents.id, id)).run()
}

describe('searching the library by words', () => {
  it('finds a passage by other forms of its words', () => {
    const shelf = filledShelf()
    const [seq] = shelf.add({ id: 'a', texts: ['Setting healthy boundaries at work keeps you from burning out.'] })
    expect(found(shelf, 'How do I set a boundary?')[0]).toBe(seq)
  })

  it('finds a passage by its document title and without accents', () => {
    const shelf = filledShelf()
    const [titled] = shelf.add({ id: 'a', title: 'Delegation', texts: ['Hand over what others can do.'] })
    const [accented] = shelf.add({ id: 'b', texts: ['Le succès appartient à ceux qui se lèvent tôt.'] })
    expect(found(shelf, 'delegation')).toEqual([titled])
    expect(found(shelf, 'SUCCES')).toEqual([accented])
  })

  it('puts the passage first in which the words stand together', () => {
    const shelf = filledShelf()
    const apart = 'The inner garden was cold, and nobody came for days until the critic of the paper arrived.'
    const together = 'The cold garden was nobody, and days came for until the inner critic of the paper arrived.'
    const [first] = shelf.add({ id: 'apart', texts: [apart] })
    const [second] = shelf.add({ id: 'together', texts: [together] })
    expect(found(shelf, 'inner critic').slice(0, 2)).toEqual([second, first])
  })

  it('lets a passage rise whose likes fit the question too', () => {
    const shelf = filledShelf()
    const about = 'panic attack breathing slowly counting exhale paper bag heart racing'
    const [alone] = shelf.add({
      id: 'alone',
      texts: ['panic returns whenever markets fall and traders sell bonds shares'],
    })
    const [likes] = shelf.add({ id: 'likes', texts: [`panic returns ${about.replace('panic attack ', '')}`] })
    shelf.add({ id: 'near', texts: [about, `${about} again`, `${about} calmly`] })
    const order = found(shelf, 'panic attack')
    expect(order.indexOf(likes ?? 0)).toBeLessThan(order.indexOf(alone ?? 0))
  })

  it('finds Chinese, Japanese and Thai text by a part of a sentence', () => {
    const shelf = filledShelf()
    const [chinese] = shelf.add({ id: 'zh', texts: ['建立健康的界限可以防止倦怠。'] })
    const [japanese] = shelf.add({ id: 'ja', texts: ['境界線を引くことは大切です。'] })
    const [thai] = shelf.add({ id: 'th', texts: ['การตั้งขอบเขตที่ดีต่อสุขภาพ'] })
    expect(found(shelf, '健康界限')[0]).toBe(chinese)
    expect(found(shelf, '境界線とは')[0]).toBe(japanese)
    expect(found(shelf, 'ขอบเขต')[0]).toBe(thai)
  })

  it('bridges words by a concept link, in both directions, below what says it in the same words', () => {
    const shelf = filledShelf()
    const [syndrome] = shelf.add({ id: 'a', texts: ['Imposter syndrome is common among people who do well.'] })
    const [fraud] = shelf.add({ id: 'b', texts: ['They said they felt like a fraud at every meeting they led.'] })
    expect(found(shelf, 'I feel like a fraud')).not.toContain(syndrome)
    shelf.queries
      .insert(conceptLinks)
      .values({ id: 'l', term: 'fraud', other: 'imposter syndrome', createdAt: 1 })
      .run()
    expect(found(shelf, 'I feel like a fraud').slice(0, 2)).toEqual([fraud, syndrome])
    expect(found(shelf, 'help with imposter syndrome').slice(0, 2)).toEqual([syndrome, fraud])
    expect(found(shelf, 'help with a syndrome')).not.toContain(fraud)
  })
})

describe('who may find what', () => {
  const shelfOfTwo = () => {
    const shelf = filledShelf()
    shelf.addClient('ann')
    shelf.addClient('ben')
    const [shared] = shelf.add({ id: 'shared', texts: ['Grief comes in waves.'], tags: ['grief'] })
    const [ofAnn] = shelf.add({ id: 'ann', texts: ['Grief for her mother, told in confidence.'], clientId: 'ann' })
    const [ofBen] = shelf.add({ id: 'ben', texts: ['Grief after the divorce.'], clientId: 'ben', tags: ['divorce'] })
    return { shelf, shared, ofAnn, ofBen }
  }

  for (const [way, searchOf] of [
    ['the index in memory', (shelf: Shelf) => (scope: Scope) => found(shelf, 'grief', scope)],
    [
      'FTS5 while the index is read',
      (shelf: Shelf) => (scope: Scope) =>
        createWordIndex(shelf.reading)
          .search('grief', scope, 10)
          .hits.map(({ chunkSeq }) => chunkSeq),
    ],
  ] as const) {
    it(`never brings up one client's document for another, by ${way}`, () => {
      const { shelf, shared, ofAnn, ofBen } = shelfOfTwo()
      const search = searchOf(shelf)
      expect(search(everything).toSorted()).toEqual([shared, ofAnn, ofBen])
      expect(search(forClient('ann')).toSorted()).toEqual([shared, ofAnn])
      expect(search(forClient('ben')).toSorted()).toEqual([shared, ofBen])
      expect(search(forClient('nobody'))).toEqual([shared])
    })

    it(`looks only where it is told to, by ${way}`, () => {
      const { shelf, shared, ofAnn, ofBen } = shelfOfTwo()
      const search = searchOf(shelf)
      expect(search({ ...everything, documentIds: ['ann', 'ben'] }).toSorted()).toEqual([ofAnn, ofBen])
      expect(search({ ...everything, tags: ['grief', 'divorce'] }).toSorted()).toEqual([shared, ofBen])
      expect(search({ ...forClient('ann'), documentIds: ['ben'] })).toEqual([])
      expect(search({ ...everything, tags: [] })).toEqual([])
    })

    it(`does not find versions that are not served, by ${way}`, () => {
      const { shelf, shared } = shelfOfTwo()
      shelf.addVersion({ id: 'shared', texts: ['Grief, in a version that is not ready.'] }, 2)
      const search = searchOf(shelf)
      expect(search({ ...everything, documentIds: ['shared'] })).toEqual([shared])
      serve(shelf, 'shared', 0)
      expect(search({ ...everything, documentIds: ['shared'] })).toEqual([])
    })
  }

  it('keeps a document from others from the moment it becomes one client’s', () => {
    const { shelf, shared } = shelfOfTwo()
    const index = indexOf(shelf)
    const seqs = () => index.search('grief', forClient('ben'), 10).hits.map(({ chunkSeq }) => chunkSeq)
    expect(seqs()).toContain(shared)
    shelf.queries.update(documents).set({ clientId: 'ann' }).where(eq(documents.id, 'shared')).run()
    expect(seqs()).not.toContain(shared)
  })
})

describe('an index that follows the library', () => {
  it('finds what was added, and no longer what was removed or replaced', () => {
    const shelf = filledShelf()
    const index = indexOf(shelf)
    const seqs = (question: string) => index.search(question, everything, 10).hits.map(({ chunkSeq }) => chunkSeq)
    const [old] = shelf.add({ id: 'a', texts: ['Perfectionism is fear in good shoes.'] })
    expect(seqs('perfectionism')).toEqual([old])
    const [fresh] = shelf.addVersion({ id: 'a', texts: ['Procrastination is fear in slippers.'] }, 2)
    serve(shelf, 'a', 2)
    expect(seqs('perfectionism')).toEqual([])
    expect(seqs('procrastination')).toEqual([fresh])
    shelf.queries.delete(chunks).where(eq(chunks.documentId, 'a')).run()
    shelf.queries.delete(documents).where(eq(documents.id, 'a')).run()
    expect(seqs('procrastination')).toEqual([])
  })

  it('keeps passages that did not change when a document gets a new version', () => {
    const shelf = filledShelf()
    const [kept] = shelf.add({ id: 'a', texts: ['Gratitude lists work best in the evening.'] })
    const index = indexOf(shelf)
    const size = index.size()
    shelf.queries.update(chunks).set({ contentVersion: 2 }).where(eq(chunks.documentId, 'a')).run()
    serve(shelf, 'a', 2)
    expect(index.search('gratitude', everything, 10).hits[0]?.chunkSeq).toBe(kept)
    expect(index.size()).toBe(size)
  })

  it('reads itself anew, with FTS5 answering meanwhile, once most of what it holds is gone', () => {
    const shelf = openShelf()
    const [kept] = shelf.add({ id: 'kept', texts: ['Gratitude lists work best in the evening.'] })
    shelf.add({ id: 'long', texts: Array.from({ length: 1_200 }, (_, at) => `page ${at}`) })
    const index = indexOf(shelf)
    serve(shelf, 'long', 0)
    const before = index.bytes()
    const seqs = () => index.search('gratitude', everything, 10).hits.map(({ chunkSeq }) => chunkSeq)
    expect(seqs()).toEqual([kept])
    const steps = index.refresh()
    steps.next()
    expect(index.isComplete()).toBe(false)
    expect(seqs()).toEqual([kept])
    for (const _ of steps);
    expect(index.isComplete()).toBe(true)
    expect(seqs()).toEqual([kept])
    expect(index.size()).toBe(1)
    expect(index.bytes()).toBeLessThan(before)
  })

  it('is not set back by a reading that a search overtook', () => {
    const shelf = filledShelf()
    const index = indexOf(shelf)
    for (const id of ['a', 'b']) shelf.add({ id, texts: [`Perfectionism, ${id}.`] })
    const slow = index.refresh()
    slow.next()
    const [fresh] = shelf.addVersion({ id: 'b', texts: ['Procrastination, b.'] }, 2)
    serve(shelf, 'b', 2)
    expect(index.search('procrastination', everything, 10).hits[0]?.chunkSeq).toBe(fresh)
    for (const _ of slow);
    expect(index.search('procrastination', everything, 10).hits[0]?.chunkSeq).toBe(fresh)
    expect(index.search('perfectionism', everything, 10).hits).toHaveLength(1)
  })
})

describe('knowing that nothing answers', () => {
  it('says so for a question about something else, and not for one the library speaks of', () => {
    const shelf = filledShelf()
    shelf.add({ id: 'a', texts: ['Setting healthy boundaries at work keeps you from burning out.'] })
    const index = indexOf(shelf)
    const answers = (question: string) => answersAnything(index.search(question, everything, 5))
    expect(answers('How do I set boundaries at work?')).toBe(true)
    expect(answers('Which visa does my husband need for the walk to Portugal next spring?')).toBe(false)
    expect(answers('')).toBe(false)
  })

  it('does not ask for more because of a concept link', () => {
    const shelf = filledShelf()
    shelf.add({ id: 'a', texts: ['Setting healthy boundaries at work keeps you from burning out.'] })
    const before = indexOf(shelf).search('boundaries', everything, 5).coverage
    shelf.queries
      .insert(conceptLinks)
      .values({ id: 'l', term: 'boundaries', other: 'saying no to others kindly', createdAt: 1 })
      .run()
    expect(indexOf(shelf).search('boundaries', everything, 5).coverage).toBe(before)
  })

  it('does not claim to know while the index is being read', () => {
    const shelf = filledShelf()
    const hits = createWordIndex(shelf.reading).search('gardens', everything, 5)
    expect(hits.hits).toHaveLength(5)
    expect(answersAnything(hits)).toBeNull()
  })
})

it('FTS5 and the index in memory find the same passages for a plain question', () => {
  const shelf = filledShelf()
  const byFts = createFullTextSearch(shelf.reading)('kitchens by the river', everything, 50)
  const byIndex = indexOf(shelf).search('kitchens by the river', everything, 50).hits
  expect(new Set(byIndex.map(({ chunkSeq }) => chunkSeq))).toEqual(new Set(byFts.map(({ chunkSeq }) => chunkSeq)))
})
