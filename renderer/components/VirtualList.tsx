import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual'
import {
  type ReactNode,
  type Ref,
  type RefObject,
  useCallback,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
} from 'react'

export interface VirtualListControl {
  scrollTo(index: number): void
  /** Puts the focus on the link of a row, which is scrolled into view first. */
  focusRow(index: number): void
}

interface Paging {
  readonly hasNextPage: boolean
  readonly isFetchingNextPage: boolean
  fetchNextPage(): unknown
}

interface VirtualListProps<Row> {
  readonly label: string
  readonly className: string
  readonly rows: readonly Row[]
  readonly keyOf: (row: Row) => string
  /** In pixels; the same as in the stylesheet, so that nothing is measured. */
  readonly heightOf: (index: number) => number
  readonly paging: Paging
  readonly control?: Ref<VirtualListControl>
  /** What stands in place of the rows while there are none. */
  readonly children?: ReactNode
  readonly render: (row: Row, index: number) => ReactNode
}

const loadAheadRows = 10

type ListVirtualizer = Virtualizer<HTMLDivElement, Element>

/** Whoever has scrolled down goes on seeing the same rows when others come in above or leave. */
const useKeptPlace = (
  scroller: RefObject<HTMLDivElement | null>,
  keys: readonly string[],
  virtual: ListVirtualizer,
) => {
  const inSight = useRef<ReadonlyMap<string, number>>(new Map())
  useLayoutEffect(() => {
    const shown = scroller.current
    if (!shown || shown.scrollTop === 0) return
    const shifts = keys.flatMap((key, index) => {
      const before = inSight.current.get(key)
      const now = virtual.measurementsCache[index]
      return before === undefined || now === undefined ? [] : [now.start - before]
    })
    // One row that moved up is not followed: what most of them did counts.
    const shift = shifts.sort((a, b) => a - b)[Math.floor(shifts.length / 2)]
    if (shift) shown.scrollTop += shift
  }, [scroller, keys, virtual])
  useLayoutEffect(() => {
    inSight.current = new Map(virtual.getVirtualItems().map((item) => [String(item.key), item.start]))
  })
}

/** A list of any length with only the rows in sight in the page; a row that moves away does not move the others. */
export const VirtualList = <Row,>(props: VirtualListProps<Row>) => {
  const { label, className, rows, keyOf, heightOf, paging, control, children, render } = props
  const scroller = useRef<HTMLDivElement>(null)
  const getItemKey = useCallback(
    (index: number) => {
      const row = rows[index]
      return row === undefined ? index : keyOf(row)
    },
    [rows, keyOf],
  )
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: heightOf,
    getItemKey,
    overscan: 6,
  })
  const items = virtual.getVirtualItems()
  const lastShown = items.at(-1)?.index ?? 0
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = paging

  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && lastShown >= rows.length - loadAheadRows) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, lastShown, rows.length, fetchNextPage])

  useImperativeHandle(control, () => {
    const scrollTo = (index: number) => virtual.scrollToIndex(index)
    const linkOf = (index: number) => scroller.current?.querySelector<HTMLElement>(`[data-row="${index}"] a`)
    const focusRow = (index: number) => {
      scrollTo(index)
      const link = linkOf(index)
      if (link) return link.focus()
      // The row comes into the page with the next frame.
      requestAnimationFrame(() => requestAnimationFrame(() => linkOf(index)?.focus()))
    }
    return { scrollTo, focusRow }
  }, [virtual])

  const keys = useMemo(() => rows.map(keyOf), [rows, keyOf])
  useKeptPlace(scroller, keys, virtual)

  return (
    <div className={className} ref={scroller}>
      {children}
      {/* biome-ignore lint/a11y/useSemanticElements: the rows are placed absolutely, which a ul does not help with */}
      <div role="list" aria-label={label} className="virtual" style={{ height: virtual.getTotalSize() }}>
        {items.map((item) => {
          const row = rows[item.index]
          return row === undefined ? null : (
            // biome-ignore lint/a11y/useSemanticElements: see the list
            <div
              role="listitem"
              key={item.key}
              data-row={item.index}
              className="virtual-row"
              style={{ transform: `translateY(${item.start}px)` }}
              aria-setsize={hasNextPage ? -1 : rows.length}
              aria-posinset={item.index + 1}
            >
              {render(row, item.index)}
            </div>
          )
        })}
      </div>
    </div>
  )
}
