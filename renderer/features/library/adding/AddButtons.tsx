import { type ChangeEvent, useRef } from 'react'
import { Button } from '../../../components/Button.tsx'
import { useFilter } from '../documents/filter.ts'
import { fromField } from './collect.ts'
import { addFiles } from './uploads.ts'

// React's types do not know it.
const wholeFolders = { webkitdirectory: '' }

/** Chooses files or a whole folder; they go to the folder of the library that is looked at. */
export const AddButtons = ({ isFirst = false }: { readonly isFirst?: boolean }) => {
  const into = useFilter((filter) => filter.folder) ?? ''
  const filesField = useRef<HTMLInputElement>(null)
  const folderField = useRef<HTMLInputElement>(null)
  const take = ({ currentTarget }: ChangeEvent<HTMLInputElement>) => {
    if (currentTarget.files) addFiles(fromField(currentTarget.files, into))
    // The same files may be chosen again.
    currentTarget.value = ''
  }
  return (
    <div className="row-of-buttons add-buttons">
      <input ref={filesField} type="file" multiple hidden data-adds="files" onChange={take} />
      <input ref={folderField} type="file" {...wholeFolders} hidden data-adds="folder" onChange={take} />
      <Button kind={isFirst ? 'primary' : 'plain'} onClick={() => filesField.current?.click()}>
        Add files
      </Button>
      <Button onClick={() => folderField.current?.click()}>Add folder</Button>
    </div>
  )
}
