import { IconArrowDown } from '@tabler/icons-react'
import { useVirtualizer } from '@tanstack/react-virtual'
import {
  type KeyboardEvent,
  type Ref,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import type { Conversation } from '../../../shared/contract/inbox.ts'
import { LogRow } from './LogRow.tsx'
import type { Leaving } from './leaving.ts'
import { type LogItem, logItems } from './logItems.ts'
import type { ThreadWindow } from './useThreadWindow.ts'

export interface LogHandle {
  /** Shows a message that is loaded, and marks it; false where it is not. */
  readonly goTo: (seq: number) => boolean
  readonly goToEnd: () => void
}

interface MessageLogProps {
  readonly conversation: Conversation
  readonly window: ThreadWindow
  readonly newFromSeq: number | null
  /** The seq of the message the thread was opened at; null: at the end. */
  readonly at: number | null
  readonly leaving: Leaving | null
  readonly handle: Ref<LogHandle>
  readonly onNearStart: () => void
  readonly onNearEnd: () => void
  readonly onAtEnd: (isAtEnd: boolean) => void
  readonly onLatest: () => void
}

const nearEdgePixels = 400
const atEndPixels = 48
/** Frames in which the log must stand still before it counts as opened. */
const settledFrames = 5
/** After these it counts as opened wherever it stands. */
const mostFrames = 60

const indexOfSeq = (items: readonly LogItem[], seq: number): number =>
  items.findIndex((item) => item.kind === 'message' && item.message.seq === seq)

const sizeOf = (item: LogItem | undefined): number =>
  item?.kind === 'message' || item?.kind === 'scheduled' || item?.kind === 'leaving' ? 84 : 40

export const MessageLog = ({
  conversation,
  window: loaded,
  newFromSeq,
  at,
  leaving,
  handle,
  onNearStart,
  onNearEnd,
  onAtEnd,
  onLatest,
}: MessageLogProps) => {
  const scroller = useRef<HTMLDivElement>(null)
  const [isAtEnd, setAtEnd] = useState(at === null)
  const [found, setFound] = useState(at)
  const [current, setCurrent] = useState<string | null>(null)
  const items = useMemo(
    () => logItems(loaded, newFromSeq, conversation, leaving),
    [loaded, newFromSeq, conversation, leaving],
  )
  // The page that reaches the newest message is read on to, not jumped over.
  const reachedEnd = useRef(!loaded.hasLater)
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => sizeOf(items[index]),
    getItemKey: (index) => items[index]?.key ?? index,
    overscan: 4,
    paddingStart: 12,
    paddingEnd: 16,
    anchorTo: 'end',
    followOnAppend: reachedEnd.current,
    scrollEndThreshold: atEndPixels,
  })
  useEffect(() => {
    reachedEnd.current = !loaded.hasLater
  }, [loaded.hasLater])

  const start = useRef(at === null ? -1 : indexOfSeq(items, at))
  useLayoutEffect(() => {
    if (start.current < 0) virtual.scrollToEnd()
    else virtual.scrollToIndex(start.current, { align: 'center' })
  }, [virtual])

  // A page that came before the opening message has settled would move what is scrolled to.
  const [isSettled, setSettled] = useState(start.current < 0)
  const startKey = useRef(items[start.current]?.key)
  useEffect(() => {
    const log = scroller.current
    if (isSettled || !log) return
    let still = 0
    let frames = 0
    let last: number | null = null
    let frame = requestAnimationFrame(function look() {
      const isDrawn = virtual.getVirtualItems().some((row) => row.key === startKey.current)
      still = isDrawn && virtual.scrollOffset === last ? still + 1 : 0
      last = virtual.scrollOffset
      frames += 1
      if (still >= settledFrames || frames >= mostFrames) setSettled(true)
      else frame = requestAnimationFrame(look)
    })
    // Whoever scrolls by themselves has seen enough of where it opened.
    const settle = () => setSettled(true)
    log.addEventListener('wheel', settle, { passive: true })
    log.addEventListener('keydown', settle)
    log.addEventListener('pointerdown', settle)
    return () => {
      cancelAnimationFrame(frame)
      log.removeEventListener('wheel', settle)
      log.removeEventListener('keydown', settle)
      log.removeEventListener('pointerdown', settle)
    }
  }, [virtual, isSettled])

  const total = virtual.getTotalSize()
  const height = virtual.scrollRect?.height ?? 0
  useEffect(() => {
    const log = scroller.current
    if (!log || !isSettled) return
    // From what is measured already: asking the page for its height would lay it out on every step of a scroll.
    const look = () => {
      const fromStart = virtual.scrollOffset ?? 0
      if (height === 0) return
      const toEnd = total - fromStart - height
      setAtEnd(toEnd <= atEndPixels)
      if (total <= height) return
      if (fromStart < nearEdgePixels) onNearStart()
      if (toEnd < nearEdgePixels) onNearEnd()
    }
    // In the next frame: what was added is followed to the end first.
    const frame = requestAnimationFrame(look)
    log.addEventListener('scroll', look, { passive: true })
    return () => {
      cancelAnimationFrame(frame)
      log.removeEventListener('scroll', look)
    }
  }, [virtual, total, height, isSettled, onNearStart, onNearEnd])

  const readsEnd = isAtEnd && !loaded.hasLater
  useEffect(() => onAtEnd(readsEnd), [readsEnd, onAtEnd])

  // The composer, a banner or a draft may take height from the log; who read the end keeps reading it.
  const keepsEnd = useRef(readsEnd)
  keepsEnd.current = readsEnd
  useEffect(() => {
    const log = scroller.current
    if (!log) return
    const observer = new ResizeObserver(() => {
      if (keepsEnd.current) virtual.scrollToEnd()
    })
    observer.observe(log)
    return () => observer.disconnect()
  }, [virtual])

  useImperativeHandle(handle, () => ({
    goTo: (seq) => {
      const index = indexOfSeq(items, seq)
      if (index < 0) return false
      setFound(seq)
      virtual.scrollToIndex(index, { align: 'center' })
      return true
    },
    goToEnd: () => virtual.scrollToEnd(),
  }))

  const tools = items.findLast((item) => item.kind === 'message' && item.message.senderType !== 'system')?.key ?? null
  const isCurrentThere = current !== null && virtual.getVirtualItems().some((row) => row.key === current)
  const walk = (event: KeyboardEvent) => {
    if ((event.key !== 'ArrowUp' && event.key !== 'ArrowDown') || !(event.target instanceof HTMLElement)) return
    if (!event.target.classList.contains('message-more') || event.target.ariaExpanded === 'true') return
    const step = event.key === 'ArrowUp' ? -1 : 1
    let index = Number(event.target.closest('[data-index]')?.getAttribute('data-index')) + step
    const isStop = (item: LogItem | undefined) => item?.kind === 'message' && item.message.senderType !== 'system'
    while (items[index] && !isStop(items[index])) index += step
    event.preventDefault()
    const next = items[index]
    if (!next) return
    setCurrent(next.key)
    virtual.scrollToIndex(index)
    // A row further on is there only after the scroll has been drawn.
    setTimeout(() => scroller.current?.querySelector<HTMLElement>(`[data-index="${index}"] .message-more`)?.focus(), 30)
  }

  return (
    <div className="log-frame">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the log is scrolled by keyboard */}
      <div className="log" role="log" aria-live="off" aria-label="Messages" tabIndex={0} ref={scroller}>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: the arrow keys of the buttons inside */}
        <div className="virtual" style={{ height: total }} onKeyDown={walk}>
          {virtual.getVirtualItems().map((row) => {
            const item = items[row.index]
            return item ? (
              <div
                key={row.key}
                data-index={row.index}
                ref={virtual.measureElement}
                className="virtual-row"
                style={{ transform: `translateY(${row.start}px)` }}
              >
                <LogRow
                  item={item}
                  isCurrent={item.key === (isCurrentThere ? current : tools)}
                  isFound={item.kind === 'message' && item.message.seq === found}
                />
              </div>
            ) : null
          })}
        </div>
      </div>
      {readsEnd ? null : (
        <button type="button" className="to-latest" onClick={onLatest}>
          <IconArrowDown size={16} aria-hidden="true" /> Jump to latest
        </button>
      )}
    </div>
  )
}
