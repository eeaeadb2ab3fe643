import type { FileStore } from '../db/fileStore.ts'
import type { Queries } from '../db/sqlite.ts'
import type { Tx } from '../db/write.ts'
import type { SettingsValues } from '../shared/contract/settings.ts'
import { type Channel, type InboundBatch, keepMemory } from './channels/index.ts'
import type { Clock } from './clock.ts'
import { findConversation, keepGap, receiveChange, receiveMessage, saveCursor } from './inbox/index.ts'

interface Parts {
  readonly queries: Queries
  readonly files: Pick<FileStore, 'stage'>
  readonly clock: Clock
  readonly settings: () => SettingsValues
  /** One committed act, after which sends and jobs are looked at. */
  readonly act: <T>(work: (tx: Tx, now: number) => T) => T
  /** Told after the commit who wrote. */
  readonly onClient: (clientId: string) => void
}

/** Takes in what a channel offers: files are encrypted to disk, then everything of a batch is one transaction. */
export const createReceiver =
  ({ queries, files, clock, settings, act, onClient }: Parts) =>
  async (channel: Channel, batch: InboundBatch): Promise<void> => {
    const staged = await Promise.all(
      batch.messages.map((message) =>
        Promise.all((message.files ?? []).map((file) => files.stage(file, 'attachment'))),
      ),
    )
    const context = {
      channel: channel.name,
      isPractice: channel.isPractice,
      asksBeforeAccepting: channel.asksBeforeAccepting ?? false,
      settings: settings(),
      now: clock.now(),
    }
    act((tx) => {
      batch.messages.forEach((message, index) => {
        const rows = (inTx: Tx, clientId: string) =>
          (staged[index] ?? []).map((file) => ({ fileId: file.insert(inTx, clientId) }))
        receiveMessage(tx, message, rows, context)
      })
      for (const change of batch.changes ?? []) receiveChange(tx, change, context)
      if (batch.gap) keepGap(tx, channel.name, batch.gap, context.now)
      if (batch.memory !== undefined) keepMemory(tx, channel.name, batch.memory, context.now)
      saveCursor(tx, channel.name, batch.cursor, context.now)
    })
    for (const chatId of new Set(batch.messages.map((message) => message.chatId))) {
      const conversation = findConversation({ queries }, channel.name, chatId)
      if (conversation) onClient(conversation.clientId)
    }
  }
