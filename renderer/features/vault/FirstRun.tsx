import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { VaultStatus } from '../../../shared/contract/vault.ts'
import { useAction } from '../../app/action.ts'
import { Button } from '../../components/Button.tsx'
import { Patience } from '../../components/Patience.tsx'
import { host, queries, queryClient } from '../../transport/console.ts'
import { ModelForm } from '../settings/ModelForm.tsx'
import { useModelTest } from '../settings/modelTest.ts'
import { CreateForm } from './CreateForm.tsx'
import { PhraseSteps } from './PhraseSteps.tsx'
import { RestoreForm } from './RestoreForm.tsx'
import { VaultFrame } from './VaultFrame.tsx'

type Step = 'welcome' | 'create' | 'restore' | 'phrase' | 'model' | 'practice'

const Welcome = ({ onStart, onRestore }: { readonly onStart: () => void; readonly onRestore: () => void }) => (
  <VaultFrame title="Welcome to OpenCoach">
    <div className="stack">
      <p>
        Your clients write, a clone of you answers first, and you are called when a person is needed. You see every word
        and take over whenever you like.
      </p>
      <ul className="welcome-points">
        <li>
          <b>Everything stays on this machine</b>, in one encrypted file that only you can open.
        </li>
        <li>
          <b>Only a model you connect yourself</b> is ever asked for an answer, and you can read exactly what it was
          given.
        </li>
        <li>
          <b>Without a model</b> all of it still works; the answers are then yours alone.
        </li>
      </ul>
      <div className="row-of-buttons">
        <Button kind="primary" onClick={onStart}>
          Set up
        </Button>
        <Button kind="quiet" onClick={onRestore}>
          Restore from a backup
        </Button>
      </div>
    </div>
  </VaultFrame>
)

const ModelStep = ({ onNext }: { readonly onNext: () => void }) => {
  const settings = useQuery(queries.settings.get.queryOptions()).data
  const test = useModelTest().state
  const isConnected = settings?.modelReady === true && (test === 'untested' || test === 'works')
  return (
    <VaultFrame title="Connect a model" step="Step 3 of 4">
      <p className="vault-lead">
        The clone thinks with a model: one from a provider, with your own key, or one that runs on this machine.
      </p>
      {settings ? <ModelForm settings={settings} /> : <Patience />}
      <div className="vault-next">
        <Button kind={isConnected ? 'primary' : 'plain'} onClick={onNext}>
          {isConnected ? 'Continue' : 'Later'}
        </Button>
        {settings?.modelReady ? null : (
          <p className="muted small">
            Until then the clone writes nothing and you answer everything yourself. You find this in Settings.
          </p>
        )}
      </div>
    </VaultFrame>
  )
}

const PracticeStep = ({ onDone }: { readonly onDone: () => void }) => {
  const finish = useAction(async (practises: boolean) => {
    if (practises) await host.channels.startPractice()
    await host.settings.update({ firstRunDone: true })
    await queryClient.invalidateQueries({ queryKey: queries.settings.key() })
    onDone()
  })
  return (
    <VaultFrame title="Meet practice clients" step="Step 4 of 4">
      <div className="stack">
        <p>
          A few made-up clients can write to you now, live, as real ones would: one is stuck, one is glad, one needs you
          at once. Answer, take over, hand back; nothing can go wrong.
        </p>
        <div className="row-of-buttons">
          <Button kind="primary" isBusy={finish.isRunning} onClick={() => void finish.run(true)}>
            Start practice
          </Button>
          <Button kind="quiet" isBusy={finish.isRunning} onClick={() => void finish.run(false)}>
            Not now
          </Button>
        </div>
      </div>
    </VaultFrame>
  )
}

/** Where the guide goes on after a reload: data made but not confirmed comes first. */
const firstStep = (status: VaultStatus): Step => {
  if (status.state === 'new') return 'welcome'
  return status.phraseConfirmed ? 'model' : 'phrase'
}

/** A key file laid ready counts before the keychain, as it does at every start. */
const opensBy = (status: VaultStatus): 'keychain' | 'key_file' | null => {
  if (status.wraps.includes('key_file')) return 'key_file'
  return status.keychainAvailable ? 'keychain' : null
}

/** From an empty machine to the first conversation, one thing at a time. */
export const FirstRun = ({ status, onDone }: { readonly status: VaultStatus; readonly onDone: () => void }) => {
  const [step, setStep] = useState<Step>(() => firstStep(status))
  const [phrase, setPhrase] = useState<readonly string[] | null>(null)
  switch (step) {
    case 'welcome':
      return <Welcome onStart={() => setStep('create')} onRestore={() => setStep('restore')} />
    case 'restore':
      return (
        <VaultFrame title="Restore from a backup">
          <RestoreForm onDone={onDone} onBack={() => setStep('welcome')} />
        </VaultFrame>
      )
    case 'create':
      return (
        <CreateForm
          opensBy={opensBy(status)}
          onBack={() => setStep('welcome')}
          onCreated={(made) => {
            setPhrase(made)
            setStep('phrase')
          }}
        />
      )
    case 'phrase':
      return (
        <VaultFrame title="Your recovery phrase" step="Step 2 of 4" isWide>
          <PhraseSteps {...(phrase ? { phrase } : {})} onDone={() => setStep('model')} />
        </VaultFrame>
      )
    case 'model':
      return <ModelStep onNext={() => setStep('practice')} />
    case 'practice':
      return <PracticeStep onDone={onDone} />
  }
}
