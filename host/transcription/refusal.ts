import { Problem } from '../../shared/problem.ts'

/** A request that was answered with no. */
export interface Refusal {
  readonly status: number
  /** The server's own words: read for a hint, never shown, because they may repeat the request or the key. */
  readonly said: string
}

/** The server seems not to know the form of answer that was asked for. */
export const refusesFormat = ({ status, said }: Refusal): boolean =>
  [400, 404, 415, 422].includes(status) && /response_format|verbose_json/iu.test(said)

/** Nothing was taken, and it may be in a moment: the only refusals after which a recording is sent again by itself. */
export const isPassing = ({ status, said }: Refusal): boolean =>
  status === 503 || (status === 429 && !/insufficient_quota|exceeded your current quota/iu.test(said))

const service = 'The transcription service'
const inSettings = 'under Recordings in Settings'

const megabyte = 1_024 * 1_024
const inMegabytes = (bytes: number): string => `${Math.ceil(bytes / megabyte).toLocaleString('en-GB')} MB`

/** A recording larger than a service takes, in bytes; null where the service did not say its limit. */
export const tooLarge = (bytes: number, mostBytes: number | null): Problem =>
  new Problem(
    'INVALID_INPUT',
    `This recording has ${inMegabytes(bytes)}, ${
      mostBytes === null
        ? 'more than the transcription service takes at once'
        : `and the transcription service takes at most ${inMegabytes(mostBytes)} at once`
    }. Save its sound alone as MP3 at 64 kbit/s, which is plenty for speech, or cut it into parts, and add those.`,
  )

const namesUnknownModel = (said: string): boolean =>
  /model/iu.test(said) && /not (?:found|exist|support|valid)|does ?n[o'’]t exist|unknown|invalid model/iu.test(said)

/** A refusal in words for the coach. `bytes`: how large the recording is. */
export const refusalProblem = (refusal: Refusal, bytes: number): Problem => {
  const { status, said } = refusal
  if (status === 401 || status === 403) {
    return new Problem('MODEL_REFUSED_KEY', `${service} does not accept this key. Check it ${inSettings}.`)
  }
  if (status === 404 || status === 405 || (status < 500 && namesUnknownModel(said))) {
    return new Problem('NO_MODEL', `${service} does not know this address or this model. Check both ${inSettings}.`)
  }
  if (status === 413 || /too large|content size limit|file size/iu.test(said)) return tooLarge(bytes, null)
  if (status === 402 || (status === 429 && !isPassing(refusal))) {
    const sentence = 'The quota at the transcription service is used up. Look at your account there, then try again.'
    return new Problem('MODEL_BUSY', sentence)
  }
  if (isPassing(refusal)) return new Problem('MODEL_BUSY', `${service} is busy. Try again in a while.`)
  if (status === 408 || status === 504) return named(new Problem('MODEL_TIMEOUT'))
  if (status >= 500) {
    const sentence = `${service} has trouble of its own and may have charged for this recording all the same, so it is not sent again by itself. Try again in a while.`
    return new Problem('MODEL_BUSY', sentence)
  }
  if (status >= 400) {
    const sentence = `${service} could not read this recording. Save it as MP3 or M4A and add that; if no recording is read, check the model ${inSettings}.`
    return new Problem('MODEL_BAD_ANSWER', sentence)
  }
  return noTranscription()
}

/** An answer that came but is none. */
export const noTranscription = (cause?: unknown): Problem =>
  new Problem(
    'MODEL_BAD_ANSWER',
    `${service} answered with something that is no transcription. Check its address ${inSettings}.`,
    { cause },
  )

const mayHaveCharged =
  'It may have charged for this recording all the same, so it is not sent again by itself. Try again when you like.'

const carriers: Readonly<Record<string, string>> = {
  MODEL_UNREACHABLE: `${service} did not answer. Check its address ${inSettings} and that it is running, then try again.`,
  MODEL_TIMEOUT: `${service} took too long and was stopped. ${mayHaveCharged}`,
  MODEL_BROKE_OFF: `${service} closed the connection before its answer was complete. ${mayHaveCharged}`,
  MODEL_TOO_LARGE: `${service} answered with far too much; it was dropped. Check the model ${inSettings}.`,
  MODEL_BAD_ANSWER: `${service} answered with something that is no transcription. Check its address ${inSettings}.`,
  PRIVACY_BLOCKED:
    'This recording is only for a client marked sensitive, so it does not leave this machine. Use a transcription service on this machine, or leave it out.',
}

/** What went wrong on the way, with this service named instead of the model's. */
export const named = (problem: Problem): Problem => {
  const sentence = carriers[problem.code]
  return sentence === undefined ? problem : new Problem(problem.code, sentence, { cause: problem })
}
