import type { SqliteDatabase } from '../../../db/sqlite.ts'
import type { Scope, ScoredChunk } from '../scope.ts'
import type { ServedDocument } from '../served.ts'
import { lengthPenalty, rarity, saturated } from './bm25.ts'
import { createFullTextSearch } from './fullText.ts'
import type { Library } from './library.ts'
import { createPostings } from './postings.ts'
import { type AskedTerm, readLinks, understand } from './question.ts'
import { createReranker } from './rerank.ts'
import { readWords } from './store.ts'
import { createTermBuffer, readTerms } from './tokens.ts'

export interface WordHits {
  /** Best first. Scores order the hits of one search and mean nothing else. */
  readonly hits: readonly ScoredChunk[]
  /**
   * How much of the question, by the rarity of its words, stands in the best passage, 0 to 1; see `answersAnything`.
   * Null where it is not known, because the index is still being read.
   */
  readonly coverage: number | null
}

export interface WordIndex {
  /** The passages whose words fit a question best, of the data as it is now. Takes any text. */
  search(question: string, scope: Scope, limit: number): WordHits
  /** Brings the index up to the data, one document a step; until the first time is over, FTS5 answers. */
  refresh(): Generator<void, void>
  readonly isComplete: () => boolean
  readonly size: () => number
  readonly bytes: () => number
}

interface Known {
  readonly number: number
  version: number
  clientId: string | null
}

/** So many passages are read again and compared with each other. */
const lookedAtAgain = 100
// At most four of a hundred answered questions fell below it, and a third or more of those about other things.
const leastCoverage = 0.3
/** Passages of no document: they went. */
const nobody = 0
const leastRubbish = 1_024
const mostRubbishShare = 0.25

/** Whether the library holds something that answers; null where that is not known. */
export const answersAnything = ({ coverage }: Pick<WordHits, 'coverage'>): boolean | null =>
  coverage === null ? null : coverage >= leastCoverage

const emptyIndex = () => ({
  postings: createPostings(),
  known: new Map<string, Known>(),
  documentOf: new Uint32Array(1_024),
  seqOf: new Float64Array(1_024),
  rubbish: 0,
  nextNumber: nobody + 1,
})

