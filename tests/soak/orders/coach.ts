import { updateClient } from '../../../host/clients/index.ts'
import { acknowledge, handBack, takeOver } from '../../../host/handoff/index.ts'
import { sendAsCoach, triage } from '../../../host/inbox/index.ts'
import { forgetDraftDecision } from '../../../host/learning/index.ts'
import { cancelSend } from '../../../host/outbox/index.ts'
import {
  answerWhatIsOpen,
  discardDraft,
  regenerate,
  restoreDraft,
  sendDraft,
  settleAsCoach,
} from '../../../host/replies/index.ts'
import type { Owner, ReplyMode } from '../../../shared/taxonomy/conversation.ts'
import { type Book, type ChatBook, chatOf } from './book.ts'
import { wishWords } from './watch.ts'
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
  'restore',
  'regenerate',
  'undo',
  'accept',
  'decline',
  'again',
  'arrived',
  'drop',
] as const
export type CoachAct = (typeof coachActs)[number]

interface Row {
  id: string
  clientId: string
  owner: Owner
}

const rowOf = (world: World, chatId: string): Row | undefined =>
  world
    .sqlite()
    .prepare<[string], Row>(`SELECT id, client_id AS clientId, owner FROM conversations WHERE external_chat_id = ?`)
    .get(chatId)

/** One act of the coach, as the console's router performs it, noted in the book once it is committed. */
export const actAsCoach = (world: World, chatId: string, act: CoachAct, evenIfClientWrote: boolean): void => {
  if (world.state.isDead) return
  const row = rowOf(world, chatId)
  if (!row) return
  const { book } = world.state
  const chat = chatOf(book, chatId)
  switch (act) {
    case 'send':
      return write(world, chat, row.id, { delayMs: null, onlyIfSilent: false })
    case 'takeOver':
      return world.act(
        (tx, now) => takeOver(tx, row.id, now),
        () => {
          chat.acts += 1
          chat.floor = 'person'
          chat.phoneAt = null
          chat.phoneAtBefore = null
          if (chat.lock === 'locked') chat.lock = 'inHand'
        },
      )
    case 'handBack':
      return world.act(
        (tx, now) => {
          handBack(tx, row.id, now, true)
          answerWhatIsOpen(tx, row.id, world.house().settings.values(), now)
        },
        () => {
          if (row.owner !== 'ai') noteHandBack(chat)
        },
      )
    case 'acknowledge':
      return world.act((tx, now) => acknowledge(tx, row.id, now))
    case 'approve':
    case 'edit':
    case 'rewrite':
      return approve(world, chat, row, act, evenIfClientWrote)
    case 'discard':
    case 'restore':
    case 'regenerate':
      return decideOnDraft(world, chat, row.id, act)
    case 'undo':
      return undo(world, chat, row.id)
    case 'accept':
    case 'decline':
      return letIn(world, chat, row.id, act)
    default:
      return settle(world, chat, row.id, act)
  }
}

const noteHandBack = (chat: ChatBook): void => {
  chat.acts += 1
  chat.floor = 'clone'
  chat.phoneAt = null
  chat.phoneAtBefore = null
  chat.handedBackAt = chat.wrote
  if (chat.lock === 'none') return
  chat.lock = 'none'
  chat.crisisEndedAt = chat.wrote
  // After a crisis the client has a mode of their own.
  chat.hasDefaultMode = false
}

/** The coach writes, now or for later; now with a few moments in which it can be taken back. */
export const write = (
  world: World,
  chat: ChatBook,
  conversationId: string,
  { delayMs, onlyIfSilent }: { delayMs: number | null; onlyIfSilent: boolean },
): void => {
  const { book } = world.state
  const requestId = crypto.randomUUID()
  const now = world.clock.now()
  const isScheduled = delayMs !== null
  const undoMs = world.house().settings.values().undoSendSeconds * 1_000
  const notBefore = now + (delayMs ?? undoMs)
  const text = `I am here myself, ${requestId.slice(0, 8)}.`
  const { chatId, wrote } = chat
  const message = {
    conversationId,
    requestId,
    text,
    ...(isScheduled ? { sendAt: notBefore, onlyIfSilent } : {}),
  }
  world.act(
    (tx, at) => sendAsCoach(tx, message, undoMs, at),
    () => {
      book.coachSends.set(requestId, { chatId, text, notBefore, isScheduled, wrote, onlyIfSilent })
      book.horizon = Math.max(book.horizon, notBefore)
      if (isScheduled) return
      chat.acts += 1
      chat.floor = 'person'
      chat.phoneAtBefore = chat.phoneAt ?? chat.phoneAtBefore
      chat.phoneAt = null
      chat.acceptance = 'accepted'
    },
  )
}

/** The coach schedules a message to one client. */
export const schedule = (world: World, chatId: string, delayMs: number, onlyIfSilent: boolean): void => {
  const row = world.state.isDead ? undefined : rowOf(world, chatId)
  if (row) write(world, chatOf(world.state.book, chatId), row.id, { delayMs, onlyIfSilent })
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
  chat: ChatBook,
  row: Row,
  act: 'approve' | 'edit' | 'rewrite',
  evenIfClientWrote: boolean,
): void => {
  const { book } = world.state
  const draft = pendingDraft(world, row.id)
  if (!draft) return
  const texts = { approve: draft.text, edit: `${draft.text}.`, rewrite: `edited ${draft.text}, as I would put it` }
  const input = { draftId: draft.id, requestId: crypto.randomUUID(), text: texts[act], evenIfClientWrote }
  const approval = { chatId: chat.chatId, draftId: draft.id, wrote: chat.wrote, text: input.text }
  world.act(
    (tx, now) => sendDraft(tx, input, world.house().settings.values(), now),
    () => {
      decidedAnew(book, draft.id)
      book.approvals.set(input.requestId, approval)
      chat.acts += 1
    },
  )
}

