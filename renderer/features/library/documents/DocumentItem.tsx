import { type ChangeEvent, memo } from 'react'
import type { DocumentRow } from '../../../../shared/contract/library.ts'
import { hrefTo } from '../../../app/router.ts'
import { Ago } from '../../../components/Time.tsx'
import { plural, sizeWords } from '../../../components/words.ts'
import { State } from '../State.tsx'
import { count, kindOf, pageWord } from '../words.ts'

/** A number that stands under its title where there is room for columns, and with its word where there is none. */
const Counted = ({ value, word, column }: { value: number | null; word: string; column: string }) => (
  <span className={`document-cell is-number ${column}`}>
    {value === null ? null : (
      <>
        {count(value)} <span className="document-unit">{value === 1 ? word : `${word}s`}</span>
      </>
    )}
  </span>
)

const Use = ({ document }: { readonly document: DocumentRow }) => (
  <span
    className="document-cell is-used"
    title={
      document.timesUsed === 0
        ? 'No reply has used it yet'
        : `Used in ${plural(document.timesUsed, 'reply', 'replies')} so far`
    }
  >
    {document.lastUsedAt === null ? (
      <span className="muted">not used yet</span>
    ) : (
      <>
        <span className="document-unit">used </span>
        <Ago time={document.lastUsedAt} />
      </>
    )}
  </span>
)

const Labels = ({ document: { clientName, tags, isSourceGone } }: { readonly document: DocumentRow }) =>
  clientName === null && tags.length === 0 && !isSourceGone ? null : (
    <span className="document-labels">
      {isSourceGone ? <span className="tag">file deleted from its folder</span> : null}
      {clientName === null ? null : <span className="tag">only {clientName}</span>}
      {tags.map((tag) => (
        <span key={tag} className="tag">
          {tag}
        </span>
      ))}
    </span>
  )

interface DocumentItemProps {
  readonly document: DocumentRow
  readonly isSelected: boolean
  /** The end of the stretch that Shift+J and Shift+K move. */
  readonly isHead: boolean
  readonly onSelect: (id: string, isStretch: boolean) => void
}

export const DocumentItem = memo(({ document, isSelected, isHead, onSelect }: DocumentItemProps) => {
  const select = ({ nativeEvent }: ChangeEvent) =>
    onSelect(document.id, nativeEvent instanceof MouseEvent && nativeEvent.shiftKey)
  return (
    <div className={`document ${isSelected ? 'is-selected' : ''} ${isHead ? 'is-head' : ''}`}>
      <a className="document-link" href={hrefTo('library', document.id)} data-document={document.id}>
        <span className="document-title">
          <b dir="auto">{document.title}</b>
          {document.problem === null ? (
            <Labels document={document} />
          ) : (
            <span className="document-problem" title={document.problem}>
              {document.problem}
            </span>
          )}
        </span>
        <span className="document-cell is-kind">{kindOf(document)}</span>
        <span className="document-cell is-folder" title={document.folder} dir="auto">
          {document.folder}
        </span>
        <Counted value={document.pages} word={pageWord(document.kind) ?? 'page'} column="is-pages" />
        <Counted value={document.passages} word="passage" column="is-passages" />
        <span className="document-cell is-number is-size">{sizeWords(document.bytes)}</span>
        <Use document={document} />
        <span className="document-cell is-state">
          <State document={document} />
        </span>
      </a>
      <input
        type="checkbox"
        className="document-select"
        aria-label={`Select ${document.title}`}
        tabIndex={-1}
        checked={isSelected}
        onChange={select}
      />
    </div>
  )
})
DocumentItem.displayName = 'DocumentItem'

const columns = [
  ['document-title', 'Title'],
  ['is-kind', 'Kind'],
  ['is-folder', 'Folder'],
  ['is-number is-pages', 'Pages'],
  ['is-number is-passages', 'Passages'],
  ['is-number is-size', 'Size'],
  ['is-used', 'Last used'],
  ['is-state', 'State'],
] as const

/** What the columns are, for the eye: each row says it in words as well. */
export const ColumnNames = () => (
  <div className="document-columns" aria-hidden="true">
    {columns.map(([column, name]) => (
      <span key={name} className={`document-cell ${column}`}>
        {name}
      </span>
    ))}
  </div>
)
