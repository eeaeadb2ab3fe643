import { Switch } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useAction } from '../app/action.ts'

interface SavedSwitchProps {
  readonly label: string
  readonly description?: string
  readonly isOn: boolean
  readonly save: (isOn: boolean) => Promise<unknown>
}

/** A switch that moves at once and goes back if the host could not save it. */
export const SavedSwitch = ({ label, description, isOn, save }: SavedSwitchProps) => {
  const [wanted, setWanted] = useState<boolean | null>(null)
  const saving = useAction(save)
  useEffect(() => {
    setWanted((now) => (now === isOn ? null : now))
  }, [isOn])
  return (
    <Switch
      label={label}
      description={description}
      checked={wanted ?? isOn}
      onChange={async (event) => {
        setWanted(event.currentTarget.checked)
        if (!(await saving.run(event.currentTarget.checked))) setWanted(null)
      }}
    />
  )
}
