import { z } from 'zod'
import { senderTypes } from '../taxonomy/conversation.ts'
import {
  energies,
  engagements,
  formalities,
  learnedDecisions,
  learnedKinds,
  moves,
  paces,
  reactions,
  techniques,
  tones,
} from '../taxonomy/learning.ts'
import { situations } from '../taxonomy/situations.ts'
import { done, id, procedure, time } from './base.ts'
import { styleProfile } from './learnedProfile.ts'

const span = z.object({
  /** Milliseconds UTC, from included, to not. */
  from: time,
  to: time,
  /** Of the coach, for the borders of days and weeks. */
  timeZone: z.string().max(64),
})

/** A share of cases with its 95 % interval, 0 to 1; both null where there is no case yet. */
const share = z.object({
  /** Interventions of this kind. */
  count: z.number().int(),
  /** Of these, how many have a reaction of the client. */
  known: z.number().int(),
  /** Of these, how many clients took well. */
  well: z.number().int(),
  low: z.number().nullable(),
  high: z.number().nullable(),
})

const mark = z.enum(learnedDecisions).nullable()

/** Where something was said. */
const place = z.object({ conversationId: id, seq: z.number().int(), at: time })

const approach = z.object({
  id,
  clientId: id,
  clientName: z.string(),
  situation: z.enum(situations),
  moves: z.array(z.enum(moves)),
  examples: z.array(z.string()),
  /** The mean of the posterior and its 95 % interval, 0 to 1. */
  effectiveness: z.number(),
  low: z.number(),
  high: z.number(),
  timesValidated: z.number().int(),
  timesContradicted: z.number().int(),
  source: place.extend({ interventionId: id }).nullable(),
  mark,
})

const intervention = z.object({
  id,
  handoffId: id,
  conversationId: id,
  clientId: id,
  clientName: z.string(),
  /** With a practice client: counted in no rate and no pattern. */
  isPractice: z.boolean(),
  situation: z.enum(situations),
  technique: z.enum(techniques),
  tone: z.enum(tones),
  moves: z.array(z.enum(moves)),
  phrases: z.array(z.string()),
  /** Null while nothing can be said yet. */
  reaction: z.enum(reactions).nullable(),
  /** The beginning of what the client answered; empty where they did not. */
  answer: z.string(),
  isActive: z.boolean(),
  isCorrected: z.boolean(),
  /** The seq of the coach's first message in it. */
  firstSeq: z.number().int(),
  endedAt: time,
})
export type LearnedIntervention = z.infer<typeof intervention>

/** What the coach puts right about an analysis; what is absent stays as it was read. */
export const learnedCorrections = z
  .object({
    situationType: z.enum(situations),
    styleTone: z.enum(tones),
    stylePace: z.enum(paces),
    styleFormality: z.enum(formalities),
    styleEnergy: z.enum(energies),
    techniqueType: z.enum(techniques),
    structure: z.array(z.enum(moves)).max(12),
    keyPhrases: z.array(z.string().trim().min(1).max(200)).max(12),
    clientReaction: z.enum(reactions),
  })
  .partial()
export type Corrections = z.infer<typeof learnedCorrections>

const analysis = intervention.extend({
  pace: z.enum(paces),
  formality: z.enum(formalities),
  energy: z.enum(energies),
  framework: z.string().nullable(),
  approach: z.string(),
  opening: z.string(),
  closing: z.string(),
  emotionalHandling: z.array(z.string()),
  advice: z.string(),
  metaphor: z.string().nullable(),
  /** Seconds from the client's message to the coach's first one. */
  responseSeconds: z.number().nullable(),
  minutes: z.number(),
  messagesExchanged: z.number().int(),
  shift: z.string(),
  isResolved: z.boolean().nullable(),
  engagement: z.enum(engagements).nullable(),
  followThrough: z.number().nullable(),
  isApplicable: z.boolean(),
  isTransferable: z.boolean(),
  confidence: z.number(),
  replicationValue: z.number(),
  whyEffective: z.string(),
  /** A model read it too. */
  hasModelView: z.boolean(),
  disagreements: z.array(z.object({ field: z.string(), local: z.string(), model: z.string() })),
  corrections: learnedCorrections,
  /** What the clone does with it for this client; null where nothing came of it. */
  learned: approach.nullable(),
  messages: z.array(
    z.object({
      seq: z.number().int(),
      senderType: z.enum(senderTypes),
      text: z.string(),
      at: time,
      part: z.enum(['before', 'during', 'after']),
    }),
  ),
})
export type InterventionAnalysis = z.infer<typeof analysis>

