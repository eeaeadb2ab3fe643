import { Switch } from '@mantine/core'
import { useState } from 'react'
import type { VaultStatus } from '../../../shared/contract/vault.ts'
import { Button } from '../../components/Button.tsx'
import { Problem } from '../../components/Problem.tsx'
import { host, queryClient } from '../../transport/console.ts'
import { NewPassphrase, type PassphraseEntry } from './NewPassphrase.tsx'
import { RestoreForm } from './RestoreForm.tsx'
import { type SecretEntry, SecretField, toSecret } from './SecretField.tsx'
import { VaultFrame } from './VaultFrame.tsx'

const UnlockForm = ({ status, onRestore }: { readonly status: VaultStatus; readonly onRestore: () => void }) => {
  const [entry, setEntry] = useState<SecretEntry>({
    kind: status.wraps.includes('passphrase') ? 'passphrase' : 'phrase',
    text: '',
  })
  const [setsNew, setSetsNew] = useState(false)
  const [passphrase, setPassphrase] = useState<PassphraseEntry>({ passphrase: '', isReady: false })
  const [problem, setProblem] = useState<unknown>(null)
  const [isRunning, setRunning] = useState(false)
  const secret = toSecret(entry)
  const changes = entry.kind === 'phrase' && setsNew
  const isReady = secret !== null && (!changes || passphrase.isReady)

  const unlock = async () => {
    if (!secret || !isReady || isRunning) return
    setProblem(null)
    setRunning(true)
    try {
      await host.vault.unlock({ secret, ...(changes ? { newPassphrase: passphrase.passphrase } : {}) })
      await queryClient.invalidateQueries()
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
        void unlock()
      }}
    >
      <SecretField
        entry={entry}
        onChange={(next) => {
          setProblem(null)
          setEntry(next)
        }}
      />
      {entry.kind === 'phrase' ? (
        <Switch
          label="Set a new passphrase"
          checked={setsNew}
          onChange={(event) => setSetsNew(event.currentTarget.checked)}
        />
      ) : null}
      {changes ? <NewPassphrase onChange={setPassphrase} /> : null}
      {problem ? <Problem error={problem} /> : null}
      <div className="row-of-buttons">
        <Button type="submit" kind="primary" disabled={!isReady} isBusy={isRunning}>
          {isRunning ? 'Opening…' : 'Open'}
        </Button>
        <Button kind="quiet" onClick={onRestore}>
          Restore from a backup
        </Button>
      </div>
    </form>
  )
}

/** The data is there and encrypted; it opens with the passphrase or the recovery phrase. */
export const UnlockScreen = ({ status }: { readonly status: VaultStatus }) => {
  const [restores, setRestores] = useState(false)
  return (
    <VaultFrame title={restores ? 'Restore from a backup' : 'Welcome back'}>
      {restores ? (
        <RestoreForm
          lead="The data that is here now is kept beside the restored one."
          onDone={() => setRestores(false)}
          onBack={() => setRestores(false)}
        />
      ) : (
        <UnlockForm status={status} onRestore={() => setRestores(true)} />
      )}
      <p className="vault-foot">
        Data in <span className="path">{status.dataFolder}</span>
      </p>
    </VaultFrame>
  )
}
