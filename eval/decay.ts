import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { aiEpisodicMemory, conversations } from '../db/schema/index.ts'
import { lastStandingMessages } from '../host/conversations/index.ts'
import { assembleMemory, rememberAll } from '../host/memory/index.ts'
import { type CountTokens, loadPromptCounter } from '../host/tokens/index.ts'
import { readLocomo, type Sample } from './locomo.ts'
import { writeResults } from './memory.ts'
import { askedAt, type KeptConversations, keepConversations } from './messages.ts'

const foundMessages = 12
const lastMessages = 10
const sessionGapMinutes = 360

/** What a reply to one question was given: the turns by what it came. */
interface Given {
  readonly sample: Sample
  readonly index: number
  readonly evidence: readonly string[]
  readonly turns: ReadonlySet<string>
  /** By episodes, where no past messages were searched. */
  readonly byEpisodes: ReadonlySet<string>
}

/**
 * Keeps the conversations of a file in LoCoMo's form, has memory read them, and puts together what a reply to each question
 * would be given, twice: as episodes fade, and as if all had been said just now. Says which share of the turns that answer
 * is among what is given, each time. Throws a sentence on bad input, and then writes nothing.
 */
export const decay = async ({ input, output }: { input: string; output: string }): Promise<string> => {
  const samples = readLocomo(input)
  const count = await loadPromptCounter()
  const kept = keepConversations(samples)
  try {
    const now = Math.max(0, ...samples.map(askedAt))
    rememberAll(kept, { sessionGapMinutes, now })
    const asks = asksOf(samples, kept)
    const fading = givenFor(asks, kept, count)
    for (const sample of samples) freshen(kept, sample)
    const fresh = givenFor(asks, kept, count)
    const lines = fading.map((one, at) => ({
      sample_id: one.sample.id,
      question_index: one.index,
      fading: [...one.turns],
      not_fading: [...(fresh[at]?.turns ?? [])],
    }))
    writeResults(output, lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
    const held = new Map(samples.map((sample) => [sample, turnsOfEpisodes(kept, sample)]))
    const isHeld = ({ sample }: Given, turn: string): boolean => held.get(sample)?.has(turn) ?? false
    return `${[
      `${samples.length} conversations, ${fading.length} questions with an answer`,
      'share of the turns that answer among what a reply is given, as episodes fade, as they do not, and the difference in points',
      compared('by all that is remembered', fading, fresh, ({ turns }) => turns),
      compared('by episodes alone, of what they hold', fading, fresh, ({ byEpisodes }) => byEpisodes, isHeld),
    ].join('\n')}\n`
  } finally {
    kept.close()
  }
}

const compared = (
  name: string,
  fading: readonly Given[],
  fresh: readonly Given[],
  turnsOf: (given: Given) => ReadonlySet<string>,
  counts: (given: Given, turn: string) => boolean = () => true,
): string => {
  const shareOf = (all: readonly Given[]): { share: number; of: number } => {
    const wanted = all.flatMap((given) =>
      given.evidence.filter((turn) => counts(given, turn)).map((turn) => turnsOf(given).has(turn)),
    )
    return { share: wanted.filter(Boolean).length / Math.max(1, wanted.length), of: wanted.length }
  }
  const [on, off] = [shareOf(fading), shareOf(fresh)]
  const points = Math.abs(on.share - off.share) * 100
  return `${name.padEnd(36)}  ${on.share.toFixed(3)}  ${off.share.toFixed(3)}  ${points.toFixed(2)} points  over ${on.of} turns`
}

/** Questions that turns of their conversation answer, with what search finds for them. */
const asksOf = (samples: readonly Sample[], kept: KeptConversations) =>
  samples.flatMap((sample) => {
    const holds = new Set(sample.turns.map(({ id }) => id))
    return sample.questions.flatMap(({ text, category, evidence }, index) => {
      const answering = evidence.filter((id) => holds.has(id))
      if (category < 1 || category > 4 || answering.length === 0) return []
      return [{ sample, index, text, evidence: answering, found: kept.searchHits(sample, text, foundMessages) }]
    })
  })

type Ask = ReturnType<typeof asksOf>[number]

const givenFor = (asks: readonly Ask[], kept: KeptConversations, count: CountTokens): Given[] => {
  const samples = [...new Set(asks.map(({ sample }) => sample))]
  const turnsById = new Map(samples.map((sample) => [sample, turnsOfEverything(kept, sample)]))
  return asks.map(({ sample, index, text, evidence, found }) => {
    const lines = linesFor(kept, sample, text, { found, count })
    const alone = linesFor(kept, sample, text, { found: [], count }).filter(({ kind }) => kind === 'episode')
    const turnsOf = (some: typeof lines) => new Set(some.flatMap(({ id }) => turnsById.get(sample)?.get(id) ?? []))
    return { sample, index, evidence, turns: turnsOf(lines), byEpisodes: turnsOf(alone) }
  })
}

const linesFor = (
  kept: KeptConversations,
  sample: Sample,
  text: string,
  gathered: { found: Ask['found']; count: CountTokens },
) => {
  const clientId = kept.clientOf(sample)
  const thread = kept.queries.select().from(conversations).where(eq(conversations.clientId, clientId)).get()
  return assembleMemory(kept.queries, {
    clientId,
    text,
    now: askedAt(sample),
    timeZone: null,
    recent: lastStandingMessages(kept.queries, thread?.id ?? '', lastMessages),
    ...gathered,
  }).lines
}

const idsAndSeqs = z.array(z.tuple([z.string(), z.number()]))

const turnsByIdIn = (kept: KeptConversations, sample: Sample, question: string): Map<string, string[]> => {
  const turns = new Map<string, string[]>()
  for (const [id, seq] of idsAndSeqs.parse(kept.sqlite.prepare(question).raw().all(kept.clientOf(sample))))
    turns.set(id, [...(turns.get(id) ?? []), kept.turnOf(sample, seq)])
  return turns
}

const saidIn = (table: string): string =>
  `SELECT item.id, evidence.message_seq FROM ${table} AS item JOIN memory_evidence AS evidence
     ON evidence.client_id = item.client_id AND evidence.item_key = item.item_key WHERE item.client_id = ?`

const episodes = 'ai_episodic_memory'
const itemTables = [episodes, 'client_insights', 'learned_user_preferences', 'relationship_context']

/** The turns that a message is, or that an item was read from, by id. Summaries stand for none. */
const turnsOfEverything = (kept: KeptConversations, sample: Sample): Map<string, string[]> =>
  new Map([
    ...turnsByIdIn(kept, sample, 'SELECT id, seq FROM messages WHERE client_id = ?'),
    ...itemTables.flatMap((table) => [...turnsByIdIn(kept, sample, saidIn(table))]),
  ])

const turnsOfEpisodes = (kept: KeptConversations, sample: Sample): ReadonlySet<string> =>
  new Set([...turnsByIdIn(kept, sample, saidIn(episodes)).values()].flat())

/** As if everything had been said just now: nothing has faded, nothing expires. */
const freshen = ({ write, clientOf }: KeptConversations, sample: Sample): void =>
  write((tx) => {
    tx.queries
      .update(aiEpisodicMemory)
      .set({ lastReinforcedAt: askedAt(sample), expiresAt: null })
      .where(eq(aiEpisodicMemory.clientId, clientOf(sample)))
      .run()
  })
