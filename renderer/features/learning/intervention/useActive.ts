import { useAction } from '../../../app/action.ts'
import { pushUndo } from '../../../app/undo.ts'
import { host } from '../../../transport/console.ts'

/** Takes an intervention out of everything learned, or puts it back; Z takes that back. */
export const useActive = ({ id }: { readonly id: string }) =>
  useAction(async (isActive: boolean) => {
    await host.learning.setActive({ id, isActive })
    pushUndo({
      label: isActive ? 'Put back among what was learned' : 'Taken out of what was learned',
      undo: () => host.learning.setActive({ id, isActive: !isActive }),
    })
  })
