import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { readLocomo, type Sample } from './locomo.ts'
import { keepConversations } from './messages.ts'

/** So many turns are listed for each question. */
const listed = 50
const depth = 10
const categories = [
  [1, 'several hops'],
  [2, 'time'],
  [3, 'open'],
  [4, 'one hop'],
] as const

interface Answer {
  readonly sample: Sample
  readonly index: number
  readonly category: number
  /** Turns of the conversation that answer; what the file names and does not hold is left out. */
  readonly evidence: readonly string[]
  readonly ranked: readonly string[]
}

/**
 * Keeps the conversations of a file in LoCoMo's form as messages of clients, asks what was said in each, and writes a
 * line for every question with the turns that were found, best first. Says which share of the turns that answer is among
 * the first ten, and how FTS5 alone does. Throws a sentence on bad input, and then writes nothing.
 */
export const memory = ({ input, output }: { input: string; output: string }): string => {
  const samples = readLocomo(input)
  const kept = keepConversations(samples)
  try {
    const started = performance.now()
    const answers = answersOf(samples, (sample, question) => kept.search(sample, question, listed))
    const each = (performance.now() - started) / Math.max(1, answers.length)
    writeResults(output, answers.map((answer) => `${JSON.stringify(lineOf(answer))}\n`).join(''))
    const plain = answersOf(samples, (sample, question) => kept.searchPlain(sample, question, depth))
    const turns = samples.reduce((sum, sample) => sum + sample.turns.length, 0)
    return `${[
      `${samples.length} conversations, ${turns} turns, ${answers.length} questions, ${each.toFixed(1)} ms each`,
      'share of the turns that answer among the first ten: of all such turns, and the mean over questions',
      figuresOf('this search', answers),
      figuresOf('FTS5 alone ', plain),
    ].join('\n')}\n`
  } finally {
    kept.close()
  }
}

const lineOf = ({ sample, index, ranked }: Answer) => ({ sample_id: sample.id, question_index: index, ranked })

const answersOf = (samples: readonly Sample[], search: (sample: Sample, question: string) => string[]): Answer[] =>
  samples.flatMap((sample) => {
    const held = new Set(sample.turns.map(({ id }) => id))
    return sample.questions.map(({ text, category, evidence }, index) => ({
      sample,
      index,
      category,
      evidence: evidence.filter((id) => held.has(id)),
      ranked: search(sample, text),
    }))
  })

const figuresOf = (name: string, answers: readonly Answer[]): string => {
  const counted = answers.filter(({ category, evidence }) => category >= 1 && category <= 4 && evidence.length > 0)
  const rows = [
    ['categories 1 to 4', counted] as const,
    ...categories.map(
      ([category, label]) => [`${category} ${label}`, counted.filter((one) => one.category === category)] as const,
    ),
  ]
  return rows
    .map(
      ([label, some]) =>
        `${name}  ${label.padEnd(17)}  ${share(some)}  ${meanShare(some)}  over ${some.length} questions`,
    )
    .join('\n')
}

const foundIn = ({ evidence, ranked }: Answer): number => {
  const first = new Set(ranked.slice(0, depth))
  return evidence.filter((id) => first.has(id)).length
}

const share = (answers: readonly Answer[]): string => {
  const all = answers.reduce((sum, { evidence }) => sum + evidence.length, 0)
  return all === 0 ? ' none' : (answers.reduce((sum, answer) => sum + foundIn(answer), 0) / all).toFixed(3)
}

const meanShare = (answers: readonly Answer[]): string =>
  answers.length === 0
    ? ' none'
    : (answers.reduce((sum, answer) => sum + foundIn(answer) / answer.evidence.length, 0) / answers.length).toFixed(3)

/** Writes the results whole or not at all; throws a sentence where that fails. */
export const writeResults = (output: string, text: string): void => {
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
