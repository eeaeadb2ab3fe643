import {
  addNeverMention,
  bringBack,
  correctItem,
  forgetItem,
  listEvidence,
  listGroup,
  listRollUps,
  listSessions,
  markItemSensitive,
  pinItem,
  removeNeverMention,
  searchItems,
  shownMemory,
} from '../../../host/memory/index.ts'
import type { MemoryItem } from '../../../shared/contract/memory.ts'
import { type MemoryGroup, type MemoryLayer, memoryGroups } from '../../../shared/taxonomy/memory.ts'
import { openRemembered, sessionGapMinutes } from './remembered.ts'
import { noon } from './talk.ts'

interface ItemName {
  readonly clientId: string
  readonly layer: MemoryLayer
  readonly itemId: string
}

const all = { offset: 0, limit: 100 }

/** Memory as the coach sees it and acts on it, for one or more clients. */
export const openShown = (...clientIds: readonly string[]) => {
  const memory = openRemembered()
  for (const id of clientIds) memory.addClient(id, id)
  const doing = { now: noon, sessionGapMinutes }
  const rows = (clientId: string, group: MemoryGroup, now = noon) =>
    listGroup(memory.queries, { clientId, group, ...all }, now).rows
  /** The item that says a text, of any group; fails where there is none. */
  const find = (clientId: string, text: string): MemoryItem => {
    const found = memoryGroups
      .flatMap((group) => rows(clientId, group))
      .flatMap((item) => [item, ...item.earlier])
      .find((item) => item.text.includes(text))
    if (!found) throw new Error(`Nothing remembered says “${text}”.`)
    return found
  }
  const named = (clientId: string, text: string) => {
    const { id: itemId, layer } = find(clientId, text)
    return { clientId, layer, itemId }
  }
  return {
    ...memory,
    doing,
    rows,
    find,
    named,
    texts: (clientId: string, group: MemoryGroup) => rows(clientId, group).map(({ text }) => text),
    page: (clientId: string, group: MemoryGroup, page: { offset: number; limit: number }) =>
      listGroup(memory.queries, { clientId, group, ...page }, noon),
    /** Everything that can be asked of an item or done with it. */
    attemptsOn: (item: ItemName, momentId: string): (() => unknown)[] => [
      () => listEvidence(memory.queries, item, all),
      () => memory.write((tx) => correctItem(tx, { ...item, text: 'Theirs' }, doing)),
      () => memory.write((tx) => correctItem(tx, { ...item, text: null }, doing)),
      () => memory.write((tx) => pinItem(tx, { ...item, isPinned: true }, doing)),
      () => memory.write((tx) => markItemSensitive(tx, { ...item, isSensitive: true }, doing)),
      () => memory.write((tx) => forgetItem(tx, { ...item, withEarlier: true }, doing)),
      () => memory.write((tx) => bringBack(tx, { clientId: item.clientId, itemId: momentId }, doing)),
    ],
    of: (clientId: string, now = noon) => shownMemory(memory.queries, clientId, now),
    sessions: (clientId: string) => listSessions(memory.queries, clientId, all).rows,
    days: (clientId: string) => listRollUps(memory.queries, clientId, 'daily', all).rows,
    evidence: (clientId: string, text: string) => listEvidence(memory.queries, named(clientId, text), all).rows,
    search: (clientId: string, text: string) => searchItems(memory.queries, { clientId, text }, noon),
    correct: (clientId: string, item: string, text: string | null) =>
      memory.write((tx) => correctItem(tx, { ...named(clientId, item), text }, doing)),
    pin: (clientId: string, item: string, isPinned = true) =>
      memory.write((tx) => pinItem(tx, { ...named(clientId, item), isPinned }, doing)),
    markSensitive: (clientId: string, item: string, isSensitive: boolean) =>
      memory.write((tx) => markItemSensitive(tx, { ...named(clientId, item), isSensitive }, doing)),
    forget: (clientId: string, item: string, withEarlier = true) =>
      memory.write((tx) => forgetItem(tx, { ...named(clientId, item), withEarlier }, doing)),
    bringBack: (clientId: string, itemId: string, now: number) =>
      memory.write((tx) => bringBack(tx, { clientId, itemId }, { ...doing, now })),
    neverMention: (clientId: string, words: string) =>
      memory.write((tx) => addNeverMention(tx, { clientId, words }, noon)),
    mentionAgain: (clientId: string, id: string) => memory.write((tx) => removeNeverMention(tx, { clientId, id })),
    /** Everything is read again, as after new rules: the marks of the coach stay, the recipe is another. */
    readAgainFromScratch: () => {
      memory.write((tx) => tx.queries.run("UPDATE memory_progress SET recipe = 'older rules'"))
      memory.remember()
    },
  }
}
