import { Modal, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { Client, ClientErased, ClientHoldings } from '../../../../shared/contract/clients.ts'
import { useAction } from '../../../app/action.ts'
import { navigate } from '../../../app/router.ts'
import { setUi, useUi } from '../../../app/ui.ts'
import { Button } from '../../../components/Button.tsx'
import { Patience } from '../../../components/Patience.tsx'
import { Problem } from '../../../components/Problem.tsx'
import { exactTime } from '../../../components/time.ts'
import { plural } from '../../../components/words.ts'
import { host, queries } from '../../../transport/console.ts'
import { closeErasing, useErasing } from './erasing.ts'
import { SaveButton } from './SaveButton.tsx'

const tidy = (name: string): string => name.normalize('NFC').trim().replace(/\s+/gu, ' ').toLowerCase()

/** What comes once something was loaded or done is where the coach goes on. */
const takeFocus = (element: HTMLElement | null) => element?.focus()

const BackupList = ({ backups }: Pick<ClientHoldings, 'backups'>) => (
  <ul className="client-data-list">
    {backups.map(({ name, createdAt }) => (
      <li key={name}>
        <code>{name}</code>
        {createdAt === null ? null : `, ${exactTime(createdAt)}`}
      </li>
    ))}
  </ul>
)

const WhatGoes = ({ holdings }: { readonly holdings: ClientHoldings }) => {
  const { messages, attachments, notes, memories, crises, documents, backups } = holdings
  const counted = [
    messages > 0 && plural(messages, 'message'),
    attachments > 0 && plural(attachments, 'file'),
    notes > 0 && plural(notes, 'note'),
    memories > 0 && plural(memories, 'memory', 'memories'),
  ].filter((words) => words !== false)
  return (
    <>
      <p>What goes: {[...counted, 'every draft, and every record of what left this machine about them'].join(', ')}.</p>
      {crises > 0 ? (
        <p className="client-data-warning">
          <b>The {crises === 1 ? 'record of a safety crisis goes' : `records of ${crises} safety crises go`} too.</b>{' '}
          You may have to keep them; export this client first.
        </p>
      ) : null}
      {documents.length > 0 ? (
        <p>
          From the library goes what only this client’s replies may use:{' '}
          {documents.map(({ title }) => title).join(', ')}.
          {documents.some(({ isWatched }) => isWatched)
            ? ' Files in your own folders stay there and are not taken in again.'
            : ''}
        </p>
      ) : null}
      {backups.length > 0 ? (
        <>
          <p>
            {plural(backups.length, 'backup or older copy', 'backups or older copies')} will still hold this client
            until you delete {backups.length === 1 ? 'it' : 'them'} in your backup folder:
          </p>
          <BackupList backups={backups} />
        </>
      ) : null}
    </>
  )
}

const Erased = ({ name, erased, onClose }: { name: string; erased: ClientErased; onClose: () => void }) => (
  <div className="stack">
    <p role="status">{name} is erased. If they write again, they are somebody new to this console.</p>
    {erased.onTheWay > 0 ? (
      <p>{plural(erased.onTheWay, 'message was', 'messages were')} on the way to them and may still arrive.</p>
    ) : null}
    {erased.keepsTraces ? (
      <p>The last traces inside the encrypted data file are overwritten the next time OpenCoach starts.</p>
    ) : null}
    {erased.backups.length > 0 ? (
      <>
        <p>Still in these backups or older copies:</p>
        <BackupList backups={erased.backups} />
      </>
    ) : null}
    <div className="row-of-buttons">
      <Button kind="primary" ref={takeFocus} onClick={onClose}>
        Done
      </Button>
    </div>
  </div>
)

/** Says what goes and what stays, offers to save it first, and erases once the name was typed. */
const EraseDialog = ({ client }: { readonly client: Client }) => {
  const [typedName, setTypedName] = useState('')
  const [erased, setErased] = useState<ClientErased | null>(null)
  const holdings = useQuery({
    ...queries.clients.holdings.queryOptions({ input: { clientId: client.id } }),
    gcTime: 0,
    enabled: erased === null,
  })
  const erasing = useAction(async () => {
    setErased(await host.clients.erase({ clientId: client.id, typedName }))
    if (useUi.getState().searchIn?.clientId === client.id) setUi({ searchIn: null })
    navigate('clients')
  })
  const isTyped = tidy(typedName) === tidy(client.name)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (isTyped) void erasing.run()
  }
  return (
    <Modal
      opened
      onClose={closeErasing}
      title={erased === null ? `Erase ${client.name}?` : 'Erased'}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {erased !== null ? <Erased name={client.name} erased={erased} onClose={closeErasing} /> : null}
      {erased === null && holdings.isPending ? <Patience /> : null}
      {erased === null && holdings.isError ? (
        <Problem error={holdings.error} onRetry={() => void holdings.refetch()} />
      ) : null}
      {erased === null && holdings.data?.refusal ? (
        <div className="stack">
          <p className="client-data-refusal" role="alert">
            {holdings.data.refusal}
          </p>
          <div className="row-of-buttons">
            <Button ref={takeFocus} onClick={closeErasing}>
              Close
            </Button>
          </div>
        </div>
      ) : null}
      {erased === null && holdings.data && holdings.data.refusal === null ? (
        <form className="stack" onSubmit={submit}>
          <WhatGoes holdings={holdings.data} />
          <div className="row-of-buttons">
            <SaveButton clientId={client.id}>Export first</SaveButton>
          </div>
          <TextInput
            label={`Type “${client.name}” to erase them. This cannot be undone.`}
            autoComplete="off"
            spellCheck={false}
            data-autofocus
            ref={takeFocus}
            value={typedName}
            maxLength={200}
            onChange={(event) => setTypedName(event.currentTarget.value)}
          />
          <div className="row-of-buttons">
            <Button kind="danger" type="submit" disabled={!isTyped} isBusy={erasing.isRunning}>
              Erase for good
            </Button>
            <Button kind="primary" onClick={closeErasing}>
              Keep
            </Button>
          </div>
        </form>
      ) : null}
    </Modal>
  )
}

/** The dialog about erasing a client, wherever the page of that client has gone. */
export const EraseClient = () => {
  const client = useErasing((state) => state.client)
  return client === null ? null : <EraseDialog key={client.id} client={client} />
}
