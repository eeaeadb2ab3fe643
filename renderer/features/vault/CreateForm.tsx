import { Switch, TextInput } from '@mantine/core'
import { useState } from 'react'
import { Button } from '../../components/Button.tsx'
import { Problem } from '../../components/Problem.tsx'
import { host, queries, queryClient } from '../../transport/console.ts'
import { NewPassphrase, type PassphraseEntry } from './NewPassphrase.tsx'
import { VaultFrame } from './VaultFrame.tsx'

interface CreateFormProps {
  readonly hasKeychain: boolean
  readonly onBack: () => void
  readonly onCreated: (phrase: readonly string[]) => void
}

/** The coach's name and what locks the data: a passphrase, or the machine's keychain where there is one. */
export const CreateForm = ({ hasKeychain, onBack, onCreated }: CreateFormProps) => {
  const [name, setName] = useState('')
  const [wantsPassphrase, setWants] = useState(!hasKeychain)
  const [entry, setEntry] = useState<PassphraseEntry>({ passphrase: '', isReady: false })
  const [problem, setProblem] = useState<unknown>(null)
  const [isRunning, setRunning] = useState(false)
  const isReady = name.trim() !== '' && (!wantsPassphrase || entry.isReady)

  const create = async () => {
    if (!isReady || isRunning) return
    setProblem(null)
    setRunning(true)
    try {
      const { phrase } = await host.vault.create({
        coachName: name.trim(),
        ...(wantsPassphrase ? { passphrase: entry.passphrase } : {}),
      })
      void queryClient.invalidateQueries({ queryKey: queries.vault.key() })
      onCreated(phrase)
    } catch (error) {
      setProblem(error)
    } finally {
      setRunning(false)
    }
  }
  return (
    <VaultFrame title="You and your lock" step="Step 1 of 4">
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          void create()
        }}
      >
        <TextInput
          label="Your name"
          description="As your clients know you."
          autoComplete="name"
          autoFocus
          maxLength={80}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {hasKeychain ? (
          <Switch
            label="Also ask for a passphrase"
            description="Without one, this machine's keychain opens the console for whoever is signed in as you."
            checked={wantsPassphrase}
            onChange={(event) => setWants(event.currentTarget.checked)}
          />
        ) : null}
        {wantsPassphrase ? (
          <NewPassphrase
            label="Passphrase"
            description="It locks everything your clients tell you. Nobody can reset it, so choose one you will remember."
            onChange={setEntry}
          />
        ) : null}
        {problem ? <Problem error={problem} /> : null}
        <div className="row-of-buttons">
          <Button type="submit" kind="primary" disabled={!isReady} isBusy={isRunning}>
            {isRunning ? 'Encrypting…' : 'Continue'}
          </Button>
          <Button kind="quiet" onClick={onBack}>
            Back
          </Button>
        </div>
      </form>
    </VaultFrame>
  )
}
