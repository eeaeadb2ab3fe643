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
import type { AnswerForm } from '../../ai/index.ts'

const text = { type: 'string' } as const
const yesOrNo = { type: 'boolean' } as const
const oneOf = (words: readonly string[]) => ({ type: 'string', enum: [...words] })
const listOf = (items: object) => ({ type: 'array', items })
const objectOf = (properties: Readonly<Record<string, object>>) => ({
  type: 'object',
  additionalProperties: false,
  required: Object.keys(properties),
  properties,
})
const spelled = (words: readonly string[]): string => `one of ${words.join(', ')}`

const givenFrameworks = [...frameworks, 'none']
const givenReactions = [...reactions, 'none']

/** What the model is asked for when it reads a takeover. */
export const interventionForm = {
  name: 'intervention_analysis',
  schema: objectOf({
    style: objectOf({
      tone: oneOf(tones),
      pace: oneOf(paces),
      formality: oneOf(formalities),
      energy: oneOf(energies),
    }),
    technique: objectOf({
      type: oneOf(techniques),
      framework: oneOf(givenFrameworks),
      approach: text,
      structure: listOf(oneOf(moves)),
    }),
    content_analysis: objectOf({
      key_phrases: listOf(text),
      emotional_intelligence: listOf(text),
      metaphor_used: text,
    }),
    outcome: objectOf({
      client_reaction: oneOf(givenReactions),
      conversation_shift: text,
      resolution_achieved: yesOrNo,
      client_engagement: oneOf(engagements),
    }),
    learning: objectOf({
      applicable_to_similar_situations: yesOrNo,
      transferable_to_other_clients: yesOrNo,
      why_effective: text,
      client_words: text,
    }),
  }),
  inWords:
    `{"style": {"tone": ${spelled(tones)}, "pace": ${spelled(paces)}, "formality": ${spelled(formalities)}, ` +
    `"energy": ${spelled(energies)}}, "technique": {"type": ${spelled(techniques)}, ` +
    `"framework": ${spelled(givenFrameworks)}, "approach": string, "structure": array of ${spelled(moves)}}, ` +
    '"content_analysis": {"key_phrases": array of strings, "emotional_intelligence": array of strings, ' +
    `"metaphor_used": string}, "outcome": {"client_reaction": ${spelled(givenReactions)}, "conversation_shift": string, ` +
    `"resolution_achieved": boolean, "client_engagement": ${spelled(engagements)}}, ` +
    '"learning": {"applicable_to_similar_situations": boolean, "transferable_to_other_clients": boolean, ' +
    '"why_effective": string, "client_words": string}}',
} satisfies AnswerForm

const word = z.string().transform((said) => said.trim().toLowerCase())
const asWritten = new Map<string, string>(frameworks.map((name) => [name.toLowerCase(), name]))
const framework = word
  .transform((said) => (said === 'none' || said === '' ? null : (asWritten.get(said) ?? said)))
  .pipe(z.enum(frameworks).nullable())
const freeText = z
  .string()
  .max(4_000)
  .nullish()
  .transform((said) => (said ?? '').trim())
const freeList = z
  .array(z.string().max(4_000))
  .max(50)
  .nullish()
  .transform((said) => said ?? [])
const reaction = word.transform((said) => (said === 'none' ? null : said)).pipe(z.enum(reactions).nullable())

/** An answer in the form it was asked for: closed words that we know, and texts that are judged one by one. */
export const interventionAnswer = z.strictObject({
  style: z.strictObject({
    tone: word.pipe(z.enum(tones)),
    pace: word.pipe(z.enum(paces)),
    formality: word.pipe(z.enum(formalities)),
    energy: word.pipe(z.enum(energies)),
  }),
  technique: z.strictObject({
    type: word.pipe(z.enum(techniques)),
    framework,
    approach: freeText,
    structure: freeList,
  }),
  content_analysis: z.strictObject({
    key_phrases: freeList,
    emotional_intelligence: freeList,
    metaphor_used: freeText,
    opening_pattern: freeText.optional(),
    closing_pattern: freeText.optional(),
  }),
  outcome: z.strictObject({
    client_reaction: reaction,
    conversation_shift: freeText,
    resolution_achieved: z.boolean(),
    client_engagement: word.pipe(z.enum(engagements)),
  }),
  learning: z.strictObject({
    applicable_to_similar_situations: z.boolean(),
    transferable_to_other_clients: z.boolean(),
    why_effective: freeText,
    client_words: freeText,
  }),
})
export type InterventionAnswer = z.infer<typeof interventionAnswer>
