import './list/list.css'
import { IconInbox } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useCallback, useEffect, useRef } from 'react'
import type { ConversationRow } from '../../../shared/contract/inbox.ts'
import { setUi, useUi } from '../../app/ui.ts'
import { Patience } from '../../components/Patience.tsx'
import { Problem } from '../../components/Problem.tsx'
import { VirtualList, type VirtualListControl } from '../../components/VirtualList.tsx'
import { queries } from '../../transport/console.ts'
import { SearchField } from '../search/SearchField.tsx'
import { SearchResults } from '../search/SearchResults.tsx'
import { SearchScope } from '../search/SearchScope.tsx'
import { useConversationsToAsk } from '../timeline/useCheckIns.ts'
import { ConversationItem } from './ConversationItem.tsx'
import { FilterChips, FilterName } from './FilterChips.tsx'
import { InboxEmpty } from './InboxEmpty.tsx'
import { BulkBar } from './list/BulkBar.tsx'
import { CheckInsNote } from './list/CheckInsNote.tsx'
import { RequestsNote } from './list/RequestsNote.tsx'
import { useSelection } from './list/selection.ts'
import { rememberOrder } from './list/triage.ts'
import { useListKeys } from './list/useListKeys.ts'
import { useConversationRows } from './useConversationRows.ts'

/** The height of `.conversation` in inbox.css. */
const rowHeight = () => 90
const idOf = (row: ConversationRow): string => row.id

export const ConversationList = ({ openId }: { readonly openId: string | null }) => {
  const filter = useUi((ui) => ui.filter)
  const isSearching = useUi((ui) => ui.search !== '')
  const toAsk = useConversationsToAsk()
  const known = useQuery(queries.inbox.counts.queryOptions()).data
  const counts = known && { ...known, checkIns: toAsk.size }
  const { list, rows, open } = useConversationRows(filter, openId)
  const control = useRef<VirtualListControl>(null)
  const selection = useSelection(rows)
  const { selected, ids, head, clear, toggle, extendTo } = selection
  useListKeys({ rows, open, selection, control, isSearching })
  useEffect(() => rememberOrder(rows.map(idOf)), [rows])
  // biome-ignore lint/correctness/useExhaustiveDependencies: another filter is another list
  useEffect(clear, [filter, clear])
  const select = useCallback(
    (id: string, isStretch: boolean) => (isStretch ? extendTo(id) : toggle(id)),
    [extendTo, toggle],
  )
  const lastRead = useRef(open)
  lastRead.current = open ?? lastRead.current
  const isSelecting = selected.length > 0 && !isSearching

  return (
    <section className="inbox-list" aria-label="Inbox">
      <header className="inbox-list-header">
        <div className="inbox-title">
          <h1 className="screen-title">Inbox</h1>
          {isSearching ? null : <FilterName filter={filter} counts={counts} />}
        </div>
        <SearchField />
        {isSearching ? <SearchScope near={lastRead.current} /> : null}
        {isSelecting ? <BulkBar selected={selected} onClear={clear} /> : null}
        {isSearching || isSelecting ? null : (
          <FilterChips filter={filter} counts={counts} onChoose={(chosen) => setUi({ filter: chosen })} />
        )}
      </header>
      {isSearching ? <SearchResults openId={openId} /> : null}
      <div className={`inbox-rows ${isSelecting ? 'is-selecting' : ''}`} hidden={isSearching}>
        <RequestsNote count={filter === 'requests' ? 0 : (counts?.requests ?? 0)} />
        <CheckInsNote count={filter === 'check_ins' ? 0 : toAsk.size} />
        <VirtualList
          key={filter}
          label="Conversations"
          className="inbox-scroller"
          rows={rows}
          keyOf={idOf}
          heightOf={rowHeight}
          paging={list}
          control={control}
          render={(row) => (
            <ConversationItem
              row={row}
              isOpen={row.id === openId}
              isSelected={ids.has(row.id)}
              isHead={isSelecting && row.id === head}
              isToAsk={toAsk.has(row.id)}
              onSelect={select}
            />
          )}
        >
          {list.isPending ? <Patience /> : null}
          {list.isError ? <Problem error={list.error} onRetry={() => void list.refetch()} /> : null}
          {list.isSuccess && !list.isPlaceholderData && rows.length === 0 ? (
            <InboxEmpty filter={filter} icon={<IconInbox />} />
          ) : null}
        </VirtualList>
      </div>
    </section>
  )
}
