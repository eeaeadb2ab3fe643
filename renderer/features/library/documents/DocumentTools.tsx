import { NativeSelect } from '@mantine/core'
import { IconFolder, IconSearch, IconX } from '@tabler/icons-react'
import type { RefObject } from 'react'
import { documentSorts } from '../../../../shared/taxonomy/library.ts'
import { Button } from '../../../components/Button.tsx'
import { Kbd } from '../../../components/Kbd.tsx'
import { plural } from '../../../components/words.ts'
import { type DocumentSort, type StateFilter, setFilter, useFilter } from './filter.ts'

const sortWords = {
  newest: 'Newest first',
  title: 'By title',
  last_used: 'Last used first',
  largest: 'Largest first',
} as const satisfies Record<DocumentSort, string>

const stateChoices = ['working', 'ready', 'failed', 'paused'] as const satisfies readonly StateFilter[]
const stateWords = {
  working: 'Being read',
  ready: 'Ready',
  failed: 'Cannot be read',
  paused: 'Paused',
} as const satisfies Record<StateFilter, string>

interface DocumentToolsProps {
  readonly field: RefObject<HTMLInputElement | null>
  /** How many fit what is chosen. */
  readonly total: number | undefined
  readonly onChooseFolder: () => void
}

/** Search in titles, the state and the order of the list. */
export const DocumentTools = ({ field, total, onChooseFolder }: DocumentToolsProps) => {
  const { words, state, sort, folder, tag } = useFilter()
  return (
    <div className="document-tools">
      {/* biome-ignore lint/a11y/useSemanticElements: browsers in use do not all know the search element */}
      <div className="search" role="search">
        <IconSearch size={15} aria-hidden="true" />
        <input
          ref={field}
          type="search"
          className="search-field"
          aria-label="Search in titles"
          aria-keyshortcuts="/"
          placeholder="Search in titles"
          autoComplete="off"
          maxLength={200}
          value={words}
          onChange={(event) => setFilter({ words: event.currentTarget.value })}
          onKeyDown={(event) => {
            if (event.key !== 'Escape' || event.nativeEvent.isComposing) return
            if (words === '') event.currentTarget.blur()
            setFilter({ words: '' })
            event.preventDefault()
          }}
        />
        {words === '' ? (
          <Kbd>/</Kbd>
        ) : (
          <button
            type="button"
            className="search-close"
            aria-label="Search no more"
            onClick={() => setFilter({ words: '' })}
          >
            <IconX size={14} aria-hidden="true" />
          </button>
        )}
      </div>
      <Button
        className={`choose-folder ${folder !== null || tag !== null ? 'is-on' : ''}`}
        icon={<IconFolder size={15} aria-hidden="true" />}
        onClick={onChooseFolder}
      >
        {tag ?? (folder === '' ? 'In no folder' : (folder?.split('/').at(-1) ?? 'Folders'))}
      </Button>
      <NativeSelect
        aria-label="State"
        className="document-choice"
        value={state ?? ''}
        data={[
          { value: '', label: 'Any state' },
          ...stateChoices.map((value) => ({ value, label: stateWords[value] })),
        ]}
        onChange={({ currentTarget: { value } }) =>
          setFilter({ state: stateChoices.find((each) => each === value) ?? null })
        }
      />
      <NativeSelect
        aria-label="Order"
        className="document-choice"
        value={sort}
        data={documentSorts.map((value) => ({ value, label: sortWords[value] }))}
        onChange={({ currentTarget: { value } }) =>
          setFilter({ sort: documentSorts.find((each) => each === value) ?? 'newest' })
        }
      />
      <p className="document-total muted">{total === undefined ? '' : plural(total, 'document')}</p>
    </div>
  )
}
