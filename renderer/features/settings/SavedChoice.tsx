import { SegmentedControl } from '@mantine/core'
import { type ReactNode, useEffect, useId, useState } from 'react'
import { useAction } from '../../app/action.ts'

interface SavedChoiceProps<Value extends string> {
  readonly label: string
  readonly choices: readonly { readonly value: Value; readonly label: string }[]
  readonly value: Value
  /** What the choice means, under it. */
  readonly children?: ReactNode
  readonly save: (value: Value) => Promise<unknown>
}

/** One of a few choices, all in sight; moves at once and goes back if the host could not save it. */
export const SavedChoice = <Value extends string>({
  label,
  choices,
  value,
  children,
  save,
}: SavedChoiceProps<Value>) => {
  const labelId = useId()
  const [wanted, setWanted] = useState<Value | null>(null)
  const saving = useAction(save)
  useEffect(() => {
    setWanted((now) => (now === value ? null : now))
  }, [value])
  return (
    <div>
      <p className="settings-label" id={labelId}>
        {label}
      </p>
      <SegmentedControl
        aria-labelledby={labelId}
        className="settings-choice"
        data={[...choices]}
        value={wanted ?? value}
        onChange={async (next) => {
          setWanted(next)
          if (!(await saving.run(next))) setWanted(null)
        }}
      />
      {children ? <p className="settings-means">{children}</p> : null}
    </div>
  )
}
