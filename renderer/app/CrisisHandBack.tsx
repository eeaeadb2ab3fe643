import { Modal } from '@mantine/core'
import { Button } from '../components/Button.tsx'
import { host } from '../transport/console.ts'
import { useAction } from './action.ts'
import { focusBack } from './focusBack.ts'
import { setUi, useUi } from './ui.ts'

const close = () => {
  setUi({ crisisHandBack: null })
  focusBack()
}

/** Asks before the clone may answer somebody again who was in danger; keeping them is the choice at hand. */
export const CrisisHandBack = () => {
  const asked = useUi((ui) => ui.crisisHandBack)
  const handBack = useAction(async (conversationId: string) => {
    await host.inbox.handBack({ conversationId, evenAfterCrisis: true })
    close()
  })
  if (!asked) return null
  return (
    <Modal
      opened
      onClose={close}
      title="Hand back after a safety crisis?"
      closeButtonProps={{ 'aria-label': 'Close' }}
      transitionProps={{ duration: 80 }}
    >
      <div className="stack">
        <p>{asked.sentence}</p>
        <div className="row-of-buttons">
          <Button kind="danger" isBusy={handBack.isRunning} onClick={() => void handBack.run(asked.conversationId)}>
            They are safe, hand back
          </Button>
          <Button kind="primary" data-autofocus onClick={close}>
            Keep it with me
          </Button>
        </div>
      </div>
    </Modal>
  )
}
