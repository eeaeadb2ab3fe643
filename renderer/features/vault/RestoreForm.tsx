import { Switch, TextInput } from '@mantine/core'
import { useState } from 'react'
import { Button } from '../../components/Button.tsx'
import { Problem } from '../../components/Problem.tsx'
import { host, queryClient } from '../../transport/console.ts'
import { NewPassphrase, type PassphraseEntry } from './NewPassphrase.tsx'
import { type SecretEntry, SecretField, toSecret } from './SecretField.tsx'

interface RestoreFormProps {
  readonly folder?: string
  readonly lead?: string
  readonly onDone: () => void
  readonly onBack?: () => void
}

/** Brings a backup back: from its folder, with the passphrase or phrase that belonged to it. */
export const RestoreForm = ({ folder: given = '', lead, onDone, onBack }: RestoreFormProps) => {
  const [folder, setFolder] = useState(given)
  const [entry, setEntry] = useState<SecretEntry>({ kind: 'passphrase', text: '' })
  const [setsNew, setSetsNew] = useState(false)
  const [passphrase, setPassphrase] = useState<PassphraseEntry>({ passphrase: '', isReady: false })
  const [problem, setProblem] = useState<unknown>(null)
  const [isRunning, setRunning] = useState(false)
  const secret = toSecret(entry)
  const isReady = folder.trim() !== '' && secret !== null && (!setsNew || passphrase.isReady)

  const restore = async () => {
    if (!secret || !isReady || isRunning) return
    setProblem(null)
    setRunning(true)
    try {
      await host.backups.restore({
        folder: folder.trim(),
        secret,
        ...(setsNew ? { newPassphrase: passphrase.passphrase } : {}),
      })
      await queryClient.invalidateQueries()
      onDone()
    } catch (error) {
      setProblem(error)
    } finally {
      setRunning(false)
    }
  }
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        void restore()
      }}
    >
      {lead ? <p>{lead}</p> : null}
      <TextInput
        label="Backup folder"
        description="The full path of one backup: the folder that holds the data and its key file."
        spellCheck={false}
        value={folder}
        onChange={(event) => setFolder(event.currentTarget.value)}
      />
      <SecretField entry={entry} onChange={setEntry} />
      <Switch
        label="Set a new passphrase"
        checked={setsNew}
        onChange={(event) => setSetsNew(event.currentTarget.checked)}
      />
      {setsNew ? <NewPassphrase onChange={setPassphrase} /> : null}
      {problem ? <Problem error={problem} /> : null}
      <div className="row-of-buttons">
        <Button type="submit" kind="primary" disabled={!isReady} isBusy={isRunning}>
          {isRunning ? 'Restoring…' : 'Restore'}
        </Button>
        {onBack ? (
          <Button kind="quiet" onClick={onBack}>
            Back
          </Button>
        ) : null}
      </div>
    </form>
  )
}
