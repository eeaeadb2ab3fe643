import { IconSearch, IconX } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { KeyboardEvent, RefObject } from 'react'
import { hrefTo } from '../../app/router.ts'
import { Patience } from '../../components/Patience.tsx'
import { Problem } from '../../components/Problem.tsx'
import { Ago } from '../../components/Time.tsx'
import { plural } from '../../components/words.ts'
import { queries } from '../../transport/console.ts'
import { Marked } from '../search/Marked.tsx'
import { MemoryRow } from './MemoryRow.tsx'

const longest = 200
const forgetMs = 60_000

interface SearchFieldProps {
  readonly field: RefObject<HTMLInputElement | null>
  readonly typed: string
  readonly onType: (words: string) => void
}

export const MemorySearchField = ({ field, typed, onType }: SearchFieldProps) => {
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key !== 'Escape' || event.nativeEvent.isComposing) return
    if (typed === '') event.currentTarget.blur()
    onType('')
    event.preventDefault()
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: browsers in use do not all know the search element
    <div className="search" role="search">
      <IconSearch size={15} aria-hidden="true" />
      <input
        ref={field}
        type="search"
        className="search-field"
        aria-label="Search what is remembered"
        aria-keyshortcuts="/"
        placeholder="Search what is remembered, and messages"
        autoComplete="off"
        maxLength={longest}
        value={typed}
        onChange={(event) => onType(event.currentTarget.value)}
        onKeyDown={press}
      />
      {typed === '' ? null : (
        <button type="button" className="search-close" aria-label="Search no more" onClick={() => onType('')}>
          <IconX size={14} aria-hidden="true" />
        </button>
      )}
    </div>
  )
}

interface MemorySearchProps {
  readonly clientId: string
  readonly timeZone: string | null
  readonly words: string
}

/** What is remembered of a client, and their messages, with the words that were asked for. */
export const MemorySearch = ({ clientId, timeZone, words }: MemorySearchProps) => {
  const search = useQuery({
    ...queries.memory.search.queryOptions({ input: { clientId, text: words } }),
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: forgetMs,
  })
  if (search.isPending) return <Patience>Searching…</Patience>
  if (search.isError) return <Problem error={search.error} onRetry={() => void search.refetch()} />
  const { items, messages, hasMoreMessages } = search.data
  const isNothing = items.length === 0 && messages.length === 0
  return (
    <div className="memory-found">
      <p className={isNothing ? 'muted' : 'visually-hidden'} role="status">
        {isNothing
          ? 'Nothing found. Try fewer words, or only the beginning of one.'
          : `${items.length} remembered, ${plural(messages.length, 'message')} found`}
      </p>
      {items.length > 0 ? (
        <section className="memory-group" aria-labelledby="memory-found-items">
          <h3 id="memory-found-items">Remembered</h3>
          <ul className="memory-rows" aria-labelledby="memory-found-items">
            {items.map((item) => (
              <MemoryRow key={item.id} clientId={clientId} timeZone={timeZone} item={item} marks={item.marks} />
            ))}
          </ul>
        </section>
      ) : null}
      {messages.length > 0 ? (
        <section className="memory-group" aria-labelledby="memory-found-messages">
          <h3 id="memory-found-messages">In messages</h3>
          <ul className="memory-rows" aria-labelledby="memory-found-messages">
            {messages.map((hit) => (
              <li key={hit.messageId} className="memory-row">
                <a className="memory-hit" href={hrefTo('inbox', hit.conversationId, { at: hit.seq })}>
                  <span dir="auto">
                    {hit.senderType === 'client' ? '' : 'To them: '}
                    <Marked text={hit.snippet} marks={hit.marks} />
                  </span>{' '}
                  <span className="small muted">
                    <Ago time={hit.sentAt} />
                  </span>
                </a>
              </li>
            ))}
          </ul>
          {hasMoreMessages ? (
            <p className="small muted">These are the newest. Search in the inbox to see older ones.</p>
          ) : null}
        </section>
      ) : null}
    </div>
  )
}
