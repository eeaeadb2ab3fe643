import type { MemoryItem } from '../../../shared/contract/memory.ts'
import { pushUndo } from '../../app/undo.ts'
import { host } from '../../transport/console.ts'

interface Named {
  readonly clientId: string
  readonly layer: MemoryItem['layer']
  readonly itemId: string
}

export const named = (clientId: string, { layer, id }: MemoryItem): Named => ({ clientId, layer, itemId: id })

/** Puts an item in other words; null goes back to what was read. Z takes it back. */
export const correct = async (clientId: string, item: MemoryItem, text: string | null): Promise<void> => {
  const before = item.readText === null ? null : item.text
  await host.memory.correct({ ...named(clientId, item), text })
  pushUndo({
    label: text === null ? 'Correction removed' : 'Corrected',
    undo: () => host.memory.correct({ ...named(clientId, item), text: before }),
  })
}

/** What is pinned and said by no message any more goes when it is unpinned, and there is no way back. */
export const pin = async (clientId: string, item: MemoryItem, isPinned: boolean): Promise<void> => {
  await host.memory.pin({ ...named(clientId, item), isPinned })
  if (item.evidenceCount === 0) return
  pushUndo({
    label: isPinned ? 'Pinned' : 'Unpinned',
    undo: () => host.memory.pin({ ...named(clientId, item), isPinned: !isPinned }),
  })
}

export const markSensitive = async (clientId: string, item: MemoryItem, isSensitive: boolean): Promise<void> => {
  await host.memory.markSensitive({ ...named(clientId, item), isSensitive })
  pushUndo({
    label: isSensitive ? 'Marked as sensitive' : 'No longer sensitive',
    undo: () => host.memory.markSensitive({ ...named(clientId, item), isSensitive: !isSensitive }),
  })
}

export const neverMention = async (clientId: string, words: string): Promise<void> => {
  const { id } = await host.memory.neverMention({ clientId, words })
  pushUndo({ label: 'Never mentioned from now on', undo: () => host.memory.mentionAgain({ clientId, id }) })
}

export const mentionAgain = async (clientId: string, wish: { id: string; words: string }): Promise<void> => {
  await host.memory.mentionAgain({ clientId, id: wish.id })
  pushUndo({
    label: 'May be mentioned again',
    undo: () => host.memory.neverMention({ clientId, words: wish.words }),
  })
}
