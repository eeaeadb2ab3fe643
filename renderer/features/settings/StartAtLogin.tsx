import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { ShellApi } from '../../../shared/shellWindow.ts'
import { SavedSwitch } from '../../components/SavedSwitch.tsx'

const queryKey = ['shell', 'start-at-login'] as const

/** Whether the system starts the console by itself; the system knows, so it is asked. */
export const StartAtLogin = ({ bridge }: { readonly bridge: ShellApi }) => {
  const queryClient = useQueryClient()
  const isOn = useQuery({ queryKey, queryFn: () => bridge.startsAtLogin() }).data
  if (isOn === undefined) return null
  return (
    <SavedSwitch
      label="Start when I log in to this machine"
      description="So that clients reach you without your having to think of it."
      isOn={isOn}
      save={async (wanted) => {
        await bridge.setStartAtLogin(wanted)
        await queryClient.invalidateQueries({ queryKey })
      }}
    />
  )
}
