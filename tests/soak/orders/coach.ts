import { updateClient } from '../../../host/clients/index.ts'
import { acknowledge, handBack, takeOver } from '../../../host/handoff/index.ts'
import { sendAsCoach } from '../../../host/inbox/index.ts'
import { settleTrouble } from '../../../host/outbox/index.ts'
import { answerWhatIsOpen, discardDraft, sendDraft } from '../../../host/replies/index.ts'
import type { Owner, ReplyMode } from '../../../shared/taxonomy/conversation.ts'
import { type Book, chatOf } from './book.ts'
import type { World } from './world.ts'

export const coachActs = [
  'send',
  'takeOver',
  'handBack',
  'acknowledge',
  'approve',
  'edit',
  'rewrite',
  'discard',
  'again',
  'arrived',
  'drop',
] as const
export type CoachAct = (typeof coachActs)[number]

interface Row {
  id: string
  clientId: string
  owner: Owner
  clientSeq: number
}

const rowOf = (world: World, chatId: string): Row | undefined =>
  world
    .sqlite()
    .prepare<[string], Row>(
      `SELECT id, client_id AS clientId, owner, last_client_seq AS clientSeq FROM conversations WHERE external_chat_id = ?`,
    )
    .get(chatId)

/** One act of the coach, as the console's router performs it, noted in the book once it is committed. */
export const actAsCoach = (world: World, chatId: string, act: CoachAct, evenIfClientWrote: boolean): void => {
  if (world.state.isDead) return
  const row = rowOf(world, chatId)
  if (!row) return
  const { book } = world.state
  const chat = chatOf(book, chatId)
  const noteAct = (floor: typeof chat.floor): void => {
    chat.acts += 1
    chat.floor = floor
  }
  switch (act) {
    case 'send': {
      const requestId = crypto.randomUUID()
      book.humanSends.add(requestId)
      const input = { conversationId: row.id, requestId, text: 'I am here myself.' }
      return world.act(
        (tx, now) => sendAsCoach(tx, input, now),
        () => noteAct('person'),
      )
    }
    case 'takeOver':
      return world.act(
        (tx, now) => takeOver(tx, row.id, now),
        () => noteAct('person'),
      )
    case 'handBack':
      return world.act(
        (tx, now) => {
          handBack(tx, row.id, now, true)
          answerWhatIsOpen(tx, row.id, now)
        },
        () => {
          if (row.owner !== 'ai') noteAct('clone')
        },
      )
    case 'acknowledge':
      return world.act((tx, now) => acknowledge(tx, row.id, now))
    case 'approve':
    case 'edit':
    case 'rewrite':
      return approve(world, chatId, row, act, evenIfClientWrote)
    case 'discard': {
      const draft = pendingDraft(world, row.id)
      if (!draft) return
      return world.act(
        (tx, now) => discardDraft(tx, draft.id, now),
        () => {
          decidedAnew(book, draft.id)
          chat.discardedAt = row.clientSeq
        },
      )
    }
    default:
      return settle(world, chatId, row.id, act)
  }
}

const decidedAnew = (book: Book, draftId: string): void => {
  for (const [requestId, approval] of book.approvals) if (approval.draftId === draftId) book.settled.add(requestId)
}

const pendingDraft = (world: World, conversationId: string): { id: string; text: string } | undefined =>
  world
    .sqlite()
    .prepare<[string], { id: string; text: string }>(
      "SELECT id, text FROM drafts WHERE conversation_id = ? AND state = 'pending'",
    )
    .get(conversationId)

const approve = (
  world: World,
  chatId: string,
  row: Row,
  act: 'approve' | 'edit' | 'rewrite',
  evenIfClientWrote: boolean,
): void => {
  const { book } = world.state
  const draft = pendingDraft(world, row.id)
  if (!draft) return
  const texts = { approve: draft.text, edit: `${draft.text}.`, rewrite: `edited ${draft.text}, as I would put it` }
  const input = { draftId: draft.id, requestId: crypto.randomUUID(), text: texts[act], evenIfClientWrote }
  const approval = { chatId, draftId: draft.id, clientSeq: row.clientSeq, text: input.text }
  world.act(
    (tx, now) => sendDraft(tx, input, 'Robin Vale', now),
    () => {
      decidedAnew(book, draft.id)
      book.approvals.set(input.requestId, approval)
      chatOf(book, chatId).acts += 1
    },
  )
}

const decisions = { again: 'send_again', arrived: 'arrived', drop: 'drop' } as const

const settle = (world: World, chatId: string, conversationId: string, act: keyof typeof decisions): void => {
  const { book } = world.state
  const trouble = world
    .sqlite()
    .prepare<[string], { id: string; notice: string | null }>(
      `SELECT id, json_extract(metadata, '$.notice') AS notice FROM outbox
       WHERE conversation_id = ? AND state IN ('failed','unknown') ORDER BY seq DESC LIMIT 1`,
    )
    .get(conversationId)
  if (!trouble) return
  world.act(
    (tx, now) => settleTrouble(tx, trouble.id, decisions[act], now),
    () => {
      if (act === 'again') book.again.set(trouble.id, (book.again.get(trouble.id) ?? 0) + 1)
      else book.settled.add(trouble.id)
      if (act !== 'drop') return
      // What the coach drops counts as never said.
      const chat = chatOf(book, chatId)
      if (trouble.notice === null) chat.replies = Math.max(0, chat.replies - 1)
    },
  )
}

/** The coach changes how the clone treats one client; what it was thinking is out of date. */
export const changeClient = (
  world: World,
  chatId: string,
  changes: { replyMode?: ReplyMode; isSensitive?: boolean },
): void => {
  if (world.state.isDead) return
  const row = rowOf(world, chatId)
  if (!row) return
  world.act(
    (tx, now) => updateClient(tx, row.clientId, changes, now),
    () => {
      chatOf(world.state.book, chatId).acts += 1
    },
  )
}