const decideOnDraft = (
  world: World,
  chat: ChatBook,
  conversationId: string,
  act: 'discard' | 'restore' | 'regenerate',
): void => {
  const { book } = world.state
  const draft = pendingDraft(world, conversationId)
  if (act === 'regenerate')
    return world.act(
      (tx, now) => regenerate(tx, conversationId, wishWords, now),
      () => {
        if (draft) decidedAnew(book, draft.id)
        chat.acts += 1
        chat.askedForDraftAt = chat.words
      },
    )
  if (act === 'restore') {
    const discarded = world
      .sqlite()
      .prepare<[string], { id: string }>(
        "SELECT id FROM drafts WHERE conversation_id = ? AND state = 'discarded' ORDER BY decided_at DESC",
      )
      .get(conversationId)
    if (discarded) world.act((tx) => restoreDraft(tx, discarded.id))
    return
  }
  if (!draft) return
  world.act(
    (tx, now) => discardDraft(tx, draft.id, world.house().settings.values(), now),
    () => {
      decidedAnew(book, draft.id)
      chat.discardedAt = chat.wrote
    },
  )
}

/** The coach takes back the newest of what they sent or scheduled that has not gone. */
const undo = (world: World, chat: ChatBook, conversationId: string): void => {
  const { book } = world.state
  const isHere = (outboxId: string): boolean =>
    !book.takenBack.has(outboxId) && (book.handed.get(outboxId) ?? 0) <= (book.later.get(outboxId) ?? 0)
  const ours = [...book.coachSends, ...book.approvals].filter(
    ([outboxId, { chatId }]) => chatId === chat.chatId && isHere(outboxId),
  )
  const [outboxId, send] =
    ours.toSorted(([one], [other]) => seqOf(world, other) - seqOf(world, one))[0] ?? ([undefined, undefined] as const)
  if (!outboxId || !send) return
  let isBack = false
  world.act(
    (tx, now) => cancelSend(tx, outboxId, forgetDraftDecision, now),
    () => {
      isBack = true
      book.takenBack.add(outboxId)
      if ('isScheduled' in send && !send.isScheduled) chat.phoneAt ??= chat.phoneAtBefore
    },
  )
  if (isBack && !world.state.isDead && !liesBeforeCoach(world, conversationId, send.text))
    book.faults.push(`${chat.chatId}, ${send.text}: was taken back and is gone`)
}

const seqOf = (world: World, outboxId: string): number =>
  world.sqlite().prepare<[string], { seq: number }>('SELECT seq FROM outbox WHERE id = ?').get(outboxId)?.seq ?? 0

/** A text waits for the coach: as the draft, or where they write. */
export const liesBeforeCoach = (world: World, conversationId: string, text: string): boolean =>
  pendingDraft(world, conversationId)?.text === text ||
  (world
    .sqlite()
    .prepare<[string], { text: string }>('SELECT text FROM composer_texts WHERE conversation_id = ?')
    .get(conversationId)
    ?.text.includes(text) ??
    false)

const letIn = (world: World, chat: ChatBook, conversationId: string, act: 'accept' | 'decline'): void => {
  const acceptance = act === 'accept' ? 'accepted' : 'declined'
  world.act(
    (tx, now) =>
      triage(tx, { conversationIds: [conversationId], action: { kind: act } }, world.house().settings.values(), now),
    () => {
      if (chat.acceptance === acceptance) return
      chat.acceptance = acceptance
      chat.acts += 1
    },
  )
}

const decisions = { again: 'send_again', arrived: 'arrived', drop: 'drop' } as const

const settle = (world: World, chat: ChatBook, conversationId: string, act: keyof typeof decisions): void => {
  const { book } = world.state
  const trouble = world
    .sqlite()
    .prepare<[string], { id: string; isAnswer: number }>(
      `SELECT id, json_extract(metadata, '$.notice') IS NULL AS isAnswer FROM outbox WHERE conversation_id = ? AND state IN ('failed','unknown') ORDER BY seq DESC LIMIT 1`,
    )
    .get(conversationId)
  if (!trouble) return
  world.act(
    (tx, now) =>
      settleAsCoach(tx, { outboxId: trouble.id, decision: decisions[act] }, world.house().settings.values(), now),
    () => {
      if (act !== 'drop' && trouble.isAnswer === 1) chat.acts += 1
      if (act === 'again') book.again.set(trouble.id, (book.again.get(trouble.id) ?? 0) + 1)
      else book.settled.add(trouble.id)
      // What the coach drops counts as never said.
      if (act === 'drop') chat.replied.delete(trouble.id)
    },
  )
}

/** The coach changes how the clone treats one client; what it was thinking is out of date. */
export const changeClient = (
  world: World,
  chatId: string,
  changes: { replyMode?: ReplyMode; isSensitive?: boolean },
): void => {
  const row = world.state.isDead ? undefined : rowOf(world, chatId)
  if (!row) return
  world.act(
    (tx, now) => updateClient(tx, row.clientId, changes, world.house().settings.values(), now),
    () => {
      const chat = chatOf(world.state.book, chatId)
      chat.acts += 1
      if (changes.replyMode) chat.hasDefaultMode = false
    },
  )
}

/** The coach changes what holds for every client without a mode of their own. */
export const changeDefaultMode = (world: World, defaultReplyMode: ReplyMode): void => {
  const { book } = world.state
  world.changeSettings({ defaultReplyMode }, () => {
    if (book.defaultMode === defaultReplyMode) return
    book.defaultMode = defaultReplyMode
    for (const chat of book.chats.values()) if (chat.hasDefaultMode) chat.acts += 1
  })
}
