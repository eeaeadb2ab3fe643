import { blob, integer, real, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import {
  checkInDecisions,
  evidenceReaders,
  evidenceStances,
  insightStates,
  insightTypes,
  memoryLayers,
  memorySourceTypes,
  memoryTypes,
  overallSentiments,
  preferenceCategories,
  relationshipAspects,
  summaryPeriods,
} from '../../shared/taxonomy/memory.ts'
import { emotions } from '../../shared/taxonomy/situations.ts'

/** How far memory has read a conversation, and by which rules, time zone and silence. */
export const memoryProgress = sqliteTable('memory_progress', {
  conversationId: text('conversation_id').primaryKey(),
  clientId: text('client_id').notNull(),
  extractedSeq: integer('extracted_seq').notNull().default(0),
  changeSeq: integer('change_seq').notNull().default(0),
  recipe: text().notNull(),
  updatedAt: integer('updated_at').notNull(),
})

export const sessionSummaries = sqliteTable('session_summaries', {
  seq: integer().primaryKey({ autoIncrement: true }),
  id: text().notNull(),
  clientId: text('client_id').notNull(),
  conversationId: text('conversation_id').notNull(),
  firstSeq: integer('first_seq').notNull(),
  lastSeq: integer('last_seq').notNull(),
  startedAt: integer('started_at').notNull(),
  endedAt: integer('ended_at').notNull(),
  /** When the last message by order was sent; a clock set back may put it before the end. */
  lastSentAt: integer('last_sent_at').notNull(),
  /** The day it began, as the client's calendar has it. */
  localDate: text('local_date').notNull(),
  summary: text().notNull().default(''),
  topics: text().notNull().default('[]'),
  insights: text().notNull().default('[]'),
  actionItems: text('action_items').notNull().default('[]'),
  progress: text().notNull().default('[]'),
  challenges: text().notNull().default('[]'),
  emotionalState: text('emotional_state', { enum: emotions }).notNull().default('neutral'),
  sentiment: real(),
  userMotivationLevel: integer('user_motivation_level'),
  messageCount: integer('message_count').notNull().default(0),
  clientMessageCount: integer('client_message_count').notNull().default(0),
  /** What the session adds to the client's interaction patterns. */
  activity: text().notNull().default('{}'),
  isStale: integer('is_stale', { mode: 'boolean' }).notNull().default(true),
  createdAt: integer('created_at').notNull(),
  updatedAt: integer('updated_at').notNull(),
})

export const conversationSummaries = sqliteTable('conversation_summaries', {
  seq: integer().primaryKey({ autoIncrement: true }),
  id: text().notNull(),
  clientId: text('client_id').notNull(),
  summaryPeriod: text('summary_period', { enum: summaryPeriods }).notNull(),
  startDate: text('start_date').notNull(),
  endDate: text('end_date').notNull(),
  keyTopics: text('key_topics').notNull().default('[]'),
  mainInsights: text('main_insights').notNull().default('[]'),
  userProgress: text('user_progress').notNull().default('[]'),
  challengesDiscussed: text('challenges_discussed').notNull().default('[]'),
  commitmentsMade: text('commitments_made').notNull().default('[]'),
  overallSentiment: text('overall_sentiment', { enum: overallSentiments }).notNull(),
  sentiment: real(),
  userMotivationLevel: integer('user_motivation_level'),
  sessionCount: integer('session_count').notNull(),
  messageCount: integer('message_count').notNull(),
  createdAt: integer('created_at').notNull(),
  updatedAt: integer('updated_at').notNull(),
})

const item = {
  seq: integer().primaryKey({ autoIncrement: true }),
  id: text().notNull(),
  clientId: text('client_id').notNull(),
  /** What the item says, hashed: the same words said again are the same item. */
  itemKey: text('item_key').notNull(),
  /** What the item is about, hashed: of the items of one slot only the one said last holds. */
  slot: text().notNull(),
  evidenceCount: integer('evidence_count').notNull(),
  firstSaidAt: integer('first_said_at').notNull(),
  lastSaidAt: integer('last_said_at').notNull(),
  isActive: integer('is_active', { mode: 'boolean' }).notNull().default(true),
  supersededBy: text('superseded_by'),
  isSensitive: integer('is_sensitive', { mode: 'boolean' }).notNull().default(false),
  /** The coach's word on it, which goes before what was read; null where they said nothing. */
  sensitiveMark: integer('sensitive_mark', { mode: 'boolean' }),
  pinnedAt: integer('pinned_at'),
  /** In the coach's words, instead of what was read. */
  correctedText: text('corrected_text'),
  forgottenAt: integer('forgotten_at'),
  createdAt: integer('created_at').notNull(),
  updatedAt: integer('updated_at').notNull(),
}

export const clientInsights = sqliteTable('client_insights', {
  ...item,
  insightType: text('insight_type', { enum: insightTypes }).notNull(),
  content: text().notNull(),
  state: text({ enum: insightStates }).notNull().default('open'),
  /** When it was told to be done or dropped; null while it is open. */
  stateAt: integer('state_at'),
  /** What the coach said of it, and when: it holds until the client says something new of it. */
  coachState: text('coach_state', { enum: insightStates }),
  coachStateAt: integer('coach_state_at'),
  dueFrom: integer('due_from'),
  dueTo: integer('due_to'),
  dueText: text('due_text'),
  effectivenessScore: real('effectiveness_score'),
  confidence: real().notNull(),
})

export const aiEpisodicMemory = sqliteTable('ai_episodic_memory', {
  ...item,
  memoryType: text('memory_type', { enum: memoryTypes }).notNull(),
  memoryDescription: text('memory_description').notNull(),
  originalTimestamp: integer('original_timestamp').notNull(),
  sourceType: text('source_type', { enum: memorySourceTypes }).notNull(),
  /** The message that says it best: the last one. */
  sourceId: text('source_id').notNull(),
  /** As strong as it was when last reinforced; how strong it is now, host/memory/decay.ts says. */
  strength: real().notNull(),
  lastReinforcedAt: integer('last_reinforced_at').notNull(),
  timesReferenced: integer('times_referenced').notNull().default(0),
  lastReferencedAt: integer('last_referenced_at'),
  emotionalValence: real('emotional_valence').notNull(),
  tags: text().notNull().default('[]'),
  expiresAt: integer('expires_at'),
})

/** What an episode means, a byte a figure; it goes by a trigger when the episode says something else. */
export const episodeVectors = sqliteTable('episode_vectors', {
  episodeSeq: integer('episode_seq').primaryKey(),
  clientId: text('client_id').notNull(),
  spaceId: text('space_id').notNull(),
  /** Null: the server took these words in no length. */
  vector: blob({ mode: 'buffer' }),
})

export const learnedUserPreferences = sqliteTable('learned_user_preferences', {
  ...item,
  preferenceCategory: text('preference_category', { enum: preferenceCategories }).notNull(),
  preferenceKey: text('preference_key').notNull(),
  preferenceValue: text('preference_value').notNull(),
  preferenceText: text('preference_text').notNull(),
  confidence: real().notNull(),
  learnedFrom: text('learned_from').notNull(),
  lastConfirmedAt: integer('last_confirmed_at').notNull(),
})

export const relationshipContext = sqliteTable('relationship_context', {
  ...item,
  aspect: text({ enum: relationshipAspects }).notNull(),
  content: text().notNull(),
  confidence: real().notNull(),
})

/** Which words of which message say something; every item is the sum of its evidence. */
export const memoryEvidence = sqliteTable('memory_evidence', {
  seq: integer().primaryKey({ autoIncrement: true }),
  clientId: text('client_id').notNull(),
  conversationId: text('conversation_id').notNull(),
  messageSeq: integer('message_seq').notNull(),
  messageId: text('message_id').notNull(),
  layer: text({ enum: memoryLayers }).notNull(),
  kind: text().notNull(),
  slot: text().notNull(),
  itemKey: text('item_key').notNull(),
  stance: text({ enum: evidenceStances }).notNull(),
  reader: text({ enum: evidenceReaders }).notNull(),
  /** Where in the message: the first character, and the one after the last. */
  start: integer().notNull(),
  finish: integer().notNull(),
  content: text().notNull(),
  detail: text().notNull(),
  confidence: real().notNull(),
  saidAt: integer('said_at').notNull(),
})

/** What the coach does not want mentioned to a client. */
export const memoryWishes = sqliteTable('memory_wishes', {
  id: text().primaryKey(),
  clientId: text('client_id').notNull(),
  words: text().notNull(),
  createdAt: integer('created_at').notNull(),
})

/** What the coach decided about asking after a commitment, as it had been said by then. */
export const commitmentCheckIns = sqliteTable('commitment_check_ins', {
  id: text().primaryKey(),
  clientId: text('client_id').notNull(),
  itemKey: text('item_key').notNull(),
  /** When it had last been said: said again later, it is suggested again. */
  saidAt: integer('said_at').notNull(),
  decision: text({ enum: checkInDecisions }).notNull(),
  outboxId: text('outbox_id'),
  createdAt: integer('created_at').notNull(),
})

export const userInteractionPatterns = sqliteTable('user_interaction_patterns', {
  clientId: text('client_id').primaryKey(),
  mostActiveHours: text('most_active_hours').notNull(),
  mostActiveDays: text('most_active_days').notNull(),
  averageResponseTimeMinutes: integer('average_response_time_minutes'),
  preferredCommunicationChannel: text('preferred_communication_channel'),
  mostEngagingMessageTypes: text('most_engaging_message_types').notNull(),
  leastEngagingMessageTypes: text('least_engaging_message_types').notNull(),
  bestCallTimes: text('best_call_times').notNull(),
  messageCount: integer('message_count').notNull(),
  confidenceScore: real('confidence_score').notNull(),
  lastAnalyzedAt: integer('last_analyzed_at').notNull(),
})
