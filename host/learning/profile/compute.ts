import type { StyleProfile } from '../../../shared/contract/learnedProfile.ts'
import type {
  Energy,
  Formality,
  Framework,
  Move,
  Pace,
  Reaction,
  Technique,
  Tone,
} from '../../../shared/taxonomy/learning.ts'
import type { Situation } from '../../../shared/taxonomy/situations.ts'
import { intervalOf, meanOf, posteriorOf, type Weight, weightOfIntervention } from '../approaches/index.ts'
import { distinctivePhrases } from './phrases.ts'

/** One time the coach spoke: an intervention, or a turn of a past conversation. */
export interface Sample {
  readonly isIntervention: boolean
  /** Whom they spoke with: a client or a past thread, so that one person's words never make a habit. */
  readonly listener: string
  readonly situation: Situation
  readonly tone: Tone
  readonly pace: Pace
  readonly formality: Formality
  readonly energy: Energy
  readonly technique: Technique
  readonly structure: readonly Move[]
  readonly framework: Framework | null
  readonly keyPhrases: readonly string[]
  readonly openingPattern: string
  readonly closingPattern: string
  readonly metaphor: string | null
  readonly questions: number
  readonly reaction: Reaction | null
  /** Milliseconds UTC; null where a past text has no date. */
  readonly at: number | null
}

const mostExamples = 3
const mostContexts = 3
/** What one listener alone has heard may hold a fact of theirs, so it is no example for others. */
const leastListeners = 2

const counted = <T>(values: Iterable<T>): [T, number][] => {
  const counts = new Map<T, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].sort(([, a], [, b]) => b - a)
}

const mostOften = <T>(values: Iterable<T>): T | undefined => counted(values)[0]?.[0]

/** Of equal values only those that several listeners have heard, most often first. */
const heardBySeveral = (samples: readonly Sample[], of: (sample: Sample) => readonly string[]): string[] => {
  const listeners = new Map<string, Set<string>>()
  const times = new Map<string, number>()
  for (const sample of samples) {
    for (const text of of(sample)) {
      if (text === '') continue
      listeners.set(text, (listeners.get(text) ?? new Set()).add(sample.listener))
      times.set(text, (times.get(text) ?? 0) + 1)
    }
  }
  return [...times]
    .filter(([text]) => (listeners.get(text)?.size ?? 0) >= leastListeners)
    .sort(([, a], [, b]) => b - a)
    .map(([text]) => text)
}

const weightsOf = (samples: readonly Sample[]): Weight[] =>
  samples.flatMap(({ technique, reaction }) =>
    reaction === null ? [] : [weightOfIntervention(technique, reaction, null)],
  )

const rated = (samples: readonly Sample[]) => {
  const weights = weightsOf(samples)
  const posterior = posteriorOf(weights)
  return { effectiveness: meanOf(posterior), ...intervalOf(posterior), count: weights.length }
}

const techniquesOf = (samples: readonly Sample[]): StyleProfile['preferredTechniques'] => {
  const grouped = Map.groupBy(samples, ({ technique }) => technique)
  return [...grouped]
    .map(([technique, of]) => ({
      technique,
      frequency: of.length / samples.length,
      ...rated(of),
      examples: heardBySeveral(of, ({ keyPhrases }) => keyPhrases).slice(0, mostExamples),
      typicalContexts: counted(of.map(({ situation }) => situation))
        .map(([situation]) => situation)
        .slice(0, mostContexts),
    }))
    .sort((a, b) => b.low - a.low || b.frequency - a.frequency)
}

const frameworksOf = (samples: readonly Sample[]): StyleProfile['frameworks'] => {
  const withOne = samples.filter(({ framework }) => framework !== null)
  return counted(withOne.map(({ framework }) => framework)).flatMap(([name, times]) => {
    if (name === null) return []
    const of = withOne.filter(({ framework }) => framework === name)
    const warm = of.filter(({ structure }) => structure.some((move) => move === 'acknowledge' || move === 'normalize'))
    const isWarm = of.length >= 3 && warm.length / of.length >= 0.5
    return [
      {
        name,
        usageFrequency: times / samples.length,
        adaptations: isWarm ? 'acknowledges feelings between the steps' : '',
      },
    ]
  })
}

