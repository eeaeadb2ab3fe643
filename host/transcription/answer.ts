import { Problem } from '../../shared/problem.ts'
import { documentOfTranscription, type ReadDocument, ReadingProblem } from '../reading/index.ts'
import { noTranscription } from './refusal.ts'

// Some servers write figures that JSON does not know.
const noFigure = /(?<=[:,[]\s*)(?:NaN|-?Infinity)(?=\s*[,\]}])/gu

const parsedJson = (body: string): unknown => {
  try {
    return JSON.parse(body)
  } catch {
    return JSON.parse(body.replaceAll(noFigure, 'null'))
  }
}

const isPlainText = (body: string, contentType: string): boolean =>
  /^text\/plain\b/iu.test(contentType) && !/^\s*(?:[<{[]|$)/u.test(body)

/** The answer in the form of `verbose_json`, whichever form it came in; throws MODEL_BAD_ANSWER where it is none. */
const shaped = (body: string, contentType: string): unknown => {
  try {
    const value = parsedJson(body)
    return typeof value === 'string' ? { text: value } : value
  } catch (error) {
    if (isPlainText(body, contentType)) return { text: body }
    throw noTranscription(error)
  }
}

/**
 * What was said, from the body of an answer; null where nothing was. Throws MODEL_BAD_ANSWER where it is no
 * transcription at all.
 */
export const readTranscription = (body: string, contentType: string, kind: 'audio' | 'video'): ReadDocument | null => {
  if (body === '' && /^text\/plain\b/iu.test(contentType)) return null
  try {
    return documentOfTranscription(shaped(body, contentType), kind)
  } catch (error) {
    if (error instanceof ReadingProblem && error.code === 'no_text') return null
    throw error instanceof Problem ? error : noTranscription(error)
  }
}
