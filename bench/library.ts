import { newId } from '../db/ids.ts'
import type { SqliteDatabase } from '../db/sqlite.ts'
import { signBits, toBlob } from '../host/retrieval/vectors/index.ts'
import { seededRandom } from '../tests/soak/random.ts'
import { vocabulary } from './fill.ts'

const lexiconSize = 120_000
/** About 500 tokens. */
const wordsPerChunk = 375
const documentCount = 1_000
const chunksAtOnce = 4_000
/** A server that does not answer: the vectors are here already. */
const nobody = { baseUrl: 'http://127.0.0.1:9/v1', sendsDimensions: false, priceUsd: 0 }

const syllables =
  'ba ce di fo gu ha je ki lo mu na pe qui ro su ta ve wi xo yu za bre cli dro fla gri plo stra thu whe'.split(' ')

/** The frequent words of the language, then made ones, longer the rarer. */
const makeLexicon = (random: () => number): string[] => {
  const words = new Set(vocabulary.map((word) => word.toLowerCase()))
  while (words.size < lexiconSize) {
    const length = 2 + Math.floor(random() * 2 + Math.log10(words.size + 1) / 3)
    words.add(Array.from({ length }, () => syllables[Math.floor(random() * syllables.length)]).join(''))
  }
  return [...words]
}

/** Words by how often they are used: Zipf's law with Mandelbrot's correction, as fitted to English. */
const createWriterOf = (random: () => number) => {
  const lexicon = makeLexicon(random)
  const sums = new Float64Array(lexicon.length)
  let total = 0
  for (let rank = 0; rank < lexicon.length; rank += 1) {
    total += 1 / (rank + 1 + 2.7) ** 1.07
    sums[rank] = total
  }
  const word = (): string => {
    const at = random() * total
    let [low, high] = [0, sums.length - 1]
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((sums[middle] ?? 0) < at) low = middle + 1
      else high = middle
    }
    return lexicon[low] ?? ''
  }
  return (words: number): string => Array.from({ length: words }, word).join(' ')
}

export interface BenchLibrary {
  readonly spaceId: string
  /** Questions in the words of passages, eight words each. */
  readonly questions: readonly string[]
}

/**
 * Fills an open, migrated database with a library of so many passages and their vectors; seeded. The full-text index is
 * made at the end: a row at a time it takes several times as long.
 */
export const fillLibrary = (
  sqlite: SqliteDatabase,
  { chunks, dimensions, questions }: { chunks: number; dimensions: number; questions: number },
  nextVector: () => Float32Array,
): BenchLibrary => {
  const random = seededRandom(42)
  const write = createWriterOf(random)
  const at = Date.UTC(2026, 0, 1)
  const spaceId = newId(at)
  sqlite.pragma('synchronous = OFF')
  sqlite.exec('DROP TRIGGER chunks_words_insert')
  sqlite
    .prepare(
      "INSERT INTO spaces (id, model, dimensions, state, details, created_at) VALUES (?, 'bench', ?, 'active', ?, ?)",
    )
    .run(spaceId, dimensions, JSON.stringify(nobody), at)
  const addDocument = sqlite.prepare(
    `INSERT INTO documents (id, title, file_name, kind, bytes, content_hash, content_version, state, created_at, updated_at)
     VALUES (?, ?, ?, 'text', 1, ?, 1, 'ready', ?, ?)`,
  )
  const addChunk = sqlite.prepare(
    `INSERT INTO chunks (id, document_id, position, content_version, content_hash, title, heading_path, text, tokens, char_from, char_to)
     VALUES (?, ?, ?, 1, ?, ?, ?, ?, 500, 0, ?)`,
  )
  const addVector = sqlite.prepare('INSERT INTO chunk_vectors (space_id, chunk_seq, vector) VALUES (?, ?, ?)')
  const addBits = sqlite.prepare('INSERT INTO chunk_bits (space_id, chunk_seq, centring, bits) VALUES (?, ?, 0, ?)')
  const asked: string[] = []
  const perDocument = Math.ceil(chunks / documentCount)
  const askEvery = Math.max(1, Math.floor(chunks / questions))
  let documentId = ''
  let title = ''
  for (let from = 0; from < chunks; from += chunksAtOnce) {
    sqlite.transaction(() => {
      for (let index = from; index < Math.min(chunks, from + chunksAtOnce); index += 1) {
        if (index % perDocument === 0) {
          documentId = newId(at)
          title = write(4)
          addDocument.run(documentId, title, `${index}.txt`, documentId, at, at)
        }
        const text = write(wordsPerChunk)
        if (index % askEvery === 0 && asked.length < questions) {
          const words = text.split(' ')
          const start = Math.floor(random() * (words.length - 8))
          asked.push(words.slice(start, start + 8).join(' '))
        }
        const id = newId(at)
        const row = [id, documentId, index % perDocument, id, title, write(3), text, text.length]
        const { lastInsertRowid: seq } = addChunk.run(...row)
        const vector = nextVector()
        addVector.run(spaceId, seq, toBlob(vector))
        addBits.run(spaceId, seq, toBlob(signBits(vector, null)))
      }
    })()
  }
  sqlite.exec(`
    INSERT INTO chunk_words(chunk_words) VALUES ('rebuild');
    CREATE TRIGGER chunks_words_insert AFTER INSERT ON chunks BEGIN
      INSERT INTO chunk_words(rowid, title, heading_path, text) VALUES (new.seq, new.title, new.heading_path, new.text);
    END;
    ANALYZE`)
  sqlite.pragma('synchronous = FULL')
  sqlite.pragma('wal_checkpoint(TRUNCATE)')
  return { spaceId, questions: asked }
}
