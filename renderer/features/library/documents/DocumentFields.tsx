import { Autocomplete, Select, TagsInput, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { DocumentRow } from '../../../../shared/contract/library.ts'
import { useAction } from '../../../app/action.ts'
import { host, queries } from '../../../transport/console.ts'
import { longestTag, mostTags, useKnown } from '../useKnown.ts'
import { useSavedOnLeave } from './useSavedOnLeave.ts'

type Changes = Omit<Parameters<typeof host.library.update>[0], 'documentId'>

const typingMs = 150
const clientsShown = 50

/** The clients to choose from, with the one in use wherever it stands in the alphabet. */
const useClientChoices = (typed: string, inUse: { readonly id: string; readonly name: string } | null) => {
  const [search] = useDebouncedValue(typed.trim(), typingMs)
  const asked = search === inUse?.name ? '' : search
  const clients = useQuery({
    ...queries.clients.list.queryOptions({ input: { search: asked, limit: clientsShown } }),
    placeholderData: keepPreviousData,
  }).data
  const found = (clients?.rows ?? []).map(({ id, name }) => ({ value: id, label: name }))
  return inUse === null || found.some(({ value }) => value === inUse.id)
    ? found
    : [{ value: inUse.id, label: inUse.name }, ...found]
}

const OnlyFor = ({ document, save }: { document: DocumentRow; save: (changes: Changes) => void }) => {
  const [typed, setTyped] = useState('')
  const { clientId, clientName } = document
  const choices = useClientChoices(typed, clientId === null ? null : { id: clientId, name: clientName ?? '' })
  return (
    <Select
      label="Only for one client"
      description="Then it is never used for anybody else."
      placeholder="For all clients"
      data={choices}
      value={clientId}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': 'For all clients' }}
      nothingFoundMessage="Nobody by that name"
      onSearchChange={setTyped}
      onChange={(chosen) => save({ clientId: chosen })}
    />
  )
}

/** What the coach decides about a document, each saved when it is left. */
export const DocumentFields = ({ document }: { readonly document: DocumentRow }) => {
  const { folders, tags } = useKnown()
  const update = useAction((changes: Changes) => host.library.update({ documentId: document.id, ...changes }))
  const save = (changes: Changes) => host.library.update({ documentId: document.id, ...changes })
  const title = useSavedOnLeave(document.title, (text) => save({ title: text.trim() }), true)
  const folder = useSavedOnLeave(document.folder, (text) => save({ folder: text.trim() }))
  return (
    <div className="document-fields">
      <TextInput
        label="Title"
        maxLength={300}
        value={title.value}
        onChange={(event) => title.onChange(event.currentTarget.value)}
        onBlur={title.onBlur}
        onKeyDown={title.onKeyDown}
      />
      <Autocomplete
        label="Folder"
        placeholder="No folder"
        maxLength={500}
        limit={50}
        data={folders}
        value={folder.value}
        onChange={folder.onChange}
        onBlur={folder.onBlur}
        onKeyDown={folder.onKeyDown}
      />
      <TagsInput
        label="Tags"
        placeholder={document.tags.length === 0 ? 'Write one and press Enter' : ''}
        maxLength={longestTag}
        maxTags={mostTags}
        data={tags}
        value={document.tags}
        acceptValueOnBlur
        onChange={(next) => void update.run({ tags: next })}
      />
      <OnlyFor document={document} save={(changes) => void update.run(changes)} />
    </div>
  )
}
