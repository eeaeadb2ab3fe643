import type { ReactNode } from 'react'
import type { DocumentRow } from '../../../../shared/contract/library.ts'
import { Ago } from '../../../components/Time.tsx'
import { plural, sizeWords } from '../../../components/words.ts'
import { count, kindOf, pageWord } from '../words.ts'

const plurals = { page: 'Pages', slide: 'Slides', chapter: 'Chapters' } as const

const Fact = ({ name, children }: { readonly name: string; readonly children: ReactNode }) => (
  <div className="facts-row">
    <dt>{name}</dt>
    <dd dir="auto">{children}</dd>
  </div>
)

/** What the console knows about a document. */
export const DocumentFacts = ({ document }: { readonly document: DocumentRow }) => (
  <dl className="facts">
    <Fact name="File">{document.fileName}</Fact>
    {kindOf(document) === '' ? null : <Fact name="Kind">{kindOf(document)}</Fact>}
    {document.pages === null ? null : (
      <Fact name={plurals[pageWord(document.kind) ?? 'page']}>{count(document.pages)}</Fact>
    )}
    <Fact name="Passages">{count(document.passages)}</Fact>
    <Fact name="Size">{sizeWords(document.bytes)}</Fact>
    <Fact name="Added">
      <Ago time={document.createdAt} />
    </Fact>
    <Fact name="Used">
      {document.lastUsedAt === null ? (
        'in no reply yet'
      ) : (
        <>
          in {plural(document.timesUsed, 'reply', 'replies')}, last: <Ago time={document.lastUsedAt} />
        </>
      )}
    </Fact>
    {document.isWatched ? (
      <Fact name="Watched">
        {document.isSourceGone
          ? 'the file is no longer in its folder; what was read of it stays here until you remove it'
          : 'read again when the file in its folder changes'}
      </Fact>
    ) : null}
  </dl>
)
