import { useDebouncedValue, useElementSize } from '@mantine/hooks'
import { useEffect, useRef, useState } from 'react'
import { Patience } from '../../../components/Patience.tsx'
import { type OpenPdf, openPdf } from './pdfFile.ts'

const resizingMs = 150

/** The file of a document, opened for as long as it is shown; null until it is, 'failed' where it cannot be. */
const usePdf = (documentId: string): OpenPdf | 'failed' | null => {
  const [pdf, setPdf] = useState<OpenPdf | 'failed' | null>(null)
  useEffect(() => {
    let isGone = false
    let opened: OpenPdf | undefined
    setPdf(null)
    openPdf(documentId).then(
      (now) => {
        opened = now
        if (isGone) now.close()
        else setPdf(now)
      },
      () => {
        if (!isGone) setPdf('failed')
      },
    )
    return () => {
      isGone = true
      opened?.close()
    }
  }, [documentId])
  return pdf
}

const cannot =
  'This page cannot be drawn here. Read its text, or save a copy of the original and open it with another program.'
const inPart = 'Part of this page cannot be drawn here. Read its text, or save a copy of the original to see all of it.'

interface DrawnProps {
  readonly pdf: OpenPdf
  readonly page: number
  readonly width: number
  readonly label: string
}

const Drawn = ({ pdf, page, width, label }: DrawnProps) => {
  const canvas = useRef<HTMLCanvasElement>(null)
  const [state, setState] = useState<'under way' | 'whole' | 'in part' | 'failed'>('under way')
  useEffect(() => {
    if (!canvas.current) return
    let isGone = false
    pdf.draw(page, canvas.current, width).then(
      (isWhole) => {
        if (!isGone) setState(isWhole ? 'whole' : 'in part')
      },
      () => {
        if (!isGone) setState('failed')
      },
    )
    return () => {
      isGone = true
    }
  }, [pdf, page, width])
  return (
    <>
      {state === 'under way' ? <Patience>Drawing the page…</Patience> : null}
      {state === 'failed' || state === 'in part' ? (
        <p className="notice" role="status">
          {state === 'failed' ? cannot : inPart}
        </p>
      ) : null}
      <canvas
        ref={canvas}
        role="img"
        aria-label={label}
        hidden={state === 'under way' || state === 'failed'}
        className="original-page"
      />
    </>
  )
}

interface OriginalPageProps {
  readonly documentId: string
  readonly page: number
  /** What the picture shows, for those who do not see it. */
  readonly label: string
}

/** A page drawn as in the original. */
export const OriginalPage = ({ documentId, page, label }: OriginalPageProps) => {
  const pdf = usePdf(documentId)
  const { ref, width } = useElementSize()
  const [steady] = useDebouncedValue(Math.floor(width), resizingMs)
  return (
    <div className="original" ref={ref}>
      {pdf === null || (steady === 0 && pdf !== 'failed') ? <Patience>Opening the original…</Patience> : null}
      {pdf === 'failed' ? (
        <p className="notice" role="status">
          {cannot}
        </p>
      ) : null}
      {pdf !== null && pdf !== 'failed' && steady > 0 ? (
        <Drawn key={`${page} ${steady}`} pdf={pdf} page={page} width={steady} label={label} />
      ) : null}
    </div>
  )
}
