import { newId } from '../../../db/ids.ts'
import type { memoryRefinements } from '../../../db/schema/index.ts'
import type { Tx } from '../../../db/write.ts'
import type { JobHandlers } from '../../jobs/index.ts'
import {
  type AskModel,
  type ModelReadingParts,
  mayAskAbout,
  oldestReadMs,
  queueReading,
  quietMs,
  readingJob,
  retryAt,
} from '../../modelReading/index.ts'
import { lastChange, progressOf, readSlice, wantAllMemory, zoneOf } from '../remember/index.ts'
import { findingsAnswer, findingsForm } from './answer.ts'
import { type Batch, inWords, mostFailures, mostMessages, takeBatch } from './batch.ts'
import { judge } from './judge.ts'
import { keepFindings } from './keep.ts'
import { refine1 } from './prompt/refine-1.ts'
import { type Candidate, closeRefinement, openRefinement, reachedIn, waitingConversations } from './refinementStore.ts'

const kind = 'refine_memory'
const slicesFirst = 4

/** Has the model look for something to read; call it in the transaction in which there may be more. */
export const wantRefinement = (tx: Tx, now: number): void => queueReading(tx, kind, now, now)

type Outcome = Partial<typeof memoryRefinements.$inferInsert>

/**
 * The job in which a connected model reads what rules have read, a batch of one client's messages a call and one call at
 * a time. What it finds is held against the messages; how far it came is committed together with it.
 */
export const refineJobs = (parts: ModelReadingParts): JobHandlers => {
  const { write, queries, clock, settings } = parts

  const dueAt = (candidate: Candidate): number => {
    const restsAt = candidate.waiting >= mostMessages ? 0 : candidate.lastMessageAt + quietMs
    return Math.max(restsAt, retryAt(reachedIn(queries, candidate)))
  }

  const readNext = async (candidate: Candidate, ask: AskModel, signal: AbortSignal): Promise<void> => {
    if (!catchUp(candidate)) return
    const opened = write((tx) => open(tx, candidate))
    if (opened === null) return
    const { id, batch } = opened
    const { clientId } = candidate
    const close = (tx: Tx, outcome: Outcome): void =>
      closeRefinement(tx, { id, clientId }, { ...outcome, finishedAt: clock.now() })
    const request = {
      system: refine1.text,
      message: inWords(batch.messages),
      form: findingsForm,
      reader: findingsAnswer,
      clientId,
      signal,
    }
    const answer = await ask(request, id, (outcome) => write((tx) => close(tx, outcome)))
    if (answer === null) return
    write((tx) => close(tx, { ...settle(tx, candidate, batch, answer.value.findings), ...answer.took }))
  }

  /** Rules read first, also what was changed: what a model finds stands beside what they found. False where more is left. */
  const catchUp = ({ conversationId }: Candidate): boolean => {
    for (let slices = 0; slices < slicesFirst; slices += 1) {
      const { isMore } = write((tx) => readSlice(tx, conversationId, settings().sessionGapMinutes, clock.now()))
      if (!isMore) return true
    }
    return false
  }

  /** Null where nothing has to be asked: none of it may be given to a model, or it failed too often. */
  const open = (tx: Tx, thread: Candidate): { id: string; batch: Batch } | null => {
    const now = clock.now()
    const reached = reachedIn(tx.queries, thread)
    const rules = progressOf(tx.queries, thread)
    if (rules === undefined) return null
    const batch = takeBatch(tx.queries, thread, reached, rules, now)
    const isGivenUp = reached.failures >= mostFailures
    const isAsked = batch.messages.length > 0 && !isGivenUp
    const id = newId(now)
    const { clientId, conversationId } = thread
    openRefinement(tx, {
      id,
      clientId,
      conversationId,
      status: isAsked ? 'running' : isGivenUp ? 'skipped' : 'done',
      uptoSeq: batch.uptoSeq,
      changeSeq: batch.changeSeq,
      messageCount: batch.messages.length,
      promptVersion: refine1.version,
      createdAt: now,
      finishedAt: isAsked ? null : now,
    })
    return isAsked ? { id, batch } : null
  }

  const settle = (tx: Tx, candidate: Candidate, batch: Batch, claims: readonly unknown[]): Outcome => {
    const now = clock.now()
    const { conversationId, clientId } = candidate
    const thread = { conversationId, clientId }
    const gap = settings().sessionGapMinutes
    readSlice(tx, conversationId, gap, now)
    // A change that rules have yet to follow would take away again what is found now.
    const followed = progressOf(tx.queries, thread)?.changeSeq
    if (followed === undefined || followed < lastChange(tx.queries, clientId)) return { status: 'unreached' }
    const timeZone = zoneOf(candidate.timeZone)
    const judged = judge(claims, batch.messages, timeZone)
    const counts = keepFindings(tx, thread, batch.messages, judged, { timeZone, now })
    if (readSlice(tx, conversationId, gap, now).isMore) wantAllMemory(tx, now, 0)
    return {
      status: 'done',
      ...counts,
      rejected: Object.values(judged.rejections).reduce((sum, count) => sum + count, 0),
      rejections: JSON.stringify(judged.rejections),
    }
  }

  return readingJob(parts, {
    kind,
    trouble: 'memory_not_refined',
    waiting: (now) =>
      waitingConversations(queries, now - oldestReadMs, mostMessages)
        .filter((candidate) => mayAskAbout(candidate, parts))
        .map((candidate) => ({ candidate, at: dueAt(candidate) })),
    read: readNext,
  })
}
