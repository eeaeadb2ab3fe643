import { asc, eq, sql } from 'drizzle-orm'
import {
  clients,
  conversations,
  egressLedger,
  humanInterventionAnalyses,
  interventionRefinements,
} from '../../../db/schema/index.ts'
import type { Write } from '../../../db/write.ts'
import { handBack, takeOver } from '../../../host/handoff/index.ts'
import { closeInterruptedLearning, learnJobs, refineLearningJobs } from '../../../host/learning/index.ts'
import type { ModelRequest } from '../../fakes/modelServer.ts'
import { openReadingModel } from '../../fixtures/readingModel.ts'
import { coach, noon, openTalk } from '../memory/talk.ts'

export const minuteMs = 60_000
export const hourMs = 60 * minuteMs

interface Parts {
  readonly style?: Record<string, unknown>
  readonly technique?: Record<string, unknown>
  readonly content?: Record<string, unknown>
  readonly outcome?: Record<string, unknown>
  readonly learning?: Record<string, unknown>
}

/** A whole answer of a model about a takeover, with some of its fields put otherwise. */
export const analysis = ({ style, technique, content, outcome, learning }: Parts = {}): string =>
  JSON.stringify({
    style: { tone: 'direct', pace: 'fast', formality: 'casual', energy: 'calm', ...style },
    technique: {
      type: 'question',
      framework: 'Grounding',
      approach: 'Interrupted the rush, grounded and asked one clear question',
      structure: ['interrupt', 'ground', 'reflect', 'question'],
      ...technique,
    },
    content_analysis: { key_phrases: [], emotional_intelligence: [], metaphor_used: '', ...content },
    outcome: {
      client_reaction: 'positive',
      conversation_shift: 'From panic to thinking',
      resolution_achieved: false,
      client_engagement: 'high',
      ...outcome,
    },
    learning: {
      applicable_to_similar_situations: true,
      transferable_to_other_clients: true,
      why_effective: '',
      client_words: '',
      ...learning,
    },
  })

/** Who wrote what a request gave to the model, in its order. */
export const givenIn = ({ messages }: Pick<ModelRequest, 'messages'>): string[] =>
  [...(messages[1]?.content ?? '').matchAll(/⟦message \d+, (\w+)⟧\n([\s\S]*?)\n⟦\/message \d+, \w+⟧/gu)].map(
    ([, speaker = '', text = '']) => `${speaker}: ${text}`,
  )

export const crisisAtWork = ["I'm having a crisis at work", 'I want to quit my job right now']
export const grounding =
  "Sarah, stop. Take a breath. I can hear the panic in your words. Before we burn bridges, let's get you grounded. What's ONE thing you know for sure about this situation?"
export const relief = "You're right, I should think this through. That helps, thank you."

/** Takeovers with a model that reads them, and time that only moves when the test says so. */
export const openRefiningOfTakeovers = async (options: Parameters<typeof openReadingModel>[1] = {}) => {
  const talk = openTalk()
  const { write, queries } = talk
  const { server, time, settings, parts } = await openReadingModel({ write, queries, now: noon }, options)
  const { learn } = learnJobs({ write, queries, clock: parts.clock })
  const handlersWith = (writing: Write) => refineLearningJobs({ ...parts, write: writing })
  let handlers = handlersWith(write)

  const job = (payload: object, signal = new AbortController().signal) => ({
    id: 'job',
    payload,
    attempt: 1,
    isLast: false,
    signal,
  })
  const readByRules = async (clientId: string): Promise<void> => learn?.(job({ conversationId: clientId }))
  const pass = (): void => {
    time.now += minuteMs
  }
  /** Messages now, a minute apart. */
  const say = (clientId: string, ...said: Parameters<typeof talk.say>[2][]): number[] =>
    said.flatMap((one) => {
      pass()
      const seqs = talk.say(clientId, time.now, one)
      queries.update(conversations).set({ lastMessageAt: time.now }).where(eq(conversations.id, clientId)).run()
      return seqs
    })
  /** The client writes, the coach takes over, writes, the client reacts, and the coach hands back. */
  const intervene = async (
    clientId: string,
    {
      before = crisisAtWork,
      words = [grounding],
      after = [relief],
    }: { before?: readonly string[]; words?: readonly string[]; after?: readonly string[] } = {},
  ): Promise<void> => {
    say(clientId, ...before)
    pass()
    write((tx) => takeOver(tx, clientId, time.now))
    say(clientId, ...words.map(coach))
    say(clientId, ...after)
    pass()
    write((tx) => handBack(tx, clientId, time.now, true))
    await readByRules(clientId)
  }

  const nextAt = (): number | undefined =>
    queries.get<{ at: number }>(sql`SELECT run_at AS at FROM jobs WHERE kind = 'refine_learning' AND state = 'queued'`)
      ?.at
  const look = async (signal?: AbortSignal): Promise<void> => {
    write((tx) => tx.queries.run(sql`DELETE FROM jobs WHERE kind = 'refine_learning'`))
    await handlers.refine_learning?.(job({}, signal))
  }
  /** Lets the job look, and again whenever it wants to, for at most `ms`. */
  const refine = async (ms = 3 * hourMs): Promise<void> => {
    const until = time.now + ms
    await look()
    for (let at = nextAt(); at !== undefined && at <= until; at = nextAt()) {
      time.now = Math.max(time.now, at)
      await look()
    }
  }
  const analyses = () =>
    queries.select().from(humanInterventionAnalyses).orderBy(asc(humanInterventionAnalyses.seq)).all()

  return {
    ...talk,
    server,
    settings,
    time,
    job,
    say,
    intervene,
    readByRules,
    look,
    refine,
    nextAt,
    handlersWith,
    /** The host stopped in the middle and begins again. */
    restart: () => {
      handlers = handlersWith(write)
      write((tx) => closeInterruptedLearning(tx, time.now))
    },
    analyses,
    /** The only takeover there is. */
    learned: () => {
      const [one] = analyses()
      if (one === undefined) throw new Error('Nothing was learned.')
      return one
    },
    differences: () =>
      analyses().flatMap(({ disagreements }) => {
        const all: unknown = JSON.parse(disagreements)
        return Array.isArray(all) ? all : []
      }),
    refinements: () => queries.select().from(interventionRefinements).orderBy(asc(interventionRefinements.seq)).all(),
    ledger: () => queries.select().from(egressLedger).all(),
    setClient: (values: Partial<typeof clients.$inferInsert>) => queries.update(clients).set(values).run(),
  }
}
