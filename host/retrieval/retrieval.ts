import { and, eq, inArray, isNull, or } from 'drizzle-orm'
import { chunks, clients, documents } from '../../db/schema/index.ts'
import type { Queries, SqliteDatabase } from '../../db/sqlite.ts'
import type { Write } from '../../db/write.ts'
import type { PassageHit } from '../../shared/contract/library.ts'
import type { WordsOnlyReason } from '../../shared/contract/spaces.ts'
import type { DocumentKind } from '../../shared/taxonomy/library.ts'
import type { Clock } from '../clock.ts'
import type { Log } from '../log/index.ts'
import type { PrivacyGate } from '../privacy/index.ts'
import { listLinks } from './links.ts'
import { createWordOnlySearch, type Passages, type QuestionMeaning } from './passageSearch.ts'
import type { Scope } from './scope.ts'
import { createSearcher, type StartWorker } from './searcher.ts'
import { askedTerms, snippetOf } from './snippets.ts'
import { createSpaces, type SpaceKeys } from './spaces/index.ts'
import { answersAnything, createFullTextSearch } from './words/index.ts'

interface Parts {
  readonly write: Write
  readonly sqlite: SqliteDatabase
  readonly queries: Queries
  readonly gate: PrivacyGate
  readonly clock: Clock
  readonly log: Log
  readonly keys: SpaceKeys
  /** What is remembered of clients that a server of vectors would be sent. */
  readonly sizeOfMoments: (isLocal: boolean) => Promise<{ readonly moments: number; readonly tokens: number }>
  readonly startWorker: StartWorker
  /** Told after a commit that queued the job which fills spaces. */
  readonly onWanted: () => void
}

export interface SearchInput {
  readonly text: string
  readonly documentId?: string | undefined
  readonly tag?: string | undefined
  /** What may be used for this client; absent: everything the coach has. */
  readonly clientId?: string | undefined
  readonly limit: number
}

/** A passage for one reply, with the words that say where it stands. */
export interface FoundPassage {
  readonly chunkId: string
  readonly documentId: string
  readonly title: string
  readonly headingPath: string
  readonly place: string
  readonly text: string
}

/** What was found for one reply. */
interface FoundForReply {
  readonly passages: readonly FoundPassage[]
  /** Null where only words were searched, for whatever reason. */
  readonly meaning: QuestionMeaning | null
}

interface Looked extends Passages {
  readonly meaning: QuestionMeaning | null
  /** Null where meaning took part. */
  readonly wordsOnlyBecause: WordsOnlyReason | null
}

export type Retrieval = ReturnType<typeof createRetrieval>

const passagesPerReply = 4
const tokensPerReply = 1_800
const never = new AbortController().signal

