import { z } from 'zod'
import { handoffTriggers, owners } from '../taxonomy/conversation.ts'
import { insightStates, milestoneKinds, timelineRanges } from '../taxonomy/memory.ts'
import { done, id, maxMessageLength, procedure, time } from './base.ts'

/** A day of the client's calendar, `2026-03-01`. */
const date = z.string()
const ofClient = z.object({ clientId: id })

/** A message to be read where it was said. */
const place = z.object({ conversationId: id, seq: z.number().int() })

export const timelineUnits = ['day', 'week', 'month'] as const

export const timelinePoint = z.object({
  /** The day, the Monday of the week, or the first of the month. */
  date,
  /** -1 to 1; null where nothing tells. */
  mood: z.number().nullable(),
  /** 1 to 10. */
  motivation: z.number().nullable(),
  sessionCount: z.number().int(),
  messageCount: z.number().int(),
})

export const timelineSession = z.object({
  id,
  at: time,
  date,
  topics: z.array(z.string()),
  messageCount: z.number().int(),
  place,
})
export type TimelineSession = z.infer<typeof timelineSession>

export const milestone = z.object({
  id,
  kind: z.enum(milestoneKinds),
  text: z.string(),
  isSensitive: z.boolean(),
  at: time,
  date,
  /** Where it was said last; null where those words are gone and the coach keeps it. */
  place: place.nullable(),
})
export type Milestone = z.infer<typeof milestone>

export const timelineHandoff = z.object({
  id,
  at: time,
  date,
  to: z.enum(owners).exclude(['ai']),
  trigger: z.enum(handoffTriggers),
  /** How long the coach had the conversation; null while they have it, or where they never took it. */
  minutes: z.number().nullable(),
  place,
})
export type TimelineHandoff = z.infer<typeof timelineHandoff>

/** A goal or commitment of a client, and where it stands. */
export const plan = z.object({
  id,
  kind: z.enum(['goal', 'commitment']),
  text: z.string(),
  isSensitive: z.boolean(),
  state: z.enum(insightStates),
  /** The state is the coach's word, not what the client said. */
  isStateByCoach: z.boolean(),
  /** When it was told to be done or dropped. */
  stateAt: time.nullable(),
  saidAt: time,
  dueFrom: time.nullable(),
  /** Not in it any more. */
  dueTo: time.nullable(),
  /** As the client put it, such as "by Friday". */
  dueText: z.string().nullable(),
  isOverdue: z.boolean(),
  place: place.nullable(),
})
export type Plan = z.infer<typeof plan>

/** Whose calendar days and hours are. */
const zone = z.object({
  timeZone: z.string(),
  /** Nobody said where the client lives: it is the time zone of this machine. */
  isGuessedZone: z.boolean(),
})

/** Where the hour of a suggestion comes from. */
export const hourSources = ['answers', 'writes', 'default'] as const
export type HourSource = (typeof hourSources)[number]

/** A commitment that falls due, and a word to ask after it; nothing goes out before the coach approves it. */
export const checkIn = zone.extend({
  /** Of the commitment. */
  id,
  clientId: id,
  conversationId: id,
  clientName: z.string(),
  commitment: z.string(),
  saidAt: time,
  dueText: z.string().nullable(),
  dueFrom: time,
  dueTo: time,
  /** In the client's language. */
  text: z.string(),
  sendAt: time,
  hourFrom: z.enum(hourSources),
  place: place.nullable(),
})
export type CheckIn = z.infer<typeof checkIn>

const ofPlan = ofClient.extend({ id })

export const timeline = {
  /**
   * What happened with a client, by the days of their calendar. Points are days, weeks or months, so that there are at
   * most 400; of sessions, milestones and handoffs there are the newest 400 each, newest first.
   */
  read: procedure.input(ofClient.extend({ range: z.enum(timelineRanges) })).output(
    zone.extend({
      from: date,
      to: date,
      unit: z.enum(timelineUnits),
      points: z.array(timelinePoint),
      sessions: z.array(timelineSession),
      milestones: z.array(milestone),
      handoffs: z.array(timelineHandoff),
      /** How many sessions lie in the range, those that are left out too. */
      sessionCount: z.number().int(),
    }),
  ),
  /** Open ones first, what is due soonest before the others. */
  plans: procedure.input(ofClient).output(zone.extend({ rows: z.array(plan) })),
  /** The coach's word on a goal or commitment; it holds until the client says something new of it. */
  setState: procedure.input(ofPlan.extend({ state: z.enum(insightStates) })).output(done),
}

export const checkIns = {
  /** Which conversations have a suggestion, and how many. */
  waiting: procedure.output(
    z.object({ rows: z.array(z.object({ clientId: id, conversationId: id, count: z.number().int() })) }),
  ),
  /** The suggestions for one client, due first. */
  list: procedure.input(ofClient).output(z.object({ rows: z.array(checkIn) })),
  /** Schedules the coach's words; they come back to the coach if the client writes first. */
  approve: procedure
    .input(
      ofPlan.extend({
        /** Made by the window; the same id is never sent twice. */
        requestId: z.uuid(),
        text: z.string().trim().min(1).max(maxMessageLength),
        sendAt: time,
      }),
    )
    .output(z.object({ outboxId: id })),
  /** Not suggested again, unless the client says it anew. */
  dismiss: procedure.input(ofPlan).output(done),
}
