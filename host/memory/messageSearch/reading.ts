import { readTerms, type TermBuffer } from '../../retrieval/index.ts'
import { baseOf } from './irregular.ts'

/** Reads the terms of a message into a buffer, emptied first. */
export const readMessage = (text: string, buffer: TermBuffer): TermBuffer => {
  readTerms([text], buffer)
  for (let at = 0; at < buffer.length; at += 1) buffer.terms[at] = baseOf(buffer.terms[at] ?? 0)
  return buffer
}

const sentence = /[^.!?…。！？؟\n]+[.!?…。！？؟]*/gu
const askingEnd = /[?？؟][.!?…。！？؟]*$/u

/** Which share of a message's sentences are questions, 0 to 1. */
export const askingShare = (text: string): number => {
  const sentences = (text.match(sentence) ?? []).filter((one) => one.trim() !== '')
  return sentences.length === 0 ? 0 : sentences.filter((one) => askingEnd.test(one)).length / sentences.length
}
