import { setImmediate as nextTurn } from 'node:timers/promises'
import { z } from 'zod'
import type { Queries } from '../../../db/sqlite.ts'
import type { Tx, Write } from '../../../db/write.ts'
import type { Clock } from '../../clock.ts'
import { enqueueJob, type JobHandlers } from '../../jobs/index.ts'
import { refoldApproaches } from '../approaches/index.ts'
import { readPastTurns, refreshProfile } from '../profile/index.ts'
import { conversationsToLearnFrom, openAnalyses, unanalysed } from './interventionStore.ts'
import { learnAgain, learnFrom } from './learn.ts'

const payload = z.object({ conversationId: z.string() })
/** A client who paused this long has reacted, for now. */
const quietMs = 20_000
const backlogAfterStartMs = 20_000
/** The profile is worked out once after a flurry of changes. */
const profileAfterMs = 500
const pastTurnsAtOnce = 50
const interventionsAtOnce = 20

/** Has a conversation's last takeover learned from; call it in the transaction in which it ended. */
const wantLearning = (tx: Tx, conversationId: string, runAt: number, now: number): void =>
  enqueueJob(tx, { kind: 'learn', dedupeKey: conversationId, payload: { conversationId }, runAt }, now)

/** The client spoke, or words were changed: an analysis whose reaction was not all in is made again once they pause. */
export const noteReaction = (tx: Tx, conversationId: string, now: number): void => {
  if (openAnalyses(tx.queries, conversationId).length > 0) wantLearning(tx, conversationId, now + quietMs, now)
}

/** Has the coach's style worked out anew. */
export const wantProfile = (tx: Tx, now: number, inMs = profileAfterMs): void =>
  enqueueJob(tx, { kind: 'learn_profile', dedupeKey: 'learn_profile', payload: {}, runAt: now + inMs }, now)

/** Has everything learned from that never was: after a new version or a restore. */
export const wantAllLearning = (tx: Tx, now: number): void => wantProfile(tx, now, backlogAfterStartMs)

/**
 * Learns from the ended takeovers of a conversation, in one transaction: their analyses, and what works for the client.
 * Running it again changes nothing.
 */
export const learnFromConversation = (tx: Tx, conversationId: string, now: number): void => {
  const fresh = unanalysed(tx.queries, conversationId, interventionsAtOnce)
  const touched = [
    ...fresh.flatMap((handoff) => (learnFrom(tx, handoff, now) ? [handoff.clientId] : [])),
    ...openAnalyses(tx.queries, conversationId).flatMap((one) => (learnAgain(tx, one, now) ? [one.clientId] : [])),
  ]
  for (const clientId of new Set(touched)) refoldApproaches(tx, clientId)
  if (touched.length > 0) wantProfile(tx, now)
}

interface Parts {
  readonly write: Write
  readonly queries: Queries
  readonly clock: Clock
}

/** Jobs that learn from takeovers, and work out the coach's style. */
export const learnJobs = ({ write, queries, clock }: Parts): JobHandlers => ({
  learn: async ({ payload: raw }) => {
    const { conversationId } = payload.parse(raw)
    write((tx) => learnFromConversation(tx, conversationId, clock.now()))
  },
  learn_profile: async ({ signal }) => {
    for (const conversationId of conversationsToLearnFrom(queries)) {
      signal.throwIfAborted()
      write((tx) => learnFromConversation(tx, conversationId, clock.now()))
      await nextTurn()
    }
    while (write((tx) => readPastTurns(tx, pastTurnsAtOnce))) {
      signal.throwIfAborted()
      await nextTurn()
    }
    write((tx) => refreshProfile(tx))
  },
})
