import { readFileSync } from 'node:fs'
import type { z } from 'zod'

/**
 * The rows of a JSON-lines file, in order; empty lines are passed over. Throws a sentence where the file cannot be read, and
 * one that names the line of the first bad row.
 */
export const readRows = <Row>(file: string, row: z.ZodType<Row>): Row[] =>
  readInput(file)
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .flatMap((line, index) => (line.trim() === '' ? [] : [parseRow(line, index + 1, row)]))

const readInput = (file: string): string => {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    throw new Error(`The file ${file} could not be read. Check that it exists.`)
  }
}

const parseRow = <Row>(line: string, number: number, row: z.ZodType<Row>): Row => {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    throw new Error(`Line ${number} is not JSON. Nothing was written.`)
  }
  const parsed = row.safeParse(value)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new Error(
    `Line ${number} is not a row: ${issue?.path.join('.') || 'the row'}: ${issue?.message}. Nothing was written.`,
  )
}
