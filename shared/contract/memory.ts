import { z } from 'zod'
import {
  evidenceReaders,
  insightStates,
  insightTypes,
  memoryGroups,
  memoryLayers,
  memoryTypes,
  messageTypes,
  overallSentiments,
  preferenceCategories,
  relationshipAspects,
  summaryPeriods,
  weekdays,
} from '../taxonomy/memory.ts'
import { emotions } from '../taxonomy/situations.ts'
import { done, id, procedure, time } from './base.ts'
import { searchHit } from './inbox.ts'

const share = z.number().min(0).max(1)

const item = z.object({
  id,
  layer: z.enum(memoryLayers),
  kind: z.enum([...insightTypes, ...memoryTypes, ...preferenceCategories, ...relationshipAspects]),
  text: z.string(),
  /** What was read, where the coach put it in other words. */
  readText: z.string().nullable(),
  firstSaidAt: time,
  lastSaidAt: time,
  /** How many places in messages say it; 0 where no message does any more and the coach keeps it. */
  evidenceCount: z.number().int(),
  /** False for what is over or was said otherwise since. */
  isActive: z.boolean(),
  /** Something said later took its place. */
  isReplaced: z.boolean(),
  isSensitive: z.boolean(),
  isPinned: z.boolean(),
  /** The coach asked not to mention words that it holds. */
  isKeptQuiet: z.boolean(),
  confidence: share.nullable(),
  /** Of goals and promises. */
  state: z.enum(insightStates).nullable(),
  /** The last moment by when they mean to do it. */
  dueAt: time.nullable(),
  /** Of moments. */
  happenedAt: time.nullable(),
  strength: share.nullable(),
  isFaded: z.boolean(),
  expiresAt: time.nullable(),
})
export type MemoryItem = z.infer<typeof item>

/** An item with what was said of the same before, the last first; at most twenty of them. */
const itemWithEarlier = item.extend({ earlier: z.array(item) })
export type MemoryItemWithEarlier = z.infer<typeof itemWithEarlier>

const texts = z.array(z.string())

const session = z.object({
  id,
  conversationId: id,
  firstSeq: z.number().int(),
  startedAt: time,
  endedAt: time,
  topics: texts,
  insights: texts,
  actionItems: texts,
  progress: texts,
  challenges: texts,
  emotionalState: z.enum(emotions),
  /** 1 to 10. */
  motivation: z.number().int().nullable(),
  messageCount: z.number().int(),
})
export type MemorySession = z.infer<typeof session>

const rollUp = z.object({
  id,
  /** The first and the last day, `2026-11-16`, by the client's calendar. */
  from: z.string(),
  to: z.string(),
  topics: texts,
  insights: texts,
  actionItems: texts,
  progress: texts,
  challenges: texts,
  sentiment: z.enum(overallSentiments),
  motivation: z.number().int().nullable(),
  sessionCount: z.number().int(),
  messageCount: z.number().int(),
})
export type MemoryRollUp = z.infer<typeof rollUp>

const patterns = z.object({
  /** 0 to 23, by the client's clock. */
  activeHours: z.array(z.number().int()),
  activeDays: z.array(z.enum(weekdays)),
  responseMinutes: z.number().int().nullable(),
  engages: z.array(z.enum(messageTypes)),
  engagesLittle: z.array(z.enum(messageTypes)),
  /** `18:00`. */
  bestCallTimes: texts,
  messageCount: z.number().int(),
  confidence: share,
})
export type MemoryPatterns = z.infer<typeof patterns>

const neverMention = z.object({ id, words: z.string(), createdAt: time })
export type NeverMention = z.infer<typeof neverMention>

/** A place in a message that says an item: a stretch of the message, and where in it the words stand. */
const evidence = z.object({
  conversationId: id,
  seq: z.number().int(),
  saidAt: time,
  reader: z.enum(evidenceReaders),
  /** The client took it back there. */
  takesBack: z.boolean(),
  text: z.string(),
  start: z.number().int(),
  end: z.number().int(),
})
export type MemoryEvidence = z.infer<typeof evidence>

const mark = z.object({ start: z.number().int(), end: z.number().int() })
const foundItem = item.extend({ marks: z.array(mark) })
export type FoundMemory = z.infer<typeof foundItem>

const about = z.object({ clientId: id, layer: z.enum(memoryLayers), itemId: id })
const offset = z.number().int().min(0).max(1_000_000)
const limit = z.number().int().min(1).max(100)
/** Where the next page begins; null on the last. */
const next = z.number().int().nullable()
const page = z.object({ clientId: id, offset, limit })

/** Everything that is remembered of one client. NOT_FOUND where the client, or the item of this client, is not there. */
export const memory = {
  /** The beginning of every group, how many there are of each, and how far reading is. */
  of: procedure.input(z.object({ clientId: id })).output(
    z.object({
      /** Messages that are still to be read; no more than 1,000 are counted. */
      unreadMessages: z.number().int(),
      groups: z.array(
        z.object({ group: z.enum(memoryGroups), total: z.number().int(), rows: z.array(itemWithEarlier) }),
      ),
      sessionCount: z.number().int(),
      patterns: patterns.nullable(),
      neverMention: z.array(neverMention),
    }),
  ),
  /** Of one group: pinned first, then what holds, then what was said last. */
  list: procedure
    .input(page.extend({ group: z.enum(memoryGroups) }))
    .output(z.object({ rows: z.array(itemWithEarlier), next })),
  /** Newest first. */
  sessions: procedure.input(page).output(z.object({ rows: z.array(session), next })),
  /** Newest first. */
  rollUps: procedure
    .input(page.extend({ period: z.enum(summaryPeriods) }))
    .output(z.object({ rows: z.array(rollUp), next })),
  /** Where an item comes from, the last first. */
  evidence: procedure.input(about.extend({ offset, limit })).output(z.object({ rows: z.array(evidence), next })),
  /** Items in which all words begin one, at most fifty, and the newest messages that hold them, at most twenty. */
  search: procedure
    .input(z.object({ clientId: id, text: z.string().max(200) }))
    .output(z.object({ items: z.array(foundItem), messages: z.array(searchHit), hasMoreMessages: z.boolean() })),
  /** Puts an item in the coach's words; null goes back to what was read. */
  correct: procedure.input(about.extend({ text: z.string().nullable() })).output(done),
  pin: procedure.input(about.extend({ isPinned: z.boolean() })).output(done),
  markSensitive: procedure.input(about.extend({ isSensitive: z.boolean() })).output(done),
  /** For good: only the mark by which it is known again is kept. `withEarlier`: and all that was said of the same before. */
  forget: procedure.input(about.extend({ withEarlier: z.boolean() })).output(done),
  /** A faded moment is as strong again as it was. */
  bringBack: procedure.input(z.object({ clientId: id, itemId: id })).output(done),
  neverMention: procedure.input(z.object({ clientId: id, words: z.string() })).output(z.object({ id })),
  mentionAgain: procedure.input(z.object({ clientId: id, id })).output(done),
}
