import { eq } from 'drizzle-orm'
import { clients } from '../../db/schema/index.ts'
import type { Queries } from '../../db/sqlite.ts'
import type { ContextItem } from '../../shared/contract/replies.ts'
import type { SettingsValues } from '../../shared/contract/settings.ts'
import {
  type ConversationRecord,
  lastAnswerIn,
  lastStandingMessages,
  type MessageRecord,
  readMetadata,
} from '../conversations/index.ts'
import { lastIntervention } from '../handoff/index.ts'
import { type LearnedLine, learnedFor } from '../learning/index.ts'
import { assembleMemory, type FoundMessage, type MemoryForReply } from '../memory/index.ts'
import type { QuestionMeaning } from '../retrieval/index.ts'
import type { Signals } from '../signals/index.ts'
import type { CountTokens } from '../tokens/index.ts'
import { type GivenPassage, sourceOf } from './passages.ts'
import { asTurns, renderPrompt, screenReply } from './prompt/index.ts'

export interface ReplyContext {
  readonly system: string
  readonly promptVersion: string
  readonly turns: readonly { role: 'user' | 'assistant'; content: string }[]
  /** What the clone was given, by id; stored with the run and shown as "Why this reply". */
  readonly items: readonly ContextItem[]
  /** What was learned that bears on it. */
  readonly learned: readonly LearnedLine[]
}

const shortTermMessages = 10
/** Of the last messages together; the newest is always given. */
const mostTurnTokens = 3_000

/** What was looked for beside the conversation itself. */
export interface Gathered {
  /** What the coach wishes for this answer; null where they asked for none. */
  readonly wish: string | null
  readonly passages: readonly GivenPassage[]
  /** What the client's words mean; null where only words are compared. */
  readonly meaning: QuestionMeaning | null
  /** Past messages that fit what the client says, best first. */
  readonly found: readonly FoundMessage[]
  readonly signals: Pick<Signals, 'situation' | 'language'>
  readonly count: CountTokens
}

/** What the client is waiting to be answered, in their words: what a library is searched for. */
export const openWords = (queries: Queries, conversation: ConversationRecord): string => {
  const recent = lastStandingMessages(queries, conversation.id, shortTermMessages)
  const open = recent.slice(lastAnswerIn(recent) + 1).filter((message) => message.senderType === 'client')
  // Handed back as it is, the last words of the client are what it is about.
  const words = open.length > 0 ? open : recent.filter((message) => message.senderType === 'client').slice(-1)
  return words.map((message) => message.content).join('\n')
}

/** The oldest of the last messages, which a reply is given anyway, as a seq; null where nothing was said yet. */
export const oldestGiven = (queries: Queries, { id }: ConversationRecord): number | null =>
  lastStandingMessages(queries, id, shortTermMessages)[0]?.seq ?? null

/**
 * All that the clone is given for one reply, within a budget of tokens: the coach's style and notes, the four layers of
 * memory and episodes, past messages, passages of the library, the last messages.
 */
export const assembleContext = (
  queries: Queries,
  conversation: ConversationRecord,
  settings: SettingsValues,
  { wish, passages, meaning, found, signals, count }: Gathered,
  now: number,
): ReplyContext => {
  const client = queries.select().from(clients).where(eq(clients.id, conversation.clientId)).get()
  const recent = lastStandingMessages(queries, conversation.id, shortTermMessages)
  const said = within(
    recent.filter((message) => message.senderType !== 'system'),
    count,
  )
  const intervention = lastIntervention({ queries }, conversation.id)
  const timeZone = client?.timeZone ?? null
  const memory = assembleMemory(queries, {
    clientId: conversation.clientId,
    text: openWords(queries, conversation),
    now,
    timeZone,
    recent: said,
    found,
    meaning,
    count,
  })
  const learned = learnedFor(queries, {
    clientId: conversation.clientId,
    situation: signals.situation,
    coachName: settings.coachName,
    isSayable: (text) => screenReply(text, { clientLanguage: signals.language }).length === 0,
  })
  const prompt = renderPrompt({
    coachName: settings.coachName,
    coachingStyle: settings.coachingStyle,
    clientName: client?.name ?? '',
    about: client?.about ?? '',
    now,
    timeZone,
    // The old handoff stays out of the prompt, or the clone would hand off again. A crisis is never called settled.
    afterHandback:
      intervention?.endedAt != null &&
      intervention.trigger !== 'safety_crisis' &&
      (intervention.messagesInIntervention ?? 0) > 0 &&
      recent.some((message) => message.senderType === 'human_coach'),
    wish,
    toldItIsAi: wasToldItIsAi(recent),
    passages: passages.map((passage) => ({ source: sourceOf(passage), text: passage.text })),
    remembered: memory.lines,
    neverMention: memory.neverMention,
    learned,
  })
  return {
    system: prompt.system,
    promptVersion: prompt.version,
    turns: asTurns(said.map(({ senderType, content }) => ({ senderType, content }))),
    items: [
      { kind: 'instructions', id: prompt.version, label: 'How the clone is told to answer' },
      ...(client?.about
        ? [{ kind: 'about', id: client.id, label: 'What you wrote about this client' } satisfies ContextItem]
        : []),
      ...learned.map(learnedItem),
      ...memory.lines.map(itemOf),
      ...said.map((message) => ({ kind: 'message', id: message.id, label: 'Recent message' }) satisfies ContextItem),
      ...passages.map(
        (passage) =>
          ({
            kind: 'passage',
            id: passage.chunkId,
            label: sourceOf(passage),
            documentId: passage.documentId,
          }) satisfies ContextItem,
      ),
    ],
    learned,
  }
}

const itemOf = ({ kind, id, label }: MemoryForReply['lines'][number]): ContextItem => ({ kind, id, label })

const learnedItem = ({ kind, id, label, text, structure }: LearnedLine): ContextItem => ({
  kind,
  id,
  label,
  given: text,
  ...(structure === undefined ? {} : { structure: [...structure] }),
})

/** The newest messages that fit, oldest first. */
const within = (messages: readonly MessageRecord[], count: CountTokens): MessageRecord[] => {
  let tokens = 0
  const fitting = messages.findLastIndex((message) => {
    tokens += count(message.content)
    return tokens > mostTurnTokens
  })
  return messages.slice(Math.min(fitting + 1, messages.length - 1))
}

/** A fixed line since anybody's last answer told the client that an AI answers. */
const wasToldItIsAi = (recent: readonly MessageRecord[]): boolean => {
  const lastAnswer = lastAnswerIn(recent)
  return recent.slice(lastAnswer + 1).some((message) => readMetadata(message.metadata).notice === 'ai_answer')
}
