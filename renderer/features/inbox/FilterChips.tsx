import { Menu } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import type { InboxFilter } from '../../../shared/contract/inbox.ts'

interface Counts {
  readonly needsMe: number
  readonly unread: number
  readonly requests: number
  readonly snoozed: number
  /** Conversations with a commitment to ask after. */
  readonly checkIns: number
}

interface FilterChipsProps {
  readonly filter: InboxFilter
  readonly counts: Counts | undefined
  readonly onChoose: (filter: InboxFilter) => void
}

const first = ['needs_me', 'unread', 'all'] as const satisfies readonly InboxFilter[]
const more = ['ai', 'mine', 'check_ins', 'snoozed', 'done', 'requests'] as const satisfies readonly InboxFilter[]
const words = {
  needs_me: 'Needs me',
  unread: 'Unread',
  all: 'All',
  ai: 'With the clone',
  mine: 'With me',
  check_ins: 'Check-ins',
  snoozed: 'Snoozed',
  done: 'Done',
  requests: 'Requests',
} as const satisfies Record<InboxFilter, string>

const mostCounted = 99
const counted = {
  needs_me: 'needsMe',
  unread: 'unread',
  check_ins: 'checkIns',
  snoozed: 'snoozed',
  requests: 'requests',
} as const

const isCounted = (filter: InboxFilter): filter is keyof typeof counted => filter in counted

const countOf = (filter: InboxFilter, counts: Counts | undefined): number =>
  counts && isCounted(filter) ? counts[counted[filter]] : 0

const named = (filter: InboxFilter, counts: Counts | undefined): string => {
  const count = countOf(filter, counts)
  return count > 0 ? `${words[filter]} ${count > mostCounted ? `${mostCounted}+` : count}` : words[filter]
}

/** Which list from behind "More" is shown; nothing for those whose chip says it. */
export const FilterName = ({ filter, counts }: Pick<FilterChipsProps, 'filter' | 'counts'>) =>
  more.some((each) => each === filter) ? <span className="filter-name">{named(filter, counts)}</span> : null

/** What the list shows: three choices at hand, the others behind "More". */
export const FilterChips = ({ filter, counts, onChoose }: FilterChipsProps) => {
  const chosen = more.find((each) => each === filter)
  return (
    <fieldset className="chips">
      <legend className="visually-hidden">Show</legend>
      {first.map((each) => (
        <button key={each} type="button" className="chip" aria-pressed={filter === each} onClick={() => onChoose(each)}>
          {named(each, counts)}
        </button>
      ))}
      <Menu position="bottom-end" width={200} withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <button type="button" className={`chip ${chosen ? 'is-on' : ''}`}>
            More
            <IconChevronDown size={12} aria-hidden="true" />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.RadioGroup
            value={filter}
            onChange={(value) => {
              const wanted = more.find((each) => each === value)
              if (wanted) onChoose(wanted)
            }}
          >
            {more.map((each) => (
              <Menu.RadioItem key={each} value={each} closeMenuOnClick>
                <span className="filter-choice">
                  <span>{words[each]}</span>
                  <span className="muted">{countOf(each, counts) || ''}</span>
                </span>
              </Menu.RadioItem>
            ))}
          </Menu.RadioGroup>
        </Menu.Dropdown>
      </Menu>
    </fieldset>
  )
}
