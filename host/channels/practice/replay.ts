import { createHash } from 'node:crypto'
import { z } from 'zod'
import { maxMessageLength } from '../../../shared/limits.ts'
import { Problem } from '../../../shared/problem.ts'

export interface ReplayMessage {
  readonly text: string
  /** The other side spoke after this one, so the client waits for an answer. */
  readonly awaitsAnswer: boolean
}

/** A conversation to be played again: what its client wrote, in order. */
export interface Replay {
  /** Tells one file from another. */
  readonly hash: string
  readonly messages: readonly ReplayMessage[]
}

const longestLine = 100_000
const newline = 0x0a
const replayLine = z.object({ from: z.string().regex(/\S/u), text: z.string().regex(/\S/u) })
type ReplayLine = z.infer<typeof replayLine>

/** Reads JSON lines of {"from","text"}; throws INVALID_INPUT with the number of the first line that is wrong. */
export const parseReplay = (bytes: Uint8Array): Replay => {
  const lines = splitLines(bytes).flatMap((line, index) => readLine(line, index + 1) ?? [])
  if (lines.length === 0) throw wrong('is empty. It needs lines like {"from":"client","text":"Hello"}.')
  const messages = lines.flatMap(({ from, text }, index) => {
    if (from !== 'client') return []
    const after = lines[index + 1]
    const pieces = cut(text)
    const isAnswered = after !== undefined && after.from !== 'client'
    return pieces.map((piece, at) => ({ text: piece, awaitsAnswer: isAnswered && at === pieces.length - 1 }))
  })
  if (messages.length === 0) throw wrong('has nothing from the client. At least one line needs "from":"client".')
  return { hash: createHash('sha256').update(bytes).digest('hex'), messages }
}

const wrong = (what: string): Problem => new Problem('INVALID_INPUT', `The replay file ${what}`)
const wrongLine = (number: number, what: string): Problem =>
  new Problem('INVALID_INPUT', `Line ${number} of the replay file ${what}`)

const splitLines = (bytes: Uint8Array): Uint8Array[] => {
  const lines: Uint8Array[] = []
  let from = 0
  for (let to = bytes.indexOf(newline); to !== -1; to = bytes.indexOf(newline, from)) {
    lines.push(bytes.subarray(from, to))
    from = to + 1
  }
  return [...lines, bytes.subarray(from)]
}

const readLine = (bytes: Uint8Array, number: number): ReplayLine | null => {
  const text = decode(bytes, number).trim()
  if (text.length > longestLine) throw wrongLine(number, 'is longer than 100,000 characters. Split it into several.')
  if (text === '') return null
  const parsed = replayLine.safeParse(parseLine(text, number))
  if (parsed.success) return parsed.data
  const field = parsed.error.issues[0]?.path[0]
  if (field === undefined) throw wrongLine(number, 'is not an object like {"from":"client","text":"Hello"}.')
  throw wrongLine(number, `needs a "${String(field)}" that is a text and not empty.`)
}

const decode = (bytes: Uint8Array, number: number): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw wrongLine(number, 'is not UTF-8 text. Save the file as UTF-8 and try again.')
  }
}

const parseLine = (text: string, number: number): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    throw wrongLine(number, 'is not JSON. Each line needs to look like {"from":"client","text":"Hello"}.')
  }
}

/** Pieces that each fit into one message, parted at a space where there is one. */
const cut = (text: string): string[] => {
  const pieces: string[] = []
  let rest = text
  while (rest.length > maxMessageLength) {
    const at = cutPoint(rest)
    pieces.push(rest.slice(0, at))
    rest = rest.slice(at)
  }
  return [...pieces, rest].map((piece) => piece.trim()).filter((piece) => piece !== '')
}

const cutPoint = (text: string): number => {
  for (let at = maxMessageLength; at > maxMessageLength / 2; at -= 1) if (/\s/u.test(text.charAt(at))) return at
  // A character outside the basic plane takes two places and is not torn apart.
  const last = text.charCodeAt(maxMessageLength - 1)
  return last >= 0xd800 && last <= 0xdbff ? maxMessageLength - 1 : maxMessageLength
}
