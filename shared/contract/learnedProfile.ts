import { z } from 'zod'
import { energies, formalities, frameworks, moves, paces, techniques, tones } from '../taxonomy/learning.ts'
import { situations } from '../taxonomy/situations.ts'

/** 0 to 1. */
const share = z.number().min(0).max(1)
/** A share with the 95 % interval around it, and out of how many. */
const rated = { effectiveness: share, low: share, high: share, count: z.int() }

/** How the coach speaks, as it stands in coach_style_profiles. */
export const styleProfile = z.object({
  styleSignature: z.object({
    tone: z.enum(tones),
    pace: z.enum(paces),
    formality: z.enum(formalities),
    energyLevel: z.enum(energies),
    /** How often each was heard, most often first. */
    tones: z.array(z.object({ tone: z.enum(tones), share })),
    typicalOpening: z.string(),
    questionStyle: z.enum(['one_question', 'several_questions', 'few_questions']),
    metaphorFrequency: share,
  }),
  preferredTechniques: z.array(
    z.object({
      technique: z.enum(techniques),
      frequency: share,
      ...rated,
      examples: z.array(z.string()),
      typicalContexts: z.array(z.enum(situations)),
    }),
  ),
  frameworks: z.array(z.object({ name: z.enum(frameworks), usageFrequency: share, adaptations: z.string() })),
  situationResponses: z.array(
    z.object({
      situationType: z.enum(situations),
      typicalResponse: z.string(),
      structure: z.array(z.enum(moves)),
      ...rated,
      responseTemplate: z.string(),
    }),
  ),
  signaturePhrases: z.array(
    z.object({
      key: z.string(),
      phrase: z.string(),
      frequency: share,
      contexts: z.array(z.enum(situations)),
      /** How much more the coach's than ordinary language; higher is more. */
      score: z.number(),
      clientCount: z.int(),
    }),
  ),
  drift: z.array(
    z.object({
      /** The first day of the month, YYYY-MM-DD. */
      from: z.string(),
      count: z.int(),
      tone: z.enum(tones),
      /** Total variation between the tones of this month and of all months, 0 (the same) to 1. */
      distance: share,
    }),
  ),
  totalInterventionsAnalyzed: z.int(),
  /** Of the replies of each month: how sure the clone was on average. */
  aiConfidenceTrend: z.array(z.object({ date: z.string(), score: share, count: z.int() })),
  lastUpdated: z.int(),
})
export type StyleProfile = z.infer<typeof styleProfile>
