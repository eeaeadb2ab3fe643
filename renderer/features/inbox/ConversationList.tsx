import { IconInbox } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef } from 'react'
import { useShortcuts } from '../../app/keyboard.ts'
import { navigate } from '../../app/router.ts'
import { setUi, useUi } from '../../app/ui.ts'
import { Patience } from '../../components/Patience.tsx'
import { Problem } from '../../components/Problem.tsx'
import { queries } from '../../transport/console.ts'
import { focusMessages } from './Composer.tsx'
import { ConversationItem } from './ConversationItem.tsx'
import { FilterChips } from './FilterChips.tsx'
import { InboxEmpty } from './InboxEmpty.tsx'
import { useConversationRows } from './useConversationRows.ts'

/** The height of `.conversation` in inbox.css. */
const rowHeight = 90
const loadAheadRows = 10

const conversationOf = (element: Element | null): string | undefined =>
  element instanceof HTMLElement ? element.dataset.conversation : undefined

const blurFocused = () => {
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
}

export const ConversationList = ({ openId }: { readonly openId: string | null }) => {
  const filter = useUi((ui) => ui.filter)
  const counts = useQuery(queries.inbox.counts.queryOptions()).data
  const { list, rows } = useConversationRows(filter, openId)
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 6,
  })
  const items = virtual.getVirtualItems()
  const lastShown = items.at(-1)?.index ?? 0
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list

  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && lastShown >= rows.length - loadAheadRows) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, lastShown, rows.length, fetchNextPage])

  const step = (by: 1 | -1) => {
    const at = rows.findIndex((row) => row.id === openId)
    const to = at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + by))
    const row = rows[to]
    if (!row) return
    virtual.scrollToIndex(to)
    if (conversationOf(document.activeElement)) blurFocused()
    navigate('inbox', row.id)
  }
  useShortcuts({
    j: () => void step(1),
    k: () => void step(-1),
    enter: () => {
      const id = conversationOf(document.activeElement)
      if (!id && document.activeElement !== document.body) return false
      if (id) navigate('inbox', id)
      setTimeout(focusMessages, 50)
      return true
    },
  })

  return (
    <section className="inbox-list" aria-label="Inbox">
      <header className="inbox-list-header">
        <h1 className="screen-title">Inbox</h1>
        <FilterChips filter={filter} counts={counts} onChoose={(chosen) => setUi({ filter: chosen })} />
      </header>
      <div className="inbox-scroller" ref={scroller}>
        {list.isPending ? <Patience /> : null}
        {list.isError ? <Problem error={list.error} onRetry={() => void list.refetch()} /> : null}
        {list.isSuccess && rows.length === 0 ? <InboxEmpty filter={filter} icon={<IconInbox />} /> : null}
        {/* biome-ignore lint/a11y/useSemanticElements: the rows are placed absolutely, which a ul does not help with */}
        <div role="list" aria-label="Conversations" className="virtual" style={{ height: virtual.getTotalSize() }}>
          {items.map((item) => {
            const row = rows[item.index]
            return row ? (
              // biome-ignore lint/a11y/useSemanticElements: see the list
              <div
                role="listitem"
                key={item.key}
                className="virtual-row"
                style={{ transform: `translateY(${item.start}px)` }}
                aria-setsize={hasNextPage ? -1 : rows.length}
                aria-posinset={item.index + 1}
              >
                <ConversationItem row={row} isOpen={row.id === openId} />
              </div>
            ) : null
          })}
        </div>
      </div>
    </section>
  )
}
