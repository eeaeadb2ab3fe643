import { z } from 'zod'
import type { Clock } from '../../clock.ts'
import type { ChangeResult, SentMessage } from '../channel.ts'
import type { Calls, Failure } from './calls.ts'
import type { Memory } from './memory.ts'
import { messageIdsOf } from './reading.ts'
import { changeFailure, otherBot, otherLength, refused } from './sentences.ts'
import { splitText } from './split.ts'
import { targetOf } from './target.ts'

interface Parts {
  readonly clock: Clock
  readonly calls: Calls
  readonly botId: string
  readonly memory: () => Memory
}

const anything = z.unknown()
const betweenTypingMs = 4_000
const done: ChangeResult = { outcome: 'done' }

const isRefusal = (failure: Failure, said: RegExp): boolean =>
  failure.kind === 'refused' && said.test(failure.description)

/** Changes and takes back what was sent, and shows that somebody is writing. */
export const createChanging = ({ clock, calls, botId, memory }: Parts) => {
  const typedAt = new Map<string, number>()

  const edit = async ({ chatId, externalIds }: SentMessage, text: string): Promise<ChangeResult> => {
    const to = targetOf(chatId, memory())
    if ('refusal' in to) return refused(to.refusal)
    const ids = messageIdsOf(botId, externalIds)
    if (!ids) return refused(otherBot)
    const pieces = splitText(text)
    if (pieces.length === 0) return refused('There is nothing in this message that could be sent.')
    if (pieces.length !== ids.length) return refused(otherLength(ids.length, pieces.length))
    for (const [index, piece] of pieces.entries()) {
      const answer = await calls.call(
        (methods) =>
          methods.editMessageText({
            ...to,
            message_id: ids[index] ?? 0,
            text: piece,
            link_preview_options: { is_disabled: true },
          }),
        { shape: anything, purpose: 'channel_change' },
      )
      if (answer.ok || isRefusal(answer.failure, /not modified/iu)) continue
      return refused(
        index === 0
          ? changeFailure(answer.failure, 'changed')
          : `Only the first ${index === 1 ? 'part was' : `${index} parts were`} changed. Try again.`,
      )
    }
    return done
  }

  const remove = async ({ chatId, externalIds }: SentMessage): Promise<ChangeResult> => {
    const to = targetOf(chatId, memory())
    if ('refusal' in to) return refused(to.refusal)
    const ids = messageIdsOf(botId, externalIds)
    if (!ids) return refused(otherBot)
    const { business_connection_id: connectionId, chat_id: chat } = to
    const options = { shape: anything, purpose: 'channel_change' } as const
    if (connectionId !== undefined) {
      const answer = await calls.call(
        (methods) => methods.deleteBusinessMessages({ business_connection_id: connectionId, message_ids: ids }),
        options,
      )
      return answer.ok ? done : refused(changeFailure(answer.failure, 'taken back'))
    }
    for (const id of ids) {
      const answer = await calls.call((methods) => methods.deleteMessage({ chat_id: chat, message_id: id }), options)
      if (answer.ok || isRefusal(answer.failure, /to delete not found/iu)) continue
      return refused(changeFailure(answer.failure, 'taken back'))
    }
    return done
  }

  const typing = (chatId: string): void => {
    const now = clock.now()
    const to = targetOf(chatId, memory())
    if ('refusal' in to || Math.abs(now - (typedAt.get(chatId) ?? 0)) < betweenTypingMs) return
    if (typedAt.size > 1_000) typedAt.clear()
    typedAt.set(chatId, now)
    void calls.call((methods) => methods.sendChatAction({ ...to, action: 'typing' }), {
      shape: anything,
      purpose: 'channel_change',
    })
  }

  return { edit, remove, typing }
}
