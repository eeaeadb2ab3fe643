import { and, eq, inArray } from 'drizzle-orm'
import { agentExecutions, clients, drafts } from '../../db/schema/index.ts'
import type { Queries } from '../../db/sqlite.ts'
import type { Tx } from '../../db/write.ts'
import type { ContextItem } from '../../shared/contract/replies.ts'
import type { ConversationRecord } from '../conversations/index.ts'
import { openHandoffOf } from '../handoff/index.ts'
import { type CaseDraft, caseDraft, rulesFor } from '../learning/index.ts'
import { holdsNoneOf, mentionableTo } from '../memory/index.ts'
import { openWords } from './context.ts'
import { screenReply } from './prompt/index.ts'
import type { Run } from './run.ts'

/** Stands where the version of the instructions stands for a model: nothing was instructed. */
export const casesVersion = 'cases-1'

/** Drafts of this very moment that the coach set aside: another one is wanted. */
const setAside = (queries: Queries, { id, lastClientSeq }: ConversationRecord): string[] =>
  queries
    .select({ text: drafts.text })
    .from(drafts)
    .where(
      and(
        eq(drafts.conversationId, id),
        eq(drafts.lastClientSeq, lastClientSeq),
        inArray(drafts.state, ['superseded', 'discarded']),
      ),
    )
    .all()
    .map(({ text }) => text)

/** A draft is a help; whatever goes wrong with it, the call for the coach beside it goes out. */
const attempt: typeof caseDraft = (queries, asked) => {
  try {
    return caseDraft(queries, asked)
  } catch {
    return null
  }
}

/** What the coach's own words make of an answer; null where nothing fits, and always where there is a crisis. */
export const casesFor = (
  queries: Queries,
  { signals, settings }: Run,
  conversation: ConversationRecord,
  now: number,
): CaseDraft | null => {
  const { clientId } = conversation
  const isInCrisis =
    signals.crisis.severity !== 'none' || openHandoffOf(queries, conversation.id)?.trigger === 'safety_crisis'
  const text = openWords(queries, conversation)
  if (isInCrisis || conversation.owner === 'locked' || text.trim() === '') return null
  const mayBeMentioned = mentionableTo(queries, clientId)
  const rules = rulesFor(queries, { clientId, situation: signals.situation })
  const isAllowed = holdsNoneOf(rules.filter(({ kind }) => kind === 'never_say').map(({ detail }) => detail))
  const isSayable = (said: string): boolean =>
    mayBeMentioned(said) && isAllowed(said) && screenReply(said, { clientLanguage: signals.language }).length === 0
  return attempt(queries, {
    clientId,
    situation: signals.situation,
    text,
    language: signals.language,
    coachName: settings.coachName,
    clientName: queries.select({ name: clients.name }).from(clients).where(eq(clients.id, clientId)).get()?.name ?? '',
    isSayable,
    now,
    without: setAside(queries, conversation),
  })
}

/** Keeps with the run where each sentence comes from: "Why this reply". */
export const recordCases = (tx: Tx, { executionId }: Run, { text, sources, similarity, learned }: CaseDraft): void => {
  const followed: ContextItem[] =
    learned === null
      ? []
      : [
          {
            kind: learned.kind,
            id: learned.id,
            label: learned.label,
            given: learned.text,
            structure: [...(learned.structure ?? [])],
          },
        ]
  tx.queries
    .update(agentExecutions)
    .set({
      draftReply: text,
      contextItems: JSON.stringify([...sources, ...followed]),
      confidenceParts: JSON.stringify([{ name: 'How alike the moments are', points: similarity }]),
      confidence: null,
      model: null,
      promptVersion: casesVersion,
      wordCount: text.split(/\s+/u).length,
    })
    .where(eq(agentExecutions.id, executionId))
    .run()
}
