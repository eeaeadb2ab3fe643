import { eq } from 'drizzle-orm'
import { afterEach, describe, expect, test } from 'vitest'
import {
  agentExecutions,
  conversations,
  drafts,
  egressLedger,
  jobs,
  messages,
  outbox,
} from '../../../db/schema/index.ts'
import type { OpenStore } from '../../../host/vault/index.ts'
import { startTestHost, type TestHost, until } from '../../fixtures/testHost.ts'
import { temporaryFolder } from '../store/folder.ts'
import { insertConversation, insertMessage } from '../store/rows.ts'
import { passphrase } from '../vault/vaults.ts'
import { backupsOn } from './data.ts'

const waited = 'This was waiting to be sent when the backup was made. It may have been sent since.'

const insertRun = ({ queries }: OpenStore, id: string, status: 'running' | 'draft'): void => {
  const run = { id, conversationId: 'c1', clientId: 'c1', epoch: 0, lastClientSeq: 0, status, draftReply: id }
  queries
    .insert(agentExecutions)
    .values({ ...run, createdAt: 1 })
    .run()
}
const insertDraft = ({ queries }: OpenStore, id: string, state: 'queued' | 'pending', conversationId = 'c1'): void => {
  const draft = { id, conversationId, clientId: conversationId, executionId: id, text: 'as the clone wrote it' }
  queries
    .insert(drafts)
    .values({ ...draft, lastClientSeq: 0, state, createdAt: 1 })
    .run()
}
const insertOutgoing = ({ queries }: OpenStore, id: string, more: Partial<typeof outbox.$inferInsert>): void => {
  const row = { id, conversationId: 'c1', clientId: 'c1', author: 'human', text: id, state: 'queued' } as const
  queries
    .insert(outbox)
    .values({ ...row, sendAfter: 1, createdAt: 1, ...more })
    .run()
}

/** Backs up what `fill` lays in, restores it, and hands over the restored data. */
const restoredWith = async (fill: (store: OpenStore) => void): Promise<OpenStore> => {
  const { backups, vault } = await backupsOn(temporaryFolder(), { isNew: true })
  fill(vault.store())
  const { folder } = await backups.create()
  await backups.restore({ folder, secret: { passphrase } })
  return vault.store()
}
const outboxOf = ({ queries }: OpenStore) => queries.select().from(outbox).orderBy(outbox.seq).all()
const draftOf = ({ queries }: OpenStore, id: string) => queries.select().from(drafts).where(eq(drafts.id, id)).get()

