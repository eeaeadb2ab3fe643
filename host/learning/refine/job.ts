import { newId } from '../../../db/ids.ts'
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
import { refoldApproaches } from '../approaches/index.ts'
import {
  type Analysis,
  fingerprintOf,
  handoffOf,
  type Intervention,
  interventionOf,
  learnAgain,
  reactionSeqOf,
  wantProfile,
} from '../interventions/index.ts'
import { type InterventionAnswer, interventionAnswer, interventionForm } from './answer.ts'
import { givenOf, inWords, keptBack, mostFailures } from './given.ts'
import { judge } from './judge.ts'
import { analysis1 } from './prompt/analysis-1.ts'
import {
  analysisOf,
  type Candidate,
  closeRefinement,
  failuresOf,
  keepModelView,
  openRefinement,
  type RefinementValues,
  waitingInterventions,
  wasInDanger,
} from './refinementStore.ts'

const kind = 'refine_learning'
/** A client who has not answered by then has not reacted, for now. */
const unansweredMs = 24 * 3_600_000

/** Has the model look for takeovers to read; call it in the transaction in which there may be one. */
export const wantLearningRefinement = (tx: Tx, now: number): void => queueReading(tx, kind, now, now)

interface Opened {
  readonly id: string
  readonly given: Intervention
  readonly whole: Intervention
}

/**
 * The job in which a connected model reads takeovers that rules have read, one a call and one call at a time, once the
 * client's reaction is in and at most once more when it has grown. What it says is held against the words; it is kept
 * beside what rules say, and what was learned follows in the same transaction.
 */
export const refineLearningJobs = (parts: ModelReadingParts): JobHandlers => {
  const { write, queries, clock } = parts

  const dueAt = ({ handoffId, endedAt, lastMessageAt, hasReaction }: Candidate): number =>
    Math.max(
      Math.max(endedAt, lastMessageAt) + (hasReaction ? quietMs : unansweredMs),
      retryAt(failuresOf(queries, handoffId)),
    )

  const readNext = async (candidate: Candidate, ask: AskModel, signal: AbortSignal): Promise<void> => {
    const opened = write((tx) => open(tx, candidate))
    if (opened === null) return
    const { id, given } = opened
    const close = (tx: Tx, outcome: RefinementValues): void =>
      closeRefinement(tx, id, { ...outcome, finishedAt: clock.now() })
    const request = {
      system: analysis1.text,
      message: inWords(given),
      form: interventionForm,
      reader: interventionAnswer,
      clientId: candidate.clientId,
      signal,
    }
    const answer = await ask(request, id, (outcome) => write((tx) => close(tx, outcome)))
    if (answer === null) return
    write((tx) => close(tx, { ...settle(tx, candidate, opened, answer.value), ...answer.took }))
  }

  /** Rules read first. Null where nothing has to be asked: nothing of it may be given to a model, or it failed too often. */
  const open = (tx: Tx, { analysisId, handoffId, clientId, conversationId }: Candidate): Opened | null => {
    const now = clock.now()
    const analysis = analysisOf(tx.queries, analysisId)
    const handoff = handoffOf(tx.queries, handoffId)
    if (analysis === undefined || handoff === undefined) return null
    follow(tx, analysis)
    const whole = interventionOf(tx.queries, handoff)
    if (whole === null) return null
    const { failures } = failuresOf(tx.queries, handoffId)
    const given = givenOf(whole, failures, now)
    const talk = [...whole.before, ...whole.coach, ...whole.after].map(({ seq }) => seq)
    const danger = wasInDanger(tx.queries, conversationId, Math.min(...talk), Math.max(...talk))
    const reason = danger ? 'DANGER' : given === null ? 'TOO_OLD' : keptBack(whole)
    const isAsked = reason === null && failures < mostFailures
    const id = newId(now)
    openRefinement(tx, {
      id,
      handoffId,
      clientId,
      status: isAsked ? 'running' : 'skipped',
      reactionSeq: reactionSeqOf(whole),
      promptVersion: analysis1.version,
      errorCode: reason,
      createdAt: now,
      finishedAt: isAsked ? null : now,
    })
    return isAsked && given !== null ? { id, given, whole } : null
  }

  const settle = (
    tx: Tx,
    { analysisId, handoffId }: Candidate,
    { given, whole }: Opened,
    answer: InterventionAnswer,
  ): RefinementValues => {
    const handoff = handoffOf(tx.queries, handoffId)
    const analysis = analysisOf(tx.queries, analysisId)
    const now = handoff === undefined ? null : interventionOf(tx.queries, handoff)
    const upto = reactionSeqOf(whole)
    // What the model read is no longer what stands there; it is read as it is now.
    const isAsGiven = now !== null && fingerprintOf(now, upto) === fingerprintOf(whole, upto)
    if (analysis === undefined || !isAsGiven) return { status: 'unreached', errorCode: 'CHANGED' }
    const { view, rejections } = judge(answer, given, whole)
    const counts = {
      rejected: Object.values(rejections).reduce((sum, count) => sum + count, 0),
      rejections: JSON.stringify(rejections),
    }
    if (view === null) return { status: 'failed', errorCode: 'MODEL_BAD_ANSWER', ...counts }
    keepModelView(tx, analysis, view)
    follow(tx, analysis)
    return { status: 'done', disagreed: countDisagreements(analysisOf(tx.queries, analysisId)), ...counts }
  }

  const follow = (tx: Tx, analysis: Analysis): void => {
    const now = clock.now()
    if (!learnAgain(tx, analysis, now)) return
    refoldApproaches(tx, analysis.clientId)
    wantProfile(tx, now)
  }

  return readingJob(parts, {
    kind,
    trouble: 'intervention_not_refined',
    waiting: (now) =>
      waitingInterventions(queries, now - oldestReadMs)
        .filter((candidate) => mayAskAbout(candidate, parts))
        .map((candidate) => ({ candidate, at: dueAt(candidate) })),
    read: readNext,
  })
}

const countDisagreements = (analysis: Analysis | undefined): number => {
  const disagreements: unknown = JSON.parse(analysis?.disagreements ?? '[]')
  return Array.isArray(disagreements) ? disagreements.length : 0
}
