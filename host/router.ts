import { implement, ORPCError } from '@orpc/server'
import { contract } from '../shared/contract/index.ts'
import { problems } from '../shared/contract/problems.ts'
import { type Problem, toProblem } from '../shared/problem.ts'
import {
  addFollowUp,
  auditCrisis,
  finishFollowUp,
  listCrises,
  listFollowUps,
  listUnansweredCrises,
  planAfterCrisis,
  postponeFollowUp,
} from './alerts/index.ts'
import type { Backups } from './backups/index.ts'
import { badInput } from './badInput.ts'
import type { Clock } from './clock.ts'
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
  readVersions,
  restore,
  saveComposer,
  searchMessages,
  sendAsCoach,
  setFeedback,
  triage,
} from './inbox/index.ts'
import { forgetDraftDecision } from './learning/index.ts'
import type { Log } from './log/index.ts'
import { refinementCounts } from './memory/index.ts'
import {
  addNote,
  countCannedUse,
  listCanned,
  listNotes,
  removeCanned,
  removeNote,
  saveCanned,
  updateNote,
} from './notes/index.ts'
import { cancelSend } from './outbox/index.ts'
import {
  answerWhatIsOpen,
  discardDraft,
  explain,
  regenerate,
  restoreDraft,
  sendDraft,
  settleAsCoach,
} from './replies/index.ts'
import { behind, overview, previewThresholds } from './reports/index.ts'
import { addLink, dismissGap, listGaps, listLinks, removeLink, wantVectors } from './retrieval/index.ts'
import {
  checkInRoutes,
  clientRoutes,
  learningRoutes,
  memoryRoutes,
  pastRoutes,
  rulesRoutes,
  timelineRoutes,
} from './routes/index.ts'
import { changeSettings } from './settingsChange.ts'
import type { Vault } from './vault/index.ts'

export interface RouterParts {
  readonly vault: Vault
  readonly backups: Backups
  readonly changes: Changes
  readonly clock: Clock
  readonly log: Log
  readonly about: () => About
  /** The open house; throws LOCKED while there is none. */
  readonly house: () => House
}

const monthMs = 30 * 24 * 3_600_000

