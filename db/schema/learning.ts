import { integer, primaryKey, real, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import {
  energies,
  engagements,
  formalities,
  importFormats,
  learnedDecisions,
  learnedKinds,
  paces,
  reactions,
  ruleKinds,
  ruleScopes,
  ruleStates,
  techniques,
  tones,
} from '../../shared/taxonomy/learning.ts'
import { refinementStatuses } from '../../shared/taxonomy/memory.ts'
import { pastStates } from '../../shared/taxonomy/past.ts'
import { situations } from '../../shared/taxonomy/situations.ts'

export const humanInterventionAnalyses = sqliteTable('human_intervention_analyses', {
  seq: integer().primaryKey({ autoIncrement: true }),
  id: text().notNull(),
  handoffId: text('handoff_id').notNull(),
  messageId: text('message_id').notNull(),
  clientId: text('client_id').notNull(),
  conversationId: text('conversation_id').notNull(),
  firstSeq: integer('first_seq').notNull(),
  lastSeq: integer('last_seq').notNull(),
  situationType: text('situation_type', { enum: situations }).notNull(),
  language: text().notNull(),
  styleTone: text('style_tone', { enum: tones }).notNull(),
  stylePace: text('style_pace', { enum: paces }).notNull(),
  styleFormality: text('style_formality', { enum: formalities }).notNull(),
  styleEnergy: text('style_energy', { enum: energies }).notNull(),
  techniqueType: text('technique_type', { enum: techniques }).notNull(),
  frameworkUsed: text('framework_used'),
  approachDescription: text('approach_description').notNull(),
  structure: text().notNull().default('[]'),
  keyPhrases: text('key_phrases').notNull().default('[]'),
  openingPattern: text('opening_pattern').notNull().default(''),
  closingPattern: text('closing_pattern').notNull().default(''),
  emotionalIntelligence: text('emotional_intelligence').notNull().default('[]'),
  specificAdvice: text('specific_advice').notNull().default(''),
  metaphorUsed: text('metaphor_used'),
  responseTimeSeconds: real('response_time_seconds'),
  interventionDurationMinutes: real('intervention_duration_minutes').notNull(),
  messagesExchanged: integer('messages_exchanged').notNull(),
  clientReaction: text('client_reaction', { enum: reactions }),
  conversationShift: text('conversation_shift').notNull().default(''),
  resolutionAchieved: integer('resolution_achieved', { mode: 'boolean' }),
  clientEngagement: text('client_engagement', { enum: engagements }),
  followThroughLikely: real('follow_through_likely'),
  applicableToSimilar: integer('applicable_to_similar', { mode: 'boolean' }).notNull(),
  transferableToOthers: integer('transferable_to_others', { mode: 'boolean' }).notNull(),
  confidenceScore: real('confidence_score').notNull(),
  replicationValue: real('replication_value').notNull(),
  whyEffective: text('why_effective').notNull().default(''),
  reactionSeq: integer('reaction_seq').notNull().default(0),
  localView: text('local_view').notNull(),
  modelView: text('model_view'),
  disagreements: text().notNull().default('[]'),
  corrections: text().notNull().default('{}'),
  isActive: integer('is_active', { mode: 'boolean' }).notNull().default(true),
  startedAt: integer('started_at').notNull(),
  endedAt: integer('ended_at').notNull(),
  createdAt: integer('created_at').notNull(),
  updatedAt: integer('updated_at').notNull(),
})

export const clientEffectiveApproaches = sqliteTable('client_effective_approaches', {
  seq: integer().primaryKey({ autoIncrement: true }),
  id: text().notNull(),
  clientId: text('client_id').notNull(),
  situationType: text('situation_type', { enum: situations }).notNull(),
  approach: text().notNull(),
  structure: text().notNull(),
  examples: text().notNull(),
  alpha: real().notNull(),
  beta: real().notNull(),
  effectivenessScore: real('effectiveness_score').notNull(),
  timesValidated: integer('times_validated').notNull(),
  timesContradicted: integer('times_contradicted').notNull(),
  sourceInterventionId: text('source_intervention_id').notNull(),
  createdAt: integer('created_at').notNull(),
  updatedAt: integer('updated_at').notNull(),
})

export const coachStyleProfiles = sqliteTable('coach_style_profiles', {
  id: text().primaryKey(),
  styleSignature: text('style_signature').notNull(),
  preferredTechniques: text('preferred_techniques').notNull(),
  frameworks: text().notNull(),
  situationResponses: text('situation_responses').notNull(),
  signaturePhrases: text('signature_phrases').notNull(),
  drift: text().notNull(),
  totalInterventionsAnalyzed: integer('total_interventions_analyzed').notNull(),
  aiConfidenceTrend: text('ai_confidence_trend').notNull(),
  lastUpdated: integer('last_updated').notNull(),
})

export const learnedMarks = sqliteTable('learned_marks', {
  kind: text({ enum: learnedKinds }).notNull(),
  itemKey: text('item_key').notNull(),
  clientId: text('client_id'),
  mark: text({ enum: learnedDecisions }).notNull(),
  createdAt: integer('created_at').notNull(),
})

export const learnedRules = sqliteTable('learned_rules', {
  seq: integer().primaryKey({ autoIncrement: true }),
  id: text().notNull(),
  scope: text({ enum: ruleScopes }).notNull(),
  clientId: text('client_id'),
  situationType: text('situation_type', { enum: situations }),
  kind: text({ enum: ruleKinds }).notNull(),
  detail: text().notNull().default(''),
  origin: text({ enum: ['drafts', 'taught'] }).notNull(),
  messageId: text('message_id'),
  state: text({ enum: ruleStates }).notNull(),
  safety: text().notNull().default('{}'),
  timesSeen: integer('times_seen').notNull().default(0),
  timesAgainst: integer('times_against').notNull().default(0),
  createdAt: integer('created_at').notNull(),
  updatedAt: integer('updated_at').notNull(),
})

export const ruleEvidence = sqliteTable(
  'rule_evidence',
  {
    ruleId: text('rule_id').notNull(),
    feedbackId: text('feedback_id').notNull(),
  },
  (table) => [primaryKey({ columns: [table.ruleId, table.feedbackId] })],
)

export const replyOutcomes = sqliteTable('reply_outcomes', {
  executionId: text('execution_id').primaryKey(),
  clientId: text('client_id').notNull(),
  conversationId: text('conversation_id').notNull(),
  situationType: text('situation_type', { enum: situations }).notNull(),
  confidence: real(),
  rawConfidence: real('raw_confidence'),
  modelConfidence: real('model_confidence'),
  handoffScore: integer('handoff_score'),
  draftOutcome: text('draft_outcome', { enum: ['sent', 'edited', 'discarded'] }),
  editDistance: real('edit_distance'),
  isAccepted: integer('is_accepted', { mode: 'boolean' }),
  reaction: text({ enum: reactions }),
  shouldHaveHandedOver: integer('should_have_handed_over', { mode: 'boolean' }).notNull().default(false),
  isSelfSent: integer('is_self_sent', { mode: 'boolean' }).notNull(),
  isFoundHelpful: integer('is_found_helpful', { mode: 'boolean' }),
  sentSeq: integer('sent_seq'),
  isReactionDue: integer('is_reaction_due', { mode: 'boolean' }).notNull().default(true),
  createdAt: integer('created_at').notNull(),
  updatedAt: integer('updated_at').notNull(),
})

export const learnedUses = sqliteTable(
  'learned_uses',
  {
    executionId: text('execution_id').notNull(),
    kind: text({ enum: learnedKinds }).notNull(),
    itemId: text('item_id').notNull(),
    clientId: text('client_id').notNull(),
    isUsed: integer('is_used', { mode: 'boolean' }),
    createdAt: integer('created_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.executionId, table.kind, table.itemId] })],
)

export const pastImports = sqliteTable('past_imports', {
  id: text().primaryKey(),
  name: text().notNull(),
  format: text({ enum: importFormats }).notNull(),
  contentHash: text('content_hash').notNull(),
  state: text({ enum: pastStates }).notNull(),
  clientId: text('client_id'),
  skipped: text().notNull().default('{}'),
  firstAt: integer('first_at'),
  lastAt: integer('last_at'),
  createdAt: integer('created_at').notNull(),
})

export const pastTurns = sqliteTable('past_turns', {
  seq: integer().primaryKey({ autoIncrement: true }),
  importId: text('import_id').notNull(),
  clientId: text('client_id'),
  thread: integer().notNull(),
  author: text({ enum: ['client', 'human_coach'] }).notNull(),
  content: text().notNull(),
  sentAt: integer('sent_at'),
  orderAt: integer('order_at').notNull(),
  situationType: text('situation_type', { enum: situations }),
  view: text(),
})

/** One reading of a takeover by a model: what came of it and what it cost; no word of anybody's. */
export const interventionRefinements = sqliteTable('intervention_refinements', {
  seq: integer().primaryKey({ autoIncrement: true }),
  id: text().notNull(),
  handoffId: text('handoff_id').notNull(),
  clientId: text('client_id').notNull(),
  status: text({ enum: refinementStatuses }).notNull(),
  /** The client's last message that it was given. */
  reactionSeq: integer('reaction_seq').notNull(),
  /** In how many fields rules and model differed. */
  disagreed: integer().notNull().default(0),
  rejected: integer().notNull().default(0),
  /** How many of its words were rejected for which reason. */
  rejections: text().notNull().default('{}'),
  promptVersion: text('prompt_version').notNull(),
  model: text(),
  promptTokens: integer('prompt_tokens'),
  completionTokens: integer('completion_tokens'),
  costMicros: integer('cost_micros'),
  latencyMs: integer('latency_ms'),
  errorCode: text('error_code'),
  createdAt: integer('created_at').notNull(),
  finishedAt: integer('finished_at'),
})
