/** Closed vocabularies of a conversation. The database checks the same words. */

/** Who may speak to the client: the clone, nobody until a person comes, the coach, or nobody but the coach (crisis). */
export const owners = ['ai', 'waiting', 'human', 'locked'] as const
export type Owner = (typeof owners)[number]

/** What the clone does with an answer it has: send it, leave it for the coach, or not think of one at all. */
export const replyModes = ['autopilot', 'drafts', 'off'] as const
export type ReplyMode = (typeof replyModes)[number]

export const senderTypes = ['client', 'ai', 'human_coach', 'system'] as const
export type SenderType = (typeof senderTypes)[number]

/** A message's way to the client. `unknown`: it may have arrived; only the coach decides to send it again. */
export const deliveryStatuses = [
  'received',
  'queued',
  'sending',
  'sent',
  'delivered',
  'read',
  'failed',
  'unknown',
] as const
export type DeliveryStatus = (typeof deliveryStatuses)[number]

/** `discarded`: withdrawn before it was sent, because the conversation had moved on. */
export const outboxStates = ['queued', 'sending', 'sent', 'failed', 'unknown', 'discarded'] as const
export type OutboxState = (typeof outboxStates)[number]

/** Who stands behind an outgoing text; decides which check it must pass in the sending transaction. */
export const outboxAuthors = ['ai', 'approved_draft', 'human', 'notice'] as const
export type OutboxAuthor = (typeof outboxAuthors)[number]

/** Whether the coach has let a new sender in. */
export const acceptances = ['accepted', 'requested', 'declined'] as const

/** What a message can carry that nobody can read here. */
export const unreadableKinds = ['voice', 'picture', 'video', 'file'] as const
export type UnreadableKind = (typeof unreadableKinds)[number]

/** Languages in which the house reads signals and has fixed notices. */
export const houseLanguages = ['en', 'es', 'de', 'fr', 'pt'] as const
export type HouseLanguage = (typeof houseLanguages)[number]

/** Where a call for the coach goes. */
export const alertRoutes = ['console', 'own_device'] as const
export const alertOutcomes = ['raised', 'sent', 'failed', 'unknown'] as const

/** Why a reply was not good, in one word. */
export const feedbackReasons = ['tone', 'wrong', 'too_long', 'off_topic', 'generic', 'unsafe', 'other'] as const
export type FeedbackReason = (typeof feedbackReasons)[number]

/** What a request to another machine was for. */
export const ledgerPurposes = [
  'reply',
  'model_test',
  'embedding',
  'transcription',
  'memory',
  'channel_send',
  'channel_poll',
  'channel_change',
  'channel_alert',
  'channel_setup',
  'channel_file',
  'sync',
] as const

export const draftStates = ['pending', 'queued', 'sent', 'discarded', 'superseded'] as const

/** How a run of the clone ended, one row each in agent_executions. */
export const executionStatuses = [
  'running',
  'sent',
  'draft',
  'handoff',
  'silent',
  'superseded',
  'refused',
  'failed',
  'no_model',
] as const
export type ExecutionStatus = (typeof executionStatuses)[number]

/** Why the owner of a conversation changed. */
export const handoffTriggers = [
  'safety_crisis',
  'client_request',
  'high_stakes_decision',
  'low_confidence',
  'score',
  'generation_failed',
  'unsafe_generation',
  'no_model',
  'budget',
  'unreadable',
  'circles',
  'coach',
  'handback',
] as const
export type HandoffTrigger = (typeof handoffTriggers)[number]

/** What a client's message asks of the clone; UNKNOWN is a gap that later learning looks for. */
export const baseIntents = [
  'CHECK_IN',
  'QUESTION',
  'DECISION',
  'PROGRESS',
  'STRUGGLE',
  'BREAKTHROUGH',
  'RESISTANCE',
  'SCHEDULING',
  'HUMAN_REQUEST',
  'GRATITUDE',
  'SMALL_TALK',
  'UNKNOWN',
] as const
export type BaseIntent = (typeof baseIntents)[number]

export const crisisSeverities = ['none', 'mention', 'concern', 'high', 'imminent'] as const
export type CrisisSeverity = (typeof crisisSeverities)[number]

export const crisisKinds = ['suicide', 'self_harm', 'harm_to_others', 'abuse'] as const
export type CrisisKind = (typeof crisisKinds)[number]

/** What the list shows. Snoozed, done and declined conversations are in their own lists only, unless they need the coach. */
export const inboxFilters = [
  'needs_me',
  'unread',
  'all',
  'ai',
  'mine',
  'check_ins',
  'snoozed',
  'done',
  'requests',
] as const
export type InboxFilter = (typeof inboxFilters)[number]
