import { IconSearch, IconSearchOff } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import type { SearchHit } from '../../../shared/contract/inbox.ts'
import { useShortcuts } from '../../app/keyboard.ts'
import { useRoute } from '../../app/router.ts'
import { setUi, useUi } from '../../app/ui.ts'
import { Button } from '../../components/Button.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { Patience } from '../../components/Patience.tsx'
import { Problem } from '../../components/Problem.tsx'
import { useNow } from '../../components/time.ts'
import { VirtualList, type VirtualListControl } from '../../components/VirtualList.tsx'
import { plural } from '../../components/words.ts'
import { focusSearch, openWantedHit } from './focus.ts'
import { SearchHitRow } from './SearchHitRow.tsx'
import { stretchOf } from './stretch.ts'
import { useSearch } from './useSearch.ts'

/** The heights of `.hit` and `.hit-stretch` in search.css. */
const hitHeight = 92
const stretchHeight = 32

const idOf = (hit: SearchHit): string => hit.messageId

const NothingFound = () => {
  const searchIn = useUi((ui) => ui.searchIn)
  return (
    <EmptyState icon={<IconSearchOff />} title="Nothing found">
      {searchIn
        ? `No message with ${searchIn.clientName} has all of these words.`
        : 'No message has all of these words. Try fewer of them, or only the beginning of the last one.'}
      {searchIn ? <Button onClick={() => setUi({ searchIn: null })}>Search all clients</Button> : null}
    </EmptyState>
  )
}

const rowInFocus = (): number | null => {
  const row = document.activeElement?.closest<HTMLElement>('.search-scroller [data-row]')
  return row ? Number(row.dataset.row) : null
}

/** What was found, newest first, under the time it is from. */
export const SearchResults = ({ openId }: { readonly openId: string | null }) => {
  const { search, hits, isAsked, isTyping } = useSearch()
  const now = useNow()
  const { at } = useRoute()
  const control = useRef<VirtualListControl>(null)
  const isShown = (hit: SearchHit): boolean => hit.conversationId === openId && hit.seq === at
  const begins = (index: number): string | null => {
    const [hit, before] = [hits[index], hits[index - 1]]
    if (!hit) return null
    const stretch = stretchOf(hit.sentAt, now)
    return before && stretchOf(before.sentAt, now) === stretch ? null : stretch
  }

  const step = (by: 1 | -1): boolean => {
    const from = rowInFocus() ?? hits.findIndex(isShown)
    if (from === 0 && by === -1) focusSearch()
    else if (hits.length > 0) control.current?.focusRow(Math.min(hits.length - 1, Math.max(0, from + by)))
    return true
  }
  useShortcuts({
    j: () => step(1),
    k: () => step(-1),
    arrowdown: () => rowInFocus() !== null && step(1),
    arrowup: () => rowInFocus() !== null && step(-1),
  })

  const isSettled = isAsked && search.isSuccess && !isTyping && !search.isPlaceholderData
  useEffect(() => {
    if (isSettled) openWantedHit()
  }, [isSettled])
  const found = `${search.hasNextPage ? 'More than ' : ''}${plural(hits.length, 'message')}`
  return (
    <>
      <p className="visually-hidden" role="status">
        {isSettled ? `${hits.length === 0 ? 'No message' : found} found` : ''}
      </p>
      <VirtualList
        label="Search results"
        className={`inbox-scroller search-scroller ${isSettled ? 'is-settled' : ''}`}
        rows={hits}
        keyOf={idOf}
        heightOf={(index) => hitHeight + (begins(index) === null ? 0 : stretchHeight)}
        paging={search}
        control={control}
        render={(hit, index) => <SearchHitRow hit={hit} isShown={isShown(hit)} stretch={begins(index)} />}
      >
        {isAsked ? null : (
          <EmptyState icon={<IconSearch />} title="Search all messages">
            Go on typing: every word must occur in the message.
          </EmptyState>
        )}
        {isAsked && search.isPending ? <Patience /> : null}
        {isAsked && search.isError ? <Problem error={search.error} onRetry={() => void search.refetch()} /> : null}
        {isSettled && hits.length === 0 ? <NothingFound /> : null}
      </VirtualList>
    </>
  )
}
