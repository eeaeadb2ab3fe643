import { IconDownload } from '@tabler/icons-react'
import { useState } from 'react'
import { useAction } from '../../../app/action.ts'
import { Button } from '../../../components/Button.tsx'
import { saveClient } from './saveClient.ts'

interface SaveButtonProps {
  readonly clientId: string
  readonly children: string
}

/** Saves everything about a client as a file. */
export const SaveButton = ({ clientId, children }: SaveButtonProps) => {
  const [share, setShare] = useState<number | null>(null)
  const saving = useAction(async () => {
    setShare(0)
    await saveClient(clientId, setShare).finally(() => setShare(null))
  })
  return (
    <Button
      icon={<IconDownload size={16} aria-hidden="true" />}
      isBusy={saving.isRunning}
      onClick={() => void saving.run()}
    >
      {share === null ? children : share === 0 ? 'Preparing…' : `Saving… ${Math.round(share * 100)}%`}
    </Button>
  )
}