/** The structure that stands for a group: the one used most, the one taken best where several were. */
const typicalStructure = (samples: readonly Sample[]): readonly Move[] => {
  const byStructure = Map.groupBy(samples, ({ structure }) => structure.join('>'))
  const best = [...byStructure.values()].sort(
    (a, b) => b.length - a.length || meanOf(posteriorOf(weightsOf(b))) - meanOf(posteriorOf(weightsOf(a))),
  )[0]
  return best?.[0]?.structure ?? []
}

const situationsOf = (
  samples: readonly Sample[],
  describe: (structure: readonly Move[]) => string,
): StyleProfile['situationResponses'] =>
  [...Map.groupBy(samples, ({ situation }) => situation)]
    .filter(([situation]) => situation !== 'other' && situation !== 'small_talk')
    .map(([situationType, of]) => {
      const structure = typicalStructure(of)
      const openings = heardBySeveral(of, ({ openingPattern }) => [openingPattern])
      return {
        situationType,
        typicalResponse: describe(structure),
        structure: [...structure],
        ...rated(of),
        responseTemplate: openings[0] ?? '',
      }
    })
    .sort((a, b) => b.count - a.count)

const monthOf = (at: number): string => `${new Date(at).toISOString().slice(0, 7)}-01`

const driftOf = (samples: readonly Sample[]): StyleProfile['drift'] => {
  const all = new Map(counted(samples.map(({ tone }) => tone)))
  const dated = samples.filter(({ at }) => at !== null)
  return [...Map.groupBy(dated, ({ at }) => monthOf(at ?? 0))]
    .sort(([a], [b]) => a.localeCompare(b))
    .flatMap(([from, of]) => {
      const now = new Map(counted(of.map(({ tone }) => tone)))
      const tone = mostOften(of.map((one) => one.tone))
      if (tone === undefined) return []
      const names = new Set([...all.keys(), ...now.keys()])
      const apart = [...names].reduce(
        (sum, name) => sum + Math.abs((now.get(name) ?? 0) / of.length - (all.get(name) ?? 0) / samples.length),
        0,
      )
      return [{ from, count: of.length, tone, distance: Math.min(1, apart / 2) }]
    })
}

/** How the coach speaks, from all the times they spoke; null where they never did. */
export const computeProfile = (
  samples: readonly Sample[],
  describe: (structure: readonly Move[]) => string,
): Omit<StyleProfile, 'aiConfidenceTrend' | 'lastUpdated'> | null => {
  const tones = counted(samples.map(({ tone }) => tone))
  const [first] = samples
  if (!first) return null
  const asking = samples.filter(({ questions }) => questions > 0)
  const perAsking = asking.reduce((sum, { questions }) => sum + questions, 0) / Math.max(1, asking.length)
  return {
    styleSignature: {
      tone: tones[0]?.[0] ?? first.tone,
      pace: mostOften(samples.map(({ pace }) => pace)) ?? first.pace,
      formality: mostOften(samples.map(({ formality }) => formality)) ?? first.formality,
      energyLevel: mostOften(samples.map(({ energy }) => energy)) ?? first.energy,
      tones: tones.map(([tone, times]) => ({ tone, share: times / samples.length })),
      typicalOpening: heardBySeveral(samples, ({ openingPattern }) => [openingPattern])[0] ?? '',
      questionStyle:
        asking.length / samples.length < 0.3 ? 'few_questions' : perAsking < 1.5 ? 'one_question' : 'several_questions',
      metaphorFrequency: samples.filter(({ metaphor }) => metaphor !== null).length / samples.length,
    },
    preferredTechniques: techniquesOf(samples.filter(({ technique }) => technique !== 'other')),
    frameworks: frameworksOf(samples),
    situationResponses: situationsOf(samples, describe),
    signaturePhrases: distinctivePhrases(samples),
    drift: driftOf(samples),
    totalInterventionsAnalyzed: samples.filter(({ isIntervention }) => isIntervention).length,
  }
}
