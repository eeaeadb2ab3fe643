import { useState } from 'react'
import type { VaultStatus } from '../../../shared/contract/vault.ts'
import { useAction } from '../../app/action.ts'
import { Button } from '../../components/Button.tsx'
import { host, queryClient } from '../../transport/console.ts'
import { RestoreForm } from './RestoreForm.tsx'
import { VaultFrame } from './VaultFrame.tsx'

/** The data cannot be opened: why, and what to do. Nothing is changed by looking. */
export const BrokenScreen = ({ status }: { readonly status: VaultStatus }) => {
  const [restores, setRestores] = useState(false)
  const retry = useAction(async () => {
    await host.vault.retry()
    await queryClient.invalidateQueries()
  })
  return (
    <VaultFrame title={restores ? 'Restore from a backup' : 'Your data cannot be opened'}>
      {restores ? (
        <RestoreForm
          lead="The file that cannot be opened is kept beside the restored one."
          onDone={() => setRestores(false)}
          onBack={() => setRestores(false)}
        />
      ) : (
        <div className="stack">
          <p role="alert">{status.problem?.message ?? 'The data file could not be read.'}</p>
          <div className="row-of-buttons">
            <Button kind="primary" onClick={() => setRestores(true)}>
              Restore from a backup
            </Button>
            <Button isBusy={retry.isRunning} onClick={() => void retry.run()}>
              Try again
            </Button>
          </div>
        </div>
      )}
      <p className="vault-foot">
        Data in <span className="path">{status.dataFolder}</span>
      </p>
    </VaultFrame>
  )
}
