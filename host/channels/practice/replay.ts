import { createHash } from 'node:crypto'
import { z } from 'zod'
import { maxMessageLength } from '../../../shared/contract/base.ts'
import { Problem } from '../../../shared/problem.ts'

export interface ReplayMessage {
  readonly text: string
  /** The other side spoke here, so the client waits for an answer before going on. */
  readonly awaitsAnswer: boolean
}

export interface Replay {
  /** What the client wrote. */
  readonly messages: readonly ReplayMessage[]
  /** Tells one conversation from another, whatever its file is called. */
  readonly hash: string
}

interface Line {
  readonly isClient: boolean
  readonly text: string
}

const longestLineBytes = 256 * 1024
const newline = 0x0a
const lineShape = z.object({ from: z.string().trim().min(1), text: z.string().trim().min(1) })

const refuse = (sentence: string): never => {
  throw new Problem('INVALID_INPUT', sentence)
}

/**
 * Reads a conversation, one `{"from","text"}` a line; `from` is `client`, or anything else for the other side. Blank
 * lines are skipped. Throws INVALID_INPUT with a sentence that names the line.
 */
export const parseReplay = (content: Uint8Array | string): Replay => {
  const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content
  const lines = splitLines(bytes).flatMap((line, index) => parseLine(line, index + 1))
  if (lines.length === 0) {
    refuse('The replay file is empty. It needs one message on each line, such as {"from":"client","text":"Hello"}.')
  }
  const messages = lines.flatMap(({ isClient, text }, index) =>
    isClient ? [{ text, awaitsAnswer: lines[index + 1]?.isClient === false }] : [],
  )
  if (messages.length === 0) {
    refuse('The replay file has no message from the client. At least one line needs "from": "client".')
  }
  return { messages, hash: createHash('sha256').update(JSON.stringify(lines)).digest('hex') }
}

const splitLines = (bytes: Uint8Array): Uint8Array[] => {
  const lines: Uint8Array[] = []
  let start = 0
  while (start <= bytes.length) {
    const found = bytes.indexOf(newline, start)
    const end = found < 0 ? bytes.length : found
    lines.push(bytes.subarray(start, end))
    start = end + 1
  }
  return lines
}

const parseLine = (bytes: Uint8Array, number: number): Line[] => {
  if (bytes.length > longestLineBytes) return refuseLength(number)
  const written = decode(bytes, number).trim()
  if (written === '') return []
  const result = lineShape.safeParse(readJson(written, number))
  if (!result.success) {
    return refuse(`Line ${number} of the replay file needs both "from" and "text", each with some words.`)
  }
  const { from, text } = result.data
  return text.length > maxMessageLength ? refuseLength(number) : [{ isClient: from === 'client', text }]
}

const refuseLength = (number: number): never =>
  refuse(`Line ${number} of the replay file is too long. A message can have ${maxMessageLength} characters.`)

const decode = (bytes: Uint8Array, number: number): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return refuse(`Line ${number} of the replay file is not UTF-8 text. Save the file as UTF-8 and try again.`)
  }
}

const readJson = (text: string, number: number): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return refuse(
      `Line ${number} of the replay file is not valid JSON. Each line looks like {"from":"client","text":"Hello"}.`,
    )
  }
}
