import { Problem } from '../../shared/problem.ts'
import type { Asked } from './ask.ts'

export type Refusal = Extract<Asked, { accepted: false }>

const isTooLong = (said: string): boolean => /context.?(?:length|window|size)|too long|too many tokens/iu.test(said)

/** The server seems not to know the way we asked for structured output. */
export const refusesFormat = ({ status, said }: Refusal): boolean => {
  if (isTooLong(said)) return false
  if (status === 400 || status === 422) return true
  return status === 404 && /response_format|json_schema|json_object|structured/iu.test(said)
}

/** Worth another attempt in a moment. */
export const isPassing = ({ status, said }: Refusal): boolean =>
  status >= 500 || status === 408 || (status === 429 && !/insufficient_quota|exceeded your current quota/iu.test(said))

/** A refusal in words for the coach; never the server's own, which may repeat the request or the key. */
export const refusalProblem = ({ status, said }: Refusal): Problem => {
  if (status === 401 || status === 403) return new Problem('MODEL_REFUSED_KEY')
  if (status === 429 || status === 402) return new Problem('MODEL_BUSY')
  if (status === 408) return new Problem('MODEL_TIMEOUT')
  if (status >= 500) {
    return new Problem('MODEL_BUSY', 'The model server has trouble of its own. Try again in a while.')
  }
  if (status === 404) {
    const sentence = 'The model server does not know this address or this model. Check both in Settings.'
    return new Problem('MODEL_BAD_ANSWER', sentence)
  }
  if (status === 413 || isTooLong(said)) {
    return new Problem('MODEL_BAD_ANSWER', 'This conversation is longer than the model can read. Answer it yourself.')
  }
  if (status === 400 || status === 422) {
    const sentence = 'The model server did not accept the request. Check the model in Settings.'
    return new Problem('MODEL_BAD_ANSWER', sentence)
  }
  return new Problem('MODEL_BAD_ANSWER')
}
