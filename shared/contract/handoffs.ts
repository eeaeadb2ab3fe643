import { z } from 'zod'
import { alertOutcomes, alertRoutes, crisisKinds, crisisSeverities, handoffTriggers } from '../taxonomy/conversation.ts'
import { done, id, procedure, time } from './base.ts'

/** A call for the coach that nobody has acknowledged yet. */
export const openAlert = z.object({
  handoffId: id,
  conversationId: id,
  clientName: z.string(),
  trigger: z.enum(handoffTriggers),
  isCrisis: z.boolean(),
  /** 1 and rising: how loud it is by now. */
  level: z.number().int().min(1),
  createdAt: time,
  /** How it reached the coach's own device; null where it was not tried yet. */
  ownDevice: z.enum(['sent', 'failed', 'unknown', 'not_set_up']).nullable(),
})
export type OpenAlert = z.infer<typeof openAlert>

/** A safety crisis the coach knows of, whose client no person has answered since. */
export const unansweredCrisis = z.object({
  handoffId: id,
  conversationId: id,
  clientName: z.string(),
  isTakenOver: z.boolean(),
  /** When it was acknowledged or taken over. */
  since: time,
})
export type UnansweredCrisis = z.infer<typeof unansweredCrisis>

export const followUp = z.object({
  id,
  clientId: id,
  clientName: z.string(),
  conversationId: id,
  reason: z.string(),
  dueAt: time,
  isDue: z.boolean(),
  /** Under which the record of the crisis it looks after can be read; null for any other reminder. */
  crisisId: id.nullable(),
})
export type FollowUp = z.infer<typeof followUp>

/** One line of the record of a crisis, in the order it happened. */
export const auditEvent = z.object({
  at: time,
  kind: z.enum([
    'message',
    'detected',
    'locked',
    'notice_queued',
    'notice_sent',
    'notice_failed',
    'alert',
    'acknowledged',
    'taken_over',
    'coach_wrote',
    'client_wrote',
    'handed_back',
    'follow_up',
    'follow_up_done',
  ]),
  /** What happened, in our own words. */
  text: z.string(),
  /** The message concerned, to be read in its thread. */
  messageId: id.nullable(),
  messageSeq: z.number().int().nullable(),
  alert: z.object({ level: z.number().int(), route: z.enum(alertRoutes), outcome: z.enum(alertOutcomes) }).nullable(),
})
export type AuditEvent = z.infer<typeof auditEvent>

export const crisisRecord = z.object({
  handoffId: id,
  conversationId: id,
  clientId: id,
  clientName: z.string(),
  severity: z.enum(crisisSeverities),
  kinds: z.array(z.enum(crisisKinds)),
  createdAt: time,
  acknowledgedAt: time.nullable(),
  endedAt: time.nullable(),
})
export type CrisisRecord = z.infer<typeof crisisRecord>

export const thresholds = z.object({
  handOffAt: z.number().int().min(1).max(10),
  lowConfidenceBelow: z.number().min(0).max(1),
  despairBelow: z.number().min(-1).max(0),
})
export type Thresholds = z.infer<typeof thresholds>

export const handoffs = {
  openAlerts: procedure.output(z.object({ rows: z.array(openAlert) })),
  /** Acknowledged or taken over, and yet no word of a person has reached the client; oldest first. */
  unansweredCrises: procedure.output(z.object({ rows: z.array(unansweredCrisis) })),
  crises: procedure
    .input(z.object({ before: time.optional(), limit: z.number().int().min(1).max(100) }))
    .output(z.object({ rows: z.array(crisisRecord), next: time.nullable() })),
  audit: procedure.input(z.object({ handoffId: id })).output(crisisRecord.extend({ events: z.array(auditEvent) })),
  followUps: procedure.output(z.object({ rows: z.array(followUp) })),
  followUpDone: procedure.input(z.object({ id })).output(done),
  followUpLater: procedure.input(z.object({ id, dueAt: time })).output(done),
  addFollowUp: procedure
    .input(z.object({ conversationId: id, dueAt: time, reason: z.string().trim().min(1).max(200) }))
    .output(z.object({ id })),
  /** What these thresholds would have done to the newest answers of the clone (at most 500), beside those in force. */
  preview: procedure.input(thresholds).output(
    z.object({
      considered: z.number().int(),
      /** By the thresholds in force. */
      handedOffNow: z.number().int(),
      /** By those asked about. */
      handedOffThen: z.number().int(),
      /** How many answers would go the other way. */
      changed: z.number().int(),
      /** Answers that the coach marked as ones that should have been handed over. */
      marked: z.number().int(),
      /** The same answers at each number of points, 1 to 10, with the other borders as asked about. */
      byPoints: z.array(
        z.object({
          points: z.number().int(),
          handedOff: z.number().int(),
          /** Of those handed over: marked as above, and drafts that the coach sent as they were. */
          marked: z.number().int(),
          sentUnchanged: z.number().int(),
        }),
      ),
      /** The newest of those that would go the other way, newest first, at most 20. */
      examples: z.array(
        z.object({
          conversationId: id,
          clientName: z.string(),
          messagePreview: z.string(),
          score: z.number().int(),
          confidence: z.number().nullable(),
          wouldHandOff: z.boolean(),
          at: time,
        }),
      ),
    }),
  ),
}
