import { Drawer } from '@mantine/core'
import { IconBooks, IconFilter } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { DocumentRow } from '../../../../shared/contract/library.ts'
import { Button } from '../../../components/Button.tsx'
import { EmptyState } from '../../../components/EmptyState.tsx'
import { Patience } from '../../../components/Patience.tsx'
import { Problem } from '../../../components/Problem.tsx'
import { VirtualList, type VirtualListControl } from '../../../components/VirtualList.tsx'
import { plural } from '../../../components/words.ts'
import { queries } from '../../../transport/console.ts'
import { useSelection } from '../../inbox/list/selection.ts'
import { AddButtons } from '../adding/AddButtons.tsx'
import { useUploads } from '../adding/uploads.ts'
import { formatWords } from '../words.ts'
import { DocumentBulkBar } from './DocumentBulkBar.tsx'
import { ColumnNames, DocumentItem } from './DocumentItem.tsx'
import { DocumentTools } from './DocumentTools.tsx'
import { Folders } from './Folders.tsx'
import { everything, isFiltered, setFilter, useFilter } from './filter.ts'
import { ReadingProgress } from './ReadingProgress.tsx'
import { useDocumentKeys } from './useDocumentKeys.ts'
import { useDocuments } from './useDocuments.ts'

const idOf = (row: DocumentRow): string => row.id

/** The height of `.document` in documents.css. */
const rowHeight = () => 62

const Empty = () => (
  <EmptyState icon={<IconBooks />} title="Nothing in your library yet">
    <p>
      Drop files or a whole folder here, or choose them. From then on the clone answers from them and shows you the page
      it used.
    </p>
    <p className="empty-more">It reads {formatWords}</p>
    <p className="empty-more">
      Everything is read, kept and searched on this machine, encrypted. What you connect yourself, such as a model, gets
      only the passages it needs, and Privacy lists them.
    </p>
    <AddButtons isFirst />
  </EmptyState>
)

const NothingLikeThis = () => (
  <EmptyState icon={<IconFilter />} title="No document fits">
    Only documents that fit every choice above and beside this list are shown.
    <Button onClick={() => setFilter({ ...everything, sort: useFilter.getState().sort })}>Show all documents</Button>
  </EmptyState>
)

/** The coach points into the list, or walks in it with the keys. */
const useHand = () => {
  const [isPointing, setPointing] = useState(false)
  const [isFocused, setFocused] = useState(false)
  const watch = {
    onPointerEnter: () => setPointing(true),
    onPointerLeave: () => setPointing(false),
    onFocus: () => setFocused(true),
    onBlur: () => setFocused(false),
  }
  return { isHeld: isPointing || isFocused, watch }
}

/** All documents with their folders and tags beside them. */
export const DocumentList = ({ isInFront }: { readonly isInFront: boolean }) => {
  const filter = useFilter()
  const overview = useQuery(queries.library.overview.queryOptions())
  const [isChoosing, setChoosing] = useState(false)
  const [isShowingNew, setShowingNew] = useState(false)
  const { isHeld, watch } = useHand()
  const { list, name, rows, waiting, total } = useDocuments(isHeld && !isShowingNew)
  const control = useRef<VirtualListControl>(null)
  const titleField = useRef<HTMLInputElement>(null)
  const selection = useSelection(rows)
  const { selected, ids, head, clear, toggle, extendTo } = selection
  useDocumentKeys({ rows, selection, control, isInFront, titleField })
  // biome-ignore lint/correctness/useExhaustiveDependencies: another filter is another list
  useEffect(clear, [name, clear])
  useEffect(() => {
    if (isShowingNew) setShowingNew(false)
  }, [isShowingNew])
  const select = useCallback(
    (id: string, isStretch: boolean) => (isStretch ? extendTo(id) : toggle(id)),
    [extendTo, toggle],
  )
  const isSending = useUploads(({ waiting: queue, sending }) => queue.length + sending.length > 0)
  const { data } = overview
  const isEmpty = data?.documents === 0 && !isFiltered(filter) && rows.length === 0
  if (isEmpty && !isSending) return <Empty />

  const folders = (onChosen?: () => void) => (
    <Folders
      folders={data?.folders ?? []}
      tags={data?.tags ?? []}
      all={data?.documents ?? 0}
      {...(onChosen ? { onChosen } : {})}
    />
  )
  return (
    <div className="documents">
      <nav className="folders" aria-label="Folders and tags">
        {folders()}
      </nav>
      <Drawer
        opened={isChoosing}
        onClose={() => setChoosing(false)}
        position="left"
        title="Folders and tags"
        size={300}
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        {folders(() => setChoosing(false))}
      </Drawer>
      <section className="document-list" aria-label="Documents">
        {data ? <ReadingProgress progress={data.progress} failed={data.failed} /> : null}
        {overview.isError ? <Problem error={overview.error} onRetry={() => void overview.refetch()} /> : null}
        <div className="document-head">
          {selected.length > 0 ? (
            <DocumentBulkBar selected={selected} onClear={clear} />
          ) : (
            <DocumentTools field={titleField} total={total} onChooseFolder={() => setChoosing(true)} />
          )}
        </div>
        <ColumnNames />
        <div className={`document-rows ${selected.length > 0 ? 'is-selecting' : ''}`} {...watch}>
          {waiting > 0 ? (
            <button type="button" className="documents-new" onClick={() => setShowingNew(true)}>
              {plural(waiting, 'new document')} above. Show {waiting === 1 ? 'it' : 'them'}
            </button>
          ) : null}
          <VirtualList
            key={name}
            label="Documents"
            className="document-scroller"
            rows={rows}
            keyOf={idOf}
            heightOf={rowHeight}
            paging={list}
            control={control}
            render={(row) => (
              <DocumentItem
                document={row}
                isSelected={ids.has(row.id)}
                isHead={selected.length > 0 && row.id === head}
                onSelect={select}
              />
            )}
          >
            {list.isPending ? <Patience /> : null}
            {list.isError ? <Problem error={list.error} onRetry={() => void list.refetch()} /> : null}
            {list.isSuccess && !list.isPlaceholderData && rows.length === 0 && isFiltered(filter) ? (
              <NothingLikeThis />
            ) : null}
          </VirtualList>
        </div>
      </section>
    </div>
  )
}
