import { Switch, TextInput } from '@mantine/core'
import { useState } from 'react'
import { minPassphraseLength } from '../../../shared/limits.ts'
import { Button } from '../../components/Button.tsx'
import { Problem } from '../../components/Problem.tsx'
import { host, queries, queryClient } from '../../transport/console.ts'
import { NewPassphrase, type PassphraseEntry } from './NewPassphrase.tsx'
import { VaultFrame } from './VaultFrame.tsx'

interface CreateFormProps {
  /** What opens the data on this machine without a passphrase, if anything does. */
  readonly opensBy: 'keychain' | 'key_file' | null
  readonly onBack: () => void
  readonly onCreated: (phrase: readonly string[]) => void
}

const withoutPassphrase = {
  keychain: "Without one, this machine's keychain opens the console for whoever is signed in as you.",
  key_file: 'Without one, the key file in the data folder opens the console for whoever can read it.',
} as const

/** What is still to be filled in before going on; '' for nothing. Null for an entry where no passphrase is wanted. */
const missingWords = (name: string, entry: PassphraseEntry | null): string => {
  const isLong = entry !== null && entry.passphrase.length >= minPassphraseLength
  const passphrase = isLong
    ? 'the same passphrase once more'
    : `a passphrase of at least ${minPassphraseLength} characters`
  const lacks = [...(name.trim() === '' ? ['your name'] : []), ...(entry && !entry.isReady ? [passphrase] : [])]
  return lacks.length === 0 ? '' : `Still missing: ${lacks.join(' and ')}.`
}

/** The coach's name and what locks the data: a passphrase, or what this machine has to open it by itself. */
export const CreateForm = ({ opensBy, onBack, onCreated }: CreateFormProps) => {
  const [name, setName] = useState('')
  const [wantsPassphrase, setWants] = useState(opensBy === null)
  const [entry, setEntry] = useState<PassphraseEntry>({ passphrase: '', isReady: false })
  const [problem, setProblem] = useState<unknown>(null)
  const [isRunning, setRunning] = useState(false)
  const missing = missingWords(name, wantsPassphrase ? entry : null)
  const isReady = missing === ''

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
        {opensBy ? (
          <Switch
            label="Also ask for a passphrase"
            description={withoutPassphrase[opensBy]}
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
          <Button type="submit" kind="primary" disabled={!isReady} isBusy={isRunning} aria-describedby="create-missing">
            {isRunning ? 'Encrypting…' : 'Continue'}
          </Button>
          <Button kind="quiet" onClick={onBack}>
            Back
          </Button>
        </div>
        <p id="create-missing" className="muted small" role="status">
          {missing}
        </p>
      </form>
    </VaultFrame>
  )
}
