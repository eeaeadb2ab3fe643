import { eq, ne } from 'drizzle-orm'
import { clients, conversations } from '../../db/schema/index.ts'
import type { Queries } from '../../db/sqlite.ts'
import type { Tx, Write } from '../../db/write.ts'
import { Problem } from '../../shared/problem.ts'
import type { Clock } from '../clock.ts'
import type { Log } from '../log/index.ts'
import { destinationOf, isLoopback } from './destination.ts'
import { hideInJson } from './json.ts'
import {
  addEntry,
  dropOldEntries,
  type LedgerEntry,
  type LedgerPage,
  type Outcome,
  readLedger,
  readPayload,
  settleEntry,
  settleInterrupted,
} from './ledger.ts'
import { createPseudonyms, noPseudonyms, type Pseudonyms } from './pseudonyms.ts'
import {
  type Fetch,
  maxAnswerBytesFor,
  outgoingHeaders,
  readWhole,
  transportProblem,
  wholeResponse,
} from './transport.ts'
import { sendUpload, type Upload } from './upload.ts'

export { isLoopback } from './destination.ts'
export { mapTexts } from './json.ts'
export type { LedgerPage } from './ledger.ts'
export { addChannelEntry } from './ledger.ts'
export { nameFinder } from './names.ts'
export { type Fetch, retryAfter } from './transport.ts'
export type { Upload } from './upload.ts'

/** Why something may leave, and about whom it is. */
export type Errand =
  | { readonly purpose: 'reply'; readonly clientId: string; readonly executionId: string }
  | { readonly purpose: 'memory'; readonly clientId: string }
  | { readonly purpose: 'model_test' }
  | {
      readonly purpose: 'embedding'
      /** Whose words or documents these are; null where they are the coach's own. */
      readonly clientId: string | null
      /** Kept in place of texts that live in the library and must vanish with it. */
      readonly inPlaceOfTexts?: string
    }

/** A recording on its way to be turned into text; names cannot be replaced in it. */
export interface RecordingErrand {
  readonly purpose: 'transcription'
  /** The only client it is for; null where for all. */
  readonly clientId: string | null
  /** Kept instead of the recording, which lives in the library and must vanish with it. */
  readonly inPlaceOfRecording: string
}

/** One errand outside: all its requests use the same placeholders. */
export interface Passage {
  /**
   * Sends one request, recorded before a byte leaves, and answers once the whole answer is here (at most
   * 1 MB, 8 MB of vectors).
   * Throws PRIVACY_BLOCKED, MODEL_UNREACHABLE, MODEL_TIMEOUT, MODEL_BROKE_OFF, MODEL_TOO_LARGE, the signal's
   * reason, or whatever kept the ledger from being written. Redirects are not followed.
   */
  readonly fetch: Fetch
  /** Puts real names and numbers in place of placeholders in a text from the answer. */
  restore(text: string): string
}

export interface PrivacyGate {
  open(errand: Errand, signal?: AbortSignal): Passage
  /**
   * Sends one recording, recorded before a byte leaves; the answer may have 16 MB. It takes as long as it takes: the
   * signal ends it. Throws like Passage.fetch.
   */
  upload(errand: RecordingErrand, url: URL, upload: Upload, signal: AbortSignal): Promise<Response>
  /** One page of the ledger, newest first. */
  ledger(page: { before?: number | undefined; limit: number }): LedgerPage
  /** The exact text that left with an entry. Throws NOT_FOUND. */
  payload(entryId: string): { payload: string | null }
  /** Drops payloads made before `olderThan` (ms UTC, by default 90 days ago), and entries twice as old. */
  sweepLedger(olderThan?: number): { payloads: number; entries: number }
  /** At start: marks calls that a stop cut short as failed. Answers with their number. */
  settleInterrupted(): number
}

export interface PrivacyGateParts {
  readonly write: Write
  readonly queries: Queries
  readonly clock: Clock
  readonly log: Log
  /** What carries the bytes; a test may put a stand-in here. */
  readonly send?: Fetch
}

const retentionMs = 90 * 24 * 3_600_000