/** Words of all passages that are served, held in memory; the database stays the only durable form. */
export const createWordIndex = (sqlite: SqliteDatabase): WordIndex => {
  const reader = readWords(sqlite)
  const fullText = createFullTextSearch(sqlite)
  const buffer = createTermBuffer()
  const rerank = createReranker(reader.fieldsOf, lookedAtAgain)
  let index = emptyIndex()
  let links = readLinks([])
  let seenVersion = ''
  let isComplete = false

  const addPassage = (chunkSeq: number, document: number): void => {
    const fields = reader.fieldsOf(chunkSeq)
    if (fields === null) return
    const { terms, length } = readTerms(fields, buffer)
    const slot = index.postings.add(terms, length)
    if (slot === index.documentOf.length) {
      const capacity = Math.ceil(slot * 1.5)
      const [documents, seqs] = [new Uint32Array(capacity), new Float64Array(capacity)]
      documents.set(index.documentOf)
      seqs.set(index.seqOf)
      index.documentOf = documents
      index.seqOf = seqs
    }
    index.documentOf[slot] = document
    index.seqOf[slot] = chunkSeq
  }

  /** Lets go of a document's passages except those in `kept`, and answers with those it has. */
  const dropPassages = (document: number, kept: ReadonlySet<number>): Set<number> => {
    const held = new Set<number>()
    for (let slot = 0; slot < index.postings.size(); slot += 1) {
      if (index.documentOf[slot] !== document) continue
      const chunkSeq = index.seqOf[slot] ?? 0
      if (kept.has(chunkSeq)) held.add(chunkSeq)
      else {
        index.documentOf[slot] = nobody
        index.rubbish += 1
      }
    }
    return held
  }

  const load = (document: ServedDocument): void => {
    const before = index.known.get(document.id)
    const passages = reader.passagesOf(document)
    const held = before ? dropPassages(before.number, new Set(passages)) : new Set<number>()
    const number = before?.number ?? index.nextNumber++
    for (const chunkSeq of passages) if (!held.has(chunkSeq)) addPassage(chunkSeq, number)
    index.known.set(document.id, { number, version: document.version, clientId: document.clientId })
  }

  const hasMuchRubbish = (): boolean =>
    index.rubbish > leastRubbish && index.rubbish > index.postings.size() * mostRubbishShare

  function* refresh(): Generator<void, void> {
    if (hasMuchRubbish()) {
      index = emptyIndex()
      seenVersion = ''
      isComplete = false
    }
    yield* bringUpToDate()
  }

  function* bringUpToDate(): Generator<void, void> {
    const version = reader.version()
    if (version === seenVersion) return
    const documents = reader.documents()
    const present = new Set(documents.map(({ id }) => id))
    for (const [id, { number }] of index.known) {
      if (present.has(id)) continue
      dropPassages(number, new Set())
      index.known.delete(id)
    }
    for (const document of documents) {
      const entry = index.known.get(document.id)
      if (entry !== undefined) entry.clientId = document.clientId
      if (entry?.version === document.version) continue
      load(document)
      yield
    }
    links = readLinks(reader.links())
    // Of when this began: what a search brought up to date meanwhile is looked at again.
    seenVersion = version
    isComplete = true
  }

  /** One flag a document number. */
  const allowedIn = ({ reader: who, documentIds, tags }: Scope): Uint8Array => {
    const chosen = documentIds && new Set(documentIds)
    const tagged = tags && new Set(tags.flatMap((tag) => reader.documentsTagged(tag)))
    const flags = new Uint8Array(index.nextNumber)
    for (const [id, { number, clientId }] of index.known) {
      const isVisible = who.kind === 'coach' || clientId === null || clientId === who.clientId
      if (isVisible && chosen?.has(id) !== false && tagged?.has(id) !== false) flags[number] = 1
    }
    return flags
  }

  const rarityOf = (term: number): number =>
    rarity(index.postings.documentFrequency(term), Math.max(1, index.postings.size()))

  const library = (): Library => ({
    passages: index.postings.size(),
    meanLength: index.postings.totalLength() / Math.max(1, index.postings.size()),
    documentFrequency: index.postings.documentFrequency,
    rarityOf,
  })

  /** BM25 of every passage that holds any of the terms; 0 for the others. */
  const scoreAll = (asked: readonly AskedTerm[], { meanLength }: Library): Float32Array => {
    const { postings } = index
    const scores = new Float32Array(postings.size())
    for (const { term, weight } of asked) {
      const worth = weight * rarityOf(term)
      postings.forEach(term, (slot, times) => {
        const penalty = lengthPenalty(postings.lengthOf(slot), meanLength)
        scores[slot] = (scores[slot] ?? 0) + worth * saturated(times, penalty)
      })
    }
    return scores
  }

  const bestSlots = (scores: Float32Array, allowed: Uint8Array, most: number): ScoredChunk[] => {
    const found: { slot: number; score: number }[] = []
    let least = 0
    const cut = (): void => {
      found.sort((a, b) => b.score - a.score || a.slot - b.slot)
      found.length = Math.min(found.length, most)
      if (found.length === most) least = found.at(-1)?.score ?? 0
    }
    for (let slot = 0; slot < scores.length; slot += 1) {
      const score = scores[slot] ?? 0
      if (score <= least || allowed[index.documentOf[slot] ?? nobody] !== 1) continue
      found.push({ slot, score })
      if (found.length > 4 * most) cut()
    }
    cut()
    return found.map(({ slot, score }) => ({ chunkSeq: index.seqOf[slot] ?? 0, score }))
  }

  const searchMemory = (question: string, scope: Scope, limit: number): WordHits => {
    const asked = understand(question, links, rarityOf)
    const about = library()
    const found = bestSlots(scoreAll(asked, about), allowedIn(scope), Math.max(limit, lookedAtAgain))
    const weighed = asked.map(({ term, weight, isLinked }) => ({
      term,
      isLinked,
      worth: Math.min(1, weight) * rarityOf(term),
    }))
    const again = rerank(found.slice(0, lookedAtAgain), weighed, about)
    const rest = below(found.slice(lookedAtAgain), again.at(-1)?.score ?? 0)
    return {
      hits: [...again.map(({ chunkSeq, score }) => ({ chunkSeq, score })), ...rest].slice(0, limit),
      coverage: again.slice(0, 5).reduce((most, one) => Math.max(most, one.coverage), 0),
    }
  }

  return {
    search: (question, scope, limit) =>
      reader.atOnce(() => {
        if (!isComplete) return { hits: fullText(question, scope, limit), coverage: null }
        for (const _ of bringUpToDate());
        return searchMemory(question, scope, limit)
      }),
    refresh,
    isComplete: () => isComplete,
    size: () => index.postings.size() - index.rubbish,
    bytes: () => index.postings.bytes() + index.documentOf.byteLength + index.seqOf.byteLength,
  }
}

/** Keeps the order and puts all of them below a score. */
const below = (chunks: readonly ScoredChunk[], bound: number): ScoredChunk[] => {
  const first = chunks[0]?.score ?? 0
  return chunks.map(({ chunkSeq, score }) => ({ chunkSeq, score: first > 0 ? (score / first) * bound * 0.999 : 0 }))
}