/** Searches the coach's library, for the coach and for replies, by words and, where a space is set up, by meaning. */
export const createRetrieval = (parts: Parts) => {
  const { queries, sqlite, clock, log } = parts
  const searcher = createSearcher({
    startWorker: parts.startWorker,
    wordsOnly: createWordOnlySearch(sqlite, createFullTextSearch(sqlite)),
    clock,
    log,
  })
  const spaces = createSpaces({ ...parts, onVectors: (documentIds) => searcher.changed(documentIds) })

  const look = async (text: string, scope: Scope, limit: number, signal: AbortSignal): Promise<Looked> => {
    const clientId = scope.reader.kind === 'client' ? scope.reader.clientId : null
    const meaning = await spaces.embedQuestion(text, clientId, signal)
    const vector = meaning && { spaceId: meaning.spaceId, figures: meaning.figures }
    const passages = await searcher.search({ text, vector, scope, limit }, signal)
    if (passages.usedVectors) return { ...passages, meaning, wordsOnlyBecause: null }
    const wordsOnlyBecause = meaning === null ? spaces.whyWordsOnly(clientId) : 'starting'
    return { ...passages, meaning, wordsOnlyBecause }
  }

  /** Passages as they are now, in the order of the hits; what went meanwhile, or became another client's, drops out. */
  const rowsOf = (hits: Passages['hits'], { reader }: Scope) => {
    const seqs = hits.map(({ chunkSeq }) => chunkSeq)
    const isTheirs =
      reader.kind === 'client' ? or(isNull(documents.clientId), eq(documents.clientId, reader.clientId)) : undefined
    const found = queries
      .select({
        chunk: chunks,
        title: documents.title,
        kind: documents.kind,
        pageLabels: documents.pageLabels,
        clientName: clients.name,
      })
      .from(chunks)
      .innerJoin(
        documents,
        and(eq(documents.id, chunks.documentId), eq(documents.contentVersion, chunks.contentVersion)),
      )
      .leftJoin(clients, eq(clients.id, documents.clientId))
      .where(and(inArray(chunks.seq, seqs), isTheirs))
      .all()
    const bySeq = new Map(found.map((row) => [row.chunk.seq, row]))
    return hits.flatMap(({ chunkSeq, score }) => {
      const row = bySeq.get(chunkSeq)
      return row ? [{ ...row, score, label: labelOf(row.pageLabels, row.chunk.pageFrom) }] : []
    })
  }

  return {
    spaces,
    recall: searcher.recall,
    warm: searcher.warm,
    forget: searcher.forget,
    start: (): void => searcher.start(),
    stop: (): Promise<void> => searcher.stop(),
    search: async (
      { text, documentId, tag, clientId, limit }: SearchInput,
      signal: AbortSignal = never,
    ): Promise<{
      hits: PassageHit[]
      isWeak: boolean
      answeredBy: 'words' | 'meaning_and_words'
      wordsOnlyBecause: WordsOnlyReason | null
    }> => {
      const scope = scopeOf({ documentId, tag, clientId })
      const passages = await look(text, scope, limit, signal)
      const links = listLinks(queries).map(({ term, other }) => [term, other] as const)
      const asked = askedTerms(text, links)
      const rows = rowsOf(passages.hits, scope)
      const best = rows[0]?.score ?? 1
      return {
        isWeak: isWeak(passages),
        answeredBy: passages.usedVectors ? 'meaning_and_words' : 'words',
        wordsOnlyBecause: passages.wordsOnlyBecause,
        hits: rows.map(({ chunk, title, kind, clientName, score, label }) => ({
          chunkId: chunk.id,
          documentId: chunk.documentId,
          title,
          kind,
          clientName,
          headingPath: chunk.headingPath,
          pageFrom: chunk.pageFrom,
          pageTo: chunk.pageTo,
          pageLabel: label,
          seconds: chunk.seconds,
          snippet: snippetOf(chunk.text, asked),
          score: best > 0 ? score / best : 0,
        })),
      }
    },
    /**
     * What the clone is given for one reply to this client, no passages where none answers, and what the question means,
     * so that memory need not ask for it again. Never rejects.
     */
    forReply: async ({
      clientId,
      text,
      signal,
    }: {
      readonly clientId: string
      readonly text: string
      readonly signal: AbortSignal
    }): Promise<FoundForReply> => {
      try {
        if (text.trim() === '') return { passages: [], meaning: null }
        const scope = scopeOf({ clientId })
        const found = await look(text, scope, passagesPerReply, signal)
        if (isWeak(found)) return { passages: [], meaning: found.meaning }
        let tokens = 0
        const passages = rowsOf(found.hits, scope).flatMap(({ chunk, title, kind, label }) => {
          tokens += chunk.tokens
          if (tokens > tokensPerReply) return []
          const { id: chunkId, documentId, headingPath } = chunk
          return [{ chunkId, documentId, title, headingPath, place: placeOf(chunk, kind, label), text: chunk.text }]
        })
        return { passages, meaning: found.meaning }
      } catch (error) {
        if (!signal.aborted) log('warn', 'library_not_searched', { code: error instanceof Error ? error.name : '' })
        return { passages: [], meaning: null }
      }
    },
  }
}

const scopeOf = ({ documentId, tag, clientId }: Pick<SearchInput, 'documentId' | 'tag' | 'clientId'>): Scope => ({
  reader: clientId === undefined ? { kind: 'coach' } : { kind: 'client', clientId },
  ...(documentId === undefined ? {} : { documentIds: [documentId] }),
  ...(tag === undefined ? {} : { tags: [tag] }),
})

/** Nothing answers: no hits, or too little of the question stands anywhere and no vector lies near enough. */
const isWeak = ({ hits, coverage }: Passages): boolean => {
  if (hits.length === 0) return true
  // What vectors found lies above the threshold of its space.
  if (hits.some(({ cosine }) => cosine !== null)) return false
  return answersAnything({ coverage }) === false
}

const labelOf = (labels: readonly string[] | null, page: number | null): string | null =>
  page === null ? null : (labels?.[page - 1] ?? null)

const pageWords: Partial<Record<DocumentKind, string>> = { pptx: 'slide', epub: 'chapter' }

const placeOf = (
  { pageFrom, seconds }: typeof chunks.$inferSelect,
  kind: DocumentKind,
  label: string | null,
): string => {
  if (pageFrom !== null) return `${pageWords[kind] ?? 'page'} ${label ?? pageFrom}`
  if (seconds === null) return ''
  return `at ${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
