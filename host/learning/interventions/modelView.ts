import { createHash } from 'node:crypto'
import { z } from 'zod'
import {
  energies,
  engagements,
  formalities,
  frameworks,
  moves,
  paces,
  reactions,
  techniques,
  tones,
} from '../../../shared/taxonomy/learning.ts'
import type { InterventionView } from '../analysis/index.ts'
import type { Intervention } from './interventionStore.ts'

const sentence = z.string().trim().max(300)

/** What a model says of an intervention, after every field was held against its closed vocabulary. */
export const modelViewShape = z.object({
  /** The last message that the model was given: what it says of a reaction holds for no later one. */
  reactionSeq: z.int(),
  /** Of the words it was given: of others it says nothing. */
  fingerprint: z.string(),
  tone: z.enum(tones),
  pace: z.enum(paces),
  formality: z.enum(formalities),
  energy: z.enum(energies),
  technique: z.enum(techniques),
  framework: z.enum(frameworks).nullable(),
  approach: sentence,
  structure: z.array(z.enum(moves)).max(12),
  /** Word for word from what the coach wrote. */
  keyPhrases: z.array(sentence.min(1)).max(8),
  emotionalIntelligence: z.array(sentence.min(1)).max(6),
  metaphor: sentence.nullable(),
  reaction: z.enum(reactions).nullable(),
  shift: sentence,
  isResolved: z.boolean(),
  engagement: z.enum(engagements),
  isApplicable: z.boolean(),
  isTransferable: z.boolean(),
  whyEffective: sentence,
})
export type ModelView = z.infer<typeof modelViewShape>

/** Of what was said in an intervention up to a message, `reactionSeq` where the client has reacted. */
export const fingerprintOf = ({ before, coach, after }: Intervention, reactionSeq: number): string =>
  createHash('sha256')
    .update(
      JSON.stringify([
        before.map(({ seq, text }) => [seq, text]),
        coach.map(({ seq, text }) => [seq, text]),
        after.flatMap(({ seq, text }) => (seq <= reactionSeq ? [[seq, text]] : [])),
      ]),
    )
    .digest('hex')

/** The last thing the client said since; 0 where they have not said anything. */
export const reactionSeqOf = ({ after }: Intervention): number =>
  after.findLast(({ from }) => from === 'client')?.seq ?? 0

/** What a model said of an intervention, as it is stored; null where it was said of other words than now stand there. */
export const standingModelView = (stored: string | null | undefined, intervention: Intervention): ModelView | null => {
  if (stored == null) return null
  const { data: view } = modelViewShape.safeParse(JSON.parse(stored))
  return view !== undefined && view.fingerprint === fingerprintOf(intervention, view.reactionSeq) ? view : null
}

export interface Disagreement {
  readonly field: string
  readonly local: string
  readonly model: string
}

const worstFirst = ['negative', 'neutral', 'positive', 'transformative'] as const

const compared = (local: InterventionView, model: ModelView, saysReaction: boolean): Disagreement[] => {
  const pairs: [string, string, string][] = [
    ['tone', local.tone, model.tone],
    ['pace', local.pace, model.pace],
    ['formality', local.formality, model.formality],
    ['energy', local.energy, model.energy],
    ['technique', local.technique, model.technique],
    ['framework', local.framework ?? 'none', model.framework ?? 'none'],
    ['structure', local.structure.join(', '), model.structure.join(', ')],
    ...(saysReaction && local.reaction !== null && model.reaction !== null
      ? ([['reaction', local.reaction.reaction, model.reaction]] satisfies [string, string, string][])
      : []),
  ]
  return pairs.flatMap(([field, ours, theirs]) => (ours === theirs ? [] : [{ field, local: ours, model: theirs }]))
}

/**
 * Rules and model together: the model's word on style and technique; of two opinions on the reaction the less flattering
 * one; transferable only where both say so. Where they differ is kept beside it.
 */
export const mergeViews = (
  local: InterventionView,
  model: ModelView | null,
  reactionSeq: number,
): { view: InterventionView; disagreements: Disagreement[] } => {
  if (model === null) return { view: local, disagreements: [] }
  const saysReaction = model.reactionSeq === reactionSeq && local.reaction !== null && model.reaction !== null
  const reaction =
    local.reaction === null || !saysReaction || model.reaction === null
      ? local.reaction
      : {
          ...local.reaction,
          reaction:
            worstFirst.find((one) => one === local.reaction?.reaction || one === model.reaction) ??
            local.reaction.reaction,
          shift: model.shift || local.reaction.shift,
          isResolved: local.reaction.isResolved && model.isResolved,
          engagement: model.engagement,
          whyEffective: local.reaction.whyEffective || model.whyEffective,
        }
  return {
    view: {
      ...local,
      tone: model.tone,
      pace: model.pace,
      formality: model.formality,
      energy: model.energy,
      technique: model.technique,
      framework: model.framework,
      approach: model.approach || local.approach,
      structure: model.structure.length > 0 ? model.structure : local.structure,
      keyPhrases: [...new Set([...local.keyPhrases, ...model.keyPhrases])].slice(0, 12),
      emotionalIntelligence:
        model.emotionalIntelligence.length > 0 ? model.emotionalIntelligence : local.emotionalIntelligence,
      metaphor: model.metaphor ?? local.metaphor,
      reaction,
      isApplicable: local.isApplicable && model.isApplicable,
      isTransferable: local.isTransferable && model.isTransferable,
    },
    disagreements: compared(local, model, saysReaction),
  }
}
