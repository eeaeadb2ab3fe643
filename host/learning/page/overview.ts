import type { InferContractRouterOutputs } from '@orpc/contract'
import { sql } from 'drizzle-orm'
import type { Queries } from '../../../db/sqlite.ts'
import type { StyleProfile } from '../../../shared/contract/learnedProfile.ts'
import type { learning } from '../../../shared/contract/learning.ts'
import { type LearnedDecision, type Technique, techniques } from '../../../shared/taxonomy/learning.ts'
import { type Situation, situations } from '../../../shared/taxonomy/situations.ts'
import { intervalOf } from '../approaches/index.ts'
import { profileOf } from '../profile/index.ts'
import { bestApproaches } from './approaches.ts'
import { counts } from './rows.ts'

type Overview = InferContractRouterOutputs<typeof learning>['overview']

interface Tally {
  readonly technique: Technique
  readonly situation: Situation
  readonly count: number
  readonly known: number
  readonly well: number
}

/** More approaches than this are no overview. */
const mostApproaches = 60

/** What was learned so far; a share of cases says how often clients took it well, of those whose reaction is known. */
export const learningOverview = (queries: Queries): Overview => {
  const profile = profileOf(queries)
  const tallies = countInterventions(queries)
  const approaches = bestApproaches(queries, mostApproaches)
  return {
    ...countAll(queries),
    profile,
    phraseMarks: readPhraseMarks(queries),
    techniques: techniquesOf(tallies, profile),
    approaches: approaches.rows,
    approachCount: approaches.count,
    responses: responsesOf(tallies, profile),
  }
}

const countAll = (queries: Queries): Pick<Overview, 'interventions' | 'since' | 'practice' | 'undone'> =>
  queries.get(sql`
    SELECT count(*) FILTER (WHERE a.is_active = 1 AND cl.is_practice = 0) AS interventions,
      min(a.ended_at) FILTER (WHERE a.is_active = 1 AND cl.is_practice = 0) AS since,
      count(*) FILTER (WHERE cl.is_practice = 1) AS practice,
      count(*) FILTER (WHERE a.is_active = 0 AND cl.is_practice = 0) AS undone
    FROM human_intervention_analyses a JOIN clients cl ON cl.id = a.client_id`)

const countInterventions = (queries: Queries): Tally[] =>
  queries.all<Tally>(sql`
    SELECT a.technique_type AS technique, a.situation_type AS situation, count(*) AS count,
      count(a.client_reaction) AS known,
      count(*) FILTER (WHERE a.client_reaction IN ('positive','transformative')) AS well
    FROM human_intervention_analyses a WHERE ${counts} GROUP BY 1, 2`)

const readPhraseMarks = (queries: Queries): Record<string, LearnedDecision> =>
  Object.fromEntries(
    queries
      .all<{ key: string; mark: LearnedDecision }>(
        sql`SELECT item_key AS key, mark FROM learned_marks WHERE kind = 'phrase' AND client_id IS NULL`,
      )
      .map(({ key, mark }) => [key, mark]),
  )

const summed = (tallies: readonly Tally[]) => {
  const add = (of: (tally: Tally) => number): number => tallies.reduce((total, tally) => total + of(tally), 0)
  const [count, known, well] = [add((one) => one.count), add((one) => one.known), add((one) => one.well)]
  const interval = known === 0 ? { low: null, high: null } : intervalOf({ alpha: well, beta: known - well })
  return { count, known, well, ...interval }
}

/** The surest first: by the lower end of the interval, then by how often. */
const surestFirst = (a: ReturnType<typeof summed>, b: ReturnType<typeof summed>): number =>
  (b.low ?? -1) - (a.low ?? -1) || b.count - a.count

const techniquesOf = (tallies: readonly Tally[], profile: StyleProfile | null): Overview['techniques'] =>
  techniques
    .flatMap((technique) => {
      const own = tallies.filter((tally) => tally.technique === technique)
      if (own.length === 0) return []
      const known = profile?.preferredTechniques.find((one) => one.technique === technique)
      const usual = own.toSorted((a, b) => b.count - a.count).slice(0, 3)
      return [
        {
          technique,
          ...summed(own),
          examples: known?.examples ?? [],
          situations: usual.map(({ situation }) => situation),
        },
      ]
    })
    .sort(surestFirst)

const responsesOf = (tallies: readonly Tally[], profile: StyleProfile | null): Overview['responses'] =>
  situations
    .flatMap((situation) => {
      const own = tallies.filter((tally) => tally.situation === situation)
      const response = profile?.situationResponses.find((one) => one.situationType === situation)
      if (own.length === 0 || !response) return []
      return [{ situation, ...summed(own), moves: response.structure, template: response.responseTemplate }]
    })
    .sort((a, b) => b.count - a.count)
