import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { newId } from '../db/ids.ts'
import { migrate } from '../db/migrate.ts'
import { openDatabase } from '../db/open.ts'
import { draftFeedback } from '../db/schema/index.ts'
import { createWriter, type Tx, type Write } from '../db/write.ts'
import {
  forgetDraftDecision,
  learnedFor,
  noteDraftDecision,
  noteReaction,
  readEarlierDecisions,
} from '../host/learning/index.ts'
import { learnFromConversation } from '../host/learning/interventions/index.ts'
import { refreshProfile } from '../host/learning/profile/index.ts'
import { situations } from '../shared/taxonomy/situations.ts'
import { seededRandom } from '../tests/soak/random.ts'
import { type Figure, quantile, within } from './figure.ts'
import { fillMessages } from './fill.ts'
import { createTakeovers } from './interventions.ts'

const clientCount = 50
const interventions = 1_000
const messages = 100_000
const judgedDrafts = 2_000
const samples = 300
const profileSamples = 40
/** The figures beside: the same with this many interventions in store, once the code is warm. */
const fewInterventions = { from: 50, to: 150 } as const
const start = Date.UTC(2026, 0, 1)
const hour = 3_600_000

const timed = (work: () => void): number => {
  const began = performance.now()
  work()
  return performance.now() - began
}

/** What the work costs inside a transaction that is there anyway. */
const timedWithin = (write: Write, work: (tx: Tx) => void): number => write((tx) => timed(() => work(tx)))

interface Person {
  readonly clientId: string
  readonly conversationId: string
}

const beside = (metric: string, values: readonly number[], budget: number, few?: readonly number[]): Figure => {
  const value = quantile(values, 0.95)
  const baseline = few === undefined ? undefined : quantile(few, 0.95)
  return { ...within(metric, value, budget), ...(baseline === undefined ? {} : { baseline, ratio: value / baseline }) }
}

const words =
  'It was a long week and you stayed with it. Rest first, then the next step. What would help tonight?'.split(' ')

const measure = (folder: string): Figure[] => {
  const { sqlite, queries, close } = openDatabase({ file: join(folder, 'opencoach.db'), key: randomBytes(32) })
  migrate(sqlite)
  const write = createWriter(sqlite, queries, () => undefined)
  const say = (sentence: string): void => void process.stderr.write(`${sentence}\n`)
  say(`Filling ${messages} messages of ${clientCount} clients…`)
  fillMessages(sqlite, { messages, clients: clientCount })
  const people = sqlite
    .prepare<[], Person>('SELECT client_id AS clientId, id AS conversationId FROM conversations')
    .all()
  const random = seededRandom(17)
  const { intervene, react } = createTakeovers(random)
  let now = start + 320 * 24 * hour
  const later = (): number => {
    now += hour
    return now
  }
  const personAt = (index: number): Person => people[index % people.length] ?? { clientId: '', conversationId: '' }

  const learnOnce = ({ conversationId }: Person): { handback: number; reaction: number } => {
    write((tx) => intervene(tx, conversationId, later()))
    const handback = timed(() => write((tx) => learnFromConversation(tx, conversationId, later())))
    write((tx) => react(tx, conversationId, later()))
    const reaction = timed(() => write((tx) => learnFromConversation(tx, conversationId, later())))
    return { handback, reaction }
  }
  say(`Filling ${interventions} interventions…`)
  const filled = Array.from({ length: interventions }, (_, index) => learnOnce(personAt(index)))
  const few = filled.slice(fewInterventions.from, fewInterventions.to)
  sqlite.exec('ANALYZE')

  say('Measuring…')
  const profiles = Array.from({ length: profileSamples }, () => timed(() => write((tx) => refreshProfile(tx))))
  const full = Array.from({ length: samples }, (_, index) => learnOnce(personAt(index)))
  const replies = Array.from({ length: samples }, (_, index) => {
    const situation = situations[index % situations.length] ?? 'other'
    const asked = { clientId: personAt(index).clientId, situation, coachName: 'Robin', isSayable: () => true }
    return timed(() => learnedFor(queries, asked))
  })
  const notes = Array.from({ length: samples }, (_, index) =>
    timedWithin(write, (tx) => noteReaction(tx, personAt(index).conversationId, later())),
  )
  say(`Filling ${judgedDrafts} edited drafts…`)
  const runs = sqlite
    .prepare<[], Person & { executionId: string }>(
      'SELECT id AS executionId, client_id AS clientId, conversation_id AS conversationId FROM agent_executions ORDER BY seq',
    )
    .all()
  const decided = (index: number) => {
    const run = runs[index] ?? { clientId: '', conversationId: '', executionId: '' }
    const some = (): string => Array.from({ length: 20 }, () => words[Math.floor(random() * words.length)]).join(' ')
    const original = `Hi there! Maybe ${some()}? ${some()}.`
    const sent = index % 4 === 0 ? original : index % 3 === 0 ? `${some()}.` : original.replace('Hi there! Maybe ', '')
    const outcome = original === sent ? ('sent' as const) : ('edited' as const)
    return { run, original, sent, outcome, situation: situations[index % 12] ?? 'other' }
  }
  write((tx) => {
    for (let index = 0; index < judgedDrafts; index += 1) {
      const { run, original, sent, outcome } = decided(index)
      const at = later()
      const texts = { originalDraft: original, sentVersion: sent }
      tx.queries
        .insert(draftFeedback)
        .values({ id: newId(at), ...run, ...texts, outcome, analyzed: false, createdAt: at })
        .run()
    }
  })
  for (let read = 0; read < judgedDrafts; read += 500) write((tx) => readEarlierDecisions(tx))
  const decisions = Array.from({ length: profileSamples }, (_, index) => {
    const { run, ...decision } = decided(judgedDrafts + index)
    const took = timedWithin(write, (tx) => noteDraftDecision(tx, { ...run, ...decision }, later()))
    write((tx) => forgetDraftDecision(tx, run.executionId))
    return took
  })
  close()
  const handbacks = full.map(({ handback }) => handback)
  return [
    beside(
      'handback_update_p95_ms',
      handbacks,
      50,
      few.map(({ handback }) => handback),
    ),
    { metric: 'handback_update_p50_ms', value: quantile(handbacks, 0.5), unit: 'ms' },
    beside(
      'reaction_update_p95_ms',
      full.map(({ reaction }) => reaction),
      50,
      few.map(({ reaction }) => reaction),
    ),
    beside('profile_update_p95_ms', profiles, 500),
    beside('learned_for_reply_p95_ms', replies, 10),
    beside('note_reaction_p95_ms', notes, 2),
    beside('draft_decision_p95_ms', decisions, 50),
    { metric: 'interventions', value: interventions, unit: '' },
  ]
}

/**
 * What learning costs without a model, encrypted and with a year of talk in store: from the commit of a handback until it
 * is learned from, the coach's style, what one reply is given, and what the transactions of others bear.
 */
export const learning = async (): Promise<Figure[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'opencoach-bench-'))
  try {
    return measure(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
