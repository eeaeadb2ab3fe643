import type { RefObject } from 'react'
import type { ConversationRow } from '../../../../shared/contract/inbox.ts'
import { useShortcuts } from '../../../app/keyboard.ts'
import { currentRoute, navigate } from '../../../app/router.ts'
import type { VirtualListControl } from '../../../components/VirtualList.tsx'
import { focusMessages } from '../focus.ts'
import { bulk } from './BulkBar.tsx'
import { attempt, doneOrReopen, readOrUnread } from './rowActions.ts'
import type { Selection } from './selection.ts'
import { askSnooze } from './triage.ts'

interface ListKeys {
  readonly rows: readonly ConversationRow[]
  readonly open: ConversationRow | undefined
  readonly selection: Selection<ConversationRow>
  readonly control: RefObject<VirtualListControl | null>
  /** Search results stand in place of the list, and have keys of their own. */
  readonly isSearching: boolean
}

const focusedId = (): string | null => {
  const focused = document.activeElement
  return focused instanceof HTMLElement ? (focused.dataset.conversation ?? null) : null
}

/** From the address itself, which is ahead of what is drawn when keys follow each other fast. */
const openedId = (): string | null => {
  const { screen, id } = currentRoute()
  return screen === 'inbox' ? id : null
}

const isReading = (): boolean => document.activeElement?.closest('.thread, .client-pane') != null

/** The keys of the list: they act on what is selected, else on the row in focus, else on the open conversation. */
export const useListKeys = ({ rows, open, selection, control, isSearching }: ListKeys) => {
  const { selected, clear } = selection
  const currentId = () => focusedId() ?? openedId()
  const current = (): ConversationRow | undefined => {
    const id = currentId()
    return rows.find((row) => row.id === id) ?? (open?.id === id ? open : undefined)
  }
  const target = (): readonly ConversationRow[] => {
    const one = current()
    return one ? [one] : []
  }

  const step = (by: 1 | -1): boolean => {
    if (isSearching) return false
    const at = rows.findIndex((row) => row.id === currentId())
    const to = at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + by))
    const row = rows[to]
    if (!row) return true
    control.current?.scrollTo(to)
    if (focusedId() !== null && document.activeElement instanceof HTMLElement) document.activeElement.blur()
    navigate('inbox', row.id)
    return true
  }
  const stretch = (by: 1 | -1): boolean => {
    if (isSearching) return false
    control.current?.scrollTo(selection.extend(by, currentId()))
    return true
  }
  const enter = (): boolean => {
    const id = focusedId()
    if (id === null && document.activeElement !== document.body) return false
    if (id !== null) navigate('inbox', id)
    setTimeout(focusMessages, 50)
    return true
  }
  const toggle = (): boolean => {
    const id = selected.length > 0 ? (selection.head ?? currentId()) : currentId()
    if (isSearching || id === null) return false
    selection.toggle(id)
    return true
  }
  const markRead = (): boolean => {
    if (selected.length > 0) {
      bulk(selected, clear).read()
      return true
    }
    const one = current()
    // The thread itself marks what is open as unread: it has to stop reading it.
    if (!one || (one.id === openedId() && one.unreadCount === 0)) return false
    void attempt([one], readOrUnread([one]))
    return true
  }

  useShortcuts({
    j: () => step(1),
    k: () => step(-1),
    'shift+j': () => stretch(1),
    'shift+k': () => stretch(-1),
    enter,
    x: toggle,
    'mod+a': () => {
      if (isSearching || isReading()) return false
      selection.all()
      return true
    },
    escape: () => {
      if (selected.length === 0) return false
      clear()
      return true
    },
    e: () => {
      if (selected.length > 0) bulk(selected, clear).done()
      else void attempt(target(), doneOrReopen(target()))
      return true
    },
    h: () => {
      if (selected.length > 0) bulk(selected, clear).snooze()
      else askSnooze(target())
      return true
    },
    u: markRead,
  })
}
