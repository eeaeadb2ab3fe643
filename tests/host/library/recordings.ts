import { onTestFinished } from 'vitest'
import { type Clock, systemClock } from '../../../host/clock.ts'
import { createReadingRoom, type ReadingRoom } from '../../../host/library/index.ts'
import { createLog } from '../../../host/log/index.ts'
import { createPrivacyGate } from '../../../host/privacy/index.ts'
import { createTranscriber, type TranscriptionServer as Service } from '../../../host/transcription/index.ts'
import {
  startTranscriptionServer,
  type TranscriptionServer,
  type TranscriptionServerOptions,
} from '../../fakes/transcriptionServer.ts'
import { openShelf } from './shelf.ts'

/** An MP3 as far as its first bytes tell; the stand-in hears the same words in any. */
export const recording = (bytes = 3_000): Uint8Array => Buffer.concat([Buffer.from('ID3'), Buffer.alloc(bytes - 3, 7)])

export const startService = async (options: TranscriptionServerOptions = {}): Promise<TranscriptionServer> => {
  const service = await startTranscriptionServer(options)
  onTestFinished(() => service.close())
  return service
}

/** A room in which reading a document gets no further than its text. */
export const stuckRoom = (): ReadingRoom => ({
  ...createReadingRoom(1),
  chunk: (_read, _title, signal) =>
    new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
})

interface RecordingsOptions {
  readonly folder?: string
  readonly room?: ReadingRoom
  readonly clock?: Clock
}

/** A library whose recordings are heard at `service`. */
export const openRecordings = (service: Service | null, options: RecordingsOptions = {}) => {
  const { clock = systemClock, ...shelfOptions } = options
  const lines: string[] = []
  const log = createLog((line) => lines.push(line))
  const shelf = openShelf({
    ...shelfOptions,
    log,
    transcriber: ({ write, queries, files }) => {
      const gate = createPrivacyGate({ write, queries, clock, log })
      return createTranscriber({ gate, files, queries, settings: () => service, clock, log }).transcribe
    },
  })
  const ledger = () =>
    shelf.sqlite
      .prepare<
        [],
        {
          purpose: string
          destination: string
          client: string | null
          sent: number
          payload: string | null
          status: string
          code: string | null
        }
      >(
        `SELECT purpose, destination, client_id AS client, bytes_out AS sent, payload, status, error_code AS code
         FROM egress_ledger ORDER BY seq`,
      )
      .all()
  const only = () => {
    const [document] = shelf.documents()
    if (!document) throw new Error('There is no document.')
    return document
  }
  return { ...shelf, lines, ledger, only }
}

export const at = ({ url }: TranscriptionServer, more: Partial<Service> = {}): Service => ({
  baseUrl: url,
  apiKey: 'sk-recordings',
  model: 'whisper-1',
  ...more,
})
