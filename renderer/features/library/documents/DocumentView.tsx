import { IconChevronLeft } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { DocumentRow } from '../../../../shared/contract/library.ts'
import { useAction } from '../../../app/action.ts'
import { useShortcuts } from '../../../app/keyboard.ts'
import { hrefTo, navigate } from '../../../app/router.ts'
import { Button } from '../../../components/Button.tsx'
import { Patience } from '../../../components/Patience.tsx'
import { Problem } from '../../../components/Problem.tsx'
import { queries } from '../../../transport/console.ts'
import { PageView } from '../page/PageView.tsx'
import { State } from '../State.tsx'
import { actOn, actWords, offered } from './act.ts'
import { DocumentFacts } from './DocumentFacts.tsx'
import { DocumentFields } from './DocumentFields.tsx'
import { DocumentHistory } from './DocumentHistory.tsx'
import { RemoveDocuments } from './RemoveDocuments.tsx'

const backToList = () => navigate('library')

const Actions = ({ document }: { readonly document: DocumentRow }) => {
  const [isRemoving, setRemoving] = useState(false)
  const act = useAction((which: Parameters<typeof actOn>[1]) => actOn([document], which))
  return (
    <div className="row-of-buttons">
      {offered([document]).map((each) => (
        <Button key={each} onClick={() => void act.run(each)}>
          {actWords[each]}
        </Button>
      ))}
      <Button kind="danger" onClick={() => setRemoving(true)}>
        Remove…
      </Button>
      {isRemoving ? (
        <RemoveDocuments documents={[document]} onClose={() => setRemoving(false)} onRemoved={backToList} />
      ) : null}
    </div>
  )
}

const isRecording = ({ kind }: DocumentRow): boolean => kind === 'audio' || kind === 'video'

interface DocumentViewProps {
  readonly documentId: string
  /** The page it opens at; null for the first. */
  readonly page: number | null
  readonly chunkId: string | null
}

/** One document: what is known about it, and its pages beside that. */
export const DocumentView = ({ documentId, page, chunkId }: DocumentViewProps) => {
  const found = useQuery(queries.library.document.queryOptions({ input: { documentId } }))
  useShortcuts({
    escape: () => {
      backToList()
      return true
    },
  })
  if (found.isPending) return <Patience />
  if (found.isError) {
    return (
      <div className="document-view is-alone">
        <div className="document-about">
          <Problem error={found.error} onRetry={() => void found.refetch()} />
          <a className="button button-plain" href={hrefTo('library')}>
            All documents
          </a>
        </div>
      </div>
    )
  }
  const { document, updates } = found.data
  return (
    <div className="document-view">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: scrolled by keyboard, also where nothing in it takes the focus */}
      <section className="document-about" aria-label="About this document" tabIndex={0}>
        <header className="document-about-header">
          <a className="document-back" href={hrefTo('library')} aria-label="Back to the list">
            <IconChevronLeft size={20} aria-hidden="true" />
          </a>
          <h2 dir="auto">{document.title}</h2>
          <State document={document} />
        </header>
        {document.problem === null ? null : (
          <p className="problem">
            {document.problem}
            {isRecording(document) ? (
              <>
                {' '}
                <a href={hrefTo('settings', 'recordings')}>Settings for recordings</a>
              </>
            ) : null}
          </p>
        )}
        {document.notes.length > 0 ? (
          <ul className="notice document-notes" aria-label="Worth knowing">
            {document.notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        ) : null}
        {document.contentVersion > 0 ? (
          <Button className="document-to-pages" onClick={scrollToPages}>
            Read it
          </Button>
        ) : null}
        <Actions document={document} />
        <DocumentFields document={document} />
        <DocumentFacts document={document} />
        <DocumentHistory updates={updates} />
      </section>
      <div className="document-pages" id="document-pages">
        {document.contentVersion > 0 ? (
          <PageView documentId={documentId} chunkId={chunkId} page={page} />
        ) : (
          <p className="patience">
            {document.state === 'failed' ? 'There is nothing to show.' : 'Its pages stand here once it has been read.'}
          </p>
        )}
      </div>
    </div>
  )
}

const scrollToPages = () => document.getElementById('document-pages')?.scrollIntoView({ block: 'start' })
