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
import { asTurns, renderPrompt } from './prompt/index.ts'

export interface ReplyContext {
  readonly system: string
  readonly promptVersion: string
  readonly turns: readonly { role: 'user' | 'assistant'; content: string }[]
  /** What the clone was given, by id; stored with the run and shown as "Why this reply". */
  readonly items: readonly ContextItem[]
}

const shortTermMessages = 10

/** Layer 1 of memory, the coach's style and what the coach wrote about this client; later layers join here. */
export const assembleContext = (
  queries: Queries,
  conversation: ConversationRecord,
  settings: SettingsValues,
  wish: string | null,
  now: number,
): ReplyContext => {
  const client = queries.select().from(clients).where(eq(clients.id, conversation.clientId)).get()
  const recent = lastStandingMessages(queries, conversation.id, shortTermMessages)
  const said = recent.filter((message) => message.senderType !== 'system')
  const intervention = lastIntervention({ queries }, conversation.id)
  const prompt = renderPrompt({
    coachName: settings.coachName,
    coachingStyle: settings.coachingStyle,
    clientName: client?.name ?? '',
    about: client?.about ?? '',
    now,
    timeZone: client?.timeZone ?? null,
    // The old handoff stays out of the prompt, or the clone would hand off again. A crisis is never called settled.
    afterHandback:
      intervention?.endedAt != null &&
      intervention.trigger !== 'safety_crisis' &&
      (intervention.messagesInIntervention ?? 0) > 0 &&
      recent.some((message) => message.senderType === 'human_coach'),
    wish,
    toldItIsAi: wasToldItIsAi(recent),
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
      ...said.map((message) => ({ kind: 'message', id: message.id, label: 'Recent message' }) satisfies ContextItem),
    ],
  }
}

/** A fixed line since anybody's last answer told the client that an AI answers. */
const wasToldItIsAi = (recent: readonly MessageRecord[]): boolean => {
  const lastAnswer = lastAnswerIn(recent)
  return recent.slice(lastAnswer + 1).some((message) => readMetadata(message.metadata).notice === 'ai_answer')
}
