import { implement, ORPCError } from '@orpc/server'
import { contract } from '../shared/contract/index.ts'
import { problems } from '../shared/contract/problems.ts'
import { Problem, toProblem } from '../shared/problem.ts'
import type { Backups } from './backups/index.ts'
import { getClient, listClients, updateClient } from './clients/index.ts'
import type { Changes } from './events/index.ts'
import { acknowledge, handBack, takeOver } from './handoff/index.ts'
import type { About, House } from './house.ts'
import {
  countConversations,
  listConversations,
  markRead,
  markUnread,
  readConversation,
  readThread,
  saveComposer,
  sendAsCoach,
} from './inbox/index.ts'
import type { Log } from './log/index.ts'
import { settleTrouble } from './outbox/index.ts'
import { answerWhatIsOpen, discardDraft, explain, sendDraft } from './replies/index.ts'
import type { Vault } from './vault/index.ts'

export interface RouterParts {
  readonly vault: Vault
  readonly backups: Backups
  readonly changes: Changes
  readonly log: Log
  readonly about: () => About
  /** The open house; throws LOCKED while there is none. */
  readonly house: () => House
}

/** One router for every transport. Whatever is thrown leaves as a typed error with a sentence, never a stack. */
export const createRouter = ({ vault, backups, changes, log, about, house }: RouterParts) => {
  const os = implement(contract).use(async ({ next, path }) => {
    try {
      return await next()
    } catch (error) {
      const problem = asProblem(error)
      if (problem.code === 'INTERNAL')
        log('error', 'procedure_failed', { procedure: path.join('.'), code: nameOf(error) })
      throw new ORPCError(problem.code, {
        status: problems[problem.code].status,
        message: problem.message,
        cause: problem,
      })
    }
  })

  return os.router({
    vault: {
      status: os.vault.status.handler(() => vault.status()),
      create: os.vault.create.handler(({ input }) => vault.create(input)),
      newPhrase: os.vault.newPhrase.handler(() => vault.newPhrase()),
      confirmPhrase: os.vault.confirmPhrase.handler(async ({ input }) => done(await vault.confirmPhrase(input))),
      unlock: os.vault.unlock.handler(async ({ input }) => done(await vault.unlock(input))),
      retry: os.vault.retry.handler(async () => done(await vault.retry())),
      setPassphrase: os.vault.setPassphrase.handler(async ({ input }) => done(await vault.setPassphrase(input))),
    },
    backups: {
      list: os.backups.list.handler(() => backups.list()),
      create: os.backups.create.handler(() => backups.create()),
      restore: os.backups.restore.handler(async ({ input }) => done(await backups.restore(input))),
    },
    events: {
      changes: os.events.changes.handler(({ signal }) => changes.subscribe(signal)),
    },
    inbox: {
      list: os.inbox.list.handler(({ input }) => listConversations(house().queries, input)),
      counts: os.inbox.counts.handler(() => countConversations(house().queries)),
      conversation: os.inbox.conversation.handler(({ input }) =>
        readConversation(house().queries, input.conversationId, house().settings.values()),
      ),
      thread: os.inbox.thread.handler(({ input }) =>
        readThread(house().queries, input, house().settings.values().coachName),
      ),
      send: os.inbox.send.handler(({ input }) =>
        house().act((tx, now) => ({ messageId: sendAsCoach(tx, input, now).messageId ?? '' })),
      ),
      takeOver: os.inbox.takeOver.handler(({ input }) =>
        house().act((tx, now) => done(takeOver(tx, input.conversationId, now))),
      ),
      handBack: os.inbox.handBack.handler(({ input }) =>
        house().act((tx, now) => {
          handBack(tx, input.conversationId, now, input.evenAfterCrisis)
          answerWhatIsOpen(tx, input.conversationId, now)
          return {}
        }),
      ),
      acknowledge: os.inbox.acknowledge.handler(({ input }) =>
        house().act((tx, now) => done(acknowledge(tx, input.conversationId, now))),
      ),
      markRead: os.inbox.markRead.handler(({ input }) =>
        house().act((tx) => done(markRead(tx, input.conversationId, input.upToSeq))),
      ),
      markUnread: os.inbox.markUnread.handler(({ input }) =>
        house().act((tx) => done(markUnread(tx, input.conversationId))),
      ),
      saveComposer: os.inbox.saveComposer.handler(({ input }) =>
        house().act((tx, now) => done(saveComposer(tx, input.conversationId, input.text, now))),
      ),
      sendDraft: os.inbox.sendDraft.handler(({ input }) =>
        house().act((tx, now) => done(sendDraft(tx, input, house().settings.values().coachName, now))),
      ),
      discardDraft: os.inbox.discardDraft.handler(({ input }) =>
        house().act((tx, now) => done(discardDraft(tx, input.draftId, now))),
      ),
      settleTrouble: os.inbox.settleTrouble.handler(({ input }) =>
        house().act((tx, now) => done(settleTrouble(tx, input.outboxId, input.decision, now))),
      ),
      attachment: os.inbox.attachment.handler(({ input }) => house().readAttachment(input.fileId)),
    },
    replies: {
      why: os.replies.why.handler(({ input }) => explain(house().queries, input.executionId)),
    },
    clients: {
      list: os.clients.list.handler(({ input }) => listClients(house().queries, input)),
      get: os.clients.get.handler(({ input }) => getClient(house().queries, input.clientId)),
      update: os.clients.update.handler(({ input: { clientId, ...changed } }) =>
        house().act((tx, now) => done(updateClient(tx, clientId, changed, now))),
      ),
    },
    settings: {
      get: os.settings.get.handler(() => {
        const { settings } = house()
        return {
          ...settings.values(),
          hasModelKey: settings.hasModelKey(),
          fromEnvironment: settings.fromEnvironment(),
          modelReady: settings.modelReady(),
        }
      }),
      update: os.settings.update.handler(({ input }) =>
        house().act((tx, now) => done(house().settings.update(tx, input, now))),
      ),
      testModel: os.settings.testModel.handler(() => house().model.test()),
    },
    privacy: {
      ledger: os.privacy.ledger.handler(({ input }) => house().gate.ledger(input)),
      payload: os.privacy.payload.handler(({ input }) => house().gate.payload(input.entryId)),
    },
    channels: {
      list: os.channels.list.handler(() => ({ rows: house().channels.statuses() })),
      startPractice: os.channels.startPractice.handler(() => done(house().startPractice())),
      stopPractice: os.channels.stopPractice.handler(async () => done(await house().stopPractice())),
    },
    system: {
      about: os.system.about.handler(() => about()),
    },
  })
}

const done = (_nothing: unknown): Record<string, never> => ({})

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : typeof error)

const asProblem = (error: unknown): Problem => {
  if (error instanceof ORPCError && error.code === 'BAD_REQUEST')
    return new Problem('INVALID_INPUT', undefined, { cause: error })
  return toProblem(error)
}
