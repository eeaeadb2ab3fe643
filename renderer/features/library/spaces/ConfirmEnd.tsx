import { Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import { useAction } from '../../../app/action.ts'
import { Button } from '../../../components/Button.tsx'

interface ConfirmEndProps {
  readonly title: string
  /** What goes, and what stays. */
  readonly children: ReactNode
  readonly name: string
  readonly keep: string
  readonly end: () => Promise<unknown>
  readonly onClose: () => void
}

/** Asks before vectors are removed that may have cost money. */
export const ConfirmEnd = ({ title, children, name, keep, end, onClose }: ConfirmEndProps) => {
  const ending = useAction(async () => {
    await end()
    onClose()
  })
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': 'Close' }}>
      <div className="stack">
        <p>{children}</p>
        <div className="row-of-buttons">
          <Button kind="danger" isBusy={ending.isRunning} onClick={() => void ending.run()}>
            {name}
          </Button>
          <Button kind="primary" data-autofocus onClick={onClose}>
            {keep}
          </Button>
        </div>
      </div>
    </Modal>
  )
}