/** One router for every transport. Whatever is thrown leaves as a typed error with a sentence, never a stack. */
export const createRouter = ({ vault, backups, changes, clock, log, about, house }: RouterParts) => {
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
      list: os.inbox.list.handler(({ input }) => listConversations(house().queries, input, clock.now())),
      counts: os.inbox.counts.handler(() => countConversations(house().queries, clock.now())),
      conversation: os.inbox.conversation.handler(({ input }) =>
        readConversation(house().queries, input.conversationId, house().settings.values()),
      ),
      thread: os.inbox.thread.handler(({ input }) =>
        readThread(
          house().queries,
          input,
          house().settings.values().coachName,
          (name) => house().channels.named(name)?.edit !== undefined,
        ),
      ),
      search: os.inbox.search.handler(({ input }) => searchMessages(house().queries, input)),
      versions: os.inbox.versions.handler(({ input }) => readVersions(house().queries, input.messageId)),
      triage: os.inbox.triage.handler(({ input }) =>
        house().act((tx, now) => triage(tx, input, house().settings.values(), now)),
      ),
      restore: os.inbox.restore.handler(({ input }) =>
        house().act((tx, now) => done(restore(tx, input, house().settings.values(), now))),
      ),
      setFeedback: os.inbox.setFeedback.handler(({ input }) =>
        house().act((tx, now) => done(setFeedback(tx, input, now))),
      ),
      cancelSend: os.inbox.cancelSend.handler(({ input }) =>
        house().act((tx, now) => done(cancelSend(tx, input.outboxId, forgetDraftDecision, now))),
      ),
      editMessage: os.inbox.editMessage.handler(async ({ input }) =>
        done(await house().messageChanges.edit(input.messageId, input.text)),
      ),
      removeMessage: os.inbox.removeMessage.handler(async ({ input }) =>
        done(await house().messageChanges.remove(input.messageId)),
      ),
      restoreDraft: os.inbox.restoreDraft.handler(({ input }) =>
        house().act((tx) => done(restoreDraft(tx, input.draftId))),
      ),
      regenerate: os.inbox.regenerate.handler(({ input }) =>
        house().act((tx, now) => done(regenerate(tx, input.conversationId, input.hint, now))),
      ),
      send: os.inbox.send.handler(({ input }) =>
        house().act((tx, now) => {
          if (input.cannedReplyId !== undefined) countCannedUse(tx, input.cannedReplyId)
          return sendAsCoach(tx, input, house().settings.values().undoSendSeconds * 1_000, now)
        }),
      ),
      takeOver: os.inbox.takeOver.handler(({ input }) =>
        house().act((tx, now) => done(takeOver(tx, input.conversationId, now))),
      ),
      handBack: os.inbox.handBack.handler(({ input }) =>
        house().act((tx, now) => {
          const values = house().settings.values()
          const ended = handBack(tx, input.conversationId, now, input.evenAfterCrisis)
          if (ended) planAfterCrisis(tx, ended, values, now)
          answerWhatIsOpen(tx, input.conversationId, values, now)
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
        house().act((tx, now) => sendDraft(tx, input, house().settings.values(), now)),
      ),
      discardDraft: os.inbox.discardDraft.handler(({ input }) =>
        house().act((tx, now) => done(discardDraft(tx, input.draftId, house().settings.values(), now))),
      ),
      settleTrouble: os.inbox.settleTrouble.handler(({ input }) =>
        house().act((tx, now) => done(settleAsCoach(tx, input, house().settings.values(), now))),
      ),
      attachment: os.inbox.attachment.handler(({ input }) => house().readAttachment(input.fileId)),
    },
    replies: {
      why: os.replies.why.handler(({ input }) => explain(house().queries, input.executionId)),
    },
    clients: clientRoutes(os.clients, house, { backups }),
    settings: {
      get: os.settings.get.handler(() => {
        const { settings } = house()
        return {
          ...settings.values(),
          hasModelKey: settings.hasModelKey(),
          fromEnvironment: settings.fromEnvironment(),
          modelReady: settings.modelReady(),
          hasTranscriptionKey: settings.hasTranscriptionKey(),
          transcriptionReady: settings.transcription() !== null,
        }
      }),
      memoryReading: os.settings.memoryReading.handler(() => refinementCounts(house().queries, clock.now() - monthMs)),
      update: os.settings.update.handler(({ input }) =>
        house().act((tx, now) => done(changeSettings(tx, house(), input, now))),
      ),
      testModel: os.settings.testModel.handler(() => house().model.test()),
      testTranscription: os.settings.testTranscription.handler(({ input }) =>
        house().transcriber.test(house().settings.transcription(input)),
      ),
    },
    privacy: {
      ledger: os.privacy.ledger.handler(({ input }) => house().gate.ledger(input)),
      payload: os.privacy.payload.handler(({ input }) => house().gate.payload(input.entryId)),
    },
    channels: {
      list: os.channels.list.handler(() => ({ rows: house().channels.statuses() })),
      startPractice: os.channels.startPractice.handler(() => done(house().startPractice())),
      stopPractice: os.channels.stopPractice.handler(async () => done(await house().stopPractice())),
      telegram: os.channels.telegram.handler(() => house().telegram.status()),
      testTelegram: os.channels.testTelegram.handler(({ input }) => house().telegram.test(input.token)),
      connectTelegram: os.channels.connectTelegram.handler(async ({ input }) =>
        done(await house().telegram.connect(input.token)),
      ),
      disconnectTelegram: os.channels.disconnectTelegram.handler(async () => done(await house().telegram.disconnect())),
      testOwnDevice: os.channels.testOwnDevice.handler(async () => done(await house().telegram.testOwnDevice())),
      unlinkCoach: os.channels.unlinkCoach.handler(async () => done(await house().telegram.unlinkCoach())),
      newLinkCode: os.channels.newLinkCode.handler(() => done(house().telegram.newLinkCode())),
    },
    handoffs: {
      openAlerts: os.handoffs.openAlerts.handler(() => ({ rows: house().alerts.openAlerts() })),
      unansweredCrises: os.handoffs.unansweredCrises.handler(() => ({ rows: listUnansweredCrises(house().queries) })),
      crises: os.handoffs.crises.handler(({ input }) => listCrises(house().queries, input)),
      audit: os.handoffs.audit.handler(({ input }) => auditCrisis(house().queries, input.handoffId)),
      followUps: os.handoffs.followUps.handler(() => ({ rows: listFollowUps(house().queries, clock.now()) })),
      followUpDone: os.handoffs.followUpDone.handler(({ input }) =>
        house().act((tx, now) => done(finishFollowUp(tx, input.id, now))),
      ),
      followUpLater: os.handoffs.followUpLater.handler(({ input }) =>
        house().act((tx) => done(postponeFollowUp(tx, input))),
      ),
      addFollowUp: os.handoffs.addFollowUp.handler(({ input }) =>
        house().act((tx, now) => addFollowUp(tx, input, now)),
      ),
      preview: os.handoffs.preview.handler(({ input }) =>
        previewThresholds(house().queries, input, house().settings.values()),
      ),
    },
    reports: {
      overview: os.reports.overview.handler(({ input }) => overview(house().queries, input)),
      behind: os.reports.behind.handler(({ input }) => ({ rows: behind(house().queries, input) })),
    },
    canned: {
      list: os.canned.list.handler(() => listCanned(house().queries)),
      save: os.canned.save.handler(({ input }) => house().act((tx, now) => saveCanned(tx, input, now))),
      remove: os.canned.remove.handler(({ input }) => house().act((tx) => done(removeCanned(tx, input.id)))),
    },
    notes: {
      list: os.notes.list.handler(({ input }) => listNotes(house().queries, input.clientId)),
      add: os.notes.add.handler(({ input }) => house().act((tx, now) => addNote(tx, input, now))),
      update: os.notes.update.handler(({ input }) => house().act((tx, now) => done(updateNote(tx, input, now)))),
      remove: os.notes.remove.handler(({ input }) => house().act((tx) => done(removeNote(tx, input.noteId)))),
    },
    library: {
      list: os.library.list.handler(({ input }) => house().library.list(input)),
      overview: os.library.overview.handler(() => house().library.overview()),
      document: os.library.document.handler(({ input }) => house().library.document(input.documentId)),
      page: os.library.page.handler(({ input }) => house().library.page(input)),
      original: os.library.original.handler(({ input }) => house().library.original(input.documentId, input.from)),
      beginUpload: os.library.beginUpload.handler(({ input }) => house().library.uploads.begin(input)),
      appendUpload: os.library.appendUpload.handler(({ input: { uploadId, offset, base64 } }) =>
        done(house().library.uploads.append(uploadId, offset, Buffer.from(base64, 'base64'))),
      ),
      finishUpload: os.library.finishUpload.handler(({ input }) => house().library.uploads.finish(input.uploadId)),
      cancelUpload: os.library.cancelUpload.handler(({ input }) =>
        done(house().library.uploads.cancel(input.uploadId)),
      ),
      update: os.library.update.handler(({ input: { documentId, ...changes } }) => {
        house().library.update(documentId, changes)
        if (changes.clientId !== undefined) house().act(wantVectors)
        return {}
      }),
      act: os.library.act.handler(async ({ input }) => ({
        changed: await house().library.act(input.documentIds, input.act),
      })),
      pauseAll: os.library.pauseAll.handler(() => done(house().library.pauseAll())),
      resumeAll: os.library.resumeAll.handler(() => done(house().library.resumeAll())),
      watched: os.library.watched.handler(() => ({ rows: house().library.folders.list() })),
      watch: os.library.watch.handler(async ({ input }) => ({ id: await house().library.folders.watch(input.path) })),
      rescan: os.library.rescan.handler(async ({ input }) => done(await house().library.folders.rescan(input.id))),
      unwatch: os.library.unwatch.handler(async ({ input }) =>
        done(await house().library.folders.unwatch(input.id, input.removeDocuments)),
      ),
      search: os.library.search.handler(({ input, signal }) => house().retrieval.search(input, signal)),
      gaps: os.library.gaps.handler(() => ({ rows: listGaps(house().queries) })),
      dismissGap: os.library.dismissGap.handler(({ input }) =>
        house().act((tx, now) => done(dismissGap(tx, input.id, now))),
      ),
      links: os.library.links.handler(() => ({ rows: listLinks(house().queries) })),
      link: os.library.link.handler(({ input }) => house().act((tx, now) => addLink(tx, input, now))),
      unlink: os.library.unlink.handler(({ input }) => house().act((tx) => done(removeLink(tx, input.id)))),
      spaces: {
        status: os.library.spaces.status.handler(() => house().retrieval.spaces.status()),
        estimate: os.library.spaces.estimate.handler(({ input }) => house().retrieval.spaces.estimate(input)),
        setUp: os.library.spaces.setUp.handler(({ input: { dimensions, ...setup }, signal = never }) => {
          const apiKey = setup.apiKey.trim() || house().settings.modelKeyFor(setup.baseUrl)
          const size = dimensions === undefined ? {} : { dimensions }
          return house().retrieval.spaces.setUp({ ...setup, ...size, apiKey }, signal)
        }),
        tryAgain: os.library.spaces.tryAgain.handler(async ({ input: { which, apiKey }, signal = never }) =>
          done(await house().retrieval.spaces.tryAgain(which, apiKey?.trim(), signal)),
        ),
        cancelBuilding: os.library.spaces.cancelBuilding.handler(() => done(house().retrieval.spaces.cancelBuilding())),
        turnOff: os.library.spaces.turnOff.handler(() => done(house().retrieval.spaces.turnOff())),
      },
    },
    learning: learningRoutes(os.learning, house, clock.now),
    memory: memoryRoutes(os.memory, house, clock.now),
    rules: rulesRoutes(os.rules, house),
    past: pastRoutes(os.past, house),
    timeline: timelineRoutes(os.timeline, house, clock.now),
    checkIns: checkInRoutes(os.checkIns, house, clock.now),
    system: {
      about: os.system.about.handler(() => about()),
    },
  })
}

/** For calls that came without a signal. */
const never = new AbortController().signal

const done = (_nothing: unknown): Record<string, never> => ({})

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : typeof error)

const asProblem = (error: unknown): Problem => {
  if (error instanceof ORPCError && error.code === 'BAD_REQUEST') return badInput(error)
  return toProblem(error)
}
