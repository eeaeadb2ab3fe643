import './page.css'
import { SegmentedControl } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useLayoutEffect, useRef, useState } from 'react'
import { useAction } from '../../../app/action.ts'
import { Button } from '../../../components/Button.tsx'
import { Patience } from '../../../components/Patience.tsx'
import { Problem } from '../../../components/Problem.tsx'
import { queries } from '../../../transport/console.ts'
import { saveOriginal } from './originalFile.ts'
import { PageText } from './PageText.tsx'
import { PageTurner, pageName } from './PageTurner.tsx'

const OriginalPage = lazy(() => import('./OriginalPage.tsx').then((module) => ({ default: module.OriginalPage })))

const keptForMs = 60_000

interface PageViewProps {
  readonly documentId: string
  /** The passage that is marked and scrolled to; null or absent for none. */
  readonly chunkId?: string | null
  /** The page it opens at; null or absent for that of the passage, else the first. 1-based. */
  readonly page?: number | null
}

/** The page asked for, until the coach turns to another one. */
const usePage = ({ documentId, chunkId = null, page: asked = null }: PageViewProps) => {
  const opened = `${documentId} ${chunkId} ${asked}`
  const [turned, setTurned] = useState<{ readonly from: string; readonly to: number } | null>(null)
  const page = turned?.from === opened ? turned.to : asked
  const found = useQuery({
    ...queries.library.page.queryOptions({
      input: { documentId, ...(page === null ? {} : { page }), ...(chunkId === null ? {} : { chunkId }) },
    }),
    placeholderData: (before) => (before?.documentId === documentId ? before : undefined),
    staleTime: 0,
    gcTime: keptForMs,
  })
  return { found, turn: (to: number) => setTurned({ from: opened, to }) }
}

/** A page of a document with a passage marked in it, as high as what it stands in; it needs nothing around it. */
export const PageView = (props: PageViewProps) => {
  const { documentId } = props
  const { found, turn } = usePage(props)
  const [look, setLook] = useState<'text' | 'original'>('text')
  const save = useAction(saveOriginal)
  const paper = useRef<HTMLElement>(null)
  const shown = found.data
  const isSettled = shown !== undefined && !found.isPlaceholderData
  const place = isSettled ? `${shown.documentId} ${props.chunkId ?? ''} ${shown.page} ${look}` : null
  useLayoutEffect(() => {
    const within = paper.current
    if (place === null || !within) return
    const mark = within.querySelector('mark')
    if (mark) mark.scrollIntoView({ block: 'start' })
    else within.scrollTop = 0
  }, [place])
  if (found.isError) return <Problem error={found.error} onRetry={() => void found.refetch()} />
  if (!shown) return <Patience />
  const canDraw = shown.kind === 'pdf' && shown.hasOriginal
  return (
    <article className="page" aria-label={`${shown.title}, ${pageName(shown)}`}>
      <header className="page-tools">
        {canDraw ? (
          <SegmentedControl
            size="xs"
            aria-label="How the page is shown"
            data={[
              { value: 'text', label: 'Text' },
              { value: 'original', label: 'Original' },
            ]}
            value={look}
            onChange={(value) => setLook(value === 'original' ? 'original' : 'text')}
          />
        ) : null}
        <PageTurner page={shown} onTurn={turn} />
        {shown.hasOriginal ? (
          <Button
            kind="quiet"
            className="page-save"
            isBusy={save.isRunning}
            icon={<IconDownload size={16} aria-hidden="true" />}
            onClick={() => void save.run(documentId)}
          >
            Save a copy
          </Button>
        ) : null}
      </header>
      <p className="visually-hidden" role="status">
        {isSettled ? pageName(shown) : ''}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a page is scrolled by keyboard */}
      <section className="page-paper" ref={paper} tabIndex={0} aria-label="What stands on it">
        {canDraw && look === 'original' ? (
          <Suspense fallback={<Patience />}>
            <OriginalPage
              documentId={documentId}
              page={shown.page}
              label={`${pageName(shown)} as in the original. Its words stand under Text.`}
            />
          </Suspense>
        ) : (
          <PageText page={shown} />
        )}
      </section>
    </article>
  )
}
