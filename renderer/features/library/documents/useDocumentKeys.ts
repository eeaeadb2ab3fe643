import type { RefObject } from 'react'
import type { DocumentRow } from '../../../../shared/contract/library.ts'
import { useShortcuts } from '../../../app/keyboard.ts'
import type { VirtualListControl } from '../../../components/VirtualList.tsx'
import type { Selection } from '../../inbox/list/selection.ts'

interface DocumentKeys {
  readonly rows: readonly DocumentRow[]
  readonly selection: Selection<DocumentRow>
  readonly control: RefObject<VirtualListControl | null>
  /** The list is in sight: a document in front of it has the keys to itself. */
  readonly isInFront: boolean
  readonly titleField: RefObject<HTMLInputElement | null>
}

const focusedId = (): string | null => {
  const focused = document.activeElement
  return focused instanceof HTMLElement ? (focused.dataset.document ?? null) : null
}

/** The keys of the list: they walk from the row in focus and act on it; Enter opens it, as on any link. */
export const useDocumentKeys = ({ rows, selection, control, isInFront, titleField }: DocumentKeys) => {
  const step = (by: 1 | -1): boolean => {
    const at = rows.findIndex((row) => row.id === focusedId())
    const to = at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + by))
    if (rows.length > 0) control.current?.focusRow(to)
    return true
  }
  const stretch = (by: 1 | -1): boolean => {
    control.current?.focusRow(selection.extend(by, focusedId()))
    return true
  }
  const inFront = (act: () => boolean) => () => isInFront && act()
  useShortcuts({
    j: inFront(() => step(1)),
    k: inFront(() => step(-1)),
    arrowdown: inFront(() => focusedId() !== null && step(1)),
    arrowup: inFront(() => focusedId() !== null && step(-1)),
    'shift+j': inFront(() => stretch(1)),
    'shift+k': inFront(() => stretch(-1)),
    x: inFront(() => {
      const id = focusedId()
      if (id === null) return false
      selection.toggle(id)
      return true
    }),
    'mod+a': inFront(() => {
      selection.all()
      return true
    }),
    escape: inFront(() => {
      if (selection.selected.length === 0) return false
      selection.clear()
      return true
    }),
    '/': inFront(() => {
      titleField.current?.focus()
      titleField.current?.select()
      return true
    }),
  })
}
