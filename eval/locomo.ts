import { readFileSync } from 'node:fs'
import { z } from 'zod'

const turn = z.object({
  speaker: z.string(),
  dia_id: z.string(),
  text: z.string().optional().default(''),
  blip_caption: z.string().optional(),
})
const sample = z.object({
  sample_id: z.union([z.string(), z.number()]).transform(String),
  conversation: z.looseObject({ speaker_a: z.string(), speaker_b: z.string() }),
  qa: z.array(
    z.object({
      question: z.string(),
      category: z.coerce.number().int().optional(),
      evidence: z.array(z.string()).optional().default([]),
    }),
  ),
})

export interface Turn {
  readonly id: string
  readonly isClient: boolean
  /** What was said, and what the picture shows. */
  readonly text: string
  /** Milliseconds UTC. */
  readonly sentAt: number
}

export interface Sample {
  readonly id: string
  readonly clientName: string
  readonly coachName: string
  /** In the order in which they were said. */
  readonly turns: readonly Turn[]
  readonly questions: readonly {
    readonly text: string
    /** 1 several hops, 2 time, 3 open, 4 one hop, 5 not answered in the conversation; 0 where none is given. */
    readonly category: number
    /** Ids of the turns that answer. */
    readonly evidence: readonly string[]
  }[]
}

const secondMs = 1_000

/**
 * Reads a file in LoCoMo's form: a list of samples with sessions `session_1`, `session_2`, … and questions. The first
 * speaker is the client, the second the coach. Throws a sentence that names the file and what is wrong with it.
 */
export const readLocomo = (file: string): Sample[] => {
  const parsed = z.array(sample).safeParse(parseJson(file))
  if (parsed.success) return parsed.data.map((one) => toSample(file, one))
  const [issue] = parsed.error.issues
  throw new Error(
    `The file ${file} is not in LoCoMo's form: ${issue?.path.join('.') || 'the file'}: ${issue?.message}. Nothing was written.`,
  )
}

const parseJson = (file: string): unknown => {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    throw new Error(`The file ${file} could not be read. Check that it exists.`)
  }
  try {
    return JSON.parse(text)
  } catch {
    throw new Error(`The file ${file} is not JSON. Nothing was written.`)
  }
}

const toSample = (file: string, { sample_id, conversation, qa }: z.infer<typeof sample>): Sample => {
  const sessions = Object.keys(conversation)
    .flatMap((key) => /^session_(\d+)$/.exec(key)?.[1] ?? [])
    .map(Number)
    .sort((one, other) => one - other)
  const turns = sessions.flatMap((number) => {
    const where = `session_${number} of ${sample_id}`
    const said = z.array(turn).safeParse(conversation[`session_${number}`])
    if (!said.success) throw new Error(`In ${file}, ${where} is not a list of turns. Nothing was written.`)
    const begun = sessionTime(conversation[`session_${number}_date_time`])
    if (begun === null) throw new Error(`In ${file}, the date of ${where} could not be read. Nothing was written.`)
    return said.data.map(({ speaker, dia_id, text, blip_caption }, index) => ({
      id: dia_id,
      isClient: speaker === conversation.speaker_a,
      text: [text, blip_caption ?? ''].filter((part) => part !== '').join('\n'),
      sentAt: begun + index * secondMs,
    }))
  })
  return {
    id: sample_id,
    clientName: conversation.speaker_a,
    coachName: conversation.speaker_b,
    turns,
    questions: qa.map(({ question, category = 0, evidence }) => ({
      text: question,
      category,
      evidence: [...new Set(evidence.flatMap(idsIn))],
    })),
  }
}

/** Several ids may stand in one text, such as `D8:6; D9:17`, and numbers with zeros before them. */
const idsIn = (text: string): string[] =>
  [...text.matchAll(/D(\d+):(\d+)/g)].map(([, session, number]) => `D${Number(session)}:${Number(number)}`)

const months = 'january february march april may june july august september october november december'.split(' ')

/** `1:56 pm on 8 May, 2023`, read as UTC; null where it is something else. */
const sessionTime = (text: unknown): number | null => {
  const match = /^(\d{1,2}):(\d{2}) (am|pm) on (\d{1,2}) (\w+),? (\d{4})$/i.exec(
    typeof text === 'string' ? text.trim() : '',
  )
  if (match === null) return null
  const [, hour, minute, half, day, monthName = '', year] = match
  const month = months.indexOf(monthName.toLowerCase())
  const hours = (Number(hour) % 12) + (half?.toLowerCase() === 'pm' ? 12 : 0)
  return month < 0 ? null : Date.UTC(Number(year), month, Number(day), hours, Number(minute))
}