describe('what waited to be sent when a backup was made', () => {
  test('is in doubt after a restore where it stands in the thread, and says why', async () => {
    const { queries, ...store } = await restoredWith((filled) => {
      for (const [id, state] of [
        ['m-queued', 'queued'],
        ['m-sending', 'sending'],
        ['m-sent', 'sent'],
      ] as const) {
        insertMessage(filled, id, 'hello')
        filled.queries.update(messages).set({ deliveryStatus: state }).where(eq(messages.id, id)).run()
        insertOutgoing(filled, id, { messageId: id, state, ...(id === 'm-sending' ? { author: 'ai' } : {}) })
      }
      const entry = { id: 'e1', purpose: 'channel_send', destination: 'fake', bytesOut: 5, status: 'pending' } as const
      filled.queries
        .insert(egressLedger)
        .values({ ...entry, messageId: 'm-sending', createdAt: 1 })
        .run()
    })
    expect(outboxOf({ queries, ...store }).map(({ id, state, error }) => [id, state, error])).toEqual([
      ['m-queued', 'unknown', waited],
      ['m-sending', 'unknown', waited],
      ['m-sent', 'sent', null],
    ])
    const statusOf = (id: string) => queries.select().from(messages).where(eq(messages.id, id)).get()?.deliveryStatus
    expect(['m-queued', 'm-sending', 'm-sent'].map(statusOf)).toEqual(['unknown', 'unknown', 'sent'])
    expect(queries.select().from(egressLedger).get()?.status).toBe('failed')
  })

  test('is withdrawn where the clone alone had written it', async () => {
    const store = await restoredWith((filled) => {
      insertRun(filled, 'run', 'running')
      insertOutgoing(filled, 'answer', { author: 'ai', executionId: 'run', expectedEpoch: 0 })
    })
    expect(outboxOf(store).map(({ state }) => state)).toEqual(['discarded'])
    expect(store.queries.select().from(agentExecutions).get()?.status).toBe('superseded')
  })

  test('is a draft again where the coach had approved it, as they left it', async () => {
    const store = await restoredWith((filled) => {
      insertRun(filled, 'run', 'draft')
      insertDraft(filled, 'run', 'queued')
      insertOutgoing(filled, 'approved', {
        author: 'approved_draft',
        text: 'as I want it',
        draftId: 'run',
        executionId: 'run',
      })
    })
    expect(outboxOf(store).map(({ state }) => state)).toEqual(['discarded'])
    expect(draftOf(store, 'run')).toMatchObject({ state: 'pending', text: 'as I want it', decidedAt: null })
    expect(store.queries.select().from(agentExecutions).get()?.status).toBe('draft')
  })

  test('gives way to a draft that lies before the coach already', async () => {
    const store = await restoredWith((filled) => {
      insertConversation(filled, 'c2')
      for (const [id, state] of [
        ['old', 'queued'],
        ['new', 'pending'],
      ] as const) {
        insertRun(filled, id, 'draft')
        insertDraft(filled, id, state)
      }
      insertRun(filled, 'elsewhere', 'draft')
      insertDraft(filled, 'elsewhere', 'pending', 'c2')
      insertOutgoing(filled, 'approved', { author: 'approved_draft', draftId: 'old', executionId: 'old' })
    })
    expect(['old', 'new', 'elsewhere'].map((id) => draftOf(store, id)?.state)).toEqual([
      'superseded',
      'pending',
      'pending',
    ])
  })

  test('starts no thinking either: replies that were due are done with, and every conversation moves on', async () => {
    const { queries } = await restoredWith((filled) => {
      insertConversation(filled, 'c2')
      filled.queries.update(conversations).set({ epoch: 7 }).where(eq(conversations.id, 'c2')).run()
      for (const [id, kind, state] of [
        ['j1', 'reply', 'queued'],
        ['j2', 'reply', 'running'],
        ['j3', 'reply', 'failed'],
        ['j4', 'daily_backup', 'queued'],
      ] as const) {
        const job = { id, kind, state, payload: '{}', runAt: 1, maxAttempts: 3, createdAt: 1 }
        filled.queries.insert(jobs).values(job).run()
      }
    })
    const states = queries.select().from(jobs).orderBy(jobs.seq).all()
    expect(states.map(({ state }) => state)).toEqual(['done', 'done', 'failed', 'queued'])
    const epochs = queries.select().from(conversations).orderBy(conversations.id).all()
    expect(epochs.map(({ epoch }) => epoch)).toEqual([1, 8])
  })
})

describe('the whole console', () => {
  let running: TestHost | undefined
  afterEach(() => running?.stop())

  test('sends nothing by itself after a restore, and what the coach then sends goes out once', async () => {
    running = await startTestHost({ settings: { defaultReplyMode: 'off' } })
    const { client, far } = running
    await client.vault.setPassphrase({ passphrase })
    await far.write('noor', 'Are you there?')
    const [row] = (await client.inbox.list({ filter: 'all', limit: 10 })).rows
    const conversationId = row?.id ?? ''
    far.nextSends.push('hang')
    const say = (requestId: string, text: string) => client.inbox.send({ conversationId, requestId, text })
    await say('00000000-0000-7000-8000-000000000001', 'first')
    await say('00000000-0000-7000-8000-000000000002', 'second')
    const { folder } = await client.backups.create()
    await client.backups.restore({ folder, secret: { passphrase } })

    await say('00000000-0000-7000-8000-000000000003', 'third')
    await until('the new message is sent', () => far.sent.length > 0)
    expect(far.sent.map(({ text }) => text)).toEqual(['third'])
    const thread = await client.inbox.thread({ conversationId, limit: 50 })
    const mine = thread.messages.filter(({ senderType }) => senderType === 'human_coach')
    expect(mine.map(({ deliveryStatus }) => deliveryStatus)).toEqual(['unknown', 'unknown', 'sent'])
  })
})