/** The only way to an AI provider: records, blocks, hides names, and gives them back. */
export const createPrivacyGate = ({ write, queries, clock, log, send = fetch }: PrivacyGateParts): PrivacyGate => {
  const settling = (entryId: string, startedAt: number) => (outcome: Omit<Outcome, 'latencyMs'>) => {
    try {
      settleEntry(write, entryId, { ...outcome, latencyMs: clock.now() - startedAt })
    } catch {
      // The answer is here and the entry stands; the next start marks it as interrupted.
      log('error', 'ledger_not_settled', { id: entryId })
    }
  }

  return {
    open: (errand, signal) => {
      let remote: Pseudonyms | undefined
      return {
        fetch: async (input, init = {}) => {
          const url = new URL(input instanceof Request ? input.url : input)
          const body = textOf(init.body)
          if (signal?.aborted) throw signal.reason
          if (!isLoopback(url)) remote ??= createPseudonyms(namesFor(queries, errand))
          const hidden = isLoopback(url) || remote === undefined ? noPseudonyms : remote
          const payload = body === null ? null : hideInJson(body, hidden.hide)
          const startedAt = clock.now()
          const entryId = admit(write, errand, url, {
            payload: 'inPlaceOfTexts' in errand ? (errand.inPlaceOfTexts ?? payload) : payload,
            bytesOut: payload === null ? 0 : Buffer.byteLength(payload),
            replacedNames: hidden.count(),
            createdAt: startedAt,
          })
          const exchange = (stop: AbortSignal) =>
            send(url, {
              method: init.method ?? 'GET',
              headers: outgoingHeaders(new Headers(init.headers)),
              body: payload,
              redirect: 'manual',
              signal: stop,
            })
          const signals = [signal, init.signal].filter((one) => one instanceof AbortSignal)
          return carry(exchange, maxAnswerBytesFor(errand.purpose), signals, settling(entryId, startedAt))
        },
        restore: (text) => (remote === undefined ? text : remote.restore(text)),
      }
    },
    upload: async (errand, url, upload, signal) => {
      if (signal.aborted) throw signal.reason
      const startedAt = clock.now()
      const entryId = admit(write, errand, url, {
        payload: errand.inPlaceOfRecording,
        bytesOut: upload.bytes,
        replacedNames: 0,
        createdAt: startedAt,
      })
      const exchange = (stop: AbortSignal) => sendUpload(url, upload, stop)
      return carry(exchange, maxAnswerBytesFor(errand.purpose), [signal], settling(entryId, startedAt))
    },
    ledger: (page) => readLedger(queries, page),
    payload: (entryId) => readPayload(queries, entryId),
    sweepLedger: (olderThan = clock.now() - retentionMs) =>
      dropOldEntries(write, { payloadsBefore: olderThan, entriesBefore: 2 * olderThan - clock.now() }),
    settleInterrupted: () => settleInterrupted(write),
  }
}

const textOf = (body: RequestInit['body']): string | null => {
  if (body === undefined || body === null) return null
  if (typeof body !== 'string') throw new TypeError('Only text leaves through the privacy gate.')
  return body
}

const namesFor = (queries: Queries, errand: Errand) => {
  const everyone = queries.select({ name: clients.name, formerNames: clients.formerNames }).from(clients)
  const namesOf = ({ name, formerNames }: { name: string; formerNames: readonly string[] }) => [name, ...formerNames]
  if (errand.purpose !== 'reply' && errand.purpose !== 'memory') return { others: everyone.all().flatMap(namesOf) }
  const others = everyone.where(ne(clients.id, errand.clientId)).all()
  const client = queries
    .select({ name: clients.name, formerNames: clients.formerNames })
    .from(clients)
    .where(eq(clients.id, errand.clientId))
    .get()
  const chats = queries
    .select({ chatId: conversations.externalChatId })
    .from(conversations)
    .where(eq(conversations.clientId, errand.clientId))
    .all()
  return {
    others: others.flatMap(namesOf),
    ...(client === undefined ? {} : { client: { ...client, handles: chats.map((chat) => chat.chatId) } }),
  }
}

const clientOf = (errand: Errand | RecordingErrand): string | null =>
  errand.purpose === 'model_test' ? null : errand.clientId

const isSensitive = (tx: Tx, clientId: string): boolean => {
  const row = tx.queries
    .select({ isSensitive: clients.isSensitive })
    .from(clients)
    .where(eq(clients.id, clientId))
    .get()
  if (row === undefined) throw new Problem('NOT_FOUND')
  return row.isSensitive
}

/** Commits the ledger entry that lets a request out, or one that says it was kept in, and throws. */
const admit = (
  write: Write,
  errand: Errand | RecordingErrand,
  url: URL,
  sending: Pick<LedgerEntry, 'payload' | 'bytesOut' | 'replacedNames' | 'createdAt'>,
): string => {
  const clientId = clientOf(errand)
  const about = {
    purpose: errand.purpose,
    destination: destinationOf(url),
    clientId,
    executionId: errand.purpose === 'reply' ? errand.executionId : null,
  }
  const admitted = write((tx) => {
    if (clientId !== null && isSensitive(tx, clientId) && !isLoopback(url)) {
      const nothing = { payload: null, bytesOut: 0, replacedNames: 0, createdAt: sending.createdAt }
      addEntry(tx, { ...about, ...nothing, status: 'blocked', errorCode: 'PRIVACY_BLOCKED' })
      return null
    }
    return addEntry(tx, { ...about, ...sending, status: 'pending', errorCode: null })
  })
  if (admitted === null) throw new Problem('PRIVACY_BLOCKED')
  return admitted
}

const carry = async (
  exchange: (stop: AbortSignal) => Promise<Response>,
  mostBytes: number,
  signals: readonly AbortSignal[],
  settle: (outcome: Omit<Outcome, 'latencyMs'>) => void,
): Promise<Response> => {
  let hasBegun = false
  let bytesIn = 0
  try {
    const response = await exchange(AbortSignal.any([...signals]))
    hasBegun = true
    const body = await readWhole(response, mostBytes, (bytes) => {
      bytesIn = bytes
    })
    settle({
      status: response.ok ? 'ok' : 'failed',
      errorCode: response.ok ? null : `HTTP_${response.status}`,
      bytesIn,
    })
    return wholeResponse(response, body)
  } catch (error) {
    const stopped = signals.find((one) => one.aborted)
    const reason: unknown = stopped === undefined ? transportProblem(error, hasBegun) : stopped.reason
    settle({ status: 'failed', errorCode: reason instanceof Problem ? reason.code : 'STOPPED', bytesIn })
    throw reason
  }
}
