import './librarySearch.css'
import { useDebouncedValue } from '@mantine/hooks'
import { IconChevronLeft, IconSearch, IconSearchOff } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import type { PassageHit } from '../../../../shared/contract/library.ts'
import { useShortcuts } from '../../../app/keyboard.ts'
import { hrefTo, replaceRoute } from '../../../app/router.ts'
import { EmptyState } from '../../../components/EmptyState.tsx'
import { Patience } from '../../../components/Patience.tsx'
import { Problem } from '../../../components/Problem.tsx'
import { plural } from '../../../components/words.ts'
import { queries } from '../../../transport/console.ts'
import { PageView } from '../page/PageView.tsx'
import { PassageHitLink } from './PassageHitLink.tsx'
import { SearchedBy } from './SearchedBy.tsx'

const typingMs = 250
const longest = 1_000
const hitsShown = 20
const forgetMs = 60_000

interface LibrarySearchProps {
  /** What is searched for, as the address says it. */
  readonly words: string
  /** The passage that is read beside the results. */
  readonly documentId: string | null
  readonly chunkId: string | null
}

/** What is typed goes into the address once the coach pauses; what comes from the address goes into the field. */
const useWords = (words: string) => {
  const [typed, setTyped] = useState(words)
  const [settled] = useDebouncedValue(typed.trim(), typingMs)
  const given = useRef(words)
  useEffect(() => {
    if (words !== given.current) setTyped(words)
    given.current = words
  }, [words])
  useEffect(() => {
    if (settled === given.current) return
    given.current = settled
    replaceRoute('library', 'search', { params: { words: settled } })
  }, [settled])
  return { typed, setTyped }
}

const hitLinks = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('.passage-hit')]

const stepHits = (by: 1 | -1): boolean => {
  const links = hitLinks()
  const at = links.findIndex((link) => link.matches(':focus'))
  if (at < 0 && by < 0) return false
  links[Math.min(links.length - 1, Math.max(0, at + by))]?.focus()
  return true
}

const Results = ({ words, chunkId, hits }: { words: string; chunkId: string | null; hits: readonly PassageHit[] }) => (
  <ol className="passage-hits" aria-label="Passages">
    {hits.map((hit) => (
      <li key={hit.chunkId}>
        <PassageHitLink hit={hit} words={words} isOpen={hit.chunkId === chunkId} />
      </li>
    ))}
  </ol>
)

/** Search in everything the coach has, with the page beside what was found. */
export const LibrarySearch = ({ words, documentId, chunkId }: LibrarySearchProps) => {
  const { typed, setTyped } = useWords(words)
  const field = useRef<HTMLInputElement>(null)
  const asked = words.trim().slice(0, longest)
  const search = useQuery({
    ...queries.library.search.queryOptions({ input: { text: asked, limit: hitsShown } }),
    enabled: asked !== '',
    placeholderData: keepPreviousData,
    // Nobody tells a search what has come since.
    staleTime: 0,
    gcTime: forgetMs,
  })
  const focusField = () => {
    field.current?.focus()
    field.current?.select()
    return true
  }
  useEffect(() => {
    if (window.matchMedia('(hover: hover)').matches) field.current?.focus()
  }, [])
  useShortcuts({
    '/': focusField,
    j: () => stepHits(1),
    k: () => stepHits(-1),
    arrowdown: () => document.activeElement?.matches('.passage-hit') === true && stepHits(1),
    arrowup: () => document.activeElement?.matches('.passage-hit') === true && stepHits(-1),
  })
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Escape') {
      if (typed === '') event.currentTarget.blur()
      setTyped('')
    } else if (event.key === 'ArrowDown') hitLinks()[0]?.focus()
    else if (event.key === 'Enter') hitLinks()[0]?.click()
    else return
    event.preventDefault()
  }
  const { data } = search
  const isSettled = asked !== '' && search.isSuccess && !search.isPlaceholderData && typed.trim() === asked
  const hits = asked === '' ? [] : (data?.hits ?? [])
  const isReading = documentId !== null && chunkId !== null
  return (
    <div className={`library-search ${isReading ? 'has-page' : ''}`}>
      <section className="library-search-results" aria-label="Search results">
        {/* biome-ignore lint/a11y/useSemanticElements: browsers in use do not all know the search element */}
        <div className="search" role="search">
          <IconSearch size={15} aria-hidden="true" />
          <input
            ref={field}
            type="search"
            className="search-field"
            aria-label="Search your knowledge"
            aria-keyshortcuts="/"
            placeholder="Ask a question, or write some words"
            autoComplete="off"
            maxLength={longest}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            onKeyDown={press}
          />
        </div>
        <p className="visually-hidden" role="status">
          {isSettled ? `${plural(hits.length, 'passage')} found` : ''}
        </p>
        {asked !== '' && data?.isWeak && hits.length > 0 ? (
          <p className="notice">Nothing in your library answers this well. These passages are only the nearest.</p>
        ) : null}
        {asked === '' ? (
          <EmptyState icon={<IconSearch />} title="Search your knowledge">
            The clone searches the same way before it answers, so you see here what it would find. What is only for one
            client it finds for that client alone.
          </EmptyState>
        ) : null}
        {asked !== '' && search.isPending ? <Patience>Searching…</Patience> : null}
        {asked !== '' && search.isError ? <Problem error={search.error} onRetry={() => void search.refetch()} /> : null}
        {isSettled && hits.length === 0 ? (
          <EmptyState icon={<IconSearchOff />} title="Nothing found">
            No document has anything on this. Try other words, or link words that mean the same under Linked words.
          </EmptyState>
        ) : null}
        {isSettled ? <SearchedBy because={data?.wordsOnlyBecause ?? null} /> : null}
        {hits.length > 0 ? <Results words={asked} chunkId={chunkId} hits={hits} /> : null}
      </section>
      <section className="library-search-page" aria-label="The page">
        {isReading ? (
          <>
            <header className="library-search-page-header">
              <a
                className="library-search-back"
                href={hrefTo('library', 'search', { params: { words: asked } })}
                aria-label="Back to the results"
              >
                <IconChevronLeft size={20} aria-hidden="true" />
              </a>
              <a href={hrefTo('library', documentId, { params: { passage: chunkId } })}>Open the document</a>
            </header>
            <PageView documentId={documentId} chunkId={chunkId} />
          </>
        ) : hits.length > 0 ? (
          <EmptyState title="No page is open">Choose a passage to read it in its place.</EmptyState>
        ) : null}
      </section>
    </div>
  )
}
