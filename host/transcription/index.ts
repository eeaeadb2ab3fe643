import { eq } from 'drizzle-orm'
import type { FileStore } from '../../db/fileStore.ts'
import { documents } from '../../db/schema/index.ts'
import type { Queries } from '../../db/sqlite.ts'
import { Problem } from '../../shared/problem.ts'
import type { DocumentKind } from '../../shared/taxonomy/library.ts'
import { type Clock, rest } from '../clock.ts'
import type { Log } from '../log/index.ts'
import { isLoopback, type PrivacyGate, type RecordingErrand, retryAfter } from '../privacy/index.ts'
import { type ReadDocument, ReadingProblem } from '../reading/index.ts'
import { readTranscription } from './answer.ts'
import { formOf, nearSilence, type Sound, soundName } from './form.ts'
import { isPassing, named, type Refusal, refusalProblem, refusesFormat, tooLarge } from './refusal.ts'

/** Any server that speaks OpenAI's audio transcriptions, in the cloud or on this machine. */
export interface TranscriptionServer {
  readonly baseUrl: string
  /** Empty for a server without one. */
  readonly apiKey: string
  readonly model: string
}

/** A document of the library that is to be heard. */
interface Recording {
  readonly id: string
  readonly kind: DocumentKind
  readonly bytes: number
}

export interface Transcriber {
  /**
   * What is said in a recording. Throws `no_transcription` where no service is set up, Problems with a sentence for
   * the coach, or the signal's reason. Only what the service certainly did not take is sent a second time.
   */
  transcribe(recording: Recording, signal: AbortSignal): Promise<ReadDocument>
  /** Has one second of near silence heard, once. Throws NO_MODEL where there is no service, else like transcribe. */
  test(server: TranscriptionServer | null): Promise<{ model: string; latencyMs: number }>
}

interface Parts {
  readonly gate: Pick<PrivacyGate, 'upload'>
  readonly files: Pick<FileStore, 'describe' | 'readStream' | 'readStretch'>
  readonly queries: Queries
  /** Null where recordings are not turned into text. */
  readonly settings: () => TranscriptionServer | null
  readonly clock: Clock
  readonly log: Log
}

const megabyte = 1_024 * 1_024
/** What OpenAI takes in one request; others that are not on this machine are held to it too. */
const mostRemoteBytes = 25 * megabyte
const attempts = 3
const pausesMs = [5_000, 20_000]
const longestPauseMs = 90_000
const minuteMs = 60_000
const testMs = 2 * minuteMs
const headBytes = 64

/** A slow model on this machine may need as long as the recording lasts; a service in the network never does. */
const timeLimitMs = (bytes: number, isLocal: boolean): number =>
  isLocal
    ? Math.min(12 * 60, 5 + 4 * Math.ceil(bytes / megabyte)) * minuteMs
    : (2 + Math.ceil(bytes / megabyte)) * minuteMs

/** From the richest form of answer to one that every server knows. */
const formats = ['verbose_json', 'json', 'text'] as const
type Format = (typeof formats)[number]

