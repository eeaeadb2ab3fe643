import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { fileLibrary } from './library.ts'
import { figuresOf, judgments } from './ranking.ts'

const id = z.union([z.string(), z.number()]).transform(String)
const entry = z.object({ _id: id, title: z.string().optional().default(''), text: z.string() })
const query = z.object({ _id: id, text: z.string() })
const judgment = z
  .object({ query: id, doc: id, relevance: z.coerce.number() })
  .or(
    z
      .object({ 'query-id': id, 'corpus-id': id, score: z.coerce.number() })
      .transform((row) => ({ query: row['query-id'], doc: row['corpus-id'], relevance: row.score })),
  )

/** So many documents are listed for each query. */
const listed = 100

/**
 * Files corpus.jsonl of a folder in a library made for it, asks it the questions of queries.jsonl, and writes a line for
 * each with the documents it found. Where qrels.jsonl lies beside them, says how well it did, and how FTS5 alone does.
 * Throws a sentence that names the line of the first bad row, and then writes nothing.
 */
export const retrieval = async ({ input, output }: { input: string; output: string }): Promise<string> => {
  const corpus = readRows(join(input, 'corpus.jsonl'), entry)
  const queries = readRows(join(input, 'queries.jsonl'), query)
  const judged = readJudged(join(input, 'qrels.jsonl'))
  const library = await fileLibrary(corpus)
  try {
    const started = performance.now()
    const answers = queries.map(({ _id, text }) => ({ _id, hits: library.search(text, listed) }))
    const perQuery = (performance.now() - started) / Math.max(1, queries.length)
    write(output, answers.map((answer) => `${JSON.stringify(answer)}\n`).join(''))
    const lines = [
      `${corpus.length} documents in ${library.passages} passages; ${queries.length} queries, ${perQuery.toFixed(1)} ms each`,
    ]
    if (judged !== null) {
      const plain = queries.map(({ _id, text }) => ({ _id, hits: library.searchPlain(text, listed) }))
      lines.push(
        figuresOf('on this device', answers, judgments(judged)),
        figuresOf('FTS5 alone    ', plain, judgments(judged)),
      )
    }
    return `${lines.join('\n')}\n`
  } finally {
    library.close()
  }
}

const write = (output: string, text: string): void => {
  const unfinished = `${output}.${process.pid}.part`
  try {
    writeFileSync(unfinished, text)
    renameSync(unfinished, output)
  } catch {
    rmSync(unfinished, { force: true })
    throw new Error(
      `The results could not be written to ${output}. Check that the folder exists and can be written to.`,
    )
  }
}

const readText = (file: string): string | null => {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}

const readJudged = (file: string) => (readText(file) === null ? null : readRows(file, judgment))

const readRows = <Shape extends z.ZodType>(file: string, shape: Shape): z.infer<Shape>[] => {
  const text = readText(file)
  if (text === null) throw new Error(`The file ${file} could not be read. Check that it exists.`)
  return text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .flatMap((line, index) => (line.trim() === '' ? [] : [parseRow(file, line, index + 1, shape)]))
}

const parseRow = <Shape extends z.ZodType>(
  file: string,
  line: string,
  number: number,
  shape: Shape,
): z.infer<Shape> => {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    throw new Error(`Line ${number} of ${file} is not JSON. Nothing was written.`)
  }
  const parsed = shape.safeParse(value)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new Error(
    `Line ${number} of ${file} is not a row: ${issue?.path.join('.') || 'the row'}: ${issue?.message}. Nothing was written.`,
  )
}
