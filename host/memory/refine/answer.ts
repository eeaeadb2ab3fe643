import { z } from 'zod'
import type { AnswerForm } from '../../ai/index.ts'
import { layerOf } from '../extraction/index.ts'

const preferences = ['none', 'length', 'channel', 'directness', 'part_of_day', 'likes', 'dislikes'] as const
const areas = ['none', 'exercise', 'meal_types', 'other'] as const
const kinds = [...Object.keys(layerOf)]

const fields = ['message', 'kind', 'quote', 'is_sensitive', 'preference', 'value', 'area'] as const

/** What the model is asked for when it reads messages for memory. */
export const findingsForm = {
  name: 'memory_findings',
  schema: {
    type: 'object',
    additionalProperties: false,
    required: ['findings'],
    properties: {
      findings: {
        type: 'array',
        items: {
          type: 'object',
          additionalProperties: false,
          required: [...fields],
          properties: {
            message: { type: 'integer' },
            kind: { type: 'string', enum: kinds },
            quote: { type: 'string' },
            is_sensitive: { type: 'boolean' },
            preference: { type: 'string', enum: [...preferences] },
            value: { type: 'string' },
            area: { type: 'string', enum: [...areas] },
          },
        },
      },
    },
  },
  inWords:
    '{"findings": array of {"message": integer, "kind": string, "quote": string, "is_sensitive": boolean, ' +
    `"preference": one of ${preferences.join(', ')}, "value": string, "area": one of ${areas.join(', ')}}}`,
} satisfies AnswerForm

/** The whole answer; what stands in its list is judged one by one, so that one slip does not cost the others. */
export const findingsAnswer = z.strictObject({ findings: z.array(z.unknown()).max(1_000) })

/** One finding as a model hands it over. Local models leave out what does not apply. */
export const claimedFinding = z.strictObject({
  message: z.number().int(),
  kind: z.string().max(40),
  quote: z.string().min(1).max(2_000),
  is_sensitive: z.boolean().default(false),
  preference: z.enum(preferences).default('none'),
  value: z.string().max(200).default(''),
  area: z.enum(areas).default('none'),
})
export type ClaimedFinding = z.infer<typeof claimedFinding>
