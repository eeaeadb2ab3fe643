import { agentExecutions, clients, conversations, learnedUses, messages } from '../../../db/schema/index.ts'
import type { Tx } from '../../../db/write.ts'
import { forgetDraftDecision, listRules, noteDraftDecision, rulesFor, teach } from '../../../host/learning/index.ts'
import { screenReply } from '../../../host/replies/index.ts'
import type { RuleScope, TaughtKind } from '../../../shared/taxonomy/learning.ts'
import type { Situation } from '../../../shared/taxonomy/situations.ts'
import { openMemoryDatabase } from '../../fixtures/memoryDatabase.ts'

interface Edit {
  readonly draft: string
  /** Null: discarded. */
  readonly sent: string | null
  readonly situation?: Situation
  /** Ids of rules the reply was given. */
  readonly given?: readonly string[]
}

/** A coach, clients with a conversation each, and drafts of which the coach makes something. */
export const openEdits = (names: readonly string[] = ['Ann Keller', 'Ben Ortiz', 'Cleo Marsh']) => {
  const database = openMemoryDatabase()
  const { queries, write } = database
  let times = 0
  const next = (): number => {
    times += 1
    return times
  }
  const addClient = (id: string, name: string): void => {
    database.addClient(id, name)
    queries
      .insert(conversations)
      .values({ id, clientId: id, channel: 'practice', externalChatId: id, lastMessageAt: 1, createdAt: 1 })
      .run()
  }
  for (const name of names) addClient(name.charAt(0).toLowerCase(), name)

  const act = <T>(work: (tx: Tx, now: number) => T): T => write((tx) => work(tx, next()))

  /** The coach decides about a draft; answers with the id of its run. */
  const decide = (clientId: string, { draft, sent, situation = 'self_doubt', given = [] }: Edit): string => {
    const now = next()
    const executionId = `run ${now}`
    const about = { clientId, conversationId: clientId, createdAt: now }
    queries
      .insert(agentExecutions)
      .values({ id: executionId, ...about, epoch: 0, lastClientSeq: 0, status: 'draft', draftReply: draft })
      .run()
    for (const itemId of given)
      queries.insert(learnedUses).values({ executionId, kind: 'rule', itemId, clientId, createdAt: now }).run()
    const outcome = sent === null ? 'discarded' : sent === draft ? 'sent' : 'edited'
    const decision = {
      conversationId: clientId,
      clientId,
      executionId,
      outcome,
      original: draft,
      sent,
      situation,
    } as const
    write((tx) => noteDraftDecision(tx, decision, now))
    return executionId
  }
  const takeBack = (executionId: string): void => act((tx) => forgetDraftDecision(tx, executionId))

  /** Somebody says something; answers with the message's id. */
  const say = (clientId: string, senderType: 'client' | 'ai' | 'human_coach' | 'system', content: string): string => {
    const now = next()
    const id = `message ${now}`
    const sent = { deliveryStatus: 'sent', sentAt: now, createdAt: now } as const
    queries
      .insert(messages)
      .values({
        id,
        conversationId: clientId,
        clientId,
        channel: 'practice',
        senderType,
        senderId: 'x',
        content,
        ...sent,
      })
      .run()
    return id
  }
  const teachOn = (messageId: string, conversationId: string, kind: TaughtKind, text: string, scope: RuleScope) =>
    act((tx, now) => teach(tx, { conversationId, messageId, kind, text, scope }, screenReply, now))

  const rules = () => listRules(queries, { offset: 0, limit: 100 }).rows
  /** "live always shorter", sorted. */
  const shown = (): string[] =>
    rules()
      .map(({ state, scope, client, situation, kind, detail }) =>
        [state, client?.id ?? situation ?? scope, kind, detail].filter((word) => word !== '').join(' '),
      )
      .toSorted()
  const told = (clientId: string, situation: Situation = 'self_doubt'): string[] =>
    rulesFor(queries, { clientId, situation }).map(({ text }) => text)
  return { ...database, clients, addClient, act, decide, takeBack, say, teachOn, rules, shown, told }
}
export type Edits = ReturnType<typeof openEdits>

const tail = 'I can see how much you carry, and that it was a lot to hold for one single week of work.'
/** Edits of one kind each. */
export const shorten = (topic: string): Edit => ({ draft: `${topic} was heavy. ${tail}`, sent: `${topic} was heavy.` })
export const lengthen = (topic: string): Edit => ({ draft: `${topic} was heavy.`, sent: `${topic} was heavy. ${tail}` })
export const dropEmoji = (topic: string): Edit => ({ draft: `${topic} went well 🎉`, sent: `${topic} went well` })
export const keepEmoji = (topic: string): Edit => ({ draft: `${topic} went well 🎉`, sent: `${topic} went well 🎉` })
export const ask = (topic: string): Edit => ({ draft: `${topic} was long.`, sent: `${topic} was long?` })
export const stopAsking = (topic: string): Edit => ({ draft: `${topic} was long?`, sent: `${topic} was long.` })
export const plain = (topic: string): Edit => ({ draft: `${topic} was so.`, sent: `${topic} was so.` })
export const inSituation = (edit: Edit, situation: Situation): Edit => ({ ...edit, situation })