/** Where requests go: `/v1` where only a server was named, without what was pasted too much; and who asks. */
const addressed = ({ baseUrl, apiKey }: TranscriptionServer): { url: URL; authorization: string } => {
  const url = new URL(baseUrl)
  const path = url.pathname.replace(/\/(?:audio\/transcriptions|chat\/completions)\/?$|\/+$/u, '')
  url.pathname = `${path === '' ? '/v1' : path}/audio/transcriptions`
  const { username, password } = url
  url.username = ''
  url.password = ''
  if (username === '') return { url, authorization: `Bearer ${apiKey === '' ? 'none' : apiKey}` }
  return { url, authorization: `Basic ${btoa(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`)}` }
}

type Heard =
  | { readonly accepted: true; readonly read: ReadDocument | null }
  | { readonly accepted: false; readonly refusal: Refusal; readonly retryAfterMs: number | null }

/** Turns recordings into text at an OpenAI-compatible endpoint, through the privacy gate. */
export const createTranscriber = ({ gate, files, queries, settings, clock, log }: Parts): Transcriber => {
  const knownFormats = new Map<string, Format>()

  const once = async (
    server: TranscriptionServer,
    sound: Sound,
    format: Format,
    errand: RecordingErrand,
    kind: 'audio' | 'video',
    limitMs: number,
    signal: AbortSignal,
  ): Promise<Heard> => {
    const { url, authorization } = addressed(server)
    const ours = new AbortController()
    const lift = clock.after(limitMs, () => ours.abort(new Problem('MODEL_TIMEOUT')))
    try {
      const upload = formOf({ model: server.model, response_format: format }, sound, authorization)
      const response = await gate.upload(errand, url, upload, AbortSignal.any([signal, ours.signal]))
      const body = await response.text()
      if (response.ok) {
        return { accepted: true, read: readTranscription(body, response.headers.get('content-type') ?? '', kind) }
      }
      const refusal = { status: response.status, said: body }
      return { accepted: false, refusal, retryAfterMs: retryAfter(response.headers, clock.now()) }
    } catch (error) {
      signal.throwIfAborted()
      throw error instanceof Problem ? named(error) : error
    } finally {
      lift()
    }
  }

  /** `prepare` looks anew before each attempt: for whom a recording is may change while a busy service is waited for. */
  const hear = async (
    server: TranscriptionServer,
    prepare: () => { sound: Sound; errand: RecordingErrand },
    kind: 'audio' | 'video',
    limits: { readonly ms: number; readonly attempts: number },
    signal: AbortSignal,
  ): Promise<ReadDocument | null> => {
    const about = `${server.baseUrl} ${server.model}`
    for (let attempt = 1; ; ) {
      const { sound, errand } = prepare()
      const format = knownFormats.get(about) ?? 'verbose_json'
      const heard = await once(server, sound, format, errand, kind, limits.ms, signal)
      if (heard.accepted) return heard.read
      const weaker = formats[formats.indexOf(format) + 1]
      if (weaker !== undefined && refusesFormat(heard.refusal)) {
        knownFormats.set(about, weaker)
        continue
      }
      const problem = refusalProblem(heard.refusal, sound.bytes)
      const pause = heard.retryAfterMs ?? pausesMs[attempt - 1] ?? longestPauseMs
      if (!isPassing(heard.refusal) || attempt >= limits.attempts || pause > longestPauseMs) throw problem
      log('warn', 'transcription_attempt_failed', { code: problem.code, attempt })
      await rest(clock, pause, signal)
      attempt += 1
    }
  }

  const soundOf = (fileId: string, { kind }: Recording): Sound => ({
    ...soundName(files.readStretch(queries, fileId, 0, headBytes), kind),
    bytes: files.describe(queries, fileId).size,
    parts: () => files.readStream(queries, fileId),
  })

  return {
    transcribe: async (recording, signal) => {
      const server = settings()
      if (server === null) throw new ReadingProblem('no_transcription')
      const isLocal = isLoopback(addressed(server).url)
      const prepare = () => {
        const place = queries
          .select({ fileId: documents.fileId, clientId: documents.clientId })
          .from(documents)
          .where(eq(documents.id, recording.id))
          .get()
        if (!place?.fileId) throw new ReadingProblem('vanished')
        const inPlaceOfRecording = JSON.stringify({ model: server.model, document: recording.id })
        const errand = { purpose: 'transcription' as const, clientId: place.clientId, inPlaceOfRecording }
        const sound = soundOf(place.fileId, recording)
        if (!isLocal && sound.bytes > mostRemoteBytes) throw tooLarge(sound.bytes, mostRemoteBytes)
        return { sound, errand }
      }
      const limits = { ms: timeLimitMs(recording.bytes, isLocal), attempts }
      const read = await hear(server, prepare, recording.kind === 'video' ? 'video' : 'audio', limits, signal)
      if (read === null) {
        throw new Problem('MODEL_BAD_ANSWER', 'The transcription service heard no words in this recording.')
      }
      return read
    },
    test: async (server) => {
      if (server === null) {
        throw new Problem('NO_MODEL', 'No transcription service is set up. Add an address or a key first.')
      }
      const inPlaceOfRecording = JSON.stringify({ model: server.model, recording: 'one second of near silence' })
      const errand = { purpose: 'transcription' as const, clientId: null, inPlaceOfRecording }
      const startedAt = clock.now()
      const sound = nearSilence()
      await hear(server, () => ({ sound, errand }), 'audio', { ms: testMs, attempts: 1 }, new AbortController().signal)
      return { model: server.model, latencyMs: clock.now() - startedAt }
    },
  }
}
