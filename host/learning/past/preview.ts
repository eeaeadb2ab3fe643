import type { PastPreview } from '../../../shared/contract/past.ts'
import type { ImportFormat } from '../../../shared/taxonomy/learning.ts'
import { type Gathered, gather, type ThreadTally } from './gather.ts'
import { formatsOf, pastReaders, type ReadingChoice, type Texts } from './readers/index.ts'

const mostThreads = 300
const mostPeople = 200
const mostGroups = 20

export type FilePreview = Omit<PastPreview, 'fileId' | 'fileName' | 'takenInAt'>

interface PreviewChoice extends ReadingChoice {
  readonly format?: ImportFormat | undefined
  /** What the coach calls themselves in the console. */
  readonly coachName: string
}

const least = (times: readonly (number | null)[]): number | null =>
  times.reduce((least, at) => (at !== null && (least === null || at < least) ? at : least), null)
const most = (times: readonly (number | null)[]): number | null =>
  times.reduce((most, at) => (at !== null && (most === null || at > most) ? at : most), null)

const coachWords =
  /^(?:coach|therapist|therapeut(?:in)?|counsell?or|mentor|me|ich|yo|moi|eu|outgoing|consultant|trainer|berater(?:in)?|terapeuta|thérapeute)\b/iu

/** The owner of the export; else who bears the coach's name or a coach's word; else who is in every conversation. */
const guessCoach = (
  people: readonly { readonly name: string; readonly threads: number }[],
  { owner }: Gathered,
  coachName: string,
): string | null => {
  const same = (name: string | null) => (one: { readonly name: string }) =>
    name !== null && name.trim() !== '' && one.name.toLowerCase() === name.trim().toLowerCase()
  const [first, second] = people
  const found =
    people.find(same(owner)) ?? people.find(same(coachName)) ?? people.find(({ name }) => coachWords.test(name))
  if (found) return found.name
  return first && first.threads > 1 && first.threads > (second?.threads ?? 0) ? first.name : null
}

const namesOf = ({ people }: ThreadTally) => [...people].map(([name, turns]) => ({ name, turns }))

/** Everybody in the conversations, those in most of them first. */
const peopleOf = (threads: readonly ThreadTally[]) => {
  const found = new Map<string, { name: string; turns: number; threads: number }>()
  for (const thread of threads)
    for (const { name, turns } of namesOf(thread)) {
      const before = found.get(name) ?? { name, turns: 0, threads: 0 }
      found.set(name, { name, turns: before.turns + turns, threads: before.threads + 1 })
    }
  return [...found.values()].toSorted((one, other) => other.threads - one.threads || other.turns - one.turns)
}

/** What a file holds, before anything of it is kept. Throws a PastProblem where it cannot be read. */
export const previewPast = (
  texts: Texts,
  fileName: string,
  { format: wanted, coachName, ...choice }: PreviewChoice,
): FilePreview => {
  const formats = formatsOf(texts, fileName)
  const format = wanted !== undefined && formats.includes(wanted) ? wanted : formats[0]
  const gathered = gather(pastReaders[format](texts, choice))
  const groups = gathered.threads.filter(({ isGroup }) => isGroup)
  const threads = gathered.threads
    .filter(({ isGroup, turns }) => !isGroup && turns > 0)
    .toSorted((one, other) => other.turns - one.turns)
  const people = format === 'writing' ? [] : peopleOf(threads)
  return {
    format,
    formats: [...formats],
    people: people.slice(0, mostPeople).map(({ name, turns }) => ({ name, turns })),
    coachGuess: guessCoach(people, gathered, coachName),
    threads: threads.slice(0, mostThreads).map(({ isGroup: _isGroup, ...thread }) => ({
      ...thread,
      people: format === 'writing' ? [] : namesOf({ ...thread, isGroup: false }),
    })),
    moreThreads: Math.max(0, threads.length - mostThreads),
    groups: groups
      .map(({ name, people: members }) => name || [...members.keys()].slice(0, 3).join(', '))
      .filter((name) => name !== '')
      .slice(0, mostGroups),
    groupCount: groups.length,
    turns: threads.reduce((sum, { turns }) => sum + turns, 0),
    firstAt: least(threads.map(({ firstAt }) => firstAt)),
    lastAt: most(threads.map(({ lastAt }) => lastAt)),
    counts: gathered.counts,
    ambiguousDate: choice.dateOrder === null ? gathered.ambiguousDate : null,
    samples: gathered.samples.map(({ from, text, at }) => ({ from, text, at })),
  }
}
