import './library.css'
import './documents/documents.css'
import './documents/documentView.css'
import './state.css'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useEffect, useRef } from 'react'
import { hrefTo, type Route, wholeNumber } from '../../app/router.ts'
import { plural, sizeWords } from '../../components/words.ts'
import { queries } from '../../transport/console.ts'
import { AddButtons } from './adding/AddButtons.tsx'
import { DropTarget } from './adding/DropTarget.tsx'
import { UploadNote } from './adding/UploadNote.tsx'
import { DocumentList } from './documents/DocumentList.tsx'
import { DocumentView } from './documents/DocumentView.tsx'
import { ConceptLinks } from './more/ConceptLinks.tsx'
import { Gaps } from './more/Gaps.tsx'
import { WatchedFolders } from './more/WatchedFolders.tsx'
import { LibrarySearch } from './search/LibrarySearch.tsx'
import { HowSearched } from './spaces/HowSearched.tsx'
import { count } from './words.ts'

const places = [
  { id: null, name: 'Documents' },
  { id: 'search', name: 'Search' },
  { id: 'watched', name: 'Watched folders' },
  { id: 'gaps', name: 'Open questions' },
  { id: 'links', name: 'Linked words' },
  { id: 'searching', name: 'How it is searched' },
] as const

type Place = (typeof places)[number]['id']

/** A place of this screen by its name in the address; undefined for the id of a document. */
const placeOf = (id: string | null): Place | undefined => places.find((place) => place.id === id)?.id

const Places = ({ current, gaps }: { readonly current: Place | undefined; readonly gaps: number }) => {
  const nav = useRef<HTMLElement>(null)
  // On narrow windows it is one long row, in which the current name comes along.
  useEffect(() => {
    const chosen = current === undefined ? null : nav.current?.querySelector('[aria-current]')
    chosen?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [current])
  return (
    <nav className="library-places" aria-label="Knowledge" ref={nav}>
      {places.map(({ id, name }) => (
        <a key={name} href={hrefTo('library', id)} aria-current={id === current ? 'page' : undefined}>
          {name}
          {id === 'gaps' && gaps > 0 ? <span className="library-badge">{count(gaps)}</span> : null}
        </a>
      ))}
    </nav>
  )
}

const Header = ({ children }: { readonly children: ReactNode }) => {
  const overview = useQuery(queries.library.overview.queryOptions()).data
  return (
    <header className="library-header">
      <div className="library-title">
        <h1 className="screen-title">Knowledge</h1>
        {overview && overview.documents > 0 ? (
          <p className="muted library-counts">
            {plural(overview.documents, 'document')}, {count(overview.ready)} ready · {count(overview.passages)}{' '}
            passages · {sizeWords(overview.bytes)}
          </p>
        ) : null}
        {overview && overview.documents > 0 ? <AddButtons /> : null}
      </div>
      {children}
    </header>
  )
}

const Shown = ({ route, place }: { readonly route: Route; readonly place: Exclude<Place, null> }) => {
  const { params } = route
  switch (place) {
    case 'search':
      return (
        <LibrarySearch
          words={params.words ?? ''}
          documentId={params.document ?? null}
          chunkId={params.passage ?? null}
        />
      )
    case 'watched':
      return <WatchedFolders />
    case 'gaps':
      return <Gaps />
    case 'links':
      return <ConceptLinks />
    case 'searching':
      return <HowSearched />
  }
}

/** The coach's own library: its documents, search in them, and what it is still missing. */
export const LibraryScreen = ({ route }: { readonly route: Route }) => {
  const { id, params } = route
  const place = placeOf(id)
  const gaps = useQuery(queries.library.overview.queryOptions()).data?.gaps ?? 0
  return (
    <main className={`library ${place === undefined ? 'has-document' : ''}`}>
      <Header>
        <Places current={place} gaps={gaps} />
      </Header>
      <UploadNote />
      <div className="library-stage">
        {/* Hidden, not removed: the list keeps the place it was scrolled to. */}
        <div className={`library-layer ${place === null ? '' : 'is-behind'}`}>
          <DocumentList isInFront={place === null} />
        </div>
        {place === undefined && id !== null ? (
          <div className="library-layer">
            <DocumentView key={id} documentId={id} page={wholeNumber(params.page)} chunkId={params.passage ?? null} />
          </div>
        ) : null}
        {place ? (
          <div className="library-layer">
            <Shown route={route} place={place} />
          </div>
        ) : null}
      </div>
      <DropTarget />
    </main>
  )
}
