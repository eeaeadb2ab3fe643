import { and, count, desc, eq, sql } from 'drizzle-orm'
import { clients, draftFeedback, learnedRules, messages, outbox, ruleEvidence } from '../../../db/schema/index.ts'
import type { Queries } from '../../../db/sqlite.ts'
import type { BehindRule, LearnedRule } from '../../../shared/contract/rules.ts'
import { wordDiff } from '../drafts/index.ts'
import { recordOf } from './record.ts'
import { verdictOf } from './ruleStore.ts'
import { ruleRow } from './teach.ts'

interface Page {
  readonly offset: number
  readonly limit: number
}

const nextOf = ({ offset, limit }: Page, rows: number): number | null => (rows > limit ? offset + limit : null)

const order = sql`CASE ${learnedRules.state} WHEN 'live' THEN 0 WHEN 'proposed' THEN 1 WHEN 'paused' THEN 2 ELSE 3 END`

/** The rules as the coach sees them. */
export const listRules = (
  queries: Queries,
  page: Page,
): { rows: LearnedRule[]; total: number; next: number | null } => {
  const found = queries
    .select({
      rule: learnedRules,
      clientName: clients.name,
      conversationId: messages.conversationId,
      seq: messages.seq,
    })
    .from(learnedRules)
    .leftJoin(clients, eq(clients.id, learnedRules.clientId))
    .leftJoin(messages, eq(messages.id, learnedRules.messageId))
    .orderBy(order, desc(learnedRules.updatedAt), learnedRules.id)
    .limit(page.limit + 1)
    .offset(page.offset)
    .all()
  const total = queries.select({ total: count() }).from(learnedRules).get()?.total ?? 0
  return {
    rows: found.slice(0, page.limit).map(({ rule, clientName, conversationId, seq }) => {
      const { cases, objections } = verdictOf(rule)
      return {
        id: rule.id,
        scope: rule.scope,
        client: rule.clientId === null ? null : { id: rule.clientId, name: clientName ?? '' },
        situation: rule.situationType,
        kind: rule.kind,
        detail: rule.detail,
        origin: rule.origin,
        state: rule.state,
        objections: [...objections],
        safetyCases: cases,
        timesSeen: rule.timesSeen,
        timesAgainst: rule.timesAgainst,
        ...recordOf(queries, rule),
        taughtOn: conversationId === null || seq === null ? null : { conversationId, seq },
        createdAt: rule.createdAt,
        updatedAt: rule.updatedAt,
      }
    }),
    total,
    next: nextOf(page, found.length),
  }
}

/** The edits a rule comes from. Throws NOT_FOUND where the rule is gone. */
export const behindRule = (
  queries: Queries,
  { ruleId, ...page }: Page & { readonly ruleId: string },
): { rows: BehindRule[]; next: number | null } => {
  ruleRow(queries, ruleId)
  const found = queries
    .select({ feedback: draftFeedback, clientName: clients.name })
    .from(ruleEvidence)
    .innerJoin(draftFeedback, eq(draftFeedback.id, ruleEvidence.feedbackId))
    .innerJoin(clients, eq(clients.id, draftFeedback.clientId))
    .where(eq(ruleEvidence.ruleId, ruleId))
    .orderBy(desc(draftFeedback.createdAt), desc(draftFeedback.id))
    .limit(page.limit + 1)
    .offset(page.offset)
    .all()
  return {
    rows: found.slice(0, page.limit).map(({ feedback, clientName }) => ({
      id: feedback.id,
      client: { id: feedback.clientId, name: clientName },
      situation: feedback.situationType,
      at: feedback.createdAt,
      summary: feedback.diffSummary,
      editDistance: feedback.editDistance ?? 0,
      diff: wordDiff(feedback.originalDraft, feedback.sentVersion ?? ''),
      place: sentAs(queries, feedback.executionId, feedback.clientId),
    })),
    next: nextOf(page, found.length),
  }
}

const sentAs = (queries: Queries, executionId: string, clientId: string): BehindRule['place'] =>
  queries
    .select({ conversationId: messages.conversationId, seq: messages.seq })
    .from(outbox)
    .innerJoin(messages, eq(messages.id, outbox.messageId))
    .where(
      and(eq(outbox.executionId, executionId), eq(messages.clientId, clientId), eq(outbox.author, 'approved_draft')),
    )
    .orderBy(desc(messages.seq))
    .get() ?? null
