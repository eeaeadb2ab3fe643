import { eq } from 'drizzle-orm'
import { onTestFinished } from 'vitest'
import { aiEpisodicMemory, egressLedger, episodeVectors, jobs, spaces } from '../../../db/schema/index.ts'
import { type Clock, systemClock } from '../../../host/clock.ts'
import { silentLog } from '../../../host/log/index.ts'
import { assembleMemory, meaningFollows, meaningJobs, sizeOfMeaning } from '../../../host/memory/index.ts'
import { createPrivacyGate, type Fetch } from '../../../host/privacy/index.ts'
import { createSpaces } from '../../../host/retrieval/spaces/spaces.ts'
import { createSettings } from '../../../host/settings/index.ts'
import { type EmbeddingServerOptions, startEmbeddingServer } from '../../fakes/embeddingServer.ts'

import { dayMs, noon, type Talk } from './talk.ts'

const pausesMs = [1_000, 4_000, 15_000, 40_000]
/** It stands still, and pauses between attempts do not hold up the tests. */
const clock: Clock = {
  now: () => noon,
  after: (ms, action) => systemClock.after(pausesMs.includes(ms) ? 1 : ms, action),
}
const never = new AbortController().signal
const elsewhere = 'https://vectors.example/v1'

/** A server whose model knows that sister and sibling mean much the same. */
export const startMeaningServer = async (options: EmbeddingServerOptions = {}) => {
  const server = await startEmbeddingServer({ dimensions: 256, synonyms: [['sister', 'sibling']], ...options })
  onTestFinished(() => server.close())
  return server
}
type Server = Awaited<ReturnType<typeof startMeaningServer>>

/** Memory beside spaces of vectors on one database; `isRemote`: what leaves goes elsewhere than to this machine. */
export const openMeaning = async <Memory extends Pick<Talk, 'write' | 'queries'>>(
  memory: Memory,
  { server, isRemote = false }: { readonly server: Server; readonly isRemote?: boolean },
) => {
  const { write, queries } = memory
  const settings = createSettings(queries, {})
  const send: Fetch = (input, init) => {
    const { pathname } = new URL(String(input))
    return fetch(`${servers.at(-1)?.url.replace('/v1', '')}${pathname}`, init)
  }
  const servers = [server]
  const gate = createPrivacyGate({ write, queries, clock, log: silentLog, ...(isRemote ? { send } : {}) })
  const made = createSpaces({
    write,
    queries,
    gate,
    clock,
    log: silentLog,
    keys: { of: settings.spaceKey, keep: settings.setSpaceKey },
    sizeOfMoments: (isLocal) => sizeOfMeaning(queries, isLocal),
    onVectors: () => undefined,
    onWanted: () => undefined,
  })
  /** Puts a model into use; as if the library had told from where on its texts are about the same. */
  const setUp = async (model: string, at: Server, threshold: number | null = 0.4): Promise<void> => {
    servers.push(at)
    await made.setUp({ baseUrl: isRemote ? elsewhere : at.url, apiKey: '', model, priceUsd: 0.02 }, never)
    await made.fill(never)
    write((tx) => tx.queries.update(spaces).set({ threshold }).where(eq(spaces.state, 'active')).run())
  }
  await setUp('small', server)
  const handlers = meaningJobs({ write, queries, clock, embedding: made.moments })
  const meaningOf = (text: string, clientId = 'ada') => made.embedQuestion(text, clientId, never)
  const assemble = (text: string, meaning: Awaited<ReturnType<typeof meaningOf>> | undefined, clientId = 'ada') =>
    assembleMemory(queries, {
      clientId,
      text,
      now: noon,
      timeZone: 'UTC',
      recent: [],
      found: [],
      count: (words) => Math.ceil(words.length / 4),
      ...(meaning === undefined ? {} : { meaning }),
    })
  return {
    ...memory,
    spaces: made,
    setUp,
    meaningOf,
    assemble,
    /** Moments of a day ago, besides what is read from messages. */
    addMoments: (clientId: string, texts: readonly string[]): void =>
      write((tx) => {
        for (const [at, text] of texts.entries()) {
          const id = `${clientId}-${at}-${text}`
          const saidAt = noon - dayMs + at
          const times = { firstSaidAt: saidAt, lastSaidAt: saidAt, createdAt: saidAt, updatedAt: saidAt }
          const source = { originalTimestamp: saidAt, lastReinforcedAt: saidAt, sourceType: 'conversation' } as const
          const weight = { evidenceCount: 1, strength: 0.9, emotionalValence: 0.5, memoryType: 'victory' } as const
          tx.queries
            .insert(aiEpisodicMemory)
            .values({
              id,
              clientId,
              itemKey: id,
              slot: id,
              memoryDescription: text,
              sourceId: 'none',
              ...times,
              ...source,
              ...weight,
            })
            .run()
        }
      }),
    /** The moments that a reply would be told, as one text. */
    told: async (text: string, clientId = 'ada'): Promise<string> =>
      assemble(text, await meaningOf(text, clientId), clientId)
        .lines.filter(({ section }) => section === 'moments')
        .map((line) => line.text)
        .join('\n'),
    /** The job, once; for everybody where nobody is named. */
    embed: async (clientId: string | null = null, signal = never): Promise<void> =>
      handlers.embed_moments?.({ id: 'job', payload: { clientId }, attempt: 1, isLast: false, signal }),
    /** The words of moments that have a vector. */
    kept: (clientId = 'ada'): string[] =>
      queries
        .select({
          text: aiEpisodicMemory.memoryDescription,
          corrected: aiEpisodicMemory.correctedText,
          vector: episodeVectors.vector,
        })
        .from(episodeVectors)
        .innerJoin(aiEpisodicMemory, eq(aiEpisodicMemory.seq, episodeVectors.episodeSeq))
        .where(eq(episodeVectors.clientId, clientId))
        .all()
        .flatMap(({ text, corrected, vector }) => (vector === null ? [] : [corrected ?? text]))
        .sort(),
    /** Tells of a commit, as the house does. */
    follow: meaningFollows({ write, clock, log: silentLog, embedding: made.moments }, () => undefined),
    vectorRows: () => queries.select().from(episodeVectors).all(),
    problem: () => queries.select({ problem: spaces.problem }).from(spaces).get()?.problem ?? null,
    queued: () =>
      queries
        .select({ runAt: jobs.runAt, clientId: jobs.clientId })
        .from(jobs)
        .where(eq(jobs.kind, 'embed_moments'))
        .all(),
    ledger: () => queries.select().from(egressLedger).all(),
  }
}
