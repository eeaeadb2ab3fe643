import { Modal } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { notify, useAction } from '../../app/action.ts'
import { Button } from '../../components/Button.tsx'
import { host, queries } from '../../transport/console.ts'
import { NewPassphrase, type PassphraseEntry } from '../vault/NewPassphrase.tsx'
import { PhraseSteps } from '../vault/PhraseSteps.tsx'
import { Section } from './Section.tsx'

const PassphraseForm = ({ onDone }: { readonly onDone: () => void }) => {
  const [entry, setEntry] = useState<PassphraseEntry>({ passphrase: '', isReady: false })
  const set = useAction(async () => {
    await host.vault.setPassphrase({ passphrase: entry.passphrase })
    notify('Your new passphrase opens the console from now on.')
    onDone()
  })
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        if (entry.isReady) void set.run()
      }}
    >
      <NewPassphrase onChange={setEntry} />
      <div className="row-of-buttons">
        <Button type="submit" kind="primary" disabled={!entry.isReady} isBusy={set.isRunning}>
          Set passphrase
        </Button>
      </div>
    </form>
  )
}

export const SecuritySection = () => {
  const status = useQuery(queries.vault.status.queryOptions()).data
  const [open, setOpen] = useState<'none' | 'phrase' | 'passphrase'>('none')
  const close = () => setOpen('none')
  const hasPassphrase = status?.wraps.includes('passphrase') ?? false
  return (
    <Section id="security" title="Security" lead="What opens your data. Without one of these nobody can, not even us.">
      {status ? (
        <dl className="facts">
          <dt>Recovery phrase</dt>
          <dd>
            {status.phraseConfirmed
              ? 'Written down and confirmed'
              : 'Not confirmed yet: make one now, or a lost passphrase means lost data'}
          </dd>
          <dt>Passphrase</dt>
          <dd>{hasPassphrase ? 'Set' : 'None'}</dd>
          {status.wraps.includes('keychain') ? (
            <>
              <dt>Keychain</dt>
              <dd>Opens the console on this machine by itself</dd>
            </>
          ) : null}
          {status.wraps.includes('key_file') ? (
            <>
              <dt>Key file</dt>
              <dd>In the data folder; it opens the console on this machine by itself</dd>
            </>
          ) : null}
        </dl>
      ) : null}
      <div className="row-of-buttons">
        <Button kind={status && !status.phraseConfirmed ? 'primary' : 'plain'} onClick={() => setOpen('phrase')}>
          New recovery phrase…
        </Button>
        <Button onClick={() => setOpen('passphrase')}>
          {hasPassphrase ? 'Change passphrase…' : 'Set a passphrase…'}
        </Button>
      </div>
      <Modal
        opened={open === 'phrase'}
        onClose={close}
        title="New recovery phrase"
        size={640}
        closeOnClickOutside={false}
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        <PhraseSteps onDone={close} />
      </Modal>
      <Modal
        opened={open === 'passphrase'}
        onClose={close}
        title={hasPassphrase ? 'Change passphrase' : 'Set a passphrase'}
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        <PassphraseForm onDone={close} />
      </Modal>
    </Section>
  )
}