/** Handed over, of the clone's turns; and missed, by the coach's marks, of the clone's replies. */
const handovers = z.object({
  handoffs: z.number().int(),
  turns: z.number().int(),
  missed: z.number().int(),
  replies: z.number().int(),
})

export const learning = {
  /** What was learned so far. Practice clients and what was undone are in no figure. */
  overview: procedure.output(
    z.object({
      interventions: z.number().int(),
      /** The end of the first of them, milliseconds UTC; null where there is none. */
      since: time.nullable(),
      /** Interventions in the list that are in no figure. */
      practice: z.number().int(),
      undone: z.number().int(),
      profile: styleProfile.nullable(),
      /** What the coach did with phrases of the profile, by their key. */
      phraseMarks: z.record(z.string(), z.enum(learnedDecisions)),
      /** The most effective first, by the lower end of the interval. */
      techniques: z.array(
        share.extend({
          technique: z.enum(techniques),
          examples: z.array(z.string()),
          situations: z.array(z.enum(situations)),
        }),
      ),
      /** The best proven first. */
      approaches: z.array(approach),
      approachCount: z.number().int(),
      responses: z.array(
        share.extend({ situation: z.enum(situations), moves: z.array(z.enum(moves)), template: z.string() }),
      ),
    }),
  ),
  /** Interventions, the newest first, those of practice clients and those undone among them. */
  interventions: procedure
    .input(z.object({ cursor: z.string().max(80).optional(), limit: z.number().int().min(1).max(100) }))
    .output(z.object({ rows: z.array(intervention), next: z.string().nullable() })),
  /** One analysis with the messages it rests on, by its own id or that of the takeover. */
  intervention: procedure.input(z.union([z.object({ id }), z.object({ handoffId: id })])).output(analysis),
  /** Handoffs over time, by client and by situation, with those that were missed beside them. */
  handovers: procedure.input(span).output(
    z.object({
      unit: z.enum(['day', 'week']),
      total: handovers,
      buckets: z.array(handovers.extend({ start: time })),
      clients: z.array(handovers.extend({ clientId: id, clientName: z.string() })),
      situations: z.array(handovers.extend({ situation: z.enum(situations) })),
    }),
  ),
  /** The messages behind a figure, newest first. */
  behind: procedure
    .input(
      z.object({
        figure: z.discriminatedUnion('what', [
          z.object({ what: z.literal('interventions') }),
          z.object({ what: z.literal('technique'), technique: z.enum(techniques) }),
          z.object({ what: z.literal('situation'), situation: z.enum(situations) }),
          z.object({ what: z.literal('tone'), tone: z.enum(tones) }),
          z.object({ what: z.literal('phrase'), key: z.string().max(100) }),
          z.object({ what: z.literal('approach'), approachId: id }),
          z.object({ what: z.literal('period'), period: z.string().regex(/^\d{4}-\d{2}$/) }),
          z.object({ what: z.literal('confidence'), from: time, to: time }),
          z.object({
            what: z.enum(['handoff', 'missed']),
            from: time,
            to: time,
            clientId: id.optional(),
            situation: z.enum(situations).optional(),
          }),
        ]),
        limit: z.number().int().min(1).max(100),
      }),
    )
    .output(
      z.object({
        rows: z.array(
          z.object({
            conversationId: id,
            messageId: id.nullable(),
            messageSeq: z.number().int().nullable(),
            clientName: z.string(),
            senderType: z.enum(senderTypes).nullable(),
            preview: z.string(),
            detail: z.string(),
            at: time,
            /** The analysis, where the figure rests on one. */
            interventionId: id.nullable(),
          }),
        ),
      }),
    ),
  /** Replaces what the coach put right about an analysis; an empty object takes all of it back. */
  correct: procedure.input(z.object({ id, corrections: learnedCorrections })).output(done),
  /** Takes an intervention out of everything learned, or puts it back. */
  setActive: procedure.input(z.object({ id, isActive: z.boolean() })).output(done),
  /** Pauses or undoes something learned, for one client or for all; null brings it back. */
  mark: procedure
    .input(z.object({ kind: z.enum(learnedKinds), key: z.string().min(1).max(400), clientId: id.nullable(), mark }))
    .output(done),
  /** The whole page as one text: a web page for people, or JSON for machines. */
  export: procedure
    .input(span.extend({ form: z.enum(['readable', 'machine']) }))
    .output(z.object({ name: z.string(), mediaType: z.string(), text: z.string() })),
}
