import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { type FormEvent, useEffect, useState } from 'react'
import { Button } from '../../../components/Button.tsx'
import { pageWord } from '../words.ts'
import type { PageShown } from './pieces.ts'

interface PageTurnerProps {
  readonly page: PageShown
  readonly onTurn: (to: number) => void
}

const named = (page: PageShown): string => pageWord(page.kind) ?? 'part'

/** Whether the page is called something else in the document than its number. */
const hasLabel = ({ pageLabel, page }: PageShown): boolean => pageLabel !== null && pageLabel !== `${page}`

/** "Page iv, 4 of 12". */
export const pageName = (page: PageShown): string => {
  const word = named(page)
  const label = hasLabel(page) ? `${page.pageLabel}, ` : ''
  return `${word.charAt(0).toUpperCase()}${word.slice(1)} ${label}${page.page} of ${page.pages}`
}

const GoTo = ({ page, onTurn }: PageTurnerProps) => {
  const [typed, setTyped] = useState('')
  useEffect(() => setTyped(`${page.page}`), [page.page])
  const go = (event: FormEvent) => {
    event.preventDefault()
    const to = Math.round(Number(typed))
    if (to >= 1 && to <= page.pages) onTurn(to)
    else setTyped(`${page.page}`)
  }
  return (
    <form className="page-go" onSubmit={go}>
      <input
        type="number"
        aria-label={`Go to ${named(page)}`}
        min={1}
        max={page.pages}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onBlur={() => setTyped(`${page.page}`)}
      />
      <span className="muted">
        of {page.pages}
        {hasLabel(page) ? ` (${named(page)} ${page.pageLabel})` : ''}
      </span>
    </form>
  )
}

/** To the page before, the next one, or any other. */
export const PageTurner = ({ page, onTurn }: PageTurnerProps) => {
  if (page.pages <= 1) return null
  const word = named(page)
  return (
    <div className="page-turner">
      <Button
        kind="quiet"
        aria-label={`Previous ${word}`}
        title={`Previous ${word}`}
        disabled={page.page <= 1}
        icon={<IconChevronLeft size={16} aria-hidden="true" />}
        onClick={() => onTurn(page.page - 1)}
      />
      <GoTo page={page} onTurn={onTurn} />
      <Button
        kind="quiet"
        aria-label={`Next ${word}`}
        title={`Next ${word}`}
        disabled={page.page >= page.pages}
        icon={<IconChevronRight size={16} aria-hidden="true" />}
        onClick={() => onTurn(page.page + 1)}
      />
    </div>
  )
}
