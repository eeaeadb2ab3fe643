import { Modal } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { Button } from '../../components/Button.tsx'
import { PastChoices } from './PastChoices.tsx'
import { countWords } from './pastWords.ts'
import type { PastStep, usePastFlow } from './usePastFlow.ts'

interface PastDialogProps {
  readonly step: PastStep
  readonly flow: ReturnType<typeof usePastFlow>
  readonly underWay: { readonly done: number; readonly total: number } | null
}

const Progress = ({
  label,
  done,
  total,
}: {
  readonly label: string
  readonly done: number
  readonly total: number
}) => (
  <div className="past-progress">
    <p role="status">{label}</p>
    <progress className="past-bar" aria-label={label} value={done} max={Math.max(1, total)} />
  </div>
)

const busyWords = { sending: 'Opening the file…', reading: 'Reading the file…', adding: 'Taking it in…' } as const

const Body = ({ step, flow, underWay }: PastDialogProps) => {
  if (step.kind === 'choosing') return <PastChoices key={step.preview.format} step={step} flow={flow} />
  if (step.kind === 'failed')
    return (
      <>
        <p role="alert">{step.sentence}</p>
        <div className="row-of-buttons">
          <Button kind="primary" data-autofocus onClick={flow.close}>
            Close
          </Button>
        </div>
      </>
    )
  if (step.kind === 'done')
    return (
      <>
        <p role="status">
          {countWords(step.coachTurns, 'message')} of yours {step.coachTurns === 1 ? 'is' : 'are'} taken in
          {step.turns > step.coachTurns
            ? `, with ${countWords(step.turns - step.coachTurns, 'answer')} of clients`
            : ''}
          . You can take this out again at any time.
        </p>
        <div className="row-of-buttons">
          <Button kind="primary" data-autofocus onClick={flow.close}>
            Done
          </Button>
        </div>
      </>
    )
  const [done, total] = step.kind === 'sending' ? [step.sent, step.size] : [underWay?.done ?? 0, underWay?.total ?? 1]
  return (
    <>
      <p className="past-name" dir="auto">
        {step.name}
      </p>
      <Progress label={busyWords[step.kind]} done={done} total={total} />
      <div className="row-of-buttons">
        <Button onClick={flow.close}>Stop</Button>
      </div>
    </>
  )
}

/** The way of one file: sent, looked at, taken in. Leaving it stops whatever is under way. */
export const PastDialog = (props: PastDialogProps) => {
  const { step, flow } = props
  const body = useRef<HTMLDivElement>(null)
  // Each step takes the button away that had the focus; the next one must be at hand for the keyboard.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the focus moves when the step does
  useEffect(() => {
    const first = body.current?.querySelector<HTMLElement>('[data-autofocus], button')
    first?.focus()
  }, [step.kind])
  return (
    <Modal
      opened
      size="lg"
      onClose={flow.close}
      closeOnClickOutside={step.kind === 'done' || step.kind === 'failed'}
      title="Past conversations"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <div className="stack" ref={body}>
        <Body {...props} />
      </div>
    </Modal>
  )
}
