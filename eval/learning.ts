import { viewTurn } from '../host/learning/analysis/index.ts'
import { simulatedCoaches } from './learning/coaches.ts'
import { type Interaction, type Path, simulate } from './learning/run.ts'
import { writeResults } from './memory.ts'

const seeds = [11, 23, 47] as const
/** The windows in which distances are compared, from and to, both counted in. */
const windows = [
  ['1-20', 1, 20],
  ['around 50', 41, 60],
  ['around 200', 181, 200],
] as const
const lately = 151

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
const shareOf = (flags: readonly boolean[]): number => mean(flags.map(Number))

const words = (text: string): number => text.match(/[\p{L}\p{N}']+/gu)?.length ?? 0

/** Half the sum of the differences of two shares of tones: 0, the same, to 1, nothing in common. */
const toneDistance = (some: readonly string[], others: readonly string[]): number => {
  const tonesOf = (texts: readonly string[]): string[] => texts.map((text) => viewTurn(text, []).tone)
  const [a, b] = [tonesOf(some), tonesOf(others)]
  const share = (tones: readonly string[], tone: string): number => shareOf(tones.map((one) => one === tone))
  return [...new Set([...a, ...b])].reduce((sum, tone) => sum + Math.abs(share(a, tone) - share(b, tone)), 0) / 2
}

const lengthApart = (drafts: readonly string[], sent: readonly string[]): number =>
  Math.abs(mean(drafts.map(words)) / Math.max(1, mean(sent.map(words))) - 1)

const percent = (share: number): string => `${Math.round(share * 100)} %`.padStart(6)

const summaryOf = (name: string, of: readonly Interaction[]): string => {
  const distances = windows.map(([label, from, to]) => {
    const within = of.filter(({ index }) => index >= from && index <= to)
    const [on, off] = [mean(within.map((one) => one.distance)), mean(within.map((one) => one.unlearnedDistance))]
    return `${label} ${on.toFixed(3)} / ${off.toFixed(3)} ${percent(on / Math.max(1e-9, off) - 1)}`
  })
  const late = of.filter(({ index }) => index >= lately)
  const [drafts, sent] = [late.map((one) => one.draft), late.map((one) => one.sent)]
  const unlearned = late.map((one) => one.unlearnedDraft)
  return [
    name.padEnd(24),
    distances.join('  '),
    `tone ${toneDistance(drafts, sent).toFixed(2)} / ${toneDistance(unlearned, sent).toFixed(2)}`,
    `length ${percent(lengthApart(drafts, sent))} / ${percent(lengthApart(unlearned, sent))}`,
    `phrases repeated ${percent(shareOf(of.map((one) => one.isRepeating)))}`,
    `sentences repeated ${percent(shareOf(of.map((one) => one.repeatsSentence)))} / ${percent(shareOf(of.map((one) => one.unlearnedRepeatsSentence)))}`,
  ].join('  ')
}

/** Paths of drafting that are there to be measured. */
const measured: readonly Path[] = ['stand_in_model']

/**
 * Simulated coaches with hidden preferences edit 200 drafts each: how far what they send is from what was drafted, with
 * learning and without. Writes a line for every draft; the same at every run.
 */
export const learning = async ({ output }: { output: string }): Promise<string> => {
  const lines: string[] = []
  const all: Interaction[] = []
  for (const path of measured) {
    for (const coach of simulatedCoaches) {
      for (const seed of seeds) {
        const run = await simulate(coach, seed, path)
        all.push(...run)
        lines.push(summaryOf(`${path} ${coach.name} ${seed}`, run))
      }
      const ofCoach = all.filter((one) => one.path === path && one.coach === coach.name)
      lines.push(summaryOf(`${path} ${coach.name}`, ofCoach))
    }
    lines.push(
      summaryOf(
        `${path}, all`,
        all.filter((one) => one.path === path),
      ),
    )
  }
  writeResults(output, all.map((one) => `${JSON.stringify(one)}\n`).join(''))
  return `${['mean edit distance with / without learning and the difference; drift and repetition likewise', ...lines].join('\n')}\n`
}
