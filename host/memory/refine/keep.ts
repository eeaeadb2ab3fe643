import type { Queries } from '../../../db/sqlite.ts'
import type { Tx } from '../../../db/write.ts'
import { type Finding, itemKeyOf, readStatement } from '../extraction/index.ts'
import {
  type Evidence,
  evidenceOfMessage,
  isDecidedByCoach,
  refoldTouched,
  replaceModelEvidence,
} from '../items/index.ts'
import { messageOf, type ReadMessage } from '../remember/index.ts'
import { markStale, sessionAt, type Thread } from '../sessions/index.ts'
import type { GivenMessage, Judged } from './judge.ts'

interface Stretch {
  readonly start: number
  readonly finish: number
}

const overlaps = (a: Stretch, b: Stretch): boolean => a.start < b.finish && b.start < a.finish

/**
 * Makes what a model found the evidence of the messages it was given, where they are still what it read, and folds what
 * that touches. What rules have read already is left to them; in words of which the coach decided what they mean, or that
 * they be forgotten, a model finds nothing any more. The same findings again change nothing.
 */
export const keepFindings = (
  tx: Tx,
  thread: Thread,
  given: readonly GivenMessage[],
  { findings }: Pick<Judged, 'findings'>,
  { timeZone, now }: { timeZone: string; now: number },
): { kept: number; known: number } => {
  const touched: Evidence[] = []
  let [kept, known] = [0, 0]
  for (const { seq, text } of given) {
    const message = messageOf(tx.queries, thread.clientId, seq)
    const isAsGiven = message?.stands && message.text === text && message.conversationId === thread.conversationId
    if (message === undefined || !isAsGiven) continue
    const found = findings.get(seq) ?? []
    const isKnown = knowing(tx.queries, thread, message, timeZone)
    const added = found.filter((finding) => !isKnown(finding))
    kept += added.length
    known += found.length - added.length
    const changed = replaceModelEvidence(tx, { ...thread, ...message }, added)
    touched.push(...changed)
    const session = changed.length > 0 ? sessionAt(tx.queries, thread, seq) : undefined
    if (session && session.lastSeq >= seq) markStale(tx, thread, session.seq)
  }
  refoldTouched(tx, thread.clientId, touched, now)
  return { kept, known }
}

/** Of what is forgotten no word is kept, so that rules read again which words of the message it was. */
const knowing = (
  queries: Queries,
  { clientId }: Thread,
  message: ReadMessage,
  timeZone: string,
): ((finding: Finding) => boolean) => {
  const byRules = readStatement({ text: message.text, at: message.sentAt, timeZone, crisis: message.crisis })
  const known = evidenceOfMessage(queries, clientId, message.seq)
  const decided = [...byRules.map((finding) => ({ ...finding, itemKey: itemKeyOf(finding) })), ...known].filter(
    ({ layer, itemKey }) => isDecidedByCoach(queries, clientId, layer, itemKey),
  )
  return (finding) =>
    decided.some((one) => overlaps(one, finding)) ||
    isDecidedByCoach(queries, clientId, finding.layer, itemKeyOf(finding)) ||
    known.some(
      (one) =>
        one.reader !== 'model' && one.layer === finding.layer && one.kind === finding.kind && overlaps(one, finding),
    )
}
