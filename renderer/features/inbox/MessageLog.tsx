import { IconArrowDown } from '@tabler/icons-react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { Conversation } from '../../../shared/contract/inbox.ts'
import { LogRow } from './LogRow.tsx'
import { logItems } from './logItems.ts'
import type { ThreadWindow } from './useThreadWindow.ts'

interface MessageLogProps {
  readonly conversation: Conversation
  readonly window: ThreadWindow
  readonly newFromSeq: number | null
  readonly onNearStart: () => void
  readonly onAtEnd: (isAtEnd: boolean) => void
  readonly onWhy: (executionId: string) => void
}

const nearStartPixels = 400
const atEndPixels = 48

export const MessageLog = ({
  conversation,
  window: loaded,
  newFromSeq,
  onNearStart,
  onAtEnd,
  onWhy,
}: MessageLogProps) => {
  const scroller = useRef<HTMLDivElement>(null)
  const [isAtEnd, setAtEnd] = useState(true)
  const items = useMemo(
    () => logItems(loaded.messages, loaded.hasEarlier, newFromSeq, conversation),
    [loaded, newFromSeq, conversation],
  )
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (items[index]?.kind === 'message' ? 84 : 40),
    getItemKey: (index) => items[index]?.key ?? index,
    overscan: 8,
    paddingStart: 12,
    paddingEnd: 16,
    anchorTo: 'end',
    followOnAppend: true,
    scrollEndThreshold: atEndPixels,
  })

  useLayoutEffect(() => virtual.scrollToEnd(), [virtual])

  useEffect(() => {
    const log = scroller.current
    if (!log) return
    const look = () => {
      setAtEnd(log.scrollHeight - log.scrollTop - log.clientHeight <= atEndPixels)
      if (log.scrollTop < nearStartPixels && log.scrollHeight > log.clientHeight) onNearStart()
    }
    look()
    log.addEventListener('scroll', look, { passive: true })
    return () => log.removeEventListener('scroll', look)
  }, [onNearStart])

  useEffect(() => onAtEnd(isAtEnd), [isAtEnd, onAtEnd])

  // The composer, a banner or a draft may take height from the log; who read the end keeps reading it.
  const wasAtEnd = useRef(true)
  wasAtEnd.current = isAtEnd
  useEffect(() => {
    const log = scroller.current
    if (!log) return
    const observer = new ResizeObserver(() => {
      if (wasAtEnd.current) virtual.scrollToEnd()
    })
    observer.observe(log)
    return () => observer.disconnect()
  }, [virtual])

  return (
    <div className="log-frame">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the log is scrolled by keyboard */}
      <div className="log" role="log" aria-live="off" aria-label="Messages" tabIndex={0} ref={scroller}>
        <div className="virtual" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => {
            const row = items[item.index]
            return row ? (
              <div
                key={item.key}
                data-index={item.index}
                ref={virtual.measureElement}
                className="virtual-row"
                style={{ transform: `translateY(${item.start}px)` }}
              >
                <LogRow item={row} conversationId={conversation.id} onWhy={onWhy} />
              </div>
            ) : null
          })}
        </div>
      </div>
      {isAtEnd ? null : (
        <button type="button" className="to-latest" onClick={() => virtual.scrollToEnd({ behavior: 'smooth' })}>
          <IconArrowDown size={16} aria-hidden="true" /> Jump to latest
        </button>
      )}
    </div>
  )
}
