import { z } from 'zod'
import type { ReadDocument } from './document.ts'
import { ReadingProblem } from './problem.ts'
import { paragraphsOfSpeech, type Utterance } from './spoken.ts'
import { tidy } from './tidy.ts'

/** No recording is longer; what lies beyond is no time. */
const longestSeconds = 7 * 24 * 3_600
const seconds = z.number().min(0).max(longestSeconds).nullable().catch(null)

/** An answer of an OpenAI-compatible transcription endpoint to `response_format: verbose_json`; other fields are left alone. */
const transcription = z.object({
  text: z.string(),
  segments: z
    .array(z.object({ start: seconds, end: seconds, text: z.string(), speaker: z.string().nullish() }))
    .nullish(),
})

type Segment = NonNullable<z.infer<typeof transcription>['segments']>[number]

/** A stretch without a time of its own begins where the one before it ends; those out of order are put in order. */
const inOrder = (segments: readonly Segment[]): Utterance[] => {
  let last = 0
  return segments
    .map(({ start, end, text, speaker }) => {
      const from = start ?? last
      last = Math.max(from, end ?? from)
      return { from, to: last, text, speaker: tidy(speaker ?? '') || null }
    })
    .toSorted((one, other) => one.from - other.from)
}

const sentenceBorder = /(?<=[.!?…؟]["'”’»)\]]?)\s+/u

/** A long text without times, in paragraphs that end with a sentence. */
const untimed = (text: string) =>
  paragraphsOfSpeech(
    text.split(sentenceBorder).map((sentence) => ({ from: 0, to: 0, text: sentence, speaker: null })),
  ).map((block) => ({ ...block, seconds: null }))

/**
 * What was said in a recording, by paragraph with the second each begins; without times where the endpoint gives none.
 * Throws `reader_failed` where the answer is no transcription and `no_text` where nothing was said.
 */
export const documentOfTranscription = (answer: unknown, kind: 'audio' | 'video'): ReadDocument => {
  const parsed = transcription.safeParse(answer)
  if (!parsed.success) throw new ReadingProblem('reader_failed')
  const { text, segments } = parsed.data
  const timed = paragraphsOfSpeech(inOrder(segments ?? []))
  const blocks = timed.length > 0 ? timed : untimed(text)
  if (blocks.length === 0) throw new ReadingProblem('no_text')
  return { kind, title: null, pages: null, pageLabels: null, blocks, notes: [] }
}
