import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { conversations, messages } from '../../../db/schema/index.ts'
import { listUnansweredCrises } from '../../../host/alerts/index.ts'
import { appendMessage, getConversation } from '../../../host/conversations/index.ts'
import { alertAgain, handBack } from '../../../host/handoff/index.ts'
import { countConversations } from '../../../host/inbox/list.ts'
import type { DeliveryStatus } from '../../../shared/taxonomy/conversation.ts'
import { type Desk, noon, openDesk } from './desk.ts'

let desk: Desk
let conversationId: string
beforeEach(() => {
  desk = openDesk()
  conversationId = desk.addClient('Sarah')
})
afterEach(() => desk.close())

const minute = 60_000
const unanswered = () => listUnansweredCrises(desk.db.queries)
const write = (deliveryStatus: DeliveryStatus, more: { senderType?: 'ai' | 'system'; isApproved?: boolean } = {}) =>
  desk.write((tx) =>
    appendMessage(
      tx,
      getConversation(tx.queries, conversationId),
      {
        senderType: more.senderType ?? 'human_coach',
        senderId: 'coach',
        content: 'I am here.',
        deliveryStatus,
        sentAt: desk.clock.now(),
        ...(more.isApproved ? { metadata: { approved_by_coach: true } } : {}),
      },
      desk.clock.now(),
    ),
  )

describe('a safety crisis nobody has answered', () => {
  test('calls until it is acknowledged, and from then on stays in sight', async () => {
    const handoffId = desk.raise(conversationId)
    expect(unanswered()).toEqual([])
    await desk.clock.advance(minute)
    desk.acknowledge(conversationId)
    expect(unanswered()).toEqual([
      { handoffId, conversationId, clientName: 'Sarah', isTakenOver: false, since: noon + minute },
    ])
    await desk.clock.advance(24 * 60 * minute)
    expect(unanswered()).toHaveLength(1)
  })

  test('stays in sight when it is taken over, and wherever the conversation is put', async () => {
    desk.raise(conversationId)
    await desk.clock.advance(minute)
    desk.takeOver(conversationId)
    expect(unanswered()).toMatchObject([{ isTakenOver: true, since: noon + minute }])
    desk.db.queries
      .update(conversations)
      .set({ snoozedUntil: desk.clock.now() + 60 * minute, doneAt: desk.clock.now() })
      .run()
    expect(countConversations(desk.db.queries, desk.clock.now()).needsMe).toBe(1)
    write('sent')
    expect(countConversations(desk.db.queries, desk.clock.now()).needsMe).toBe(0)
  })

  test.each([
    ['queued', 1],
    ['sending', 1],
    ['failed', 1],
    ['unknown', 1],
    ['sent', 0],
    ['delivered', 0],
    ['read', 0],
  ] as const)('is over once the words of the coach have reached the client: %s', (status, left) => {
    desk.raise(conversationId)
    desk.acknowledge(conversationId)
    const { id } = write('queued')
    desk.db.queries.update(messages).set({ deliveryStatus: status }).where(eq(messages.id, id)).run()
    expect(unanswered()).toHaveLength(left)
  })

  test('is not answered by what was said before, by a notice, or by the clone on its own', () => {
    write('sent')
    desk.raise(conversationId)
    desk.acknowledge(conversationId)
    write('sent', { senderType: 'system' })
    write('sent', { senderType: 'ai' })
    expect(unanswered()).toHaveLength(1)
    write('sent', { senderType: 'ai', isApproved: true })
    expect(unanswered()).toEqual([])
  })

  test('begins anew when danger shows again after an answer', () => {
    desk.raise(conversationId)
    desk.acknowledge(conversationId)
    write('sent')
    desk.clientWrites(conversationId)
    desk.write((tx) =>
      alertAgain(tx, getConversation(tx.queries, conversationId), { score: 5, parts: [] }, desk.clock.now()),
    )
    expect(unanswered()).toEqual([])
    desk.acknowledge(conversationId)
    expect(unanswered()).toHaveLength(1)
    write('read')
    expect(unanswered()).toEqual([])
  })

  test('is over when it is handed back, and no other call is one', () => {
    desk.raise(conversationId)
    desk.takeOver(conversationId)
    desk.write((tx) => handBack(tx, conversationId, desk.clock.now(), true))
    expect(unanswered()).toEqual([])
    const other = desk.addClient('Tom')
    desk.raise(other, 'client_request')
    desk.acknowledge(other)
    desk.takeOver(other)
    expect(unanswered()).toEqual([])
  })
})
