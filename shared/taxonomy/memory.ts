/** Closed vocabularies of what is remembered about a client. The database checks the same words. */

/** Where an item of memory is kept; each has a table of its own. */
export const memoryLayers = ['insight', 'episodic', 'preference', 'relationship'] as const
export type MemoryLayer = (typeof memoryLayers)[number]

/** What a reply may be given of memory; an insight, an episode, a preference and a relationship are items of their layer. */
export const memoryItemKinds = [
  'relationship',
  'preference',
  'insight',
  'episode',
  'session',
  'summary',
  'past_message',
] as const
export type MemoryItemKind = (typeof memoryItemKinds)[number]

export const insightTypes = ['goal', 'blocker', 'breakthrough', 'commitment', 'trigger'] as const
export type InsightType = (typeof insightTypes)[number]

/** Where a goal or a commitment stands, as far as the client has said. */
export const insightStates = ['open', 'done', 'dropped'] as const
export type InsightState = (typeof insightStates)[number]

/** What the coach decided about a suggestion to ask after a commitment. */
export const checkInDecisions = ['scheduled', 'dismissed'] as const
export type CheckInDecision = (typeof checkInDecisions)[number]

/** How far back a client's timeline looks. */
export const timelineRanges = ['month', 'quarter', 'year', 'all'] as const
export type TimelineRange = (typeof timelineRanges)[number]

export const milestoneKinds = ['breakthrough', 'victory', 'goal_reached'] as const
export type MilestoneKind = (typeof milestoneKinds)[number]

export const memoryTypes = ['victory', 'struggle', 'insight', 'preference', 'relationship', 'context'] as const
export type MemoryType = (typeof memoryTypes)[number]

export const memorySourceTypes = ['conversation', 'phone_call', 'sms', 'behavior'] as const

export const preferenceCategories = [
  'communication_style',
  'coaching_tone',
  'timing',
  'exercise',
  'meal_types',
  'other',
] as const
export type PreferenceCategory = (typeof preferenceCategories)[number]

export const preferenceSources = ['conversation', 'behavior_pattern', 'explicit_statement'] as const
export type PreferenceSource = (typeof preferenceSources)[number]

/** Layer 4, without the preferences, which have a table of their own. */
export const relationshipAspects = ['personality', 'progress', 'avoid'] as const
export type RelationshipAspect = (typeof relationshipAspects)[number]

/** A statement holds something, or says that it holds no longer. */
export const evidenceStances = ['states', 'retracts'] as const
export type EvidenceStance = (typeof evidenceStances)[number]

/** Who read a memory out of a message. */
export const evidenceReaders = ['rules', 'model', 'coach'] as const
export type EvidenceReader = (typeof evidenceReaders)[number]

/**
 * How one reading of a batch by a model ended. unreached: not the batch's fault, it is asked again; failed: asked again
 * in smaller parts; skipped: given up, left to the rules.
 */
export const refinementStatuses = ['running', 'done', 'failed', 'unreached', 'skipped'] as const

export const summaryPeriods = ['daily', 'weekly', 'monthly'] as const
export type SummaryPeriod = (typeof summaryPeriods)[number]

export const overallSentiments = ['positive', 'negative', 'mixed', 'neutral'] as const
export type OverallSentiment = (typeof overallSentiments)[number]

/** As a calendar in the client's own time zone has them, Monday first. */
export const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const
export type Weekday = (typeof weekdays)[number]

/** What a message of the coach or the clone is like, as far as rules can tell. */
export const messageTypes = [
  'question',
  'celebration',
  'advice',
  'challenge',
  'link',
  'short_note',
  'long_text',
] as const
export type MessageType = (typeof messageTypes)[number]
