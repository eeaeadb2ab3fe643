import { Problem } from '../../../shared/problem.ts'

/** A refusal by HTTP status, or an answer that came but is no answer. */
export interface Refusal {
  readonly status: number
  /** The server's own words: read for a hint, never shown, because they may repeat the request or the key. */
  readonly said: string
}

/** The server will not take this text, or so many, whoever asks. */
export const refusesInput = ({ status }: Refusal): boolean => status === 400 || status === 413 || status === 422

/** Worth another attempt in a moment. */
export const isPassing = ({ status, said }: Refusal): boolean =>
  status >= 500 || status === 408 || (status === 429 && !/insufficient_quota|exceeded your current quota/iu.test(said))

const server = 'The server for search by meaning'

/** A refusal in words for the coach. */
export const refusalProblem = ({ status, said }: Refusal): Problem => {
  if (status === 401 || status === 403) {
    return new Problem('MODEL_REFUSED_KEY', `${server} does not accept this key. Enter the right one.`)
  }
  if (status === 402 || (status === 429 && !isPassing({ status, said }))) {
    return new Problem('MODEL_BUSY', `The quota at ${server.toLowerCase()} is used up. Look at your account there.`)
  }
  if (status === 429 || status >= 500) {
    return new Problem('MODEL_BUSY', `${server} is busy or has trouble of its own. It is asked again later.`)
  }
  if (status === 408) return new Problem('MODEL_TIMEOUT', `${server} took too long and was stopped.`)
  if (status === 404) {
    return new Problem('MODEL_BAD_ANSWER', `${server} does not know this address or this model. Check both.`)
  }
  return new Problem('MODEL_BAD_ANSWER', `${server} did not accept the request. Check the model.`)
}

const carriers: Readonly<Record<string, string>> = {
  MODEL_UNREACHABLE: `${server} did not answer. Check its address, and that it is running.`,
  MODEL_TIMEOUT: `${server} took too long and was stopped.`,
  MODEL_BROKE_OFF: `${server} closed the connection in the middle of its answer.`,
  MODEL_TOO_LARGE: `${server} answered with far too much; it was dropped. Check the model.`,
  MODEL_BAD_ANSWER: `${server} answered with something else than vectors. Check its address.`,
}

/** What went wrong on the wire, with this server named instead of the model's. */
export const named = (error: unknown): unknown => {
  if (!(error instanceof Problem)) return error
  const sentence = carriers[error.code]
  return sentence === undefined ? error : new Problem(error.code, sentence, { cause: error })
}

/** The connection failed in a way that may not last. */
export const isPassingProblem = (error: unknown): boolean =>
  error instanceof Problem &&
  ['MODEL_UNREACHABLE', 'MODEL_TIMEOUT', 'MODEL_BROKE_OFF', 'MODEL_BUSY'].includes(error.code)
