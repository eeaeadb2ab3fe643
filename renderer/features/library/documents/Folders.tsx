import { IconFolder, IconTag } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { count } from '../words.ts'
import { setFilter, useFilter } from './filter.ts'
import { folderTree } from './folderTree.ts'

interface FoldersProps {
  readonly folders: readonly { readonly folder: string; readonly documents: number }[]
  readonly tags: readonly { readonly tag: string; readonly documents: number }[]
  readonly all: number
  readonly onChosen?: () => void
}

interface ChoiceProps {
  readonly isOn: boolean
  readonly documents: number
  readonly level?: number
  readonly icon?: ReactNode
  readonly onChoose: () => void
  readonly children: ReactNode
}

const deepestShown = 6

const Choice = ({ isOn, documents, level = 0, icon, onChoose, children }: ChoiceProps) => (
  <li>
    <button
      type="button"
      className={`folder is-level-${Math.min(level, deepestShown)}`}
      aria-pressed={isOn}
      onClick={onChoose}
    >
      {icon}
      <span className="folder-name" dir="auto">
        {children}
      </span>
      <span className="folder-count">{count(documents)}</span>
    </button>
  </li>
)

/** The folders and tags of the library, as filters of the list. */
export const Folders = ({ folders, tags, all, onChosen }: FoldersProps) => {
  const { folder: chosen, tag: chosenTag } = useFilter()
  const loose = folders.find(({ folder }) => folder === '')
  const choose = (change: Parameters<typeof setFilter>[0]) => {
    setFilter(change)
    onChosen?.()
  }
  const tree = folderTree(folders)
  return (
    <>
      <h2 className="folders-title" id="library-folders">
        Folders
      </h2>
      <ul aria-labelledby="library-folders">
        <Choice isOn={chosen === null} documents={all} onChoose={() => choose({ folder: null })}>
          All documents
        </Choice>
        {tree.map(({ path, name, level, documents }) => (
          <Choice
            key={path}
            isOn={chosen === path}
            documents={documents}
            level={level}
            icon={<IconFolder size={14} aria-hidden="true" />}
            onChoose={() => choose({ folder: path })}
          >
            {name}
          </Choice>
        ))}
        {loose && tree.length > 0 ? (
          <Choice isOn={chosen === ''} documents={loose.documents} onChoose={() => choose({ folder: '' })}>
            In no folder
          </Choice>
        ) : null}
      </ul>
      {tags.length > 0 ? (
        <>
          <h2 className="folders-title" id="library-tags">
            Tags
          </h2>
          <ul aria-labelledby="library-tags">
            {tags.map(({ tag, documents }) => (
              <Choice
                key={tag}
                isOn={chosenTag === tag}
                documents={documents}
                icon={<IconTag size={14} aria-hidden="true" />}
                onChoose={() => choose({ tag: chosenTag === tag ? null : tag })}
              >
                {tag}
              </Choice>
            ))}
          </ul>
        </>
      ) : null}
    </>
  )
}
