import { Modal, Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Client } from '../../../../shared/contract/clients.ts'
import { notify, useAction } from '../../../app/action.ts'
import { Button } from '../../../components/Button.tsx'
import { Patience } from '../../../components/Patience.tsx'
import { Problem } from '../../../components/Problem.tsx'
import { plural } from '../../../components/words.ts'
import { host, queries } from '../../../transport/console.ts'
import { SaveButton } from './SaveButton.tsx'

interface MergeClientProps {
  readonly client: Client
  readonly onClose: () => void
}

const mostListed = 200

/** Asks who else this client is, and says what becomes of the two. */
export const MergeClient = ({ client, onClose }: MergeClientProps) => {
  const [mergedId, setMergedId] = useState<string | null>(null)
  const [search, setSearch] = useState('')
  const others = useQuery(queries.clients.list.queryOptions({ input: { search: '', limit: mostListed } }))
  const holdings = useQuery({
    ...queries.clients.holdings.queryOptions({ input: { clientId: mergedId ?? '' } }),
    gcTime: 0,
    enabled: mergedId !== null,
  })
  const own = useQuery({ ...queries.clients.holdings.queryOptions({ input: { clientId: client.id } }), gcTime: 0 })
  const merging = useAction(async (other: string, otherName: string) => {
    await host.clients.merge({ keptId: client.id, mergedId: other })
    onClose()
    notify(`${otherName} is part of ${client.name} now. What is remembered is being read again.`)
  })
  const choices = (others.data?.rows ?? [])
    .filter(({ id, isPractice }) => id !== client.id && isPractice === client.isPractice)
    .map(({ id, name, createdAt }, _, all) => ({
      value: id,
      // Two of the same name are told apart by when they came.
      label:
        all.filter((one) => one.name === name).length > 1 || name === client.name
          ? `${name} (since ${new Date(createdAt).toLocaleDateString()})`
          : name,
    }))
  const refusal = own.data?.refusal ?? (mergedId === null ? null : holdings.data?.refusal) ?? null
  const other = mergedId === null ? undefined : holdings.data
  return (
    <Modal
      opened
      onClose={onClose}
      title={`Merge another client into ${client.name}`}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <div className="stack">
        {others.isError ? <Problem error={others.error} onRetry={() => void others.refetch()} /> : null}
        <Select
          label="Who is the same person?"
          placeholder="Choose a client"
          data={choices}
          value={mergedId}
          searchable
          searchValue={search}
          onSearchChange={setSearch}
          limit={50}
          data-autofocus
          nothingFoundMessage={choices.length === 0 ? 'There is no other client yet' : 'Nobody by that name'}
          onChange={setMergedId}
        />
        {refusal ? (
          <p className="client-data-refusal" role="alert">
            {refusal}
          </p>
        ) : null}
        {mergedId !== null && holdings.isPending ? <Patience /> : null}
        {other && !refusal ? (
          <>
            <p>
              The conversations of {other.name} ({plural(other.messages, 'message')}), notes, files and memories become
              those of {client.name}. Name and settings stay as {client.name} has them; the texts under About are
              joined; they are marked as sensitive if either was. Where they contradict each other, what was said last
              holds.
            </p>
            <p>
              <b>This cannot be undone.</b> If you may want the two apart again, export both first.
            </p>
            <div className="row-of-buttons">
              <SaveButton clientId={mergedId ?? ''}>{`Export ${other.name}`}</SaveButton>
              <SaveButton clientId={client.id}>{`Export ${client.name}`}</SaveButton>
            </div>
          </>
        ) : null}
        <div className="row-of-buttons">
          {other && !refusal ? (
            <Button
              kind="danger"
              isBusy={merging.isRunning}
              onClick={() => void merging.run(mergedId ?? '', other.name)}
            >
              Merge the two
            </Button>
          ) : null}
          <Button kind={other && !refusal ? 'primary' : 'plain'} onClick={onClose}>
            {other && !refusal ? 'Keep both' : 'Cancel'}
          </Button>
        </div>
      </div>
    </Modal>
  )
}
