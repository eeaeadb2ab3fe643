import type { InboxFilter } from '../../../shared/contract/inbox.ts'

interface Counts {
  readonly needsMe: number
  readonly unread: number
  readonly all: number
}

interface FilterChipsProps {
  readonly filter: InboxFilter
  readonly counts: Counts | undefined
  readonly onChoose: (filter: InboxFilter) => void
}

const filters = ['needs_me', 'unread', 'all'] as const satisfies readonly InboxFilter[]
const words = { needs_me: 'Needs me', unread: 'Unread', all: 'All' } as const satisfies Record<InboxFilter, string>

const countOf = (filter: InboxFilter, counts: Counts | undefined): number => {
  if (!counts || filter === 'all') return 0
  return filter === 'needs_me' ? counts.needsMe : counts.unread
}

export const FilterChips = ({ filter, counts, onChoose }: FilterChipsProps) => (
  <fieldset className="chips">
    <legend className="visually-hidden">Show</legend>
    {filters.map((each) => (
      <button key={each} type="button" className="chip" aria-pressed={filter === each} onClick={() => onChoose(each)}>
        {words[each]}
        {countOf(each, counts) > 0 ? ` ${countOf(each, counts)}` : ''}
      </button>
    ))}
  </fieldset>
)
